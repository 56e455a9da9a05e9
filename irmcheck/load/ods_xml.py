"""What calamine does not tell about an ODS sheet: hidden rows and columns, merged cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from irmcheck.load.ooxml import Package, whole
from irmcheck.load.xlsx_cells import Cell, SheetFacts

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_HIDDEN = ("collapse", "filter")
_MOST = 100_000  # rows or columns; what lies beyond is blank filling


def read_facts(path: Path) -> dict[str, SheetFacts]:
    """Facts by sheet name. Raises InputError for a broken package."""
    with Package(path) as package:
        root = package.xml("content.xml")
    if root is None:
        return {}
    return {sheet.get(_T + "name", ""): _facts(sheet) for sheet in root.iter(_T + "table")}


def _facts(sheet: Any) -> SheetFacts:
    hidden_rows, merges, row = set[int](), list[tuple[Cell, Cell]](), 0
    for element in sheet.iter(_T + "table-row"):
        after = row + _count(element, "number-rows-repeated")
        if element.get(_T + "visibility") in _HIDDEN:
            hidden_rows.update(range(row, min(after, _MOST)))
        column = 0
        for cell in element:
            down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if down > 1 or across > 1:
                merges.append(((row, column), (row + down - 1, column + across - 1)))
            column += _count(cell, "number-columns-repeated")
        row = after
    hidden_columns, column = set[int](), 0
    for element in sheet.iter(_T + "table-column"):
        after = column + _count(element, "number-columns-repeated")
        if element.get(_T + "visibility") in _HIDDEN:
            hidden_columns.update(range(column, min(after, _MOST)))
        column = after
    return SheetFacts(frozenset(hidden_rows), frozenset(hidden_columns), merges=tuple(merges))


def _count(element: Any, name: str) -> int:
    return min(whole(element.get(_T + name)) or 1, _MOST)
