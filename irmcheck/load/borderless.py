"""Tables without rules: neighbouring rows of text whose words leave the same strips blank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from irmcheck.load.lines import CellText, TextLine
from irmcheck.load.pdf_types import RawTable

_FEWEST = 3  # rows
_MOST_WRAPPED = 5  # lines of a cell that alone goes on while its row has ended
_BLANK = re.compile("[ \t]")
_STRIP = 2.5  # points; a narrower strip parts no columns
_FIGURE = re.compile(r"[-–]?(?:[Rr]p\.? ?)?[\d.,]+(?: ?%| ?[A-Za-z²]{1,4})?|[-–]")


def find_tables(lines: Sequence[TextLine]) -> list[TextLine | RawTable]:
    """The lines of a region, with runs of rows in columns replaced by tables."""
    found: list[TextLine | RawTable] = []
    number = 0
    while number < len(lines):
        end = _run(lines, number)
        table = _table(lines[number:end]) if end - number >= _FEWEST else None
        if table:
            found.append(table)
            number = end
        else:
            found += lines[number : max(end, number + 1)]
            number = max(end, number + 1)
    return found


def _run(lines: Sequence[TextLine], start: int) -> int:
    """End of the run of rows with wide gaps that starts at `start`; short lines between such rows may be wrapped cells."""
    if len(lines[start].parts) < 2:
        return start
    end = start + 1
    lefts = [left for left, _ in lines[start].parts]
    for number in range(start + 1, len(lines)):
        line, above = lines[number], lines[number - 1]
        if line.base - above.base > 3.2 * max(line.size, above.size, 6.0):
            break
        if len(line.parts) > 1:
            end = number + 1
            lefts += [left for left, _ in line.parts]
        elif number - end >= _wrapped(line, lefts) or line.box[2] - line.box[0] > 0.5 * (
            lines[start].box[2] - lines[start].box[0]
        ):
            break
    return end


def _wrapped(line: TextLine, lefts: Sequence[float]) -> int:
    """How many lines of one part may follow one another: more where they begin as the cells above do."""
    return _MOST_WRAPPED if any(abs(line.box[0] - left) < 2.0 for left in lefts) else 2


def _table(rows: Sequence[TextLine]) -> RawTable | None:
    strips = _strips(rows)
    if not strips:
        return None
    borders = np.array([(one + other) / 2 for one, other in strips])
    cells = [_cells(row, borders) for row in rows]
    grouped = _group(cells, rows)
    if not _is_table([[" ".join(cell) for cell in row] for row in grouped], rows):
        return None
    box = (min(r.box[0] for r in rows), rows[0].box[1], max(r.box[2] for r in rows), rows[-1].box[3])
    texts: list[list[CellText | None]] = [[CellText(cell, [99.0] * len(cell)) for cell in row] for row in grouped]
    xs = (round(box[0], 1), *(round(float(x), 1) for x in borders), round(box[2], 1))
    return RawTable(texts, {}, box, xs, ruled=False)


def _strips(rows: Sequence[TextLine]) -> list[tuple[float, float]]:
    """Vertical strips that no word enters and in which several rows have a wide gap."""
    edges = sorted(word for row in rows for word in row.words)
    if not edges:
        return []
    strips, reach = [], edges[0][1]
    for left, right in edges[1:]:
        if left - reach >= _STRIP:
            strips.append((reach, left))
        reach = max(reach, right)
    return [strip for strip, wins in zip(strips, _votes(strips, rows), strict=True) if wins > 0]


def _votes(strips: list[tuple[float, float]], rows: Sequence[TextLine]) -> list[int]:
    """For each strip the wide gaps that end at it, less the ordinary blanks that fall into it.

    A gap over several strips (empty cells) speaks for the last of them, before which the next text begins.
    """
    votes = [0] * len(strips)
    for row in rows:
        parts = {left for left, _ in row.parts}
        for before, after in pairwise(row.words):
            crossed = [number for number, (a, b) in enumerate(strips) if before[1] <= a + 1 and after[0] >= b - 1]
            if crossed:
                votes[crossed[-1]] += 1 if after[0] in parts else -1
    return votes


def _cells(row: TextLine, borders: NDArray[np.float64]) -> list[str]:
    cells: list[list[str]] = [[] for _ in range(len(borders) + 1)]
    for (left, right), text in zip(row.words, _BLANK.split(row.text), strict=False):
        cells[int(np.searchsorted(borders, (left + right) / 2))].append(text)
    return [" ".join(cell) for cell in cells]


def _group(cells: list[list[str]], rows: Sequence[TextLine]) -> list[list[list[str]]]:
    """Rows of text to rows of the table: a row without a first cell, close below another, goes on with its cells.

    So does one without other cells, where lines of one row stand closer together than rows do. Bold and plain never mix.
    """
    steps = [below.base - above.base for above, below in pairwise(rows)]
    apart = [step for step, row in zip(steps, cells[1:], strict=True) if all(row)]
    usual = sorted(apart)[len(apart) // 2] if apart else 0.0
    grouped: list[list[list[str]]] = []
    for number, row in enumerate(cells):
        filled = sum(map(bool, row))
        goes_on = False
        if number and rows[number].bold is not rows[number - 1].bold:
            goes_on = False  # a header or a sum beside a row
        elif number and not row[0]:
            goes_on = steps[number - 1] < 1.6 * max(rows[number].size, 6.0) and filled <= max(1, len(row) // 2)
        elif number:
            goes_on = filled < len(row) and steps[number - 1] < 0.8 * usual
        if goes_on:
            for cell, text in zip(grouped[-1], row, strict=True):
                if text:
                    cell.append(text)
        else:
            grouped.append([[text] if text else [] for text in row])
    return grouped


def _is_table(rows: list[list[str]], lines: Sequence[TextLine]) -> bool:
    """Three columns, or two with figures or a header; never labels with colons, lists or running text."""
    columns = len(rows[0])
    if len(rows) < _FEWEST:
        return False
    inner = [[row[number] for row in rows if row[number]] for number in range(columns)]
    if any(not column or all(text.startswith(":") for text in column) for column in inner):
        return False
    if sum(text.startswith(":") for column in inner for text in column) > len(rows) // 2:
        return False
    figures = [sum(bool(_FIGURE.fullmatch(text)) for text in column) for column in inner]
    if columns == 2:
        figured = figures[1] >= 0.6 * len(rows) and figures[1] >= len(inner[1]) - 1
        return figured or (all(map(all, rows)) and (_counts(inner[0]) or _headed(lines)))
    full = sum(sum(map(bool, row)) >= columns - 1 for row in rows)
    return full >= 0.6 * len(rows) and (any(figures[1:]) or full == len(rows))


def _counts(column: list[str]) -> bool:
    """True when a header stands over the numbers 1, 2, 3, ..."""
    numbers = [text.rstrip(".") for text in column[1:]]
    return not _FIGURE.fullmatch(column[0]) and numbers == [str(number) for number in range(1, len(column))]


def _headed(lines: Sequence[TextLine]) -> bool:
    """True when only the first of four or more lines is bold, and both columns begin at the same places all the way down."""
    pairs = [line.parts for line in lines if len(line.parts) == 2]
    if len(pairs) < _FEWEST + 1 or not lines[0].bold or any(line.bold for line in lines[1:]):
        return False
    return all(abs(one[0] - other[0]) < 2.0 for pair in pairs for one, other in zip(pair, pairs[0], strict=True))
