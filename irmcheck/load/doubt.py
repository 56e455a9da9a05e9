"""How well tables explain a page: the characters that stand outside cells, across their borders, or in columns inside one.

The same count judges our own reading and another one, so that another is taken only where it is the better one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from irmcheck.load.glyphs import Floats
from irmcheck.load.lattice import Grid
from irmcheck.load.lines import Ink
from irmcheck.load.rules import Rules

Box = tuple[float, float, float, float]

_LEAST = 20  # characters
_SHARE = 0.02  # of the characters where rules are; fewer may be stray letters
_CUT = 5  # what a word across a border counts, in characters
_COLUMN = 3  # lines of a cell with a gap at the same place
_GAP = 2.5  # heights of a letter
_NEAR = 3.0  # points
_MEET = 6.5  # points; rules whose ends come so near are meant to meet
_MOST_LOOSE = 2_000  # rules outside all grids, in one direction; more is a drawing


def doubtful(grids: Sequence[Grid], rules: Rules, ink: Ink) -> list[Box]:
    """The boxes with rules in them whose text the grids do not explain, [] on nearly every page.

    A box is that of a grid, or of three or more rules that cross others without making any cell.
    """
    boxes = [grid.box for grid in grids] + _crossings(rules, grids)
    return [box for box in boxes if (bad := unexplained(grids, box, ink)) >= _LEAST and bad >= _SHARE * _inside(box, ink).sum()]


def better(grids: Sequence[Grid], than: Sequence[Grid], boxes: Sequence[Box], ink: Ink) -> bool:
    """True when grids leave less than half as much of the boxes unexplained as others do, and are worse in nothing.

    They cut no more words, and have no fewer characters in cells and no fewer cells with text: what is told apart stays so.
    """
    new, old = ([_Measure(grids, box, ink) for box in boxes] for grids in (grids, than))
    return (
        2 * sum(one.unexplained for one in new) < sum(one.unexplained for one in old)
        and sum(one.cuts for one in new) <= sum(one.cuts for one in old)
        and sum(one.written for one in new) >= sum(one.written for one in old)
        and sum(one.filled for one in new) >= sum(one.filled for one in old)
    )


class _Measure:
    """What grids make of the characters in a box."""

    def __init__(self, grids: Sequence[Grid], box: Box, ink: Ink) -> None:
        inside, owner = _owners(grids, box, ink)
        owned = owner[owner >= 0]
        self.cuts = _cuts(inside, owner, ink)
        self.written = len(owned)
        self.filled = len(np.unique(owned))
        self.unexplained = len(owner) - len(owned) + _CUT * self.cuts + _packed(owner, inside, ink)


def unexplained(grids: Sequence[Grid], box: Box, ink: Ink) -> int:
    """The characters in a box that are in no cell or in one that holds columns, and five for each word a border cuts."""
    return _Measure(grids, box, ink).unexplained


def _owners(grids: Sequence[Grid], box: Box, ink: Ink) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The characters in a box, and the cell of each, counted through all grids, -1 for none."""
    inside = np.flatnonzero(_inside(box, ink))
    owner = np.full(len(inside), -1, np.intp)
    cells = 0
    for grid in grids:
        if overlap(grid.box, box):
            found = grid.locate(ink.x[inside], ink.y[inside])
            owner = np.where(found >= 0, found + cells, owner)
        cells += len(grid.cells)
    return inside, owner


def _cuts(inside: NDArray[np.intp], owner: NDArray[np.intp], ink: Ink) -> int:
    linked = (np.diff(inside) == 1) & ink.within_word[inside[1:]] & (np.abs(np.diff(ink.y[inside])) < _NEAR)
    return int((linked & (np.diff(owner) != 0)).sum())


def tabular(grid: Grid, ink: Ink) -> bool:
    """True when most rows with text have it in two cells or more: rules around lines of prose make no table."""
    owner = grid.locate(ink.x[ink.shown], ink.y[ink.shown])
    rows = grid.cells[np.unique(owner[owner >= 0]), 0]
    filled = np.bincount(rows)
    return int((filled > 1).sum()) * 2 > int((filled > 0).sum())


def overlap(one: Box, other: Box) -> bool:
    """True when two boxes share an area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _inside(box: Box, ink: Ink) -> NDArray[np.bool_]:
    x0, y0, x1, y1 = box
    found: NDArray[np.bool_] = ink.shown & (ink.x > x0) & (ink.x < x1) & (ink.y > y0) & (ink.y < y1)
    return found


def _packed(owner: NDArray[np.intp], inside: NDArray[np.intp], ink: Ink) -> int:
    """The characters in cells of which several lines have a wide gap before the same place."""
    boxes = ink.boxes[inside]
    level = np.abs(np.diff(ink.y[inside])) < _NEAR
    wide = boxes[1:, 0] - boxes[:-1, 2] > _GAP * (boxes[1:, 3] - boxes[1:, 1])
    gaps = np.flatnonzero(level & wide & (owner[1:] >= 0) & (np.diff(owner) == 0)) + 1
    if len(gaps) < _COLUMN:
        return 0
    places = np.column_stack((owner[gaps], np.round(boxes[gaps, 0] / _NEAR)))
    seen, often = np.unique(places, axis=0, return_counts=True)
    full = np.unique(seen[often >= _COLUMN, 0]).astype(np.intp)
    return int(np.isin(owner, full).sum())


def _crossings(rules: Rules, grids: Sequence[Grid]) -> list[Box]:
    """The box around rules outside all grids that cross one another, three or more in one direction."""
    across, down = _outside(rules.horizontal, grids, False), _outside(rules.vertical, grids, True)
    if not len(across) or not len(down) or len(across) + len(down) < 5 or max(len(across), len(down)) > _MOST_LOOSE:
        return []
    meets = (across[:, None, 0] > down[None, :, 1] - _MEET) & (across[:, None, 0] < down[None, :, 2] + _MEET)
    meets &= (down[None, :, 0] > across[:, None, 1] - _MEET) & (down[None, :, 0] < across[:, None, 2] + _MEET)
    across, down = across[meets.any(axis=1)], down[meets.any(axis=0)]
    places = [len(np.unique(np.round(rules[:, 0] / _NEAR))) for rules in (across, down)]
    if min(places) < 2 or max(places) < 3:
        return []
    return [(float(across[:, 1].min()), float(across[:, 0].min()), float(across[:, 2].max()), float(across[:, 0].max()))]


def _outside(rules: Floats, grids: Sequence[Grid], upright: bool) -> Floats:
    middle = (rules[:, 1] + rules[:, 2]) / 2
    x, y = (rules[:, 0], middle) if upright else (middle, rules[:, 0])
    free = np.ones(len(rules), np.bool_)
    for grid in grids:
        x0, y0, x1, y1 = grid.box
        free &= (x < x0 - _NEAR) | (x > x1 + _NEAR) | (y < y0 - _NEAR) | (y > y1 + _NEAR)
    kept: Floats = rules[free]
    return kept
