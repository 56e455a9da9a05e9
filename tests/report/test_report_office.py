from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
import sample

from irmcheck.errors import UsageError
from irmcheck.model import Assessment
from irmcheck.report import write_reports
from irmcheck.settings import Settings

FORMULA = "=cmd|' /C calc'!A0"
HOSTILE = FORMULA + " <script>alert(1)</script> {{ 7*7 }} \x1b[31m\x07\u202e\ufffe#set page" + "kata " * 600
SUGGESTED = "Pembentukan dan pelatihan Tim Siaga Bencana Desa"
SHEETS = ["Ringkasan", "Temuan", "Bukti", "Kegiatan", "Uang", "Baris tambahan"]


def made(assessment: Assessment, kind: str, folder: Path, **settings: str | Path) -> Path:
    return write_reports(assessment, [kind], folder, stem="contoh", settings=Settings(**settings))[0]  # type: ignore[arg-type]


def office_pages(path: Path, folder: Path) -> int:
    """Pages of the document as LibreOffice prints it."""
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice on this machine")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "pdf"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    document = pypdfium2.PdfDocument(folder / "pdf" / f"{path.stem}.pdf")
    pages = len(document)
    document.close()
    return pages


def test_workbook_sheets_rows_and_money(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(made(sample.assessment(), "xlsx", tmp_path))
    assert book.sheetnames == SHEETS
    findings = book["Temuan"]
    assert [cell.value for cell in findings[15]][:4] == [
        "MER-01",
        "Ekosistem dan pemulihan alam",
        "Penghijauan dan rehabilitasi lahan",
        "Belum",
    ]
    assert findings.freeze_panes == "A2"
    assert findings.auto_filter.ref == "A1:J22"
    activities = book["Kegiatan"]
    assert activities["I4"].value == 96_400_000
    assert [activities.cell(4, column).value for column in (11, 12, 13)] == ["✓", None, None]
    assert book["Uang"]["C5"].value == 337_600_000
    assert [cell.value for cell in book["Baris tambahan"][2]][:4] == [
        "SIAP-01",
        "Tim siaga atau relawan bencana",
        "3.1.04",
        SUGGESTED,
    ]


def test_workbook_text_is_never_a_formula(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(made(sample.hostile(FORMULA), "xlsx", tmp_path))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == FORMULA]
    assert len(cells) > 40
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_workbook_takes_hostile_text(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(made(sample.hostile(HOSTILE), "xlsx", tmp_path))
    quote = book["Bukti"]["C2"].value
    assert quote.startswith(FORMULA + " <script>")
    assert not set("\x1b\x07\u202e\ufffe") & set(quote)


def test_letter_says_what_is_strong_first_and_to_check(tmp_path: Path) -> None:
    document = docx.Document(
        str(made(sample.assessment(), "docx", tmp_path, facilitator="Maria T.", organisation="CIS Timor", contact="0812"))
    )
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Mitigasi fisik. “Pembangunan bronjong tepi Kali Oelmuti” (hal. 31, tabel 9 baris 3)" in text
    assert "Angin kencang ditulis sebagai masalah desa (hal. 14)" in text
    assert "Maria T." in text
    assert "Pertanyaan tentang surat ini: 0812." in text
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["Kode", "Kegiatan", "Lokasi", "Volume", "Sumber"]
    assert rows[3] == ["3.1.04", "Simulasi longsor dan kekeringan bagi warga", "...", "... orang", "DD"]


@pytest.mark.parametrize("text", ["", HOSTILE])
def test_letter_fits_two_pages(tmp_path: Path, text: str) -> None:
    path = made(sample.hostile(text) if text else sample.assessment(), "docx", tmp_path)
    assert office_pages(path, tmp_path) <= 2


def test_workbook_opens_in_libreoffice(tmp_path: Path) -> None:
    assert office_pages(made(sample.assessment(), "xlsx", tmp_path), tmp_path) >= len(SHEETS)


@pytest.mark.parametrize("text", ["", HOSTILE])
def test_pdf_letter_fits_two_pages(tmp_path: Path, text: str) -> None:
    pytest.importorskip("typst", reason="typst is not installed")
    document = pypdfium2.PdfDocument(made(sample.hostile(text) if text else sample.assessment(), "pdf", tmp_path))
    words = " ".join(document[0].get_textpage().get_text_range().split())
    assert len(document) <= 2
    assert "Yang dapat diperbaiki lebih dahulu" in words
    assert "{{ 7*7 }}" in words or not text
    document.close()


def test_logo_is_set_and_a_bad_one_is_a_clear_error(tmp_path: Path) -> None:
    from PIL import Image

    logo = tmp_path / "logo.png"
    Image.new("RGB", (60, 30), "#123f52").save(logo)
    with_logo = docx.Document(str(made(sample.assessment(), "docx", tmp_path, logo=logo)))
    assert len(with_logo.inline_shapes) == 1
    logo.write_bytes(b"no picture")
    with pytest.raises(UsageError, match="Logo"):
        made(sample.assessment(), "docx", tmp_path, logo=logo)


def test_report_bytes_are_a_whole_archive(tmp_path: Path) -> None:
    import zipfile

    for kind in ("xlsx", "docx"):
        data = made(sample.assessment(), kind, tmp_path).read_bytes()
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


def test_pdf_letter_with_a_bad_logo_is_a_clear_error(tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="typst is not installed")
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"no picture")
    with pytest.raises(UsageError, match="logo"):
        made(sample.assessment(), "pdf", tmp_path, logo=logo)
