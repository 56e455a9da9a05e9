"""Overlays and a new fiscal year, from the folder to the verdict."""

import pytest
from rulekit import write

from irmcheck.assess import assess
from irmcheck.catalogue import load_catalogue
from irmcheck.match import compile_matcher, find_matches
from irmcheck.miniplan import PlanMaker
from irmcheck.model import PlanKind

YEAR = 2031
ROWS = (
    {"kegiatan": "Studi banding ke Bali", "biaya": "50.000.000", "sumber": "DD"},
    {"kegiatan": "Pembuatan tetek bambu", "lokasi": "Dusun 1", "volume": "4 buah", "biaya": "800.000", "sumber": "DD"},
)
CARD = """
id: UJI-01
judul: Tetek bambu
kelompok: UJI
pilar: prb
aspek: tata_kelola
tahap: kesiapsiagaan
bobot: 1
untuk: [rkpdes]
pertanyaan: Adakah tetek bambu?
mengapa: Bunyinya jauh. Bahannya ada.
istilah: {alat: {cari: [kentongan]}}
bukti:
  - kegiatan: {cari: [alat], punya: [biaya]}
    nilai: terpenuhi
    alasan: ada kegiatannya
"""
PACK = f"""
tahun: {YEAR}
diketahui: true
aturan: [uu-6-2014]
dilarang:
  - {{id: studi, judul: studi banding tidak boleh dari dana desa, konsep: [uji_studi], pasti: true}}
"""
WORDS = "konsep:\n  uji_studi: {cari: [studi banding]}\n"


def judged(folders):
    catalogue = load_catalogue(folders)
    plan = PlanMaker.of(catalogue).plan_of(PlanKind.RKPDES, YEAR, rows=ROWS)
    return assess(plan, find_matches(plan, compile_matcher(catalogue.concepts, catalogue.lexicon)), catalogue)


@pytest.fixture
def base(tmp_path):
    return write(tmp_path / "dasar", {"uji/UJI-01.yaml": CARD})


def status(assessment):
    return next(one.status.value for one in assessment.findings if one.id == "UJI-01")


def test_local_word_added_by_an_overlay_changes_the_verdict_and_the_stamp(base, tmp_path):
    own = write(tmp_path / "kami", {"a.yaml": "id: UJI-01\nistilah: {alat: {cari+: [tetek bambu]}}\n"})
    before, after = judged([base]), judged([base, own])
    assert (status(before), status(after)) == ("missing", "met")
    assert (before.stamp.overridden, after.stamp.overridden) == ((), ("UJI-01",))
    assert before.stamp.sha256 != after.stamp.sha256


def test_switched_off_rule_gives_no_finding_and_is_named_in_the_stamp(base, tmp_path):
    own = write(tmp_path / "kami", {"a.yaml": "id: UJI-01\naktif: false\nalasan: tidak dipakai di sini\n"})
    after = judged([base, own])
    assert "UJI-01" not in [one.id for one in after.findings]
    assert after.stamp.overridden == ("UJI-01",)


def test_year_without_a_pack_is_unknown_and_with_one_is_judged(tmp_path):
    own = write(tmp_path / "kami", {f"packs/{YEAR}.yaml": PACK, "lexicon/uji.yaml": WORDS})
    unknown, known = judged([]).dana_desa, judged([own]).dana_desa
    assert (unknown.year, unknown.known, unknown.warnings) == (YEAR, False, ())
    assert known.known
    assert [note.activity for note in known.warnings if note.activity] == [1]
    assert "studi banding" in next(note.text for note in known.warnings if note.activity == 1)
