"""Workbook files to Sheets: values by calamine, hidden rows and number formats from the file itself."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from irmcheck.errors import InputError
from irmcheck.load import ods_xml, xls_biff, xlsx_xml
from irmcheck.load.native import broken, locked, no_panic
from irmcheck.load.sniff import expected
from irmcheck.load.xlsx_cells import Cell, Sheet, SheetFacts, show

MOST_CSV_ROWS = 200_000
_SEPARATOR_LINE = re.compile(r'"?sep=([;,\t|])"?\r?\n')  # Excel's own first line of a CSV


def read_sheets(path: Path, format: str) -> list[Sheet]:
    """All sheets of a workbook, in order. Raises InputError when it is locked or not readable."""
    import python_calamine as calamine

    try:
        with no_panic(path):
            facts, trimmed = _facts(path, format)
            if trimmed is None and expected(path) != format:  # calamine goes by the name of a file
                trimmed = BytesIO(path.read_bytes())
            workbook = calamine.load_workbook(trimmed or str(path))
            return [
                _read(workbook, meta.name, meta.visible != calamine.SheetVisibleEnum.Visible, facts.get(meta.name, SheetFacts()))
                for meta in workbook.sheets_metadata
                if meta.typ == calamine.SheetTypeEnum.WorkSheet
            ]
    except calamine.PasswordError as error:
        raise InputError(locked(path)) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise InputError(broken(path)) from error


def _facts(path: Path, format: str) -> tuple[dict[str, SheetFacts], BytesIO | None]:
    """Facts by sheet name, and a copy of the workbook to be read in its stead, if any."""
    if format == "xlsx":
        return xlsx_xml.read_facts(path)
    if format == "xls":
        return xls_biff.read_facts(path), None
    return ods_xml.read_facts(path) if format == "ods" else {}, None


def _read(workbook: Any, name: str, hidden: bool, facts: SheetFacts) -> Sheet:
    import python_calamine as calamine

    try:
        return _sheet(workbook.get_sheet_by_name(name), hidden, facts)
    except (calamine.CalamineError, ValueError, OverflowError) as error:
        return Sheet(
            name, hidden, unread=f'Lembar "{name}" tidak dapat dibaca ({error}). Simpan ulang di Excel, lalu periksa lagi.'
        )


def _sheet(source: Any, hidden: bool, facts: SheetFacts) -> Sheet:
    top, left = source.start or (0, 0)
    bottom, right = source.end or (-1, -1)
    rows = {row: at for at, row in enumerate(row for row in range(bottom + 1) if row not in facts.hidden_rows)}
    columns = {column: at for at, column in enumerate(one for one in range(right + 1) if one not in facts.hidden_columns)}
    merges, moved = _merges(source.merged_cell_ranges or facts.merges, rows, columns)
    cells: dict[Cell, str] = {}
    hidden_rows, hidden_columns = set[int](), set[int]()
    for row, values in enumerate(source.to_python(), top):
        for column, value in enumerate(values, left):
            if value == "":
                continue
            text = show(value, (row, column) in facts.percents, facts.units.get((row, column), ""))
            if not text or text.isspace():
                continue
            if row in rows and column in columns:
                cells[rows[row], columns[column]] = text
            elif (row, column) in moved:
                cells[moved[row, column]] = text
            elif row in rows:
                hidden_columns.add(column)
            else:
                hidden_rows.add(row + 1)
    numbers = tuple(row + 1 for row in rows)
    return Sheet(
        source.name,
        hidden,
        cells,
        merges,
        numbers,
        tuple(sorted(hidden_rows)),
        tuple(sorted(hidden_columns)),
        facts.uncomputed,
        facts.dropped,
        boxes=facts.boxes,
        pictures=facts.pictures,
    )


def _merges(
    ranges: Iterable[tuple[Cell, Cell]], rows: dict[int, int], columns: dict[int, int]
) -> tuple[dict[Cell, Cell], dict[Cell, Cell]]:
    """Merged ranges in visible rows and columns; and where a corner went whose own row or column is hidden."""
    merges, moved = {}, {}
    for (top, left), (bottom, right) in ranges:
        down = _ends(top, bottom, rows)
        across = _ends(left, right, columns)
        if down and across:
            corner = (down[0], across[0])
            merges[corner] = (down[1], across[1])
            if top not in rows or left not in columns:
                moved[top, left] = corner
    return merges, moved


def _ends(first: int, last: int, visible: dict[int, int]) -> tuple[int, int] | None:
    """First and last visible place of a range, None when all of it is hidden or beyond the filled part."""
    if first in visible and last in visible:
        return visible[first], visible[last]
    shown = [visible[at] for at in range(first, min(last, 20_000 + first) + 1) if at in visible]
    return (shown[0], shown[-1]) if shown else None


def read_csv(path: Path) -> list[Sheet]:
    """A CSV file as one sheet; the separator and the encoding are found out."""
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = raw.decode("latin-1")
    declared = _SEPARATOR_LINE.match(text)
    text = text[declared.end() :] if declared else text
    sample = text[:20_000]
    separator = (
        declared[1] if declared else max(";,\t|", key=lambda one: sum(min(line.count(one), 30) for line in sample.splitlines()))
    )
    csv.field_size_limit(1_000_000)
    cells: dict[Cell, str] = {}
    try:
        for row, values in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator)):
            if row >= MOST_CSV_ROWS:
                break
            cells.update({(row, column): value for column, value in enumerate(values) if value.strip()})
    except csv.Error as error:
        raise InputError(broken(path)) from error
    last = max((row for row, _ in cells), default=-1)
    return [Sheet(path.stem, cells=cells, row_numbers=tuple(range(1, last + 2)))]
