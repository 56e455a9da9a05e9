"""Old Word files (DOC): read where the optional extra `doc` is installed, else a sentence that says how to go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from irmcheck.errors import InputError, Problem, Severity
from irmcheck.load.native import broken, no_panic
from irmcheck.load.pieces import gather
from irmcheck.load.repair import clean_text
from irmcheck.model import Block, Document, Table

_SAVE_AS = "Buka di Word atau LibreOffice, pilih Simpan Sebagai (Save As) > Dokumen Word (.docx), lalu periksa berkas DOCX itu."
_PLAIN_KINDS = {"paragraph": "paragraph", "heading": "heading", "footnote": "footnote", "endnote": "footnote"}

Element = dict[str, Any]


def read_doc(path: Path, sha256: str) -> Document:
    """Read a Word 97-2003 file with office-oxide.

    The library does not tell where merged cells stand, so tables come with a Problem. Raises InputError, with the way to
    DOCX, when the extra is not installed or the file cannot be read.
    """
    try:
        import office_oxide
    except ImportError as error:
        raise InputError(f"{path.name} berformat Word lama (DOC). {_SAVE_AS}") from error
    try:
        with no_panic(path):
            content = office_oxide.Document.from_bytes(path.read_bytes(), "doc").to_ir()
    except (office_oxide.OfficeOxideError, OSError, ValueError) as error:
        raise InputError(f"{broken(path)} {_SAVE_AS}") from error
    sections = content.get("sections", [])
    items = list(_items([element for section in sections for element in section.get("elements", [])]))
    return Document(
        path.name,
        sha256,
        "doc",
        tuple(items),
        properties=tuple((key, str(content["metadata"][key])) for key in ("title", "created") if content["metadata"].get(key)),
        running=tuple(dict.fromkeys(_running(sections))),
        problems=tuple(_problems(items)),
    )


def _items(elements: list[Element]) -> Iterator[Block | Table]:
    """Blocks and tables; the library gives every table row as a table of its own, so neighbours are one table."""
    tables, rows = 0, list[Element]()
    for element in [*elements, Element()]:
        if element.get("type") == "table":
            rows.extend(element.get("rows", []))
            continue
        if rows:
            table = _table(rows, tables + 1)
            tables += table is not None
            yield from (table,) if table is not None else ()
            rows = []
        yield from _blocks(element)


def _blocks(element: Element, kind: str = "") -> Iterator[Block]:
    if element.get("type") == "list":
        for item in element.get("items", []):
            for inner in item.get("content", []):
                yield from _blocks(inner if "type" in inner else {"type": "paragraph", "content": item["content"]}, "list")
        return
    kind = kind or _PLAIN_KINDS.get(element.get("type", ""), "")
    content = element.get("content", [])
    if not kind:
        return
    if content and content[0].get("type") in ("paragraph", "heading", "list"):
        for inner in content:
            yield from _blocks(inner, kind)
        return
    runs = [one for one in content if one.get("type") == "text" and one.get("text", "").strip()]
    sizes = [one["font_size_half_pt"] / 2 for one in runs if "font_size_half_pt" in one]
    for piece in gather(_lines(content)):
        if text := clean_text(piece):
            yield Block(
                text,
                None,
                kind,
                element.get("level") if kind == "heading" else None,
                bold=bool(runs) and all(one.get("bold") for one in runs),
                size=max(sizes) if sizes else None,
                centred=element.get("alignment") == "center",
                tabs=tuple(map(clean_text, piece.split("\t"))) if "\t" in piece else (),
            )


def _lines(content: list[Element]) -> list[str]:
    """The text of runs, parted at typed line breaks."""
    text = "".join("\n" if one.get("type") == "line_break" else str(one.get("text", "")) for one in content)
    return text.replace("\v", "\n").split("\n")


def _table(rows: list[Element], number: int) -> Table | None:
    grid: list[list[str | None]] = []
    for row in rows:
        cells: list[str | None] = []
        for cell in row.get("cells", []):
            blocks = [block.text for element in cell.get("content", []) for block in _blocks(element)]
            cells.extend(["\n".join(gather(blocks)), *[None] * (min(int(cell.get("col_span") or 1), 63) - 1)])
        grid.append(cells)
    width = max(map(len, grid), default=0)
    if not any(cell for row in grid for cell in row):
        return None
    return Table(tuple((*row, *[""] * (width - len(row))) for row in grid), None, number)


def _running(sections: list[Element]) -> Iterator[str]:
    for section in sections:
        for place in ("header", "footer", "first_page_header", "first_page_footer"):
            for element in section.get(place, {}).get("content", []):
                yield from (block.text for block in _blocks(element) if any(map(str.isalpha, block.text)))


def _problems(items: list[Block | Table]) -> Iterator[Problem]:
    if not items:
        yield Problem("load", "no-text", "Dokumen ini tidak berisi teks yang dapat dibaca.", severity=Severity.ERROR)
    if any(isinstance(item, Table) for item in items):
        message = f"Sel gabungan di tabel berkas DOC tidak terbaca sebagai gabungan, sehingga kolom dapat bergeser. {_SAVE_AS}"
        yield Problem("load", "doc-tables", message)
