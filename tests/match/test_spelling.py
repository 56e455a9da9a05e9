"""Spelling repair: unknown words only, one edit, never a word that is right as it stands."""

import json
from pathlib import Path

from irmcheck.match.spelling import SpellingIndex

DATA = Path(__file__).parents[1] / "data"


def repaired_share(known: frozenset[str]) -> tuple[int, int, int]:
    """(all, repaired to the word meant, repaired to another) among the damaged words long enough to be tried."""
    pairs = [(bad, good) for bad, good in json.loads((DATA / "typos.json").read_text("utf-8")) if len(bad) >= 7]
    index = SpellingIndex({good for _, good in pairs}, known)
    found = [(index.repair(bad), good) for bad, good in pairs]
    return len(pairs), sum(got == good for got, good in found), sum(got not in (None, good) for got, good in found)


def test_most_damaged_words_are_repaired_and_hardly_any_wrongly(lexicon):
    total, right, wrong = repaired_share(frozenset(lexicon["ejaan"]["kata_umum"].split()))
    assert right / total >= 0.8
    assert wrong / total <= 0.03


def test_common_words_are_left_alone(lexicon):
    known = frozenset(lexicon["ejaan"]["kata_umum"].split())
    index = SpellingIndex(["peringatan", "tahanan", "perlindungan", "pelatihan"], known)
    assert [index.repair(word) for word in ("peringkat", "tahapan", "kawasan", "peralatan")] == [None] * 4


def test_short_words_and_two_edits_are_left_alone():
    index = SpellingIndex(["embung", "pelatihan"], frozenset())
    assert index.repair("embun") is None
    assert index.repair("pelitehan") is None


def test_edits_and_ocr_lookalikes():
    index = SpellingIndex(["evaluasi", "pelatihan", "permukiman"], frozenset())
    damaged = {"evalusi": "evaluasi", "pelathian": "pelatihan", "pe1atihan": "pelatihan", "perrnukiman": "permukiman"}
    assert {word: index.repair(word) for word in damaged} == damaged


def test_word_between_two_candidates_is_left_alone():
    assert SpellingIndex(["pelapisan", "pelarisan"], frozenset()).repair("pelaisan") is None


def test_guessed_hits_are_marked(matcher_of):
    match = matcher_of({"evaluasi": ["evaluasi"]}).find_in_text("Hasil evalusi bersama BPD.")[0]
    assert match.guessed


def test_misspelling_that_stands_often_is_a_word_of_its_own(matcher_of):
    matcher = matcher_of({"evaluasi": ["evaluasi"]})
    assert len(matcher.find_in_text("Evalusi pertama. Lalu evalusi kedua.")) == 2
    assert matcher.find_in_text("Evalusi pertama. Lalu evalusi kedua. Terakhir evalusi ketiga.") == ()
