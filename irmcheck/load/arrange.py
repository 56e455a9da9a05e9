"""Lines in reading order: pieces of one row brought together, columns of prose read one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from irmcheck.load.lines import TextLine

_FEWEST = 5  # lines a column of prose must have
_FILLED = 0.55  # of its column, for the middle line of prose
_GUTTER = 6.0  # points


def arrange(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines of a page as regions in reading order: one, or full-width stretches and columns between them.

    Word processors write in reading order, so PDFium's order is kept where it goes down the page. Otherwise two columns of
    prose are looked for; failing that the lines are sorted from the top down.
    """
    if not lines or _descends(lines):
        return [join_rows(lines)] if lines else []
    return _columns(lines) or [join_rows(sorted(lines, key=lambda line: line.base))]


def column_edges(pages: Iterable[list[list[TextLine]]]) -> set[tuple[float, float]]:
    """The left and right edges of the columns on pages that have some; `pages` are those pages' regions."""
    return {_edges(region) for regions in pages for region in regions if len(region) >= _FEWEST}


def usual_right(regions: list[list[TextLine]], columns: set[tuple[float, float]], right: float) -> float:
    """Where full lines may end on a page: the page's margin, or its column's where all its lines stand in one.

    0 on a page of several regions, each of which shows its own.
    """
    if len(regions) != 1:
        return 0.0
    left, reach = _edges(regions[0])
    fitting = [edge for start, edge in columns if abs(start - left) < 3.0 and reach <= edge + 3.0]
    return max(fitting, default=right)


def _edges(region: Sequence[TextLine]) -> tuple[float, float]:
    return min(line.box[0] for line in region), max(line.box[2] for line in region)


def _descends(lines: Sequence[TextLine]) -> bool:
    return all(below.base >= above.base - 2.0 for above, below in pairwise(lines))


def join_rows(lines: Sequence[TextLine]) -> list[TextLine]:
    """Join pieces that stand side by side on one row into one line with tabs; the input goes down the page."""
    rows: list[list[TextLine]] = []
    for line in lines:
        if rows and all(_beside(line, other) for other in rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [row[0] if len(row) == 1 else _joined(sorted(row, key=lambda line: line.box[0])) for row in rows]


def _beside(one: TextLine, other: TextLine) -> bool:
    """True when two pieces share a row without overlapping."""
    apart = one.box[0] >= other.box[2] - 1.0 or other.box[0] >= one.box[2] - 1.0
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    low = min(one.box[3] - one.box[1], other.box[3] - other.box[1])
    return apart and (shared > 0.5 * low or abs(one.base - other.base) < 1.0)


def _joined(row: Sequence[TextLine]) -> TextLine:
    boxes = [line.box for line in row]
    return replace(
        row[0],
        text="\t".join(line.text for line in row),
        box=(boxes[0][0], min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)),
        bold=all(line.bold for line in row),
        parts=tuple(part for line in row for part in line.parts),
        words=tuple(word for line in row for word in line.words),
    )


def _columns(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Two columns of prose with full-width lines above, between and below; empty where there are none."""
    left, right = min(line.box[0] for line in lines), max(line.box[2] for line in lines)
    gutter = _gutter(lines, left, right)
    if gutter is None:
        return []
    first, second = gutter
    regions: list[list[TextLine]] = []
    full: list[TextLine] = []
    sides: tuple[list[TextLine], list[TextLine]] = ([], [])
    for line in sorted(lines, key=lambda line: line.base):
        if line.box[2] <= first + 1.0 or line.box[0] >= second - 1.0:
            if full:
                regions.append(full)
                full = []
            sides[int(line.box[0] >= second - 1.0)].append(line)
        else:
            regions += [side for side in sides if side]
            sides = ([], [])
            full.append(line)
    return [join_rows(region) for region in [*regions, full, *sides] if region]


def _gutter(lines: Sequence[TextLine], left: float, right: float) -> tuple[float, float] | None:
    """The blank strip between two columns of prose: its left and right edge."""
    narrow = [line for line in lines if line.box[2] - line.box[0] < 0.6 * (right - left) and len(line.parts) == 1]
    starts = sorted({line.box[0] for line in narrow if left + 0.3 * (right - left) < line.box[0] < left + 0.7 * (right - left)})
    best: tuple[int, float, float] | None = None
    for start in starts:
        before = [line for line in narrow if line.box[2] <= start - _GUTTER]
        after = [line for line in narrow if line.box[0] >= start - 1.0]
        if len(before) < _FEWEST or len(after) < _FEWEST:
            continue
        across = len(lines) - len(before) - len(after)
        if across > 0.35 * len(lines) or (best and best[0] <= across):
            continue
        edge = max(line.box[2] for line in before)
        if _prose(before, edge - left) and _prose(after, right - start):
            best = (across, edge, start)
    return best and best[1:]


def _prose(lines: Sequence[TextLine], width: float) -> bool:
    widths = sorted(line.box[2] - line.box[0] for line in lines)
    return widths[len(widths) // 2] > _FILLED * width
