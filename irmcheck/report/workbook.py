"""Plain sheets -> XLSX: headings that stay in view, filters, widths, print set-up; text stays text."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from irmcheck.model import Status
from irmcheck.text import printable

_LONGEST = 32_000  # Excel holds 32,767 characters in a cell
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
    import xlsxwriter

    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(memory, options) as book:
        book.set_properties({"title": printable(title)[:250], "created": _fixed_date()})
        writer = _Writer(book, label)
        for sheet in sheets:
            writer.write(sheet)
    return memory.getvalue()


def _fixed_date() -> Any:
    """The same input gives the same bytes, so the workbook carries no clock time."""
    from datetime import datetime

    return datetime(2000, 1, 1)


class _Writer:
    """Formats are made once per workbook."""

    def __init__(self, book: Any, label: Callable[[Status], str]) -> None:
        base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D5DBE1", "font_name": "Arial", "font_size": 10}
        self._book, self._label = book, label
        self._head = book.add_format(base | {"bold": True, "quote_prefix": True, "bg_color": "#123F52", "font_color": "#FFFFFF"})
        self._text = book.add_format(base)
        self._quoted = book.add_format(base | {"quote_prefix": True})
        self._figure = book.add_format(base | {"num_format": "#,##0", "text_wrap": False})
        self._share = book.add_format(base | {"num_format": "0.0%"})
        self._status = {status: book.add_format(base | {"bg_color": fill, "bold": True}) for status, fill in _FILLS.items()}

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
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.set_footer("&L&A&R&P / &N")

    def _cell(self, page: Any, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, Status):
            page.write_string(row, column, self._label(cell), self._status[cell])
        elif isinstance(cell, str) and cell:
            text = printable(cell)[:_LONGEST]
            page.write_string(row, column, text, self._quoted if text[:1] in "=+-@\t" else self._text)
        elif isinstance(cell, int | float):
            page.write_number(row, column, cell, self._share if isinstance(cell, float) else self._figure)
        else:
            page.write_blank(row, column, None, self._text)


def _height(row: Sequence[Cell], columns: Sequence[tuple[str, int]]) -> float:
    """Points a row needs for its longest wrapped cell; not every program works this out when it opens the file."""

    def lines(text: str, width: int) -> int:
        return sum(max(1, -(-len(part) // max(round(width * 0.9), 1))) for part in text.split("\n"))

    most = max((lines(cell, width) for cell, (_, width) in zip(row, columns, strict=True) if isinstance(cell, str)), default=1)
    return min(_LINE * most + 3, _TALLEST)
