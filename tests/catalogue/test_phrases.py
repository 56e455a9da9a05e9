"""The pattern language: what each sign means, and that every fault says where it is and what to write."""

import pytest

from irmcheck.catalogue.phrases import DEFAULT_GAP, PhraseFault, Ref, Slot, Word, parse, references, single_words
from irmcheck.catalogue.rules import Phrase
from irmcheck.catalogue.words import Reach


def words_of(text: str) -> list[list[str]]:
    """Each way to write a phrase, slots as a|b."""
    return [
        [
            "|".join(w.text for w in e.words) if isinstance(e, Slot) else f"[{e.concept}]"
            for part in p.parts
            for e in part.elements
        ]
        for p in parse(text)
    ]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("embung desa", [["embung", "desa"]]),
        ("(embung|waduk kecil)", [["embung"], ["waduk", "kecil"]]),
        ("(talud|bronjong) kali", [["talud|bronjong", "kali"]]),
        ("bak penampung? air", [["bak", "penampung", "air"], ["bak", "air"]]),
        ("bak (penampung|tampung)? air", [["bak", "penampung|tampung", "air"], ["bak", "air"]]),
        ("mata-air", [["mata", "air"]]),
        ("gorong-gorong", [["gorong-gorong"]]),
        ("[kekeringan] parah", [["[kekeringan]", "parah"]]),
        ("# rumah", [["#", "rumah"]]),
    ],
)
def test_ways_to_write(text, ways):
    assert words_of(text) == ways


def test_reach_marks():
    slots = [e for e in parse("=embung ~tanggulang bencana API 5")[0].parts[0].elements if isinstance(e, Slot)]
    assert [s.words[0] for s in slots] == [
        Word("embung", Reach.EXACT), Word("tanggulang", Reach.FAMILY), Word("bencana", Reach.INFLECTED),
        Word("API", Reach.CAPITALS), Word("5", Reach.EXACT),
    ]  # fmt: skip


def test_gap_is_five_words_unless_said():
    assert parse("tanam ... bambu")[0].parts[0].gaps == (DEFAULT_GAP,) == (5,)
    assert parse("tanam ..8.. bambu")[0].parts[0].gaps == (8,)
    assert parse("tanam di? ... bambu")[0].parts[0].gaps == (0, 5)


def test_all_of_makes_parts():
    assert len(parse("mangrove & rusak")[0].parts) == 2


def test_references_are_listed_with_their_column():
    assert list(references(parse("desa [banjir] & [longsor]"))) == [Ref("banjir", 6), Ref("longsor", 17)]


def test_concepts_of_single_words_are_known():
    assert single_words(parse("(embung|talud)")) == (Word("embung", Reach.INFLECTED), Word("talud", Reach.INFLECTED))
    assert single_words(parse("embung desa")) is None


@pytest.mark.parametrize(
    ("text", "column", "advice"),
    [
        ("(embung|talud", 1, "tambahkan )"),
        ("embung|talud", 7, "(kata satu|kata dua)"),
        ("embung )", 8, "tanpa ("),
        ("tanam ...", 10, "tanam ... bambu"),
        ("... tanam", 1, "tanam ... bambu"),
        ("tanam..bambu", 1, "kata ... kata"),
        ("tanam ..99.. bambu", 7, "..8.."),
        ("embung?", 8, "satu kata harus wajib"),
        ("[dua kata]", 1, "[nama-konsep]"),
        ("embung [banjir", 8, "[nama-konsep]"),
        ("desa ]", 6, "[nama-konsep]"),
        ("= embung", 1, "=embung"),
        ("embung & ", 10, "harus ada kata"),
        ("()", 2, "harus ada kata"),
        ("", 1, "harus ada kata"),
        ("(a & b)", 4, "di luar kurung"),
        ("embung ... ? desa", 12, "di belakang kata"),
        ("desa -", 6, "bukan kata"),
    ],
)
def test_faults_say_where_and_what_to_write(text, column, advice):
    with pytest.raises(PhraseFault) as caught:
        parse(text)
    assert caught.value.column == column
    assert advice in caught.value.message
    assert caught.value.at(Phrase(text, "rules/prb/PRB-03.yaml", 12)).startswith(f"rules/prb/PRB-03.yaml:12:{column}: ")


def test_too_many_combinations_are_refused():
    with pytest.raises(PhraseFault, match="pecah menjadi beberapa frasa"):
        parse(" ".join(["(a|b c|d e|f g)"] * 6))
