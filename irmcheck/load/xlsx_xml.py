"""What calamine does not tell about an XLSX sheet: hidden rows and columns, number formats, formulas without a value, shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from irmcheck.load.ooxml import Package, Relation, whole
from irmcheck.load.xlsx_cells import SheetFacts, unit_of

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_MOST_COLUMNS = 16_384
MOST_CELLS = 4_000_000  # of a sheet as a full grid
_ON = ("1", "true")


def read_facts(path: Path) -> tuple[dict[str, SheetFacts], BytesIO | None]:
    """Facts by sheet name; and a copy of the workbook without stray cells when it has any, else None.

    calamine lays a sheet out in full, so one cell at XFD1048576 would ask for 400 GB. Raises InputError for a broken package.
    """
    with Package(path) as package:
        book = next((one.target for one in package.relations("") if one.kind == "officeDocument"), "xl/workbook.xml")
        root = package.xml(book)
        if root is None:
            return {}, None
        relations = {one.id: one for one in package.relations(book)}
        formats = _formats(package, list(relations.values()))
        facts, changed = {}, dict[str, Any]()
        for sheet in root.iter(_S + "sheet"):
            relation = relations.get(sheet.get(_R + "id", ""))
            found = None if relation is None or relation.external else package.xml(relation.target)
            if relation is not None and found is not None:
                dropped = _drop_stray(found)
                if dropped:
                    changed[relation.target] = found
                boxes, pictures = _drawn(package, relation.target)
                own = _facts(found, formats)
                facts[sheet.get("name", "")] = replace(own, dropped=dropped, boxes=boxes, pictures=pictures)
        return facts, package.copy(changed) if changed else None


def _drawn(package: Package, part: str) -> tuple[tuple[str, ...], int]:
    """Paragraphs in the shapes drawn on a sheet, and the number of pictures."""
    texts, pictures = list[str](), 0
    for one in package.relations(part):
        root = package.xml(one.target) if one.kind == "drawing" and not one.external else None
        for shape in root.iter(_D + "sp", _D + "pic") if root is not None else ():
            if any(above.tag == _MC + "Fallback" for above in shape.iterancestors()) or _is_hidden(shape):
                continue
            pictures += shape.tag == _D + "pic"
            texts.extend("".join(paragraph.itertext(_A + "t")) for paragraph in shape.iter(_A + "p"))
    return tuple(texts), pictures


def _is_hidden(shape: Any) -> bool:
    return any(one.get("hidden") in _ON for one in shape.iter(_D + "cNvPr"))


def _drop_stray(root: Any) -> int:
    """Take out cells beyond a wide gap when the sheet would be too large as a full grid; returns how many held a value."""
    data = root.find(_S + "sheetData")
    if data is None:
        return 0
    rows, columns = 0, 0
    for row in data:
        rows = whole(row.get("r")) or rows + 1
        if len(row):
            columns = max(columns, _place(row[-1].get("r", ""))[1] + 1)
    if rows * columns <= MOST_CELLS:
        return 0
    filled = {_place(cell.get("r", "")) for cell in data.iter(_S + "c") if len(cell)}
    last_row = _before_gap({row for row, _ in filled}, 2_000)
    last_column = _before_gap({column for row, column in filled if row <= last_row}, 200)
    dropped = 0
    for cell in list(data.iter(_S + "c")):
        row, column = _place(cell.get("r", ""))
        if row > last_row or column > last_column:
            dropped += len(cell) > 0
            cell.getparent().remove(cell)
    return dropped


def _before_gap(places: set[int], gap: int) -> int:
    """The last place before the first gap that wide."""
    last = -1
    for place in sorted(places):
        if place - last > gap:
            break
        last = place
    return last


@dataclass(frozen=True, slots=True)
class _Formats:
    """Indices of cell formats that show a percentage, and the units that others put behind the number."""

    percents: frozenset[str] = frozenset()
    units: dict[str, str] = field(default_factory=dict)


def _formats(package: Package, relations: list[Relation]) -> _Formats:
    target = next((one.target for one in relations if one.kind == "styles"), "xl/styles.xml")
    root = package.xml(target)
    if root is None:
        return _Formats()
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(_S + "numFmt")}
    cell_formats = root.find(_S + "cellXfs")
    numbers = [one.get("numFmtId") for one in (cell_formats if cell_formats is not None else ())]
    percents = (str(index) for index, number in enumerate(numbers) if number in ("9", "10") or "%" in own.get(number, ""))
    units = {str(index): unit for index, number in enumerate(numbers) if (unit := unit_of(own.get(number, "")))}
    return _Formats(frozenset(percents), units)


def _facts(root: Any, formats: _Formats) -> SheetFacts:
    hidden = set()
    data = root.find(_S + "sheetData")
    for at, row in enumerate(data if data is not None else ()):
        if row.get("hidden") in _ON or row.get("ht") == "0":
            hidden.add((whole(row.get("r")) or at + 1) - 1)
    percents, units = set(), {}
    if formats.percents or formats.units:
        for cell in root.iter(_S + "c"):
            look = cell.get("s", "")
            if look in formats.percents:
                percents.add(_place(cell.get("r", "")))
            elif look in formats.units:
                units[_place(cell.get("r", ""))] = formats.units[look]
    uncomputed = sum(not formula.getparent().findtext(_S + "v") for formula in root.iter(_S + "f"))
    return SheetFacts(frozenset(hidden), _hidden_columns(root), frozenset(percents), uncomputed, units=units)


def _hidden_columns(root: Any) -> frozenset[int]:
    found: set[int] = set()
    for one in root.iter(_S + "col"):
        first, last = whole(one.get("min")), whole(one.get("max"))
        if (one.get("hidden") in _ON or one.get("width") == "0") and first and last:
            found.update(range(first - 1, min(last, _MOST_COLUMNS)))
    return frozenset(found)


def _place(reference: str) -> tuple[int, int]:
    """(row, column) of a reference such as "B5"."""
    found = _REFERENCE.match(reference)
    if not found:
        return (0, 0)
    column = 0
    for one in found[1]:
        column = column * 26 + ord(one) - 64
    return int(found[2]) - 1, column - 1
