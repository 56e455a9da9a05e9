"""Villages told apart, copies between them found, neighbours quoted; the matrix drawn."""

import io
import json
import re
from itertools import pairwise

import openpyxl
import pytest
from batch_kit import ROWS, here, run, village_rows, write_plan

from irmcheck.batch import Job
from irmcheck.batch.discover import report_stems

OWN = (
    "Lereng di sebelah timur kampung mulai retak sejak musim hujan tahun lalu dan tiga rumah sudah pindah ke kebun atas.",
    "Warga dusun dua mengambil air dari kali kecil yang berjarak dua kilometer karena sumur gali kering sejak bulan Juli.",
    "Kebun jagung di dataran dekat kali rusak dua kali oleh ulat grayak sehingga keluarga muda pergi bekerja ke kota.",
    "Jalan ke puskesmas pembantu putus setiap hujan lebat dan ibu hamil harus ditandu melewati punggung bukit berbatu.",
    "Kelompok tenun meminta ruang kerja yang dekat rumah agar anak kecil dan orang tua tetap dapat dijaga sepanjang hari.",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Four villages: B copied A's problems and rows, C is itself, and there are two villages called Oelbima."""
    base = tmp_path_factory.mktemp("tetangga")
    write_plan(base / "a.docx", "Oelbima", prose=OWN, rows=(*village_rows(1), ("Pemberdayaan", "Pupuk organik", 7_321_500)))
    copied = tuple(text.replace("dusun dua", "dusun tiga") for text in OWN)
    write_plan(base / "b.docx", "Fatunaus", prose=copied, rows=village_rows(1))
    write_plan(base / "c.docx", "Nekmese", rows=village_rows(3)[:3])
    write_plan(base / "d.docx", "Oelbima", subdistrict="Amanuban", rows=village_rows(4))
    patch = pytest.MonkeyPatch()
    patch.setattr("irmcheck.batch.run.run_local", here)
    run(base, base / "hasil", Job(formats=("html",)))
    patch.undo()
    return base / "hasil"


@pytest.fixture(scope="module")
def told(folder):
    return json.loads((folder / "matriks.json").read_text())


def test_villages_of_one_name_are_told_apart_by_kecamatan(folder, told):
    assert [(v["name"], v["subdistrict"]) for v in told["villages"] if v["name"].casefold() == "oelbima"] == [
        ("Oelbima", "Amanuban"),
        ("Oelbima", "Nonohonis"),
    ]
    assert {p.name for p in (folder / "pesan").iterdir()} == {
        "Fatunaus.txt",
        "Nekmese.txt",
        "Oelbima Amanuban.txt",
        "Oelbima Nonohonis.txt",
    }


def test_a_copied_plan_is_told_with_passages_and_rows(told):
    (copy,) = told["copies"]
    assert (copy["file_a"], copy["file_b"]) == ("b.docx", "a.docx")
    assert (copy["passages"], copy["rows"]) == (5, 4), "the row of bidang 1 is the same by law"
    assert copy["shown"][0]["text"].replace("dusun tiga", "dusun dua") in OWN
    assert copy["shown_rows"][0]["cost"] == 48_001_000
    assert copy["share"] > 50


def test_what_many_villages_share_is_no_copy(tmp_path, monkeypatch):
    monkeypatch.setattr("irmcheck.batch.run.run_local", here)
    for number in range(5):
        write_plan(tmp_path / "r" / f"{number}.docx", f"Oe{'abcde'[number]}kulu", prose=OWN, rows=ROWS)
    run(tmp_path / "r", tmp_path / "hasil")
    assert json.loads((tmp_path / "hasil" / "matriks.json").read_text())["copies"] == []


def test_common_gaps_come_with_words_of_a_neighbour_or_advice(told):
    assert told["gaps"]
    weights = [gap["missing"] + gap["partial"] / 2 for gap in told["gaps"]]
    assert all(a >= b for a, b in pairwise(weights))
    for gap in told["gaps"]:
        assert gap["advice"]
        assert all(one["village"].startswith("Desa ") and one["plan"] == "RKPDes 2026" for one in gap["examples"])


def test_the_page_is_whole_and_needs_nothing_else(folder, told):
    page = (folder / "matriks.html").read_text()
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert page.count('<td class="c ') == len(told["criteria"]) * 4
    assert 'href="c.html"' in page


def test_the_workbook_counts_with_formulas_and_colours_by_letter(folder, told):
    data = (folder / "matriks.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    assert sheet.freeze_panes == "B3"
    assert len(sheet.conditional_formatting) == 1
    column = 6 + [one["id"] for one in told["criteria"]].index("PRB-04")
    letters = [shown.cell(row, column).value for row in range(3, 7)]
    assert sheet.cell(8, column).value.startswith("=COUNTIF(")
    assert [shown.cell(8 + n, column).value for n in range(3)] == [letters.count(letter) for letter in "TSB"]


def test_reports_of_two_files_never_share_a_name():
    stems = report_stems(["a/rkp.pdf", "a/rkp.docx", "a/RKP.xlsx", "b/rkp.pdf", "matriks.pdf", "x:y.pdf", "x?y.pdf"])
    assert len({stem.casefold() for stem in stems.values()}) == len(stems)
    assert stems["b/rkp.pdf"] == "b/rkp"
    assert stems["a/rkp.pdf"] == "a/rkp-pdf"
    assert stems["matriks.pdf"] == "matriks-pdf"


def test_scores_in_the_workbook_are_figures_and_shares_percent(folder):
    book = openpyxl.load_workbook(folder / "matriks.xlsx")
    assert {book.worksheets[0].cell(row, 3).number_format for row in range(3, 7)} == {"#,##0"}
    money = book["Uang menurut pilar"]
    assert money["G2"].number_format == "0.0%"
    assert 0 < money["G2"].value < 1
