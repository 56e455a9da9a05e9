"""Parts a sheet into its tables and texts: cells that hang together, title blocks above, notes beside and below.

A matrix is never cut at a title row or at a single blank row when its columns continue.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from irmcheck.load.pieces import gather
from irmcheck.load.repair import clean_text
from irmcheck.load.xlsx_cells import Sheet, is_number
from irmcheck.model import Block, Table

_MOST_REMARKS = 3  # rows of two texts; more make a table
_MOST_RUNS, _MOST_REGIONS = 200, 1500  # in a row; in a sheet
_FAR = 2  # rows this far apart (one blank row between) still hang together


@dataclass(frozen=True, slots=True)
class Run:
    """Filled or merged cells side by side in one row; `right` and `bottom` say how far merged ones reach."""

    row: int
    left: int
    right: int
    bottom: int
    columns: tuple[int, ...]


class Region:
    """Runs that belong together, and their bounds (inclusive)."""

    def __init__(self, runs: list[Run]) -> None:
        self.runs = runs
        self.top = min(run.row for run in runs)
        self.bottom = max(run.row for run in runs)
        self.left = min(run.left for run in runs)
        self.right = max(run.right for run in runs)

    def rows(self) -> dict[int, list[int]]:
        """Filled columns by row, both in order."""
        found: dict[int, list[int]] = {}
        for run in sorted(self.runs, key=lambda one: (one.row, one.left)):
            found.setdefault(run.row, []).extend(run.columns)
        return found


def regions(sheet: Sheet) -> list[Block | Table]:
    """The blocks and tables of a sheet, top to bottom, left to right; page and table numbers are left to the caller."""
    items: list[Block | Table] = []
    for region in _regions(list(_runs(sheet)), sheet):
        for rows in _parts(region, sheet):
            items.extend(_items(rows, sheet))
    return items


def _regions(runs: list[Run], sheet: Sheet) -> list[Region]:
    """The groups of a sheet; a sheet too scattered to be laid out by people is one, which also bounds the work."""
    most = max(Counter(run.row for run in runs).values(), default=0)
    if not runs or most > _MOST_RUNS:
        return [Region(runs)] if runs else []
    linked = _linked(runs)
    return [Region(runs)] if len(linked) > _MOST_REGIONS else _side_by_side(_joined(linked), sheet)


def _runs(sheet: Sheet) -> Iterator[Run]:
    by_row: dict[int, list[int]] = {}
    for row, column in sheet.cells:
        by_row.setdefault(row, []).append(column)
    for row in sorted(by_row):
        columns: list[int] = []
        right, bottom = -1, row
        for column in sorted(by_row[row]):
            if columns and column > right + 1:
                yield Run(row, columns[0], right, bottom, tuple(columns))
                columns, bottom = [], row
            columns.append(column)
            last = sheet.merges.get((row, column))
            right = column if last is None else last[1]
            if last is not None and last[0] > bottom:
                bottom = last[0]
        yield Run(row, columns[0], right, bottom, tuple(columns))


def _linked(runs: list[Run]) -> list[Region]:
    """Groups of runs that touch, also cornerwise or over one blank row.

    A row that is one single text links nothing and puts nothing apart, so a title over two tables does not make them one.
    """
    alone = _titles(runs)
    title_rows = sorted(runs[at].row for at in alone)
    group = list(range(len(runs)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    def depth(row: int) -> int:
        return row - bisect_right(title_rows, row)

    recent: list[tuple[int, int]] = []  # (run, depth its cells reach)
    for at, run in enumerate(runs):
        if at in alone:
            continue
        here = depth(run.row)
        recent = [(one, reach) for one, reach in recent if reach + _FAR >= here]
        for one, _ in recent:
            other = runs[one]
            if other.row != run.row and other.left <= run.right + 1 and run.left <= other.right + 1:
                group[root(at)] = root(one)
        recent.append((at, depth(run.bottom)))
    found: dict[int, list[Run]] = {}
    for at, run in enumerate(runs):
        found.setdefault(root(at), []).append(run)
    return [Region(part) for part in found.values()]


def _titles(runs: list[Run]) -> set[int]:
    """Runs that are alone in their row and one cell."""
    count: dict[int, int] = {}
    for run in runs:
        count[run.row] = count.get(run.row, 0) + 1
    return {at for at, run in enumerate(runs) if count[run.row] == 1 and len(run.columns) == 1}


def _joined(found: list[Region]) -> list[Region]:
    """Regions whose bounds overlap become one."""
    done: list[Region] = []
    for region in sorted(found, key=lambda one: (one.top, one.left)):
        joining = [one for one in done if _overlap(one, region)]
        while joining:
            for one in joining:
                region = Region([*one.runs, *region.runs])
                done.remove(one)
            joining = [one for one in done if _overlap(one, region)]
        done.append(region)
    return sorted(done, key=lambda one: (one.top, one.left))


def _overlap(one: Region, other: Region) -> bool:
    """True when the bounds meet, or when `other` is one line right below `one`."""
    below = len(one.runs) > 1 and len(other.runs) == 1 and other.top == one.bottom + 1
    return (
        one.top <= other.bottom + below
        and other.top <= one.bottom + below
        and one.left <= other.right
        and other.left <= one.right
    )


def _side_by_side(found: list[Region], sheet: Sheet) -> list[Region]:
    """A table with one blank column through it is one table, unless both halves bear the same heads."""
    done: list[Region] = []
    for region in found:
        for at, one in enumerate(done):
            if _halves(one, region, sheet):
                done[at] = Region([*one.runs, *region.runs])
                break
        else:
            done.append(region)
    return done


def _halves(one: Region, other: Region, sheet: Sheet) -> bool:
    if other.left - one.right != _FAR or one.top != other.top:
        return False
    left, right = one.rows(), other.rows()
    if len(left) < 3 or len(left.keys() & right.keys()) < 0.8 * max(len(left), len(right)):
        return False
    heads, others = ({sheet.cells[one.top, column] for column in rows[one.top]} for rows in (left, right))
    return not heads & others


Rows = dict[int, list[int]]  # filled columns by row


def _parts(region: Region, sheet: Sheet) -> list[Rows]:
    """The region cut at blank rows below which a new table or only remarks begin."""
    rows = region.rows()
    order = list(rows)
    parts: list[Rows] = [{order[0]: rows[order[0]]}]
    for above, row in pairwise(order):
        if row > above + 1 and not _covered(above, row, parts[-1], sheet):
            below = {one: rows[one] for one in order if one >= row}
            if _new_table(parts[-1], below, sheet) or _remarks(below, sheet):
                parts.append({})
        parts[-1][row] = rows[row]
    return parts


def _covered(above: int, row: int, part: Rows, sheet: Sheet) -> bool:
    """True when a merged cell reaches over the blank rows."""
    return any(sheet.merges.get((above, column), (above, column))[0] >= row - 1 for column in part[above])


def _new_table(part: Rows, below: Rows, sheet: Sheet) -> bool:
    """True when the rows below the blank row open with a head of their own."""
    head, new = _head(part, sheet), _head(below, sheet)
    if head is None or new is None or any(is_number(sheet.cells[new[0], column]) for column in new[1]):
        return False
    same_start = sheet.cells[head[0], head[1][0]].strip().lower() == sheet.cells[new[0], new[1][0]].strip().lower()
    return same_start or (head[1][0], head[1][-1]) != (new[1][0], new[1][-1])


def _head(rows: Rows, sheet: Sheet) -> tuple[int, list[int]] | None:
    """The first row that is no title line, when it has three cells or more."""
    for row, columns in rows.items():
        if not _is_line(row, columns, sheet):
            return (row, columns) if len(columns) > 2 else None
    return None


def _remarks(rows: Rows, sheet: Sheet) -> bool:
    """True for signatures and notes: one or two texts a row, few such rows, no figures."""
    if sum(len(columns) > 1 for columns in rows.values()) > _MOST_REMARKS:
        return False
    return all(len(columns) < 3 and not any(is_number(sheet.cells[row, one]) for one in columns) for row, columns in rows.items())


def _is_line(row: int, columns: list[int], sheet: Sheet) -> bool:
    """True for a row that reads as a line of text: one cell, or "Desa : Contoh"."""
    return len(columns) == 1 or any(sheet.cells[row, column].lstrip().startswith(":") for column in columns)


def _items(rows: Rows, sheet: Sheet) -> Iterator[Block | Table]:
    order = list(rows)
    first = next((at for at, row in enumerate(order) if not _is_line(row, rows[row], sheet)), len(order))
    if len(order) - first < 2 or _remarks(rows, sheet):
        first = len(order)
    for row in order[:first]:
        yield from _lines(row, rows[row], sheet)
    if first < len(order):
        yield _table({row: rows[row] for row in order[first:]}, sheet)


def _lines(row: int, columns: list[int], sheet: Sheet) -> Iterator[Block]:
    texts = [sheet.cells[row, column] for column in columns]
    if _is_line(row, columns, sheet) and len(columns) > 1:
        parts = tuple(clean_text(one) for one in texts)
        yield Block(" ".join(filter(None, parts)), None, tabs=parts)
        return
    for column, text in zip(columns, texts, strict=True):
        centred = sheet.merges.get((row, column), (row, column))[1] - column > 1
        for piece in gather(text.splitlines()):
            if shown := clean_text(piece):
                yield Block(shown, None, centred=centred)


def _table(rows: Rows, sheet: Sheet) -> Table:
    left = min(columns[0] for columns in rows.values())
    right = max(sheet.merges.get((row, column), (row, column))[1] for row, columns in rows.items() for column in columns)
    place = {row: at for at, row in enumerate(rows)}
    grid: list[list[str | None]] = [[""] * (right - left + 1) for _ in rows]
    for row, columns in rows.items():
        for column in columns:
            grid[place[row]][column - left] = _cell(sheet.cells[row, column])
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, start), (bottom, end) in sheet.merges.items():
        if top not in place or not left <= start <= right or (top, start) == (bottom, end):
            continue
        covered = [place[row] for row in range(top, min(bottom, max(rows)) + 1) if row in place]
        for at in covered:
            for column in range(start, min(end, right) + 1):
                if (at, column) != (place[top], start):
                    grid[at][column - left] = None
        if (size := (len(covered), min(end, right) - start + 1)) != (1, 1):
            spans[place[top], start - left] = size
    numbers = tuple(sheet.row_numbers[row] for row in rows)
    hidden = sum(numbers[0] < one < numbers[-1] for one in sheet.hidden_rows) + len(sheet.hidden_columns)
    return Table(tuple(map(tuple, grid)), None, 0, spans=spans or None, hidden=hidden, rows_at=numbers)


@lru_cache(maxsize=4096)  # units, sources and years repeat down a column
def _cell(text: str) -> str:
    return "\n".join(filter(None, map(clean_text, gather(text.splitlines())))) if "\n" in text else clean_text(text)
