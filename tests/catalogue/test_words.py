"""Word forms: the families of roots.txt, the strangers that must stay apart, and how far each reach goes."""

from pathlib import Path

import pytest
import yaml

from irmcheck.catalogue.words import Reach, WordForms, index_families, roots_of

DATA = Path(__file__).parents[1] / "data"
SPELLING = Path(__file__).parents[2] / "rules" / "lexicon" / "ejaan.yaml"


@pytest.fixture(scope="module")
def words() -> WordForms:
    return WordForms.from_lexicon(yaml.safe_load(SPELLING.read_text("utf-8")))


@pytest.fixture(scope="module")
def families() -> dict[str, list[str]]:
    lines = (line.partition(":") for line in (DATA / "word_families.txt").read_text("utf-8").splitlines())
    return {root.strip(): forms.split() for root, _, forms in lines}


@pytest.fixture(scope="module")
def key(words, families):
    """The root a form is counted with, as the matcher would find it."""
    index, _ = index_families([root for root, forms in families.items() if forms], words)

    def find(form: str) -> str | None:
        halves = form.split("-")
        return index.get(form) or (index.get(halves[0]) if len({index.get(half) for half in halves}) == 1 else None)

    return find


def test_families_find_99_percent_of_their_forms(key, families):
    pairs = [(root, form) for root, forms in families.items() for form in forms]
    missed = [(root, form) for root, form in pairs if key(form) != root]
    assert len(pairs) > 500
    assert len(missed) <= len(pairs) // 100, missed


def test_at_most_two_strangers_share_a_root(key):
    pairs = [line.split() for line in (DATA / "word_strangers.txt").read_text("utf-8").splitlines()]
    shared = [pair for pair in pairs if key(pair[0]) is not None and key(pair[0]) == key(pair[1])]
    assert len(pairs) > 200
    assert len(shared) <= 2, shared


@pytest.mark.parametrize(
    ("word", "inside", "outside"),
    [
        ("penanaman", ["menanam", "ditanam", "ditanami", "penanamannya", "tertanam"], ["tanaman", "tanam", "petanam"]),
        ("embung", ["embungnya", "mengembung", "embunglah"], ["embun", "embungan"]),
        ("perlindungan", ["melindungi", "dilindungi", "berlindung"], ["pelindung"]),
        ("pengadaan", ["mengadakan", "diadakan"], ["ada", "adalah", "keadaan"]),
        ("sosialisasi", ["mensosialisasikan", "menyosialisasikan", "disosialisasikan"], []),
        ("perbaikan", ["memperbaiki", "diperbaiki"], ["baik"]),
        ("perikanan", ["perikanannya"], ["berikan"]),
        ("alam", ["alamnya"], ["mengalami"]),
        ("kekeringan", ["kekeringannya"], ["kering", "keringanan"]),
        ("risiko", ["resiko", "resikonya"], []),
    ],
)
def test_inflected_reach(words, word, inside, outside):
    forms = words.forms(word, Reach.INFLECTED)
    assert set(inside) <= forms
    assert not set(outside) & forms


def test_exact_reach_is_the_word_and_its_spellings(words):
    assert words.forms("embung", Reach.EXACT) == {"embung"}
    assert words.forms("risiko", Reach.EXACT) == {"risiko", "resiko"}


def test_family_reach_starts_from_root_or_derived_word(words):
    for word in ("tanggulang", "penanggulangan"):
        assert {"ditanggulangi", "menanggulangi", "tertanggulangi"} <= words.forms(word, Reach.FAMILY)


def test_two_roots_that_claim_one_form_are_reported(words):
    _, clashes = index_families(["peta", "meta"], words)
    assert "pemetaan" in {clash.form for clash in clashes}


@pytest.mark.parametrize(
    ("word", "root"),
    [("penanaman", "tanam"), ("pengelolaan", "kelola"), ("penyediaan", "sedia"), ("pembangunan", "bangun"),
     ("pelatihan", "latih"), ("perlindungan", "lindung"), ("memperkuat", "kuat"), ("mengaji", "kaji"), ("ditanami", "tanam")],
)  # fmt: skip
def test_roots_of_derived_words(word, root):
    assert root in roots_of(word)[0]
