"""What calamine does not tell about an ODS sheet: hidden rows and columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from irmcheck.load.ooxml import Package
from irmcheck.load.xlsx_cells import SheetFacts

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_HIDDEN = ("collapse", "filter")
_MOST = 100_000  # rows or columns; what lies beyond is blank filling


def read_facts(path: Path) -> dict[str, SheetFacts]:
    """Facts by sheet name. Raises InputError for a broken package."""
    with Package(path) as package:
        root = package.xml("content.xml")
    if root is None:
        return {}
    return {
        sheet.get(_T + "name", ""): SheetFacts(_hidden(sheet, "row", "rows"), _hidden(sheet, "column", "columns"))
        for sheet in root.iter(_T + "table")
    }


def _hidden(sheet: Any, name: str, plural: str) -> frozenset[int]:
    found, at = set[int](), 0
    for one in sheet.iter(f"{_T}table-{name}"):
        repeated = one.get(f"{_T}number-{plural}-repeated", "1")
        after = min(at + (int(repeated) if repeated.isdecimal() else 1), _MOST)
        if one.get(_T + "visibility") in _HIDDEN:
            found.update(range(at, after))
        at = after
    return frozenset(found)
