"""Names of village, kecamatan, kabupaten and province, by majority, and names that seem left over from another plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from irmcheck.model import Block, Document, Section, SectionKind, Table
from irmcheck.structure.wording import Wording

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_GAP = re.compile(r"^\s*[:\-–]?\s*$")
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name of a level as met in a text; `before` is the word in front of the level word."""

    level: str
    name: str
    before: str


def mentions(text: str, wording: Wording) -> list[Mention]:
    """Every "<level> <Name>" in a text: Desa Nunhaumeni, KECAMATAN : MOLLO TENGAH."""
    words = [(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]
    levels = {word: level for level, names in wording.levels.items() for word in names}
    found: list[Mention] = []
    for at, (word, _, end) in enumerate(words):
        level = levels.get(word.lower())
        if level is None:
            continue
        parts: list[str] = []
        for name, start, stop in words[at + 1 : at + 1 + _MOST_WORDS]:
            gap = text[end:start]
            if not (_GAP.match(gap) if not parts else gap == " ") or not name[0].isupper():
                break
            if name.lower() in wording.not_names or name.lower() in levels or name.lower() in wording.own:
                break
            parts.append(name)
            end = stop
        if parts and len(parts[0]) > 2:
            found.append(Mention(level, " ".join(parts), words[at - 1][0].lower() if at else ""))
    return found


def name_key(name: str) -> str:
    """How names are compared."""
    return re.sub(r"[^a-z]", "", name.lower())


def proper(name: str) -> str:
    """A name in capitals as people write it; other spellings stay."""
    return " ".join(word.capitalize() if word.isupper() else word for word in name.split())


class Votes:
    """Names of each level with their weights."""

    def __init__(self) -> None:
        self.weights: dict[str, Counter[str]] = {}
        self.spelling: dict[str, Counter[str]] = {}

    def add(self, text: str, weight: int, wording: Wording) -> None:
        """Count the names in a text."""
        for one in mentions(text, wording):
            if one.before in wording.common_before:
                continue
            key = name_key(one.name)
            self.weights.setdefault(one.level, Counter())[key] += weight
            self.spelling.setdefault(key, Counter())[proper(one.name)] += weight

    def winner(self, level: str) -> str | None:
        """The name with most weight, in its usual spelling."""
        found = self.weights.get(level)
        if not found:
            return None
        key = max(found, key=lambda one: (found[one], len(one)))
        return self.spelling[key].most_common(1)[0][0]


def province_of(texts: Iterable[str], wording: Wording) -> str | None:
    """The province named most often after the word for province."""
    votes: Counter[str] = Counter()
    shape, known = _province_shape(wording.levels.get("provinsi", ()), wording.provinces)
    for text in texts:
        votes.update(known[found.lower()] for found in shape.findall(text))
    return votes.most_common(1)[0][0] if votes else None


@lru_cache(maxsize=4)
def _province_shape(level: tuple[str, ...], provinces: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of a named province and the spelling of each name; asked for every text of a plan."""
    words = "|".join(level)
    names = "|".join(sorted(map(re.escape, provinces), key=len, reverse=True))
    shape = re.compile(rf"\b(?:{words})\s*:?\s*(?:(?:{words})\s+)?({names})\b", re.IGNORECASE)
    return shape, {name.lower(): name for name in provinces}


def foreign_names(
    document: Document, sections: Sequence[Section], own: Sequence[str | None], province: str | None, wording: Wording
) -> tuple[str, ...]:
    """Village and province names that stand where this village's own should: a hint that a template was copied."""
    mine = {name_key(name) for name in own if name}
    found: dict[str, str] = {}
    neighbours: set[str] = set()
    if not mine:
        return ()
    for section in sections:
        if section.kind in (SectionKind.LAW, SectionKind.CONTENTS):
            continue
        for item in document.items[slice(*section.items)]:
            for text in texts_of(item):
                for one in mentions(text, wording):
                    key = name_key(one.name)
                    if one.level == "desa" and one.before in wording.neighbour:
                        neighbours.add(key)
                    elif one.level == "desa" and one.before in wording.own and _unlike(key, mine):
                        found[key] = f"Desa {proper(one.name)}"
                if province and (other := province_of([text], wording)) and other != province:
                    found[other] = f"Provinsi {other}"
    return tuple(name for key, name in found.items() if key not in neighbours)


def _unlike(key: str, mine: set[str]) -> bool:
    return not any(key.startswith(one) or one.startswith(key) for one in mine)


def texts_of(item: Block | Table) -> list[str]:
    """The texts of an item."""
    return [item.text] if isinstance(item, Block) else [cell for row in item.rows for cell in row if cell]
