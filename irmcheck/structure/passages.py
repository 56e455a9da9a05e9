"""Every piece of text worth matching, with the place that decides what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from irmcheck.model import Activity, Block, Document, Line, Passage, Place, PlanTable, Section, SectionKind, TableKind
from irmcheck.structure.sections import is_caption
from irmcheck.structure.wording import Wording

_LETTERS = re.compile(r"[^\W\d_]{2}")
_KINDS = {"heading": "heading", "list": "list"}
_SILENT_TABLES = (TableKind.CONTENTS, TableKind.SIGNATURE)
_COUNTS = ("jenis_kelamin", "laki_laki", "perempuan")
_SORTING = ("bidang", "subbidang", "bidang_subbidang")
_TITLE_LINES = 4
_CAPTION = 200  # characters
_BULLET = re.compile(r"^\s*(?:[-–•●▪✓√➢❖*]|\(?(?:\d{1,2}|[a-z])[.)])\s+")


def passages(
    document: Document,
    sections: Sequence[Section],
    tables: Sequence[PlanTable],
    activities: Sequence[Activity],
    tabled: frozenset[int],
    wording: Wording,
) -> Iterator[Passage]:
    """Paragraphs, headings and list items by section, then table cells; the table of contents is left out.

    Items in `tabled` are lines that were read as tables and come as cells only.
    """
    for index, section in enumerate(sections):
        if section.kind is not SectionKind.CONTENTS:
            yield from _prose(document, index, section, tabled, wording)
    rows = {(one.place.table, one.place.row): one.row for one in activities}
    for table in tables:
        if table.kind not in _SILENT_TABLES and sections[table.section].kind is not SectionKind.CONTENTS:
            yield from _cells(table, sections[table.section], rows)


def _prose(document: Document, index: int, section: Section, tabled: frozenset[int], wording: Wording) -> Iterator[Passage]:
    first, last = section.items
    for at in range(first, last):
        item = document.items[at]
        if at in tabled or not isinstance(item, Block) or not _LETTERS.search(item.text):
            continue
        kind = _KINDS.get(item.kind, "list" if _BULLET.match(item.text) else "prose")
        if (at - first < _TITLE_LINES and item.text in section.title) or is_caption(item.text[:_CAPTION], wording):
            kind = "heading"
        if document.unit == "sheet" and item.text.isupper():
            kind = "heading"  # a line over the tables of a sheet
        yield Passage(item.text, kind, index, Place(item.page, section.path), lines=item.lines or (Line(0, item.page),))


def _cells(table: PlanTable, section: Section, rows: dict[tuple[int | None, int | None], int]) -> Iterator[Passage]:
    """Cells with words. Titles, subtotals and the columns that only sort a matrix's rows are headings, no statements."""
    matrix = table.kind is TableKind.MATRIX
    named = "kegiatan" in table.roles
    for row in table.rows:
        activity = rows.get((table.number, row.number))
        place = Place(row.page, section.path, table.number, row.number)
        key, lines = (table.number, row.number), (Line(0, row.page),)
        for role, text in zip(table.roles, row.cells, strict=False):
            if not _LETTERS.search(text) and not (role in _COUNTS and text):
                continue
            if matrix and (row.kind in ("title", "subtotal") or role in _SORTING):
                yield Passage(text, "heading", table.section, place, row_key=key, lines=lines)
                continue
            meaning = "kegiatan" if matrix and role == "uraian" and not named else role
            yield Passage(text, "cell", table.section, place, meaning, table.kind, activity, key, lines)
