"""PDF -> Document: text and ruled tables in one pass over the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2

from irmcheck.collecting import no_collecting
from irmcheck.errors import InputError, Problem, Severity
from irmcheck.load.arrange import arrange, column_edges, usual_right
from irmcheck.load.borderless import find_tables
from irmcheck.load.glyphs import Frame
from irmcheck.load.layout import Paragraph, is_marker, leading, merged, paragraphs, right_margins, runs_on
from irmcheck.load.lines import CellText, TextLine
from irmcheck.load.pdf_page import PageContent, read_page
from irmcheck.load.pdf_types import RawTable
from irmcheck.load.repair import clean_text
from irmcheck.load.running import Sheet, running_lines
from irmcheck.load.second import SecondLook
from irmcheck.load.words import Mender
from irmcheck.model import Block, Document, Line, Page, Quality, Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PASSWORD_ERROR = 4
_MEANT = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")


def read_pdf(path: Path, sha256: str) -> Document:
    """Read a PDF that has a text layer; pages that are only pictures become Page(source="unread") for OCR to fill.

    Raises InputError, with what to do, when the file is locked or is no readable PDF.
    """
    pdf = open_pdf(path)
    try:
        with no_collecting():
            contents = _read_pages(pdf, path)
            properties = tuple((key, clean_text(value)) for key in _MEANT if (value := pdf.get_metadata_value(key)))
            running = cut_running(contents)
            items = document_items([content for content in contents if not content.unread])
    finally:
        pdf.close()
    return Document(
        file=path.name,
        sha256=sha256,
        format="pdf",
        items=items,
        pages=tuple(_page(content) for content in contents),
        properties=properties,
        running=running,
        problems=tuple(_problem(content) for content in contents if content.failed or content.second),
    )


def open_pdf(path: Path) -> Any:
    """The file as a pypdfium2 document; the caller closes it. Raises InputError when it is locked or no readable PDF."""
    try:
        if not path.stat().st_size:
            raise InputError(f"Berkas {path.name} kosong (0 byte). Minta pengirim mengirim ulang berkasnya.")
        pdf = pypdfium2.PdfDocument(path)
    except OSError as error:
        raise InputError(f"Berkas {path.name} tidak dapat dibuka: {error.strerror or error}.") from error
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD_ERROR:
            raise InputError(
                f"Berkas {path.name} terkunci dengan kata sandi. "
                "Buka berkas itu dengan kata sandinya, simpan sebagai PDF baru tanpa kata sandi, lalu ulangi."
            ) from error
        raise InputError(
            f"Berkas {path.name} bukan PDF yang utuh (rusak, terpotong, atau berkas lain yang diganti namanya). "
            "Coba buka di pembaca PDF; bila gagal, minta pengirim mengirim ulang berkasnya."
        ) from error
    if not len(pdf):
        pdf.close()
        raise InputError(f"Berkas {path.name} tidak berisi satu halaman pun. Minta pengirim mengirim ulang berkasnya.")
    return pdf


def render_page(source: Path | Any, number: int, dpi: int) -> NDArray[np.uint8]:
    """A page as displayed, as a grey image (height, width). `source` is a path or a document from `open_pdf`; `number` from 1.

    Raises InputError when the file or the page cannot be opened.
    """
    pdf = open_pdf(source) if isinstance(source, Path) else source
    try:
        page = pdf[number - 1]
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        grey: NDArray[np.uint8] = bitmap.to_numpy().copy()
        bitmap.close()
        page.close()
    except pypdfium2.PdfiumError as error:
        raise InputError(f"Halaman {number} rusak dan tidak dapat digambar.") from error
    finally:
        if pdf is not source:
            pdf.close()
    return grey.reshape(grey.shape[0], grey.shape[1])


def _read_pages(pdf: Any, path: Path) -> list[PageContent]:
    """All pages; one that PDFium cannot open is kept as a failed page."""
    contents = []
    look = SecondLook(path)
    try:
        for index in range(len(pdf)):
            try:
                page = pdf[index]
            except pypdfium2.PdfiumError:
                contents.append(PageContent(index + 1, Frame((0.0, 0.0, 595.0, 842.0), 0, 0), failed=True))
                continue
            contents.append(read_page(page, index + 1, look))
            page.close()
    finally:
        look.close()
    return contents


def cut_running(contents: list[PageContent]) -> tuple[str, ...]:
    """Take running headers and footers out of the pages' lines and give their texts."""
    sheets = [Sheet(c.lines, [(table.box[1], table.box[3]) for table in c.tables], c.frame.size[1]) for c in contents]
    cuts, running = running_lines(sheets)
    filled = [(content, cut) for content, cut in zip(contents, cuts, strict=True) if content.lines or content.tables]
    left = sum(len(content.lines) > len(cut) or bool(content.tables) for content, cut in filled)
    if 2 * left < len(filled) and not any(content.picture > 0.5 for content, _ in filled):
        return ()  # lines that are all there is are the text itself
    for content, cut in zip(contents, cuts, strict=True):
        content.lines = [line for index, line in enumerate(content.lines) if index not in cut]
    return running


def _problem(content: PageContent) -> Problem:
    if content.second:
        message = f"Garis tabel di halaman {content.number} tidak utuh, jadi tabelnya dibaca dengan cara kedua. Periksa hasilnya."
        return Problem("load", "page-second-look", message, page=content.number, severity=Severity.INFO)
    message = f"Halaman {content.number} rusak di dalam berkas dan tidak dapat dibaca. Minta berkas aslinya."
    return Problem("load", "page-broken", message, page=content.number, severity=Severity.ERROR)


def _page(content: PageContent) -> Page:
    frame = content.frame
    width, height = frame.size if (frame.turn - frame.shown) % 2 == 0 else frame.size[::-1]
    source, quality, reason = "text", Quality.GOOD, ""
    if content.unread:
        source, quality, reason = "unread", Quality.POOR, content.unread
    elif not content.ink:
        source = "blank"
    elif content.hidden:
        quality, reason = Quality.FAIR, "teks halaman ini hasil pengenalan otomatis alat pemindai; bisa ada salah baca"
    return Page(content.number, source, quality, reason, width=round(width, 1), height=round(height, 1))


def document_items(contents: list[PageContent]) -> tuple[Block | Table, ...]:
    """Paragraphs and tables of all pages in reading order, paragraphs over a page or column break joined."""
    step = leading(content.lines for content in contents)
    rights = right_margins((content.frame.size[0], content.lines) for content in contents)
    arranged = [arrange(content.lines) for content in contents]
    columns = column_edges(regions for regions in arranged if len(regions) > 1)
    found: list[tuple[PageContent, Paragraph | RawTable, list[tuple[PageContent, int]]]] = []
    for content, regions in zip(contents, arranged, strict=True):
        right = max([rights.get(round(content.frame.size[0]), 0.0), *(table.box[2] for table in content.tables)])
        before = -1
        for region, thing in _things(content, regions, step, usual_right(regions, columns, right)):
            opens, before = region != before, region
            if opens and found and isinstance(thing, Paragraph):
                first, last, breaks = found[-1]
                if isinstance(last, Paragraph) and runs_on(last, thing):
                    found[-1] = (first, merged(last, thing), [*breaks, (content, len(last.lines))])
                    continue
            found.append((content, thing, []))
    cells = [cell for _, thing, _ in found if isinstance(thing, RawTable) for row in thing.rows for cell in row]
    prose = ([line.text for line in thing.lines] for _, thing, _ in found if isinstance(thing, Paragraph))
    mender = Mender([cell for cell in cells if isinstance(cell, CellText)], prose)
    tables = 0
    items: list[Block | Table] = []
    for content, thing, breaks in found:
        if isinstance(thing, RawTable):
            tables += 1
            items.append(_as_table(thing, content, tables, mender))
        elif (block := _as_block(thing, content, breaks, mender)).text:
            items.append(block)
    return tuple(items)


def _things(
    content: PageContent, regions: list[list[TextLine]], step: float, right: float
) -> list[tuple[int, Paragraph | RawTable]]:
    """A page's paragraphs and tables in reading order, each with its region's number.

    A ruled table stands where its top lies in its column.
    """
    placed: list[tuple[int, float, Paragraph | RawTable]] = []
    for number, region in enumerate(regions):
        lines: list[TextLine] = []
        for thing in [*find_tables(region), None]:
            if isinstance(thing, TextLine):
                lines.append(thing)
                continue
            placed += [(number, found.box[1], found) for found in paragraphs(lines, step, right)]
            lines = []
            if thing:
                placed.append((number, thing.box[1], thing))
    for table in content.tables:
        placed.append((_region_of(table, regions), table.box[1], table))
    return [(region, thing) for region, _, thing in sorted(placed, key=lambda place: place[:2])]


def _region_of(table: RawTable, regions: list[list[TextLine]]) -> int:
    """The last region that begins above the table's top and shares its width; the first where none does."""
    found = 0
    for number, region in enumerate(regions):
        top = min(line.box[1] for line in region)
        left, right = min(line.box[0] for line in region), max(line.box[2] for line in region)
        if top < table.box[1] and min(right, table.box[2]) > max(left, table.box[0]):
            found = number
    return found


def _as_table(raw: RawTable, content: PageContent, number: int, mender: Mender) -> Table:
    return Table(
        rows=tuple(tuple(None if cell is None else mender.cell(cell) for cell in row) for row in raw.rows),
        page=content.number,
        number=number,
        box=content.frame.displayed(raw.box),
        spans=raw.spans or None,
        ruled=raw.ruled,
        columns_x=raw.columns_x,
    )


def _as_block(paragraph: Paragraph, content: PageContent, breaks: list[tuple[PageContent, int]], mender: Mender) -> Block:
    text, offsets = mender.lines([clean_text(line.text) for line in paragraph.lines])
    lines, at = [], content
    turns = {number: page for page, number in breaks}
    for number, (line, start) in enumerate(zip(paragraph.lines, offsets, strict=True)):
        at = turns.get(number, at)
        lines.append(Line(start, at.number, at.frame.displayed(line.box)))
    head = paragraph.lines[0]
    tabs: tuple[str, ...] = ()
    parts = [clean_text(part) for part in head.text.split("\t")]
    if len(parts) > 1 and is_marker(parts[0]):
        parts[:2] = [f"{parts[0]} {parts[1]}"]
    if len(parts) > 1:
        rest = [clean_text(line.text) for line in paragraph.lines[1:]]
        tabs = (*parts[:-1], mender.lines([parts[-1], *rest])[0])
    return Block(
        text=text,
        page=content.number,
        kind="list" if paragraph.marked else "paragraph",
        bold=all(line.bold for line in paragraph.lines),
        size=head.size or None,
        centred=paragraph.centred,
        lines=tuple(lines),
        tabs=tabs,
    )
