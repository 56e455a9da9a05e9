"""Tables seen by their shaded cells: borders between two colours, and whole tables painted without a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from irmcheck.load.glyphs import Floats

_NEAR = 3.5  # points; shades with a smaller gap between them touch
_SMALLEST = 6.0  # points; a lower or narrower shade is an ornament
_MOST = 1_500  # shades of one page; more is a picture
_APART = 2.5  # heights of the taller neighbour; shaded rows further apart are two tables

Fits = Callable[[float, float, Sequence[float]], bool]


@dataclass(frozen=True, slots=True)
class _Band:
    """One row of shades side by side, and its column borders."""

    top: float
    bottom: float
    borders: tuple[float, ...]


def colour_borders(fills: Floats, colours: Floats) -> tuple[Floats, Floats]:
    """Where two shades of different colours meet: horizontal rules (y, x0, x1) and vertical ones (x, y0, y1)."""
    if not 1 < len(fills) <= _MOST:
        return np.empty((0, 3)), np.empty((0, 3))
    other = (colours[:, None, :] != colours[None, :, :]).any(axis=2)
    rules = []
    for near, far, start, end in ((1, 3, 0, 2), (0, 2, 1, 3)):
        one, two = np.nonzero(other & (np.abs(fills[:, None, far] - fills[None, :, near]) < 2.0))
        first, last = np.maximum(fills[one, start], fills[two, start]), np.minimum(fills[one, end], fills[two, end])
        long = last - first > _SMALLEST
        rules.append(np.column_stack((fills[one, far], first, last))[long])
    return rules[0], rules[1]


def shaded_rules(fills: Floats, fits: Fits) -> tuple[Floats, Floats]:
    """The rules that tables painted without any would have: horizontal ones (y, x0, x1) and vertical ones (x, y0, y1).

    `fits(top, bottom, borders)` says whether the text between two heights stands in several of the columns and crosses none of
    their borders; so rows left unshaded above and below striped ones are known.
    """
    wide, high = fills[:, 2] - fills[:, 0], fills[:, 3] - fills[:, 1]
    fills = fills[(wide > _SMALLEST) & (high > _SMALLEST)]
    if not 1 < len(fills) <= _MOST:
        return np.empty((0, 3)), np.empty((0, 3))
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    for table in _tables(_bands(fills)):
        rows = _filled_up(table, fits)
        if len(rows) < 2 or max(len(row.borders) for row in rows) < 3:
            continue
        for row in rows:
            left, right = row.borders[0], row.borders[-1]
            across += [(row.top, left, right), (row.bottom, left, right)]
            down += [(x, row.top, row.bottom) for x in row.borders]
    return np.array(across, np.float64).reshape(-1, 3), np.array(down, np.float64).reshape(-1, 3)


def _bands(fills: Floats) -> list[_Band]:
    """Rows of shades of one height that touch one another, from the top down; shades inside others left out."""
    inner = (
        (fills[:, None, 0] >= fills[None, :, 0] - 0.5)
        & (fills[:, None, 1] >= fills[None, :, 1] - 0.5)
        & (fills[:, None, 2] <= fills[None, :, 2] + 0.5)
        & (fills[:, None, 3] <= fills[None, :, 3] + 0.5)
    )
    # Of shades in the same place one stays.
    inner &= ~inner.T | (np.arange(len(fills))[:, None] > np.arange(len(fills))[None, :])
    found: list[list[list[float]]] = []
    for box in sorted(fills[~inner.any(axis=1)].tolist(), key=lambda box: (round(box[1] / 2), box[0])):
        last = found[-1][-1] if found else None
        if last and abs(box[1] - last[1]) < _NEAR and abs(box[3] - last[3]) < _NEAR and abs(box[0] - last[2]) < _NEAR:
            found[-1].append(box)
        else:
            found.append([box])
    return [
        _Band(
            min(box[1] for box in row),
            max(box[3] for box in row),
            (row[0][0], *((one[2] + two[0]) / 2 for one, two in pairwise(row)), row[-1][2]),
        )
        for row in found
    ]


def _tables(bands: list[_Band]) -> list[list[_Band]]:
    """Bands of one width, near enough under one another."""
    tables: list[list[_Band]] = []
    for band in bands:
        for table in tables:
            above = table[-1]
            same = abs(above.borders[0] - band.borders[0]) < _NEAR and abs(above.borders[-1] - band.borders[-1]) < _NEAR
            room = _APART * max(above.bottom - above.top, band.bottom - band.top)
            if same and -_NEAR < band.top - above.bottom < room:
                table.append(band)
                break
        else:
            tables.append([band])
    return tables


def _filled_up(table: list[_Band], fits: Fits) -> list[_Band]:
    """The table's rows with those left unshaded between, above and below its bands."""
    rows: list[_Band] = []
    for band in table:
        if rows and band.top - rows[-1].bottom > _NEAR:
            finer = max(rows[-1].borders, band.borders, key=len)
            if not fits(rows[-1].bottom, band.top, finer):
                return []
            rows.append(_Band(rows[-1].bottom, band.top, finer))
        rows.append(band)
    if len(rows) > len(table):
        first, last = rows[0], rows[-1]
        if fits(last.bottom, 2 * last.bottom - last.top, last.borders):
            rows.append(_Band(last.bottom, 2 * last.bottom - last.top, last.borders))
        if fits(2 * first.top - first.bottom, first.top, first.borders):
            rows.insert(0, _Band(2 * first.top - first.bottom, first.top, first.borders))
    return rows
