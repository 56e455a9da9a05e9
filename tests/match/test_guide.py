"""The authors' guide (rules/BAHASA-POLA.md) says what is true: its table of examples and its messages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from irmcheck.catalogue.rules import Phrase, PhraseSet
from irmcheck.errors import CatalogueError
from irmcheck.match import compile_matcher

GUIDE = (Path(__file__).parents[2] / "rules" / "BAHASA-POLA.md").read_text("utf-8")
TABLE = GUIDE.partition("COCOK DENGAN\n")[2].partition("```")[0]
ROWS = [
    (phrase.strip('"'), example.strip())
    for phrase, _, examples in (re.split(r" {2,}", line, maxsplit=2) for line in TABLE.splitlines())
    for example in examples.split(";")
]


def test_the_table_was_read():
    assert len(ROWS) >= 14


@pytest.mark.parametrize(("phrase", "example"), ROWS)
def test_example_matches_its_phrase(matcher_of, phrase, example):
    found = matcher_of({"x": [phrase], "kekeringan": ["kekeringan"]}).find_in_text(example)
    assert "x" in {match.concept for match in found}


def test_messages_are_those_of_the_program(lexicon):
    told = re.findall(r"^(prb/PRB-03\.yaml):(\d+):\d+: pada frasa \"(.+?)\": .+$", GUIDE, re.M)
    lines = re.findall(r"^prb/PRB-03\.yaml:.+$", GUIDE, re.M)
    sets = {f"s{line}": PhraseSet(f"s{line}", (Phrase(text, file, int(line)),)) for file, line, text in told}
    sets["kekeringan"] = PhraseSet("kekeringan", (Phrase("kekeringan"),))
    with pytest.raises(CatalogueError) as caught:
        compile_matcher(sets, lexicon)
    assert len(lines) == 4
    assert caught.value.message.splitlines() == lines
