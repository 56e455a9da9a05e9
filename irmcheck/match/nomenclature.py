"""Official activity names carry lists of examples in brackets; what stands there is the ministry's word, not the village's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_BETWEEN = r"[\s/.,-]*"


class Nomenclature:
    """Finds the brackets of examples in official names; the words are data (rules/lexicon/nomenklatur.yaml)."""

    def __init__(self, before: Sequence[str], signs: Sequence[str]) -> None:
        self._bracket = None
        if before and signs:
            heads = "|".join(_BETWEEN.join(map(re.escape, str(head).split())) for head in before)
            marks = "|".join(_BETWEEN.join(map(re.escape, re.split(r"[\s-]+", str(sign)))) for sign in signs)
            self._bracket = re.compile(rf"\b(?:{heads})\s{{0,3}}(\([^()]{{0,200}}\b(?:{marks})\b[^()]{{0,80}}\))", re.IGNORECASE)

    @classmethod
    def from_lexicon(cls, data: Mapping[str, Any]) -> Nomenclature:
        """From the raw mapping of nomenklatur.yaml."""
        return cls(data.get("sebelum") or (), data.get("tanda") or ())

    def own_words(self, cell: str) -> str:
        """The cell with such brackets blanked, no character moved."""
        if self._bracket is None or "(" not in cell:
            return cell
        return self._bracket.sub(lambda found: found[0][: -len(found[1])] + " " * len(found[1]), cell)
