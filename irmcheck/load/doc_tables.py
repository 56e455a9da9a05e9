"""Rows of an old Word table laid on one grid by where their cells stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from irmcheck.load.doc_binary import RowShape
from irmcheck.model import Table

_NEAR = 60  # twips (1 mm); borders of one column lie this near each other


def fits(texts: Sequence[str], shape: RowShape) -> bool:
    """True when these texts can be told to be that row's cells."""
    return len(texts) in (len(shape.flags), len(_own(shape)))


def lay(rows: Sequence[Sequence[str]], shapes: Sequence[RowShape], number: int) -> Table:
    """The table of rows of cell texts and where the cells stand; merged cells stand once, at their top left corner."""
    borders = _borders(shapes)
    grid: list[list[str | None]] = []
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    above: dict[tuple[int, int], tuple[int, int]] = {}  # (column, width) -> corner of the cell that may go on below
    for at, (texts, shape) in enumerate(zip(rows, shapes, strict=True)):
        cells: list[str | None] = [""] * (len(borders) - 1)
        here: dict[tuple[int, int], tuple[int, int]] = {}
        for left, right, text, goes_on in _placed(texts, shape, borders):
            corner = above.get((left, right - left)) if goes_on else None
            cells[left:right] = [None] * (right - left)
            if corner is None:
                cells[left] = text
            corner = corner or (at, left)
            here[left, right - left] = corner
            if (size := (at - corner[0] + 1, right - left)) != (1, 1):
                spans[corner] = size
        grid.append(cells)
        above = here
    return Table(tuple(map(tuple, grid)), None, number, spans=spans or None)


def _own(shape: RowShape) -> list[int]:
    """Cells that are no part of the one above."""
    return [cell for cell in range(len(shape.flags)) if not shape.is_merged_up(cell)]


def _borders(shapes: Sequence[RowShape]) -> list[int]:
    """Column borders of all rows, those near each other as one."""
    found: list[int] = []
    for edge in sorted({edge for shape in shapes for edge in shape.edges}):
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found


def _placed(texts: Sequence[str], shape: RowShape, borders: list[int]) -> list[tuple[int, int, str, bool]]:
    """First column, column after the last, text, and whether it goes on from above, of each cell."""
    own = range(len(shape.flags)) if len(texts) == len(shape.flags) else _own(shape)
    by_cell = dict(zip(own, texts, strict=True))
    placed: list[tuple[int, int, str, bool]] = []
    for cell, (start, end) in enumerate(pairwise(shape.edges)):
        left, right = (max(0, bisect_left(borders, edge + 1) - 1) for edge in (start, end))
        if shape.is_merged_left(cell) and placed:
            before = placed.pop()
            placed.append((before[0], max(right, before[1]), before[2] or by_cell.get(cell, ""), before[3]))
        elif right > left:
            placed.append((left, right, by_cell.get(cell, ""), shape.is_merged_up(cell)))
    return placed
