"""Ruled tables from their rules: rule positions -> small grid with walls -> cells -> tables.

Works on plain numbers, so rules may come from a PDF page or from a scanned image. Coordinates grow to the right and
downwards; a horizontal rule is a row (y, x0, x1), a vertical one (x, y0, y1).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]

_NO_BOXES: Array = np.empty((0, 4))
_MOST_LINES = 2_000  # rule positions in one direction; a page with more is a drawing


@dataclass(frozen=True, slots=True)
class Grid:
    """One table's cells. `xs`, `ys` are its column and row borders; a row of `cells` is (row, column, rows, columns) covered.

    `cells` is in reading order. Places of the grid that no cell covers are holes (L-shaped tables).
    """

    xs: Array
    ys: Array
    cells: Index

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The table's outer box (x0, y0, x1, y1)."""
        return float(self.xs[0]), float(self.ys[0]), float(self.xs[-1]), float(self.ys[-1])

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        return len(self.ys) - 1, len(self.xs) - 1

    def locate(self, x: Array, y: Array) -> Index:
        """The index in `cells` of each point (x, y), -1 for points in no cell."""
        owner = np.full((self.shape[0] + 2, self.shape[1] + 2), -1, np.intp)
        numbers = np.arange(len(self.cells))
        single = (self.cells[:, 2] == 1) & (self.cells[:, 3] == 1)
        owner[self.cells[single, 0] + 1, self.cells[single, 1] + 1] = numbers[single]
        for number in numbers[~single].tolist():
            row, column, rows, columns = self.cells[number].tolist()
            owner[row + 1 : row + rows + 1, column + 1 : column + columns + 1] = number
        found: Index = owner[np.searchsorted(self.ys, y), np.searchsorted(self.xs, x)]
        return found


def cells_from_rules(
    horizontal: Array, vertical: Array, fills: Array = _NO_BOXES, *, tolerance: float = 2.0, gap: float = 4.5
) -> list[Grid]:
    """Tables of two or more cells enclosed by rules, from the top of the page down.

    Rules closer than `tolerance` are one; gaps up to `gap` in a rule (dashes, corners) are closed. Sides left open, where
    rows of rules just end, are closed at their ends: all of one side, or single cells of it that a shade (a box in `fills`)
    or an inner wall ends. Regions that are open or not rectangular are no cells.
    """
    if len(horizontal) < 2 or len(vertical) < 1 or max(len(horizontal), len(vertical)) > 50_000:
        return []
    horizontal, vertical = _merge(horizontal, tolerance, gap), _merge(vertical, tolerance, gap)
    horizontal, vertical = _close_sides(horizontal, vertical, fills, tolerance)
    ys, row_of = _positions(horizontal[:, 0], tolerance)
    xs, column_of = _positions(vertical[:, 0], tolerance)
    if not (2 <= len(ys) <= _MOST_LINES and 2 <= len(xs) <= _MOST_LINES):
        return []
    above = _walls(horizontal, row_of, xs, len(ys), tolerance)
    left = _walls(vertical, column_of, ys, len(xs), tolerance).T
    regions = _regions(above, left)
    return _tables(regions, *_rectangles(regions), xs, ys)


def _positions(values: Array, tolerance: float) -> tuple[Array, Index]:
    """Cluster positions; the clusters' means in order and the cluster of each value."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.concatenate(([True], np.diff(ordered) > tolerance))
    number = np.cumsum(starts) - 1
    means = np.bincount(number, ordered) / np.bincount(number)
    cluster = np.empty(len(values), np.intp)
    cluster[order] = number
    return means, cluster


def _merge(rules: Array, tolerance: float, gap: float) -> Array:
    """Join rules that continue or cover one another (dashes, cell by cell borders, double strokes)."""
    if not len(rules):
        return rules.reshape(0, 3)
    means, cluster = _positions(rules[:, 0], tolerance)
    order = np.lexsort((rules[:, 1], cluster))
    cluster, starts, ends = cluster[order], rules[order, 1], rules[order, 2]
    # Clusters are set far apart on one axis, so that one running maximum serves all of them.
    far = (ends.max() - starts.min() + gap + 1.0) * cluster
    reach = np.maximum.accumulate(ends + far)
    fresh = np.concatenate(([True], (starts + far)[1:] > reach[:-1] + gap))
    first = np.flatnonzero(fresh)
    last = np.concatenate((first[1:], [len(starts)])) - 1
    return np.column_stack((means[cluster[first]], starts[first], (reach - far)[last]))


def _close_sides(horizontal: Array, vertical: Array, fills: Array, tolerance: float) -> tuple[Array, Array]:
    """Both with rules added that close sides left open, as at the edge of a clipped page or below a page's last row."""
    down, right = _open_sides(horizontal, vertical, fills, tolerance)
    across, below = _open_sides(vertical, horizontal, fills[:, [1, 0, 3, 2]], tolerance)
    for one in down:
        for other in across:
            # The open corner of one table: let the two new sides meet.
            if one[3] < other[2] and other[1] < one[0] and other[3] < one[2] and one[1] < other[0]:
                one[1:3] = min(one[1], other[0]), max(one[2], other[0])
                other[1:3] = min(other[1], one[0]), max(other[2], one[0])
    return (
        np.vstack((horizontal, *(side[:3] for side in across), *below)),
        np.vstack((vertical, *(side[:3] for side in down), *right)),
    )


def _open_sides(along: Array, across: Array, fills: Array, tolerance: float) -> tuple[list[list[float]], list[list[float]]]:
    """Sides that are open: two or more rules `along` run past the outermost rule across them to a common end.

    Each as the end, the first and last position of those rules, and where they begin; then the stretches, as rules, that are
    missing in sides otherwise ruled.
    """
    found, stretches = [], []
    for end, side in ((1, -1), (2, 1)):
        ends, of = _positions(along[:, end], 2 * tolerance)
        tops, bottoms = np.full(len(ends), np.inf), np.full(len(ends), -np.inf)
        np.minimum.at(tops, of, along[:, 0])
        np.maximum.at(bottoms, of, along[:, 0])
        near = np.abs(across[:, 0] - ends[:, None]) <= 3 * tolerance
        full = near & (across[:, 1] <= tops[:, None] + 3 * tolerance) & (across[:, 2] >= bottoms[:, None] - 3 * tolerance)
        for number in np.flatnonzero((bottoms > tops) & ~full.any(axis=1)):
            x, top, bottom, rules = float(ends[number]), float(tops[number]), float(bottoms[number]), along[of == number]
            beside = across[(across[:, 1] < bottom - tolerance) & (across[:, 2] > top + tolerance)]
            crossing = beside[(beside[:, 0] > rules[:, 1].min()) & (beside[:, 0] < rules[:, 2].max())]
            closed = np.abs(beside[:, 0] - x) <= 3 * tolerance
            if len(crossing) and not closed.any() and ((x - crossing[:, 0]) * side > 0).all():
                found.append([x, top, bottom, float(rules[:, 1].min())])
            else:
                stretches += _missing(rules, x, 3 - end, beside[closed], crossing, fills, tolerance)
    return found, stretches


def _missing(
    rules: Array, x: float, start: int, walls: Array, crossing: Array, fills: Array, tolerance: float
) -> list[list[float]]:
    """Stretches without a wall at x between neighbours of the `rules` that end there, where a cell is seen to end.

    A shade ends there too, or the next wall inwards runs from one rule to the other. `start` is the column of the rules'
    other ends.
    """
    found = []
    rules = rules[np.argsort(rules[:, 0], kind="stable")]
    inwards = np.abs(crossing[:, 0] - x) > 3 * tolerance
    shades = fills[np.minimum(np.abs(fills[:, 0] - x), np.abs(fills[:, 2] - x)) <= 2 * tolerance]
    for above, below in pairwise(rules):
        top, bottom = float(above[0]) + 1.5 * tolerance, float(below[0]) - 1.5 * tolerance
        if top >= bottom or ((walls[:, 1] < bottom) & (walls[:, 2] > top)).any():
            continue
        shorter = min(abs(above[start] - x), abs(below[start] - x)) - tolerance
        full = inwards & (crossing[:, 1] <= top) & (crossing[:, 2] >= bottom) & (np.abs(crossing[:, 0] - x) < shorter)
        if full.any() or ((shades[:, 1] <= top) & (shades[:, 3] >= bottom)).any():
            found.append([x, float(above[0]), float(below[0])])
    return found


def _walls(rules: Array, line: Index, marks: Array, lines: int, tolerance: float) -> NDArray[np.bool_]:
    """walls[i, j]: line i is ruled between marks j and j + 1."""
    first = np.searchsorted(marks, rules[:, 1] - 1.5 * tolerance)
    last = np.searchsorted(marks, rules[:, 2] + 1.5 * tolerance) - 1
    good = last > first
    change = np.zeros((lines, len(marks)), np.int32)
    np.add.at(change, (line[good], first[good]), 1)
    np.add.at(change, (line[good], last[good]), -1)
    walls: NDArray[np.bool_] = np.cumsum(change, axis=1)[:, :-1] > 0
    return walls


def _regions(above: NDArray[np.bool_], left: NDArray[np.bool_]) -> Index:
    """Flood-fill the small grid; a number per region, -1 for what is connected with the outside."""
    rows, columns = above.shape[0] - 1, left.shape[1] - 1
    # A ring of outside squares, so that open regions meet there.
    starts = np.ones((rows + 2, columns + 2), np.bool_)
    starts[1:-1, 1:] = left
    starts[[0, -1], 1:] = False
    runs = (np.cumsum(starts) - 1).reshape(starts.shape)
    open_below = np.ones((rows + 1, columns + 2), np.bool_)
    open_below[:, 1:-1] = ~above
    pairs = np.unique(np.column_stack((runs[:-1][open_below], runs[1:][open_below])), axis=0)
    parent = union(int(runs[-1, -1]) + 1, pairs)
    regions = parent[runs]
    regions[regions == regions[0, 0]] = -1
    inside: Index = regions[1:-1, 1:-1]
    return inside


def union(size: int, pairs: Index) -> Index:
    """Disjoint sets of 0..size-1 joined by `pairs`; the smallest member of each one's set."""
    parent = list(range(size))
    for one, other in pairs.tolist():
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        while parent[other] != other:
            parent[other] = other = parent[parent[other]]
        if one != other:
            parent[max(one, other)] = min(one, other)
    for number in range(size):
        parent[number] = parent[parent[number]]
    return np.array(parent, np.intp)


def _rectangles(regions: Index) -> tuple[Index, Index]:
    """Regions that are full rectangles: their numbers and their (top, left, bottom, right) on the small grid, half open."""
    inside = regions >= 0
    numbers, member = np.unique(regions[inside], return_inverse=True)
    if not len(numbers):
        return numbers, np.empty((0, 4), np.intp)
    row, column = np.nonzero(inside)
    boxes = np.empty((len(numbers), 4), np.intp)
    for place, values, pick in (
        (0, row, np.minimum),
        (1, column, np.minimum),
        (2, row + 1, np.maximum),
        (3, column + 1, np.maximum),
    ):
        boxes[:, place] = 1 << 40 if pick is np.minimum else -1
        pick.at(boxes[:, place], member, values)
    full = np.bincount(member) == (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return numbers[full], boxes[full]


def _tables(regions: Index, numbers: Index, boxes: Index, xs: Array, ys: Array) -> list[Grid]:
    """Join touching cells to tables and number each table's own rows and columns."""
    if len(numbers) < 2:
        return []
    cell_of = np.full(int(regions.max()) + 2, -1, np.intp)  # the last place serves -1, the outside
    cell_of[numbers] = np.arange(len(numbers))
    cells = cell_of[regions]
    pairs = np.concatenate(
        (np.column_stack((cells[:, :-1].ravel(), cells[:, 1:].ravel())), np.column_stack((cells[:-1].ravel(), cells[1:].ravel())))
    )
    pairs = np.unique(pairs[(pairs >= 0).all(axis=1) & (pairs[:, 0] != pairs[:, 1])], axis=0)
    table_of = union(len(numbers), pairs)
    grids = [_grid(boxes[table_of == table], xs, ys) for table in np.unique(table_of)]
    return sorted((grid for grid in grids if len(grid.cells) > 1), key=lambda grid: (grid.box[1], grid.box[0]))


def _grid(boxes: Index, xs: Array, ys: Array) -> Grid:
    rows, columns = np.unique(boxes[:, [0, 2]]), np.unique(boxes[:, [1, 3]])
    top, bottom = np.searchsorted(rows, boxes[:, 0]), np.searchsorted(rows, boxes[:, 2])
    left, right = np.searchsorted(columns, boxes[:, 1]), np.searchsorted(columns, boxes[:, 3])
    cells = np.column_stack((top, left, bottom - top, right - left))
    return Grid(xs[columns], ys[rows], cells[np.lexsort((left, top))])
