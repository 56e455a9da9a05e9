"""Every piece of text worth matching, with the place that decides what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from irmcheck.model import Activity, Block, Document, Line, Passage, Place, PlanTable, Section, SectionKind, TableKind

_LETTERS = re.compile(r"[^\W\d_]{2}")
_KINDS = {"heading": "heading", "list": "list"}
_SILENT_TABLES = (TableKind.CONTENTS, TableKind.SIGNATURE)
_BULLET = re.compile(r"^\s*(?:[-–•●▪✓√➢❖*]|\(?(?:\d{1,2}|[a-z])[.)])\s+")


def passages(
    document: Document,
    sections: Sequence[Section],
    tables: Sequence[PlanTable],
    activities: Sequence[Activity],
    tabled: frozenset[int],
) -> Iterator[Passage]:
    """Paragraphs, headings and list items by section, then table cells; the table of contents is left out.

    Items in `tabled` are lines that were read as tables and come as cells only.
    """
    for index, section in enumerate(sections):
        if section.kind is not SectionKind.CONTENTS:
            yield from _prose(document, index, section, tabled)
    rows = {(one.place.table, one.place.row): one.row for one in activities}
    for table in tables:
        if table.kind not in _SILENT_TABLES and sections[table.section].kind is not SectionKind.CONTENTS:
            yield from _cells(table, sections[table.section], rows)


def _prose(document: Document, index: int, section: Section, tabled: frozenset[int]) -> Iterator[Passage]:
    first, last = section.items
    for at in range(first, last):
        item = document.items[at]
        if at in tabled or not isinstance(item, Block) or not _LETTERS.search(item.text):
            continue
        kind = _KINDS.get(item.kind, "list" if _BULLET.match(item.text) else "prose")
        if at == first and len(item.text) <= len(section.title) + 1 and item.text in section.title:
            kind = "heading"
        yield Passage(item.text, kind, index, Place(item.page, section.path), lines=item.lines or (Line(0, item.page),))


def _cells(table: PlanTable, section: Section, rows: dict[tuple[int | None, int | None], int]) -> Iterator[Passage]:
    for row in table.rows:
        activity = rows.get((table.number, row.number))
        place = Place(row.page, section.path, table.number, row.number)
        for role, text in zip(table.roles, row.cells, strict=False):
            if _LETTERS.search(text):
                yield Passage(
                    text,
                    "cell",
                    table.section,
                    place,
                    role=role,
                    table_kind=table.kind,
                    activity=activity,
                    row_key=(table.number, row.number),
                    lines=(Line(0, row.page),),
                )
