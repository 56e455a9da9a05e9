"""Old Word files (DOC): read where the optional extra `doc` is installed, else a sentence that says how to go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from irmcheck.errors import InputError, Problem, Severity
from irmcheck.load.doc_binary import Layout, RowShape, heading_key, read_layout
from irmcheck.load.doc_tables import fits, lay
from irmcheck.load.native import broken, no_panic
from irmcheck.load.pieces import gather
from irmcheck.load.repair import clean_text
from irmcheck.model import Block, Document, Table

_SAVE_AS = "Buka di Word atau LibreOffice, pilih Simpan Sebagai (Save As) > Dokumen Word (.docx), lalu periksa berkas DOCX itu."
_PLAIN_KINDS = {"paragraph": "paragraph", "heading": "paragraph", "footnote": "footnote", "endnote": "footnote"}

Element = dict[str, Any]


def read_doc(path: Path, sha256: str) -> Document:
    """Read a Word 97-2003 file with office-oxide; where cells stand and which paragraphs are headings is read here.

    Where that cannot be told, tables come with a Problem. Raises InputError, with the way to DOCX, when the extra is not
    installed or the file cannot be read.
    """
    try:
        import office_oxide
    except ImportError as error:
        raise InputError(f"{path.name} berformat Word lama (DOC). {_SAVE_AS}") from error
    layout = read_layout(path)
    try:
        with no_panic(path):
            content = office_oxide.Document.from_bytes(path.read_bytes(), "doc").to_ir()
    except (office_oxide.OfficeOxideError, OSError, ValueError) as error:
        raise InputError(f"{broken(path)} {_SAVE_AS}") from error
    sections = content.get("sections", [])
    elements = [element for section in sections for element in section.get("elements", [])]
    shapes = _shapes(elements, layout)
    items = list(_items(elements, shapes, layout.headings))
    return Document(
        path.name,
        sha256,
        "doc",
        tuple(items),
        properties=tuple((key, str(content["metadata"][key])) for key in ("title", "created") if content["metadata"].get(key)),
        running=tuple(dict.fromkeys(_running(sections))),
        problems=tuple(_problems(items, bool(shapes))),
    )


def _shapes(elements: list[Element], layout: Layout) -> tuple[RowShape, ...]:
    """The shape of each table row, in order; () when rows as the library gives them and as the file has them differ."""
    rows = [row for element in elements if element.get("type") == "table" for row in element.get("rows", [])]
    same = len(rows) == len(layout.rows)
    if same and all(fits(row.get("cells", []), shape) for row, shape in zip(rows, layout.rows, strict=True)):
        return layout.rows
    return ()


def _items(elements: list[Element], shapes: tuple[RowShape, ...], headings: dict[str, int]) -> Iterator[Block | Table]:
    """Blocks and tables; the library gives every table row as a table of its own, so neighbours are one table."""
    tables, done, rows = 0, 0, list[Element]()
    for element in [*elements, Element()]:
        if element.get("type") == "table":
            rows.extend(element.get("rows", []))
            continue
        if rows:
            table = _table(rows, shapes[done : done + len(rows)], tables + 1)
            tables += table is not None
            yield from (table,) if table is not None else ()
            done += len(rows)
            rows = []
        yield from _blocks(element, headings)


def _blocks(element: Element, headings: dict[str, int], kind: str = "") -> Iterator[Block]:
    content = element.get("content", [])
    if element.get("type") == "list":
        for item in element.get("items", []):
            for inner in item.get("content", []):
                whole = inner if "type" in inner else {"type": "paragraph", "content": item["content"]}
                yield from _blocks(whole, headings, "list")
        return
    kind = kind or _PLAIN_KINDS.get(element.get("type", ""), "")
    if not kind:
        return
    if content and content[0].get("type") in ("paragraph", "heading", "list"):
        for inner in content:
            yield from _blocks(inner, headings, kind)
        return
    yield from _paragraph(element, content, headings, kind)


def _paragraph(element: Element, content: list[Element], headings: dict[str, int], kind: str) -> Iterator[Block]:
    runs = [one for one in content if one.get("type") == "text" and one.get("text", "").strip()]
    sizes = [one["font_size_half_pt"] / 2 for one in runs if "font_size_half_pt" in one]
    lines = _lines(content)
    level = headings.get(heading_key("".join(lines))) if kind == "paragraph" else None
    # The library takes short lines in capitals for headings and keeps their alignment to itself.
    centred = element.get("alignment") == "center" or (level is None and element.get("type") == "heading")
    apart = centred or any("\t" in line for line in lines)
    pieces = [" ".join(lines)] if level else (lines if apart else gather(lines))
    for piece in pieces:
        if text := clean_text(piece):
            yield Block(
                text,
                None,
                "heading" if level else kind,
                level,
                bold=bool(runs) and all(one.get("bold") for one in runs),
                size=max(sizes) if sizes else None,
                centred=centred,
                tabs=tuple(map(clean_text, piece.split("\t"))) if "\t" in piece else (),
            )


def _lines(content: list[Element]) -> list[str]:
    """The text of runs, parted at typed line breaks."""
    text = "".join("\n" if one.get("type") == "line_break" else str(one.get("text", "")) for one in content)
    return text.replace("\v", "\n").split("\n")


def _table(rows: list[Element], shapes: tuple[RowShape, ...], number: int) -> Table | None:
    texts = [[_cell(cell) for cell in row.get("cells", [])] for row in rows]
    if not any(any(row) for row in texts):
        return None
    if shapes:
        return lay(texts, shapes, number)
    grid: list[list[str | None]] = []
    for row, own in zip(rows, texts, strict=True):
        cells: list[str | None] = []
        for cell, text in zip(row.get("cells", []), own, strict=True):
            cells.extend([text, *[None] * (min(int(cell.get("col_span") or 1), 63) - 1)])
        grid.append(cells)
    width = max(map(len, grid))
    return Table(tuple((*row, *[""] * (width - len(row))) for row in grid), None, number)


def _cell(cell: Element) -> str:
    return "\n".join(gather([block.text for element in cell.get("content", []) for block in _blocks(element, {})]))


def _running(sections: list[Element]) -> Iterator[str]:
    for section in sections:
        for place in ("header", "footer", "first_page_header", "first_page_footer"):
            for element in section.get(place, {}).get("content", []):
                yield from (block.text for block in _blocks(element, {}) if any(map(str.isalpha, block.text)))


def _problems(items: list[Block | Table], placed: bool) -> Iterator[Problem]:
    if not items:
        yield Problem("load", "no-text", "Dokumen ini tidak berisi teks yang dapat dibaca.", severity=Severity.ERROR)
    if not placed and any(isinstance(item, Table) for item in items):
        message = f"Sel gabungan di tabel berkas DOC tidak terbaca sebagai gabungan, sehingga kolom dapat bergeser. {_SAVE_AS}"
        yield Problem("load", "doc-tables", message)
