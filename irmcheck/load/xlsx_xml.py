"""What calamine does not tell about an XLSX sheet: hidden rows and columns, percent formats, formulas without a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from irmcheck.load.docx_package import Package, Relation

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_MOST_COLUMNS = 16_384
_NS = {"s": _S[1:-1]}


@dataclass(frozen=True, slots=True)
class SheetXml:
    """Facts from a sheet's XML; rows and columns from 0. `rows` and `columns` are the extent of cells with content."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    percents: frozenset[tuple[int, int]] = frozenset()
    uncomputed: int = 0
    rows: int = 0
    columns: int = 0


NOTHING = SheetXml()


def read_hints(path: Path, format: str) -> dict[str, SheetXml]:
    """Facts by sheet name; empty for formats other than XLSX."""
    if format != "xlsx":
        return {}
    with Package(path) as package:
        book = next((one.target for one in package.relations("") if one.kind == "officeDocument"), "xl/workbook.xml")
        root = package.xml(book)
        if root is None:
            return {}
        relations = {one.id: one for one in package.relations(book)}
        percents = _percent_formats(package, list(relations.values()))
        hints = {}
        for sheet in root.iter(_S + "sheet"):
            relation = relations.get(sheet.get(_R + "id", ""))
            found = None if relation is None or relation.external else package.xml(relation.target)
            if found is not None:
                hints[sheet.get("name", "")] = _facts(found, percents)
    return hints


def _percent_formats(package: Package, relations: list[Relation]) -> frozenset[str]:
    """Indices of cell formats that show a percentage."""
    target = next((one.target for one in relations if one.kind == "styles"), "xl/styles.xml")
    root = package.xml(target)
    if root is None:
        return frozenset()
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(_S + "numFmt")}
    cell_formats = root.find(_S + "cellXfs")
    return frozenset(
        str(index)
        for index, one in enumerate(cell_formats if cell_formats is not None else ())
        if (number := one.get("numFmtId")) in ("9", "10") or "%" in own.get(number, "")
    )


def _facts(root: Any, percents: frozenset[str]) -> SheetXml:
    hidden = (
        int(one) - 1
        for one in root.xpath('//s:row[@hidden="1" or @hidden="true" or @ht="0"]/@r', namespaces=_NS)
        if one.isdecimal()
    )
    columns: set[int] = set()
    for one in root.xpath('//s:col[@hidden="1" or @hidden="true" or @width="0"]', namespaces=_NS):
        first, last = one.get("min", ""), one.get("max", "")
        if first.isdecimal() and last.isdecimal():
            columns.update(range(int(first) - 1, min(int(last), _MOST_COLUMNS)))
    formatted = " or ".join(f'@s="{one}"' for one in sorted(percents))
    shown = root.xpath(f"//s:c[{formatted}]/@r", namespaces=_NS) if formatted else ()
    uncomputed = root.xpath("count(//s:c[s:f and not(s:v[text()]) and not(s:is)])", namespaces=_NS)
    filled = [_place(one) for one in root.xpath("//s:row[s:c[s:v or s:is]]/s:c[s:v or s:is][last()]/@r", namespaces=_NS)]
    return SheetXml(
        frozenset(hidden),
        frozenset(columns),
        frozenset(_place(one) for one in shown),
        int(uncomputed),
        max((row for row, _ in filled), default=-1) + 1,
        max((column for _, column in filled), default=-1) + 1,
    )


def _place(reference: str) -> tuple[int, int]:
    """(row, column) of a reference such as "B5"."""
    found = _REFERENCE.match(reference)
    if not found:
        return (0, 0)
    column = 0
    for one in found[1]:
        column = column * 26 + ord(one) - 64
    return int(found[2]) - 1, column - 1
