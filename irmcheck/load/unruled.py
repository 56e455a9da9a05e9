"""Rows without a rule between them: a ruled row whose cells hold the same lines side by side is several rows."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from irmcheck.load.lines import CellText
from irmcheck.load.repair import clean_text

Cells = list[list[CellText | None]]
Spans = dict[tuple[int, int], tuple[int, int]]

_FEWEST = 3  # lines; two amounts in one cell may well belong to one activity
_LEVEL = 2.5  # points between the middles of lines on one row
_FIGURE = re.compile(r"[-–]|(?:[Rr]p\.? ?)?\d[\d.,]*(?:,-)?")


def split_rows(cells: Cells, spans: Spans) -> tuple[Cells, Spans]:
    """The table with such rows split; the same where there are none."""
    for number in range(len(cells) - 1, -1, -1):
        row = cells[number]
        # What is merged with rows below stands as it is, in the first of the new rows.
        merged = {column for column in range(len(row)) if spans.get((number, column), (1, 1))[0] > 1}
        if starts := _starts([cell for column, cell in enumerate(row) if column not in merged]):
            cells = [*cells[:number], *_split(row, starts, merged), *cells[number + 1 :]]
            spans = _moved(spans, number, len(starts))
    return cells, spans


def _starts(row: Sequence[CellText | None]) -> list[float]:
    """Where the rows within a ruled row begin; [] unless two columns of figures and one of words agree on it."""
    filled = [cell for cell in row if cell and cell.lines]
    if sum(len(cell.lines) >= _FEWEST for cell in filled) < 3:
        return []
    figures = [cell for cell in filled if len(cell.lines) >= _FEWEST and all(map(_is_figure, cell.lines))]
    if len(figures) < 2 or any(len(cell.lines) != len(figures[0].lines) for cell in figures):
        return []
    starts = figures[0].middles
    if not all(_level(cell, starts) == len(starts) for cell in figures):
        return []
    if any(cell.middles[0] < starts[0] - _LEVEL for cell in filled):
        return []
    words = [cell for cell in filled if not any(map(_is_figure, cell.lines))]
    # A wrapped name goes on in small letters, or on fewer lines than there are figures.
    named = any(_level(cell, starts) == len(starts) and not any(_goes_on(cell, y) for y in starts) for cell in words)
    return list(starts) if named else []


def _is_figure(line: str) -> bool:
    return bool(_FIGURE.fullmatch(clean_text(line)))


def _level(cell: CellText, starts: Sequence[float]) -> int:
    """How many of the starts have a line of the cell beside them."""
    return sum(any(abs(y - start) < _LEVEL for y in cell.middles) for start in starts)


def _goes_on(cell: CellText, start: float) -> bool:
    return any(
        abs(y - start) < _LEVEL and clean_text(line)[:1].islower() for line, y in zip(cell.lines, cell.middles, strict=True)
    )


def _split(row: Sequence[CellText | None], starts: Sequence[float], merged: Container[int]) -> Cells:
    """The row's cells dealt out: a line belongs to the last start at or above it."""
    rows: Cells = [[cell and CellText([], []) for cell in row] for _ in starts]
    for column, cell in enumerate(row):
        if column in merged:
            rows[0][column] = cell
            for other in rows[1:]:
                other[column] = None
            continue
        for line, slack, y in zip(cell.lines, cell.slack, cell.middles, strict=True) if cell else ():
            part = rows[sum(start < y + _LEVEL for start in starts) - 1][column]
            if part is not None:
                part.lines.append(line)
                part.slack.append(slack)
                part.middles.append(y)
    return rows


def _moved(spans: Spans, number: int, count: int) -> Spans:
    """The spans once row `number` has become `count` rows."""
    found: Spans = {}
    for (row, column), (high, wide) in spans.items():
        if row == number and high == 1:
            found |= {(row + extra, column): (1, wide) for extra in range(count)}
        elif row > number:
            found[row + count - 1, column] = (high, wide)
        else:
            found[row, column] = (high + (count - 1 if row + high > number else 0), wide)
    return found
