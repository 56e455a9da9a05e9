"""Workbooks: small ones made here, read and compared exactly."""

from __future__ import annotations

import datetime
import json
import shutil
import struct
import subprocess
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from irmcheck.errors import InputError
from irmcheck.load.xlsx import read_workbook
from irmcheck.load.xlsx_cells import Sheet, show, unit_of
from irmcheck.load.xlsx_regions import regions
from irmcheck.model import Block, Document, Table

SHARED = Path(__file__).resolve().parents[3] / "shared"
HEAD = ["No", "Kegiatan", "Lokasi", "Biaya"]
ROWS: list[list[Any]] = [[1, "Embung", "Dusun I", 12500000], [2, "Talud", "Dusun II", 7500000]]


def make(path: Path, rows: list[list[Any]], at: tuple[int, int] = (0, 0), name: str = "RKP") -> Path:
    """A workbook of one sheet with these cells; None leaves a cell out."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(name)
    fill(sheet, rows, at)
    book.close()
    return path


def fill(sheet: Any, rows: list[list[Any]], at: tuple[int, int] = (0, 0)) -> None:
    for row, values in enumerate(rows, at[0]):
        for column, value in enumerate(values, at[1]):
            if value is not None:
                sheet.write(row, column, value)


def read(path: Path, format: str = "xlsx") -> Document:
    return read_workbook(path, "0" * 64, format)


def tables(document: Document) -> list[Table]:
    return [item for item in document.items if isinstance(item, Table)]


def texts(document: Document) -> list[str]:
    return [item.text for item in document.items if isinstance(item, Block)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12500000.0, "12500000"),
        (1e15, "1000000000000000"),
        (0.5, "0.5"),
        (1.125, "1.1250"),
        (20.846545288571047, "20.846545"),
        (True, "✓"),
        (False, ""),
        (datetime.date(2026, 3, 5), "2026-03-05"),
        (datetime.datetime(2026, 3, 5), "2026-03-05"),
        (datetime.datetime(2026, 3, 5, 8, 30), "2026-03-05 08:30"),
        (datetime.time(8, 30), "08:30"),
        (float("nan"), ""),
    ],
)
def test_values_as_text(value: object, shown: str) -> None:
    assert show(value) == shown


def test_titles_become_blocks_and_the_rest_a_table(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("RKP 2026")
    sheet.merge_range("A1:D1", "RENCANA KERJA PEMERINTAH DESA")
    fill(sheet, [["Desa", ": Oemofa"], ["Tahun", ": 2026"]], (1, 0))
    fill(sheet, [HEAD, *ROWS], (4, 0))
    book.close()
    document = read(tmp_path / "a.xlsx")
    assert texts(document) == ["RENCANA KERJA PEMERINTAH DESA", "Desa : Oemofa", "Tahun : 2026"]
    assert document.items[1].tabs == ("Desa", ": Oemofa")  # type: ignore[union-attr]
    (table,) = tables(document)
    assert table.rows == (tuple(HEAD), ("1", "Embung", "Dusun I", "12500000"), ("2", "Talud", "Dusun II", "7500000"))
    assert (table.rows_at, table.page, table.number) == ((5, 6, 7), 1, 1)
    assert (document.unit, [page.label for page in document.pages]) == ("sheet", ["RKP 2026"])


def test_merged_cells_stand_once(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.merge_range("A1:A2", "No")
    sheet.merge_range("B1:C1", "Biaya")
    fill(sheet, [["Jumlah", "Sumber"]], (1, 1))
    fill(sheet, [[1, 5000, "DD"]], (2, 0))
    book.close()
    (table,) = tables(read(tmp_path / "a.xlsx"))
    assert table.rows == (("No", "Biaya", None), (None, "Jumlah", "Sumber"), ("1", "5000", "DD"))
    assert table.spans == {(0, 0): (2, 1), (0, 1): (1, 2)}


def test_a_table_that_starts_further_in(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.merge_range("C3:D3", "Kegiatan")
    fill(sheet, [["a", "b", 1], ["c", "d", 2]], (3, 2))
    sheet.write("E3", "Biaya")
    book.close()
    (table,) = tables(read(tmp_path / "a.xlsx"))
    assert table.rows == (("Kegiatan", None, "Biaya"), ("a", "b", "1"), ("c", "d", "2"))
    assert table.rows_at == (3, 4, 5)


def test_hidden_rows_columns_and_sheets_do_not_count(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("RKP")
    fill(sheet, [HEAD, *ROWS, [3, "Sumur", "Dusun III", 1]])
    sheet.merge_range("C5:D5", "gabungan")
    fill(sheet, [[4, "Bronjong"]], (4, 0))
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column("C:C", None, None, {"hidden": True})
    other = book.add_worksheet("Lama")
    fill(other, [HEAD, *ROWS])
    other.hide()
    book.close()
    document = read(tmp_path / "a.xlsx")
    (table,) = tables(document)
    assert table.rows == (
        ("No", "Kegiatan", "Biaya"),
        ("1", "Embung", "12500000"),
        ("3", "Sumur", "1"),
        ("4", "Bronjong", "gabungan"),
    )
    assert (table.rows_at, table.hidden) == ((1, 2, 4, 5), 2)
    assert [page.source for page in document.pages] == ["text", "hidden"]
    assert [(one.code, one.page) for one in document.problems] == [("hidden-cells", 1), ("hidden-sheet", 2)]


def test_a_matrix_is_not_cut_at_title_rows_or_one_blank_row(tmp_path: Path) -> None:
    rows = [HEAD, ["I", "BIDANG PEMBANGUNAN"], ROWS[0], [], ["BIDANG III"], ROWS[1], ["Jumlah", None, None, 20000000]]
    (table,) = tables(read(make(tmp_path / "a.xlsx", rows)))
    assert table.rows_at == (1, 2, 3, 5, 6, 7)
    assert table.rows[3] == ("BIDANG III", "", "", "")


def test_tables_below_each_other_are_two(tmp_path: Path) -> None:
    rows = [HEAD, *ROWS, [], ["PAGU"], ["Sumber", "Pagu", "Sisa"], ["DD", 1, 0], ["ADD", 2, 0]]
    document = read(make(tmp_path / "a.xlsx", rows))
    assert [(len(table.rows), table.number) for table in tables(document)] == [(3, 1), (3, 2)]
    assert texts(document) == ["PAGU"]
    again = read(make(tmp_path / "b.xlsx", [HEAD, *ROWS, [], HEAD, *ROWS]))
    assert len(tables(again)) == 2


def test_side_tables_notes_and_signatures_stay_apart(tmp_path: Path) -> None:
    rows = [
        [*HEAD, None, "Sumber", "Pagu"],
        *[[*row, None, "DD", 9] for row in ROWS],
        [3, "Sumur", "Dusun V", 1],
        [4, "Bak", "Dusun V", 1],
        [],
        [None, None, "Mengetahui"],
        [],
        [],
        [None, None, "KEPALA DESA"],
    ]
    document = read(make(tmp_path / "a.xlsx", rows))
    assert [len(table.rows[0]) for table in tables(document)] == [4, 2]
    assert texts(document) == ["Mengetahui", "KEPALA DESA"]


def test_a_blank_column_through_a_table_does_not_cut_it(tmp_path: Path) -> None:
    rows = [[1, "Embung", None, "Dusun I", 5], [2, "Talud", None, "Dusun II", 6], [3, "Bak", None, "Dusun V", 7]]
    (table,) = tables(read(make(tmp_path / "a.xlsx", [["No", "Kegiatan", None, "Lokasi", "Biaya"], *rows])))
    assert table.rows[1] == ("1", "Embung", "", "Dusun I", "5")


def test_long_texts_and_lines_in_cells(tmp_path: Path) -> None:
    long = "Desa Oemofa rawan kekeringan\ndan longsor.\n1. Embung\n2. Terasering"
    document = read(make(tmp_path / "a.xlsx", [[long]]))
    assert texts(document) == ["Desa Oemofa rawan kekeringan dan longsor.", "1. Embung", "2. Terasering"]
    (table,) = tables(read(make(tmp_path / "b.xlsx", [HEAD, [1, "Embung\ndesa", "- Dusun I\n- Dusun II", 5]])))
    assert table.rows[1] == ("1", "Embung desa", "- Dusun I\n- Dusun II", "5")


def test_percentages_formulas_and_errors(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    fill(sheet, [["No", "Sumber", "Bagian", "Jumlah", "Cek"]])
    fill(sheet, [[1, "DD"]], (1, 0))
    sheet.write_number(1, 2, 0.2, book.add_format({"num_format": "0%"}))
    sheet.write_formula(1, 3, "=1+1", None, 2)
    sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    book.close()
    assert tables(read(tmp_path / "a.xlsx"))[0].rows[1] == ("1", "DD", "20%", "2", "")


def test_formulas_without_a_saved_value_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append([1, "Embung", "Dusun I", "=5*5"])
    book.save(tmp_path / "a.xlsx")
    document = read(tmp_path / "a.xlsx")
    assert tables(document)[0].rows[1][3] == ""
    assert [(one.code, one.page) for one in document.problems] == [("formula-without-value", 1)]


def test_a_stray_cell_at_the_end_of_the_sheet_costs_nothing(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    fill(sheet, [HEAD, *ROWS])
    sheet.write("XFD1048576", "x")
    book.close()
    document = read(tmp_path / "a.xlsx")
    assert len(tables(document)[0].rows) == 3
    assert [one.code for one in document.problems] == ["stray-cells"]


def test_shapes_are_text_and_pictures_are_told(tmp_path: Path) -> None:
    buffer = BytesIO()
    Image.new("L", (9, 9)).save(buffer, "PNG")
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Visi").insert_textbox("B2", "Visi: desa tangguh\n\nMisi: air bersih")
        book.add_worksheet("Foto").insert_image("A1", "x.png", {"image_data": buffer})
    document = read(tmp_path / "a.xlsx")
    found = [(item.kind, item.page, item.text) for item in document.items if isinstance(item, Block)]
    assert found == [("textbox", 1, "Visi: desa tangguh"), ("textbox", 1, "Misi: air bersih")]
    assert [(page.source, page.reason) for page in document.pages] == [("text", ""), ("unread", "lembar ini hanya gambar")]
    assert [(one.code, one.page) for one in document.problems] == [("pictures-unread", 2)]


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ('#,##0" batang"', "batang"),
        ('0" Unit";-0" Unit"', "Unit"),
        ('"Rp"#,##0', ""),
        ('0\\ "m2"', "m2"),
        ('#,##0",-"', ""),
        ("", ""),
    ],
)
def test_units_of_number_formats(code: str, unit: str) -> None:
    assert unit_of(code) == unit


def test_numbers_are_shown_with_the_unit_of_their_format(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        fill(sheet, [["No", "Kegiatan", "Volume"], [1, "Bakau", None], [2, "Talud", None]])
        sheet.write(1, 2, 1500, book.add_format({"num_format": '#,##0" batang"'}))
        sheet.write(2, 2, "12 m", book.add_format({"num_format": '0" Unit"'}))
    assert tables(read(tmp_path / "a.xlsx"))[0].rows[1:] == (("1", "Bakau", "1500 batang"), ("2", "Talud", "12 m"))


def test_csv_with_semicolons_and_windows_letters(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes('No;Kegiatan;Biaya\n1;"Embung – desa; baru";12.500.000\n'.encode("cp1252"))
    document = read(tmp_path / "a.csv", "csv")
    assert tables(document)[0].rows == (("No", "Kegiatan", "Biaya"), ("1", "Embung – desa; baru", "12.500.000"))


def test_csv_keeps_lines_inside_a_cell_and_takes_excels_separator_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'sep=|\r\nNo|Kegiatan\r\n1|"Embung,\ntalud; dan\x0cparit"\r\n2|Sumur\r\n')
    assert tables(read(tmp_path / "a.csv", "csv"))[0].rows == (
        ("No", "Kegiatan"),
        ("1", "Embung, talud; dan parit"),
        ("2", "Sumur"),
    )


def test_broken_and_empty_workbooks(tmp_path: Path) -> None:
    whole = make(tmp_path / "a.xlsx", [HEAD, *ROWS]).read_bytes()
    for name, content in (("b.xlsx", whole[:300]), ("c.xls", b"bukan"), ("d.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=name):
            read(tmp_path / name, name[2:])
    document = read(make(tmp_path / "e.xlsx", []))
    assert (document.items, [page.source for page in document.pages]) == ((), ["blank"])
    assert [one.code for one in document.problems] == ["no-text"]


def test_an_old_workbook_whose_chains_run_in_circles_is_refused(tmp_path: Path) -> None:
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 0x18, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", header, 0x2C, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 0x4C, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 2, 1, *[0xFFFFFFFF] * 125)  # sectors 1 and 2 follow each other
    (tmp_path / "a.xls").write_bytes(bytes(header) + table + bytes(1024))
    with pytest.raises(InputError, match=r"a\.xls: berkas rusak"):
        read(tmp_path / "a.xls", "xls")


@given(st.dictionaries(st.tuples(st.integers(0, 12), st.integers(0, 8)), st.integers(100, 999), max_size=60), st.data())
@settings(max_examples=80, deadline=None)
def test_no_cell_is_lost_or_doubled(values: dict[tuple[int, int], int], data: st.DataObject) -> None:
    cells = {cell: f"{'kata ' if data.draw(st.booleans()) else ''}{value}" for cell, value in values.items()}
    found: list[str] = []
    for item in regions(Sheet("S", cells=cells, row_numbers=tuple(range(1, 14)))):
        if isinstance(item, Block):
            found.append(item.text)
        else:
            found.extend(cell for row in item.rows for cell in row if cell)
            for number, row in zip(item.rows_at, item.rows, strict=True):
                assert sorted(filter(None, row)) == sorted(
                    text for (at, _), text in cells.items() if at == number - 1 and text in row
                )
    assert sorted(found) == sorted(cells.values())


@pytest.mark.parametrize("format", ["xls", "ods"])
def test_files_made_by_libreoffice(tmp_path: Path, format: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    book = xlsxwriter.Workbook(str(tmp_path / "rkp.xlsx"))
    sheet = book.add_worksheet("RKP")
    sheet.merge_range("A1:D1", "RKP DESA")
    fill(sheet, [HEAD, *ROWS, [3, "Sumur", "Dusun III", 1]], (2, 0))
    sheet.merge_range("A7:C7", "Jumlah")
    sheet.write("D7", 20000001)
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.set_column("C:C", None, None, {"hidden": True})
    book.close()
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", format]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "rkp.xlsx"], check=True, capture_output=True, timeout=90)
    renamed = (tmp_path / f"rkp.{format}").rename(tmp_path / "lain.xlsx")
    document = read(renamed, format)
    assert texts(document) == ["RKP DESA"]
    assert tables(document)[0].rows == (
        ("No", "Kegiatan", "Biaya"),
        ("1", "Embung", "12500000"),
        ("3", "Sumur", "1"),
        ("Jumlah", None, "20000001"),
    )


def test_every_activity_of_the_real_workbook() -> None:
    folder = SHARED / "plans" / "pandanlandung-rkpdes-2026"
    if not folder.is_dir():
        pytest.skip("shared/plans is not here")
    document = read(folder / "rkpdes.xlsx")
    assert len(document.pages) == 47
    matrix = next(table for table in tables(document) if table.page == 1 and len(table.rows) > 40)
    rows = dict(zip(matrix.rows_at, matrix.rows, strict=True))
    for activity in json.loads((folder / "content.json").read_text(encoding="utf-8"))["activities"]:
        row = rows[activity["baris"]]
        assert str(activity["biaya_rp"]) in row
        assert " ".join(activity["kegiatan"].split()) in [" ".join((cell or "").split()) for cell in row]


def test_a_long_workbook_in_time() -> None:
    path = SHARED / "bench" / "rkp.xlsx"
    if not path.exists():
        pytest.skip("shared/bench is not here")
    read(path)
    started = time.perf_counter()
    document = read(path)
    assert time.perf_counter() - started < 1
    assert len(tables(document)[0].rows) == 2672
