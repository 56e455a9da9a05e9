"""Make the example plans from their YAML: `python examples/buat_contoh.py`.

Writes rpjmdes.docx and .pdf, rkpdes-2026.xlsx and rkpdes-2026.pdf beside their YAML. PDFs are made by LibreOffice
(`soffice`); where it is absent, those in the repository stay as they are.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
import yaml
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

HERE = Path(__file__).resolve().parent
BLUR_DPI = 60  # of the page that nobody can read, and no OCR either


def paragraph(word: Document, text: str, bold: bool = False, align: WD_ALIGN_PARAGRAPH | None = None) -> Any:
    """Plain paragraphs with bold titles: the way most villages write, without heading styles."""
    added = word.add_paragraph()
    added.add_run(text).bold = bold
    added.alignment = align
    return added


def chapter(word: Document, text: str) -> None:
    paragraph(word, text, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)


def section(word: Document, text: str) -> None:
    paragraph(word, text, bold=True)


def prose(word: Document, text: str) -> None:
    paragraph(word, text, align=WD_ALIGN_PARAGRAPH.JUSTIFY)


def numbered(word: Document, lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        paragraph(word, f"{number}. {line}")


def contents(word: Document, lines: list[str]) -> None:
    for number, line in enumerate(lines, 2):
        paragraph(word, f"{line} {'.' * 40} {number}")
    word.add_page_break()


def signature(word: Document, lines: list[str]) -> None:
    for line in lines:
        paragraph(word, line, align=WD_ALIGN_PARAGRAPH.RIGHT)


def landscape(word: Document, _: bool) -> None:
    turn(word, WD_ORIENT.LANDSCAPE)


def portrait(word: Document, _: bool) -> None:
    turn(word, WD_ORIENT.PORTRAIT)


def turn(word: Document, orientation: WD_ORIENT) -> None:
    """A new page of the other orientation."""
    part = word.add_section(WD_SECTION.NEW_PAGE)
    if part.orientation != orientation:
        part.orientation = orientation
        part.page_width, part.page_height = part.page_height, part.page_width


def table(word: Document, data: dict[str, Any]) -> None:
    """A ruled table whose header repeats on every page; `bidang` rows span all columns."""
    if title := data.get("judul"):
        paragraph(word, title, align=WD_ALIGN_PARAGRAPH.CENTER)
    size = Pt(7 if data.get("kecil") else 9)
    part = word.sections[-1]
    width = (part.page_width - part.left_margin - part.right_margin) / sum(data["lebar"])
    grid = word.add_table(rows=0, cols=len(data["kepala"]), style="Table Grid")
    grid.autofit = False
    for column, share in zip(grid.columns, data["lebar"], strict=True):
        column.width = int(width * share)
    for index, values in enumerate([data["kepala"], *data["baris"]]):
        cells = grid.add_row().cells
        for cell, share in zip(cells, data["lebar"], strict=True):
            cell.width = int(width * share)
        if isinstance(values, dict):
            cells = [cells[0].merge(cells[-1])]
            values = [values["bidang"]]
        for cell, value in zip(cells, values, strict=True):
            run = cell.paragraphs[0].add_run(value)
            run.font.size = size
            run.bold = index == 0 or len(values) == 1
    header = grid.rows[0]._tr.get_or_add_trPr()
    header.append(header.makeelement(docx.oxml.ns.qn("w:tblHeader"), {}))


def blurred_scan(word: Document, lines: list[str]) -> None:
    """A page as a bad photocopy: only an image, too coarse and blurred to be read."""
    page = Image.new("L", (int(7 * BLUR_DPI), int(9.5 * BLUR_DPI)), 236)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(8)
    for number, line in enumerate(lines):
        draw.text((20, 20 + number * 18), line, fill=0, font=font)
    blurred = page.rotate(1.2, fillcolor=228).filter(ImageFilter.GaussianBlur(1.1))
    stream = io.BytesIO()
    blurred.save(stream, "JPEG", quality=60)
    stream.seek(0)
    word.add_picture(stream, width=Cm(16))
    word.add_page_break()


WRITERS: dict[str, Callable[[Document, Any], None]] = {
    "bab": chapter,
    "sub": section,
    "p": prose,
    "daftar": numbered,
    "daftar_isi": contents,
    "kanan": signature,
    "tabel": table,
    "mendatar": landscape,
    "tegak": portrait,
    "pindaian_kabur": blurred_scan,
}


def write_word(content: dict[str, Any], path: Path) -> None:
    """A plan as a Word document: title page, then the parts in order."""
    word = docx.Document()
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    for line in content["sampul"]:
        paragraph(word, line, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    word.add_page_break()
    for part in content["isi"]:
        ((kind, value),) = part.items()
        WRITERS[kind](word, value)
    word.save(str(path))


def write_workbook(content: dict[str, Any], path: Path) -> None:
    """A plan as a workbook: title rows, a header row, rows, and sums as formulas with their values."""
    with xlsxwriter.Workbook(path) as book:
        bold = book.add_format({"bold": True})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        strong = book.add_format({"border": 1, "bold": True, "text_wrap": True})
        money = book.add_format({"border": 1, "num_format": "#,##0", "valign": "top"})
        for data in content["lembar"]:
            sheet = book.add_worksheet(data["nama"])
            for column, width in enumerate(data["lebar"]):
                sheet.set_column(column, column, width)
            for row, line in enumerate(data["judul"]):
                sheet.write(row, 0, line, bold)
            at = len(data["judul"]) + 1
            sheet.write_row(at, 0, data["kepala"], strong)
            sums = Sums(data.get("biaya"))
            for row, values in enumerate(data["baris"], at + 1):
                write_row(sheet, row, values, sums, cell, strong, money)


class Sums:
    """Running sums of the money column, per bidang and of all."""

    def __init__(self, column: int | None) -> None:
        self.column, self.part, self.total = column, 0, 0

    def add(self, value: int) -> None:
        self.part += value
        self.total += value

    def take(self, everything: bool) -> int:
        value, self.part = (self.total if everything else self.part), 0
        return value


def write_row(sheet: Any, row: int, values: Any, sums: Sums, cell: Any, strong: Any, money: Any) -> None:
    """One row of the sheet: an activity, the title of a bidang, or a sum."""
    if isinstance(values, list):
        sheet.write_row(row, 0, values, cell)
        if sums.column is not None:
            sheet.write_number(row, sums.column, values[sums.column], money)
            sums.add(values[sums.column])
    elif "bidang" in values:
        number, title = values["bidang"]
        sheet.write_string(row, 0, number, strong)
        sheet.write_string(row, 2, title, strong)
    else:
        sheet.write_string(row, 2, values.get("jumlah") or values["semua"], strong)
        sheet.write_number(row, sums.column, sums.take("semua" in values), money)


def write_pdf(path: Path, folder: Path) -> None:
    """Convert a Word document to PDF with LibreOffice; without it nothing is written."""
    program = shutil.which("soffice")
    if program is None:
        sys.stderr.write(f"soffice tidak ada; {path.stem}.pdf tidak dibuat ulang.\n")
        return
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [program, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf", "--outdir", folder, path],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip


def main() -> None:
    """Make every file again."""
    upland, coast = HERE / "desa-oenunfatu", HERE / "desa-oelofe"

    def read(path: Path) -> dict[str, Any]:
        content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return content

    write_word(read(upland / "rpjmdes.yaml"), upland / "rpjmdes.docx")
    write_pdf(upland / "rpjmdes.docx", upland)
    write_workbook(read(upland / "rkpdes-2026.yaml"), upland / "rkpdes-2026.xlsx")
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "rkpdes-2026.docx"
        write_word(read(coast / "rkpdes-2026.yaml"), draft)
        write_pdf(draft, coast)


if __name__ == "__main__":
    main()
