import pytest
from structure_kit import HEADER, RPJM_TITLE, TITLE, head, para, plan, row, table

from irmcheck.model import Block, Page, PlanKind

MATRIX = table([HEADER, *[row(n, f"Kegiatan {n}") for n in range(1, 6)]])
LONG = "Uraian keadaan yang cukup panjang supaya terbaca sebagai paragraf biasa dalam sebuah bab. " * 6


def test_title_page_of_an_rkpdes():
    found = plan(*TITLE, MATRIX).identity
    assert (found.kind, found.year_start, found.year_end) == (PlanKind.RKPDES, 2026, 2026)
    assert (found.village, found.subdistrict, found.district) == ("Oelbiteno", "Fatuleu Tengah", "Kupang")
    assert found.reasons == ("Judulnya menyebut RKP Desa.", "Ada matriks dengan 5 baris kegiatan.")


def test_title_page_of_an_rpjmdes_with_province():
    found = plan(*RPJM_TITLE, MATRIX).identity
    assert (found.kind, found.year_start, found.year_end) == (PlanKind.RPJMDES, 2022, 2027)
    assert found.province == "Nusa Tenggara Timur"


def test_names_behind_colons_as_a_budget_program_prints_them():
    found = plan(
        para("RANCANGAN RPJM DESA"), para("TAHUN 2020 S.D 2027"), para("DESA : PEMERINTAH DESA OELBITENO"),
        para("KECAMATAN : KECAMATAN WAGIR"), para("KABUPATEN/KOTA : KABUPATEN MALANG"), MATRIX,
    ).identity  # fmt: skip
    assert (found.village, found.subdistrict, found.district) == ("Oelbiteno", "Wagir", "Malang")
    assert (found.year_start, found.year_end, found.draft) == (2020, 2027, True)


def test_the_signature_and_the_running_header_outvote_a_name_left_over_in_the_text():
    found = plan(
        *TITLE,
        para("Perekonomian Desa Sumberejo bertumpu pada pertanian."),
        para("Sebelah utara berbatasan dengan Desa Nunsaen."),
        para("Masyarakat Desa Nunsaen sering lewat."),
        MATRIX,
        para("KEPALA DESA OELBITENO,"),
        running=("RKP Desa Oelbiteno Tahun 2026",),
    )
    assert found.identity.village == "Oelbiteno"
    assert found.identity.foreign_names == ("Desa Sumberejo",)
    told = next(p for p in found.problems if p.code == "foreign-name")
    assert "Desa Sumberejo" in told.message


def test_a_title_of_an_earlier_year_is_reported():
    found = plan(*TITLE, head("RKP DESA OELBITENO TAHUN 2022"), MATRIX, running=("RKP Desa Oelbiteno 2026",))
    assert found.identity.year_start == 2026
    assert found.identity.stale_years == (2022,)


def test_an_old_year_in_the_header_of_the_matrix_is_reported():
    header = [*HEADER[:4], "Target Capaian Tahun 2023", *HEADER[5:]]
    found = plan(*TITLE, table([header, *[row(n, f"Kegiatan {n}") for n in range(1, 6)]]))
    assert found.identity.stale_years == (2023,)
    assert any(p.code == "stale-year" and "2023" in p.message for p in found.problems)


def test_the_period_may_stand_in_the_text_only():
    found = plan(head("RPJM DESA OELBITENO"), para("RPJM Desa ini berlaku tahun 2021 sampai dengan 2027."), MATRIX).identity
    assert (found.year_start, found.year_end) == (2021, 2027)


@pytest.mark.parametrize(
    ("lines", "draft"),
    [
        (["RANCANGAN PERATURAN DESA OELBITENO"], True),
        (["PERATURAN DESA OELBITENO NOMOR …… TAHUN 2025"], True),
        (["PERATURAN DESA OELBITENO NOMOR 3 TAHUN 2025"], False),
        (["Diundangkan di Oelbiteno"], False),
        (["Diundangkan di ........"], None),
        (["PERATURAN DESA OELBITENO NOMOR 3 TAHUN 2025", "RANCANGAN RPJM DESA"], False),
        (["RANCANGAN RPJM DESA"], True),
        ([], None),
    ],
)
def test_draft_or_final(lines, draft):
    assert plan(*TITLE, *[head(line) if line.isupper() else para(line) for line in lines], MATRIX).identity.draft is draft


@pytest.mark.parametrize(
    "lines",
    [
        ["SKRIPSI", "SISTEM INFORMASI RKP DESA BERBASIS WEB", "UNIVERSITAS NEGERI"],
        ["UNDANG-UNDANG REPUBLIK INDONESIA NOMOR 24 TAHUN 2007", "TENTANG PENANGGULANGAN BENCANA"],
        ["SERTIFIKAT", "telah mengikuti pelatihan penyusunan RKP Desa"],
        ["PERATURAN BUPATI KUPANG NOMOR 7 TAHUN 2025", "TENTANG PEDOMAN DANA DESA"],
        ["Tips menghadapi kekeringan", "Simpan air hujan"],
    ],
)
def test_other_documents_are_no_plans(lines):
    found = plan(*[head(line) for line in lines], *[para(LONG)] * 5)
    assert found.identity.kind is PlanKind.NOT_A_PLAN
    assert found.identity.reasons
    assert found.activities == ()


def test_a_worksheet_with_costed_rows_is_no_plan():
    rows = [["No", "Kegiatan", "Lokasi", "Pelaku", "Waktu", "Biaya (Rp)", "Sumber Biaya"]]
    rows += [[str(n), f"Kegiatan {n}", "Dusun I", "FPRB", "Juli", "2.000.000", "Dana Desa"] for n in range(1, 6)]
    found = plan(head("Lembar kerja 1. Rekap kegiatan pra bencana"), table(rows))
    assert found.identity.kind is PlanKind.NOT_A_PLAN


def test_a_blank_form_is_said_to_be_one():
    rows = [HEADER, ["1", "", "", "", "", "", "", ""], ["", "Jumlah Per Bidang 1", "", "", "", "", "0", ""]]
    found = plan(head("RANCANGAN RENCANA KERJA PEMERINTAH DESA"), para("TAHUN ......"), para("DESA : "), table(rows))
    assert found.identity.kind is PlanKind.BLANK_FORM
    assert found.activities == ()


def test_a_document_without_text_is_unknown():
    assert plan(pages=(Page(1, source="unread"),)).identity.kind is PlanKind.UNKNOWN


def test_a_plan_whose_matrix_could_not_be_read_stays_a_plan():
    pages = (Page(1), Page(2, source="unread"))
    found = plan(*TITLE, para(LONG), pages=pages).identity
    assert found.kind is PlanKind.RKPDES
    assert "1 halaman tidak terbaca" in found.reasons[-1]


def test_text_about_a_plan_without_chapters_or_rows_is_no_plan():
    found = plan(head("RKP DESA OELBITENO TAHUN 2026"), *[para(LONG)] * 5).identity
    assert found.kind is PlanKind.NOT_A_PLAN
    assert "tidak ada bab atau baris kegiatan" in found.reasons[-1]


def test_a_university_named_on_the_cover_does_not_hide_a_plan():
    assert plan(*TITLE, head("DISUSUN BERSAMA MAHASISWA KKN UNIVERSITAS NUSA CENDANA"), MATRIX).identity.kind is PlanKind.RKPDES


def test_what_the_user_says_wins():
    from structure_kit import document, lexicon

    from irmcheck.structure import build_plan

    found = build_plan(document(para("Kegiatan desa"), MATRIX), lexicon(), kind=PlanKind.RKPDES, year=2025)
    assert (found.identity.kind, found.identity.year_start, len(found.activities)) == (PlanKind.RKPDES, 2025, 5)


def test_a_kelurahan_is_noted():
    found = plan(head("RENCANA KERJA KELURAHAN OESAPA"), head("KELURAHAN OESAPA KECAMATAN KELAPA LIMA"), *[para(LONG)] * 3)
    assert any(p.code == "kelurahan" for p in found.problems)


def test_blocks_of_all_kinds_do_not_disturb():
    found = plan(*TITLE, Block("x", None, "footnote"), Block("", 1), MATRIX)
    assert len(found.activities) == 5
