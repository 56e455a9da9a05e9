"""A sheet as filled cells, and cell values as the text people see."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass, field

Cell = tuple[int, int]  # row, column, from 0


@dataclass(slots=True)
class Sheet:
    """The visible, filled cells of a sheet, hidden rows and columns closed up; rows and columns count from 0.

    `merges` maps the top left corner of merged cells to the last (row, column) covered. `row_numbers` gives the number that
    a row bears in the file (from 1). `hidden_rows` (numbers from 1) and `hidden_columns` are those that held something.
    `uncomputed` counts formulas without a saved value, `dropped` cells so far from the rest that they were left out. `unread`
    says why a sheet could not be read, "" otherwise. `boxes` are paragraphs in drawn shapes, `pictures` counts pictures.
    """

    name: str
    hidden: bool = False
    cells: dict[Cell, str] = field(default_factory=dict)
    merges: dict[Cell, Cell] = field(default_factory=dict)
    row_numbers: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    uncomputed: int = 0
    dropped: int = 0
    unread: str = ""
    boxes: tuple[str, ...] = ()
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a file says of a sheet besides its values; rows and columns from 0.

    `merges` (first and last cell) only where calamine knows none; `dropped` counts stray cells taken out.
    `units` are words that number formats put behind the number.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    percents: frozenset[Cell] = frozenset()
    uncomputed: int = 0
    dropped: int = 0
    merges: tuple[tuple[Cell, Cell], ...] = ()
    boxes: tuple[str, ...] = ()
    pictures: int = 0
    units: dict[Cell, str] = field(default_factory=dict)


_UNIT = re.compile(r'[0#?](?:\\ )?"\s*([^"]*[^\W\d_][^"]*)"\s*$')


def unit_of(format_code: str) -> str:
    """The word that a number format puts behind the number (`#,##0" batang"`), "" when there is none."""
    found = _UNIT.search(format_code.split(";")[0])
    return found[1].strip() if found else ""


def show(value: object, percent: bool = False, unit: str = "") -> str:
    """The text of a cell value: whole numbers without a point or exponent, dates as ISO, percentages with their sign.

    True is a ticked checkbox ("✓"), False an empty one. A fraction of exactly three digits gets a fourth, because "1.125"
    would read as one thousand one hundred and twenty-five in Indonesian.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, int | float):
        shown = f"{_number(value * 100)}%" if percent else _number(value)
        return f"{shown} {unit}" if unit and shown else shown
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    return "" if value is None else str(value)


def _number(value: float) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    if value == int(value):
        return str(int(value))
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    if text in ("0", "-0"):
        return f"{value:.3e}"
    return text + "0" if len(text.rpartition(".")[2]) == 3 else text


def is_number(text: str) -> bool:
    """True for a text that is nothing but a number, amount, code or date."""
    return not any(map(str.isalpha, text.removeprefix("Rp"))) and any(map(str.isdigit, text))
