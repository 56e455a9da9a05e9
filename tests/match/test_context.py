"""What trigger words say about a term: accuracy over the labelled sentences, and its confusion table."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from irmcheck.catalogue.rules import Phrase, PhraseSet
from irmcheck.match import compile_matcher

SENTENCES = Path(__file__).parents[1] / "data" / "context.tsv"
LACK = {"absent", "insufficient"}


@pytest.fixture(scope="module")
def confusion(lexicon) -> Counter[tuple[str, str]]:
    """How often each label was read as each cue."""
    rows = [line.split("\t") for line in SENTENCES.read_text("utf-8").splitlines() if not line.startswith("#")]
    terms = [re.search(r"\[(.+?)\]", sentence).group(1) for _, sentence in rows]
    sets = {
        f"t{n}": PhraseSet(f"t{n}", (Phrase(" ".join(f"={word}" for word in re.findall(r"[\w-]+", term))),))
        for n, term in enumerate(terms)
    }
    matcher = compile_matcher(sets, lexicon)
    table: Counter[tuple[str, str]] = Counter()
    for n, (label, sentence) in enumerate(rows):
        hits = [match for match in matcher.find_in_text(re.sub(r"[\[\]]", "", sentence)) if match.concept == f"t{n}"]
        table[label, hits[0].cue if hits else "not found"] += 1
    return table


def test_every_term_is_found(confusion):
    assert sum(count for (_, got), count in confusion.items() if got == "not found") == 0


def test_accuracy_over_all_cues(confusion):
    right = sum(count for (label, got), count in confusion.items() if label == got)
    assert right / sum(confusion.values()) >= 0.97, table(confusion)


def test_hardly_any_lack_is_overlooked(confusion):
    """The dangerous side: an overlooked "belum ada" would be a false all-clear."""
    lacking = {got: count for (label, got), count in confusion.items() if label in LACK for count in [count]}
    total = sum(count for (label, _), count in confusion.items() if label in LACK)
    seen = sum(count for (label, got), count in confusion.items() if label in LACK and got in LACK)
    assert seen / total >= 0.98, lacking


def table(confusion: Counter[tuple[str, str]]) -> str:
    """The confusion table as text: a row for each label."""
    names = sorted({name for pair in confusion for name in pair})
    rows = [" ".join([f"{label:13}", *(f"{confusion[label, got]:5}" for got in names)]) for label in names]
    return "\n".join([" ".join([" " * 13, *(f"{name[:5]:>5}" for name in names)]), *rows])


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("Belanja tidak terduga untuk [bencana]", "affirmed"),
        ("Perdes tentang [bencana] ditetapkan", "affirmed"),
        ("Jalan rusak berat. Desa membangun talud [bencana]", "affirmed"),
        ("Pos [bencana] berdiri tahun 2018 dengan dua relawan, namun sekarang tidak aktif", "insufficient"),
        ("Ketika [bencana] melanda warga lari", "conditional"),
        ("Belum ada jalan, talud, dan pos [bencana]", "absent"),
        ("Belum ada jalan aspal, warga membangun pos [bencana]", "affirmed"),
        ("Keluarga yang gagal panen dilatih menghadapi [bencana]", "affirmed"),
        ("Pohon di jalur [bencana] tidak boleh ditebang", "affirmed"),
        ("Lahan diolah tanpa bakar untuk mencegah [bencana]", "affirmed"),
        ("Ternak diasuransikan dari [bencana] supaya kalau mati ada ganti", "affirmed"),
        ("Desa gagal membentuk tim [bencana]", "absent"),
    ],
)
def test_scope(matcher_of, sentence, cue):
    text = re.sub(r"[\[\]]", "", sentence)
    match = next(m for m in matcher_of({"x": ["bencana"]}).find_in_text(text))
    assert match.cue == cue
