import pytest
from rulekit import write

from irmcheck.catalogue import load_catalogue
from irmcheck.errors import UsageError
from irmcheck.match import compile_matcher
from irmcheck.miniplan import PlanMaker
from irmcheck.model import PlanKind, SectionKind, Stance, TableKind
from irmcheck.selftest import run_selftests

CARD = """
id: UJI-01
judul: Kentongan
kelompok: UJI
pilar: prb
aspek: tata_kelola
tahap: kesiapsiagaan
bobot: 1
untuk: [rkpdes]
pertanyaan: Adakah kentongan?
mengapa: Kentongan murah. Kentongan terdengar.
istilah:
  kentongan: {cari: [kentongan], bukan: [lomba kentongan]}
bukti:
  - kegiatan: {cari: [kentongan], punya: [biaya]}
    nilai: terpenuhi
    alasan: ada kegiatannya
  - kalimat: {cari: [kentongan], di: [masalah]}
    nilai: sebagian
    alasan: baru disebut
contoh:
  terpenuhi:
    - baris: {kegiatan: Pengadaan kentongan, biaya: "1.500.000", sumber: DD}
  sebagian:
    - {kalimat: Warga memakai kentongan bila hujan lebat., di: masalah}
  belum:
    - {kalimat: Warga rajin menabung., di: masalah}
    - {kalimat: Kentongan dipukul., di: masalah}
  jebakan:
    - {kalimat: Belum ada kentongan., di: masalah, sebab: negasi}
    - {kalimat: Juara lomba kentongan., di: masalah, sebab: mirip}
    - {baris: {tabel: evaluasi, kegiatan: Pengadaan kentongan, biaya: "1.000.000"}, sebab: lampau}
    - {kalimat: Kentongan dipukul., di: masalah, dokumen: rpjmdes, status: tidak_berlaku, sebab: dokumen lain}
"""
TYPES = """
jenis:
  uji_kentongan:
    nama: Kentongan
    cari: [kentongan]
    dengan: [["[uji_kabut]"]]
    pilar: [prb]
    contoh:
      ya: [Pengadaan kentongan kabut tebal]
      tidak: [Pengadaan kentongan, Pengadaan kentongan kabut putih]
konsep:
  uji_kabut: {cari: [kabut]}
"""


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    """The packaged lexicon with a criterion and an activity type of our own, some examples of which are wrong on purpose."""
    own = write(tmp_path_factory.mktemp("uji"), {"uji/UJI-01-kentongan.yaml": CARD, "lexicon/uji.yaml": TYPES})
    catalogue = load_catalogue([own])
    return catalogue, compile_matcher(catalogue.concepts, catalogue.lexicon)


@pytest.fixture(scope="module")
def results(laid):
    return {one.text: one for one in run_selftests(*laid, ["uji-01", "uji_kentongan"])}


def test_each_example_gets_the_status_its_place_and_wording_deserve(results):
    outcome = {text: (one.expected, one.got, one.trap) for text, one in results.items() if one.rule == "UJI-01"}
    assert outcome == {
        "Pengadaan kentongan | 1.500.000 | DD": ("terpenuhi", "terpenuhi", ""),
        "Warga memakai kentongan bila hujan lebat.": ("sebagian", "sebagian", ""),
        "Warga rajin menabung.": ("belum", "belum", ""),
        "Kentongan dipukul.": ("tidak_berlaku", "tidak_berlaku", "dokumen lain"),
        "Belum ada kentongan.": ("belum", "belum", "negasi"),
        "Juara lomba kentongan.": ("belum", "belum", "mirip"),
        "evaluasi | Pengadaan kentongan | 1.000.000": ("belum", "belum", "lampau"),
    }


def test_failure_names_rule_file_line_example_and_why(laid):
    (wrong,) = [one for one in run_selftests(*laid, ["UJI-01"]) if not one.passed]
    assert (wrong.rule, wrong.expected, wrong.got) == ("UJI-01", "belum", "sebagian")
    assert wrong.file.endswith("uji/UJI-01-kentongan.yaml")
    assert CARD.lstrip("\n").splitlines()[wrong.line - 1].strip() == "- {kalimat: Kentongan dipukul., di: masalah}"
    assert wrong.why.startswith("baru disebut") and '"Kentongan dipukul."' in wrong.why
    first, *rest = wrong.explained()
    assert first == f"GAGAL UJI-01  {wrong.file}:{wrong.line}"
    assert "seharusnya  belum, tetapi hasilnya sebagian" in rest[1]


def test_activity_types_are_tested_both_ways(results):
    outcome = {text: (one.expected, one.got) for text, one in results.items() if one.rule == "uji_kentongan"}
    assert outcome == {
        "Pengadaan kentongan kabut tebal": ("ya", "ya"),
        "Pengadaan kentongan": ("tidak", "tidak"),
        "Pengadaan kentongan kabut putih": ("tidak", "ya"),
    }
    assert "uji_kentongan" in results["Pengadaan kentongan kabut putih"].why


def test_unknown_rule_is_a_usage_error(laid):
    with pytest.raises(UsageError, match="PRB-77 tidak ada"):
        run_selftests(*laid, ["PRB-77"])


def test_mini_plan_reads_a_row_as_the_structure_room_does(laid):
    catalogue, _ = laid
    row = {
        "kode": "02.03.14.",
        "kegiatan": "Talud",
        "lokasi": "Dusun 1",
        "volume": "120 m",
        "sasaran": "30 KK",
        "pelaksana": "TPK",
    }
    row |= {"biaya": "Rp 45.000.000,-", "sumber": "Dana Desa, ADD", "waktu": "Tahun ke-2"}
    row |= {"bidang": "BIDANG PELAKSANAAN PEMBANGUNAN DESA"}
    maker = PlanMaker.of(catalogue)
    plan = maker.plan_of(PlanKind.RPJMDES, 2024, rows=[row])
    (one,) = plan.activities
    assert (one.code, one.name, one.location, one.target) == ("2.3.14", "Talud", "Dusun 1", "30 KK")
    assert (one.volume.value, one.volume.unit, one.cost, one.sources) == (120.0, "meter", 45_000_000, ("DD", "ADD"))
    assert (one.years, one.bidang_number, one.other) == ((2025,), 2, (("pelaksana", "TPK"),))
    assert (plan.identity.year_start, plan.identity.year_end) == (2024, 2031)
    cells = {p.role: p.text for p in plan.passages if p.kind == "cell"}
    assert cells["lokasi"] == "Dusun 1" and "bidang" not in cells
    assert {p.text: p.activity for p in plan.passages if p.role == "kegiatan"} == {"Talud": 1, row["bidang"]: None}
    assert plan.tables[0].kind is TableKind.MATRIX and plan.sections[0].kind is SectionKind.MATRIX


def test_mini_plan_of_one_year_gives_that_year_to_its_rows(laid):
    plan = PlanMaker.of(laid[0]).plan_of(PlanKind.RKPDES, 2026, rows=[{"kegiatan": "Talud"}])
    assert plan.activities[0].years == (2026,)


def test_row_of_another_table_is_no_activity(laid):
    catalogue, matcher = laid
    plan = PlanMaker.of(catalogue).plan_of(PlanKind.RKPDES, 2026, rows=[{"tabel": "evaluasi", "kegiatan": "Pengadaan kentongan"}])
    assert plan.activities == () and plan.passages[0].table_kind is TableKind.EVALUATION
    from irmcheck.match import find_matches

    assert {one.stance for one in find_matches(plan, matcher) if one.concept == "UJI-01.kentongan"} == {Stance.PAST}
