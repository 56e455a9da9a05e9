"""The letter to the village as DOCX, to be edited and signed."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from irmcheck.report.letter import Grid, Piece, Run, column_weights, letter
from irmcheck.report.view import View
from irmcheck.text import printable

_FIXED = datetime(2000, 1, 1)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_STYLES = {"bullet": "List Bullet", "step": "List Number", "h": "Heading 2", "p": "Normal"}
_SPACE_AFTER = {"p": 5.0, "h": 2.0, "bullet": 2.0, "step": 2.0}


def letter_docx(view: View) -> bytes:
    """The letter as DOCX; the same assessment gives the same bytes."""
    import docx

    document = docx.Document()
    _page(document, view)
    _letterhead(document, view)
    for block in letter(view):
        if isinstance(block, Grid):
            _table(document, block)
        else:
            _paragraph(document, block)
    memory = io.BytesIO()
    document.save(memory)
    return undated(memory.getvalue())


def undated(data: bytes) -> bytes:
    """A ZIP-based document with the clock times of its parts set to a fixed date."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return memory.getvalue()


def _page(document: Any, view: View) -> None:
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(1.8)
    for name, size in (("Normal", 10.5), ("Heading 2", 11.5), ("List Bullet", 10.5), ("List Number", 10.5)):
        style = document.styles[name]
        style.font.size = Pt(size)
        _set_font(style, "Arial")
    heading = document.styles["Heading 2"]
    heading.font.color.rgb = RGBColor(0x12, 0x3F, 0x52)
    heading.paragraph_format.space_before = Pt(8)
    properties = document.core_properties
    properties.title, properties.author = printable(view.title)[:250], printable(view.settings.organisation)[:250]
    properties.created = properties.modified = _FIXED
    properties.comments = ""


def _set_font(style: Any, font: str) -> None:
    """Set `font` for every script, in place of the theme's fonts, which would win."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    fonts.attrib.update({qn(f"w:{script}"): font for script in ("ascii", "hAnsi", "cs", "eastAsia")})


def _letterhead(document: Any, view: View) -> None:
    """Logo and organisation where the settings name them."""
    from docx.image.exceptions import UnrecognizedImageError
    from docx.shared import Cm

    settings = view.settings
    if settings.logo and settings.logo.is_file():
        run = document.add_paragraph().add_run()
        try:
            run.add_picture(str(settings.logo), height=Cm(1.6))
        except (UnrecognizedImageError, OSError) as error:
            from irmcheck.errors import UsageError

            raise UsageError(f"Logo {settings.logo} tidak dapat dipakai ({error}). Pakai berkas PNG atau JPG.") from error
    if settings.organisation:
        _paragraph(document, Piece("p", (Run(printable(settings.organisation), bold=True),)))


def _paragraph(document: Any, piece: Piece) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    paragraph = document.add_paragraph(style=_STYLES.get(piece.kind, "Normal"))
    for run in piece.runs:
        paragraph.add_run(run.text).bold = run.bold or None
    layout, style = paragraph.paragraph_format, piece.style.split()
    layout.space_after = Pt(0 if "address" in style or "sign" in style else _SPACE_AFTER.get(piece.kind, 5))
    layout.line_spacing = 1.05
    if "date" in style:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if "subject" in style or "name" in style:
        layout.space_before = Pt(26 if "name" in style else 8)
    if "sign" in style:
        layout.left_indent = Cm(9.5)
    layout.keep_with_next = piece.kind == "h" or "keep" in style or "sign" in style


def _table(document: Any, grid: Grid) -> None:
    from docx.shared import Pt

    table = document.add_table(rows=0, cols=len(grid.rows[0]))
    table.style = "Table Grid"
    for number, cells in enumerate(grid.rows):
        row = table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(9), number == 0 or None
            paragraph.paragraph_format.space_after = Pt(0)
    _fit_columns(table, grid)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _fit_columns(table: Any, grid: Grid) -> None:
    """Column widths over the 16.4 cm between the margins; Word reads them from the cells, LibreOffice from the columns."""
    from docx.shared import Cm

    weights = column_weights(grid)
    table.autofit = False
    for column, weight in zip(table.columns, weights, strict=True):
        column.width = Cm(16.4 * weight / sum(weights))
        for cell in column.cells:
            cell.width = column.width
