"""Cells of the workbooks we write: text stays text, figures get their form, pages print on one width."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from irmcheck.text import printable

BASE = {"font_name": "Arial", "font_size": 10, "border": 1, "border_color": "#D5DBE1"}
HEAD = {"bold": True, "bg_color": "#123F52", "font_color": "#FFFFFF"}
A3, A4 = 8, 9  # paper numbers of Excel
_LONGEST = 32_000  # Excel holds 32,767 characters in a cell
_RISKY = ("=", "+", "-", "@", "\t")  # a spreadsheet that imports such a text would run it as a formula
_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def new_book(memory: io.BytesIO, title: str) -> Iterator[Any]:
    """A workbook written to `memory`: no text becomes a formula or a link, and no clock time makes two runs differ."""
    import xlsxwriter

    with xlsxwriter.Workbook(memory, _SAFE) as book:
        book.set_properties({"title": printable(title)[:250], "created": datetime(2000, 1, 1)})
        yield book


class CellWriter:
    """Writes values by their type: text, a whole number, a float as a share, None as an empty cell."""

    def __init__(self, book: Any, base: dict[str, Any]) -> None:
        wrapped = base | {"text_wrap": True}
        self.text = book.add_format(wrapped)
        self._quoted = book.add_format(wrapped | {"quote_prefix": True})
        self._figure = book.add_format(base | {"num_format": "#,##0"})
        self._share = book.add_format(base | {"num_format": "0.0%"})

    def write(self, page: Any, row: int, column: int, cell: str | int | float | None) -> None:
        """One cell; `row` and `column` count from 0."""
        if isinstance(cell, str) and cell:
            text = printable(cell)[:_LONGEST]
            page.write_string(row, column, text, self._quoted if text.startswith(_RISKY) else self.text)
        elif isinstance(cell, int | float):
            page.write_number(row, column, cell, self._share if isinstance(cell, float) else self._figure)
        else:
            page.write_blank(row, column, None, self.text)


def set_paper(page: Any, paper: int, repeat: int = 0) -> None:
    """Landscape, as wide as one page, heading rows 0..`repeat` on every page, sheet name and page number below."""
    page.set_landscape()
    page.set_paper(paper)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, repeat)
    page.set_footer("&L&A&R&P / &N")
