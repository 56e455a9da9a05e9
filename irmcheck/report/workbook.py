"""Plain sheets -> XLSX: headings that stay in view, filters, widths, print set-up; text stays text."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from irmcheck.model import Status
from irmcheck.report.cells import A4, BASE, HEAD, CellWriter, new_book, set_paper
from irmcheck.text import printable

_NARROWED = 0.8  # columns are given in characters of this font; Excel counts in a wider one
_LINE, _TALLEST = 13.0, 400.0  # points; Excel allows 409
_FILLS = {
    Status.MET: "#DDEFE4",
    Status.PARTIAL: "#FBEFD5",
    Status.MISSING: "#F8DDD8",
    Status.UNDETERMINED: "#E4E1F3",
    Status.NOT_APPLICABLE: "#ECEEF0",
}

Cell = str | int | float | Status | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, columns (heading, width in characters) and rows.

    A Status cell is written in words on its colour, a float as a share.
    """

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


def write_book(sheets: Iterable[Sheet], title: str, label: Callable[[Status], str]) -> bytes:
    """The sheets as XLSX. No cell is ever a formula or a link; the same sheets give the same bytes."""
    memory = io.BytesIO()
    with new_book(memory, title) as book:
        writer = _Writer(book, label)
        for sheet in sheets:
            writer.write(sheet)
    return memory.getvalue()


class _Writer:
    """Formats are made once per workbook."""

    def __init__(self, book: Any, label: Callable[[Status], str]) -> None:
        base = BASE | {"valign": "top"}
        wrapped = base | {"text_wrap": True}
        self._book, self._label, self._cells = book, label, CellWriter(book, base)
        self._head = book.add_format(wrapped | HEAD | {"quote_prefix": True})
        self._status = {status: book.add_format(wrapped | {"bg_color": fill, "bold": True}) for status, fill in _FILLS.items()}

    def write(self, sheet: Sheet) -> None:
        page = self._book.add_worksheet(sheet.name[:31])
        for column, (heading, width) in enumerate(sheet.columns):
            page.set_column(column, column, width * _NARROWED)
            page.write_string(0, column, printable(heading), self._head)
        page.set_row(0, 2 * _LINE + 3)
        for number, row in enumerate(sheet.rows, start=1):
            page.set_row(number, _height(row, sheet.columns))
            for column, cell in enumerate(row):
                self._cell(page, number, column, cell)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
        set_paper(page, A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)

    def _cell(self, page: Any, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, Status):
            page.write_string(row, column, self._label(cell), self._status[cell])
        else:
            self._cells.write(page, row, column, cell)


def _height(row: Sequence[Cell], columns: Sequence[tuple[str, int]]) -> float:
    """Points a row needs for its longest wrapped cell; not every program works this out when it opens the file."""

    def lines(text: str, width: int) -> int:
        return sum(max(1, -(-len(part) // max(round(width * 0.9), 1))) for part in text.split("\n"))

    most = max((lines(cell, width) for cell, (_, width) in zip(row, columns, strict=True) if isinstance(cell, str)), default=1)
    return min(_LINE * most + 3, _TALLEST)
