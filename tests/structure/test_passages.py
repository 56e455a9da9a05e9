from structure_kit import HEADER, TITLE, document, head, lexicon, para, plan, row, table

from irmcheck.model import SectionKind, TableKind
from irmcheck.structure import build_plan

LONG = "Warga Dusun II mengambil air di kali pada bulan kering karena sumur tidak lagi cukup untuk semua keluarga. " * 2


def found():
    return plan(
        *TITLE,
        head("DAFTAR ISI", 2), para("BAB I PENDAHULUAN ........ 3", 2),
        head("BAB I PENDAHULUAN", 3), para(LONG, 3), para("- Bak air rusak", 3),
        head("LAMPIRAN MATRIKS RKP DESA", 4),
        table([HEADER, row(1, "Embung desa"), ["", "JUMLAH", "", "", "", "", "10.000.000", ""]], page=4),
    )  # fmt: skip


def test_prose_lists_and_headings_with_their_chapter():
    one = found()
    kinds = {p.text: (p.kind, one.sections[p.section].kind, p.place.page) for p in one.passages if p.kind != "cell"}
    assert kinds[LONG] == ("prose", SectionKind.PREFACE, 3)
    assert kinds["- Bak air rusak"][0] == "list"
    assert kinds["BAB I PENDAHULUAN"][0] == "heading"
    assert not any("....." in text for text in kinds)


def test_cells_know_role_table_and_activity():
    one = found()
    cells = {p.text: p for p in one.passages if p.kind == "cell"}
    cell = cells["Embung desa"]
    assert (cell.role, cell.table_kind, cell.activity, cell.row_key) == ("kegiatan", TableKind.MATRIX, 1, (1, 1))
    assert (cell.place.page, cell.place.table, cell.place.row) == (4, 1, 1)
    assert "JUMLAH" not in cells
    assert cells["Dusun I"].row_key == cell.row_key
    assert "10.000.000" not in cells


def test_titles_in_a_matrix_are_headings_not_statements():
    rows = [HEADER, ["V", "BIDANG PENANGGULANGAN BENCANA", *[""] * 6], row(1, "Bantuan langsung tunai")]
    one = plan(*TITLE, table(rows))
    title = next(p for p in one.passages if p.text == "BIDANG PENANGGULANGAN BENCANA")
    assert (title.kind, title.table_kind, title.activity, title.role) == ("heading", None, None, "")
    header = ["No", "Sub Bidang", "Uraian", "Lokasi", "Volume", "Biaya"]
    one = plan(*TITLE, table([header, ["1", "Penanggulangan Bencana", "Bantuan langsung tunai", "Desa", "1 pkt", "5.000.000"]]))
    assert next(p for p in one.passages if p.text == "Penanggulangan Bencana").kind == "heading"
    assert next(p for p in one.passages if p.text == "Bantuan langsung tunai").role == "kegiatan"


def test_captions_are_headings_and_cells_of_men_and_women_are_kept():
    rows = [["No", "Nama", "L/P", "Jabatan"], ["1", "Maria", "P", "Ketua"]]
    one = plan(*TITLE, head("BAB I PENDAHULUAN"), para("Tabel 1. Tim siaga bencana"), table(rows))
    assert next(p for p in one.passages if p.text.startswith("Tabel 1")).kind == "heading"
    assert next(p for p in one.passages if p.role == "jenis_kelamin").text == "P"


def test_a_line_in_capitals_over_the_table_of_a_sheet_is_a_title():
    sheet = document(*TITLE, para("EVALUASI RKP DESA TAHUN 2025"), table([HEADER, row(1, "Embung desa")]), unit="sheet")
    kinds = {p.text: p.kind for p in build_plan(sheet, lexicon()).passages}
    assert kinds["EVALUASI RKP DESA TAHUN 2025"] == "heading"
