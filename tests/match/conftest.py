"""The shipped triggers, spelling and abbreviations, and matchers of a few concepts made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from irmcheck.catalogue.rules import Phrase, PhraseSet
from irmcheck.match import Matcher, compile_matcher

LEXICON = Path(__file__).parents[2] / "rules" / "lexicon"

MatcherMaker = Callable[..., Matcher]


@pytest.fixture(scope="session")
def lexicon() -> Mapping[str, Any]:
    return {stem: yaml.safe_load((LEXICON / f"{stem}.yaml").read_text("utf-8")) for stem in ("pemicu", "ejaan", "singkatan")}


@pytest.fixture(scope="session")
def matcher_of(lexicon: Mapping[str, Any]) -> MatcherMaker:
    """matcher_of({"embung": ["embung desa"]}, bukan={"embung": ["embung lama"]})."""

    def make(concepts: Mapping[str, list[str]], bukan: Mapping[str, list[str]] | None = None) -> Matcher:
        sets = {
            name: PhraseSet(
                name,
                tuple(Phrase(text, "rules/uji.yaml", line) for line, text in enumerate(phrases, 1)),
                tuple(Phrase(text, "rules/uji.yaml", 90) for text in (bukan or {}).get(name, ())),
            )
            for name, phrases in concepts.items()
        }
        return compile_matcher(sets, lexicon)

    return make
