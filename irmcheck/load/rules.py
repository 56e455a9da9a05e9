"""The drawn rules of a PDF page: strokes, hairline rectangles, dashes and cell frames, also inside form XObjects."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from irmcheck.load import pdfium
from irmcheck.load.glyphs import Frame

Floats = NDArray[np.float64]
Matrix = tuple[float, float, float, float, float, float]

_PATH, _IMAGE, _FORM = 2, 3, 5
_THIN = 3.0  # points; a filled rectangle thinner than this is a rule
_MOST_SEGMENTS = 200  # of one path; more is a map or a drawing
_MOST_OBJECTS = 60_000  # of one page
_WHITE = 250  # of 255; what is lighter in all colours is paper
_SHAPE = 8  # segments; a path of more is neither a rule nor a box
_ART = 40  # such paths on a page
_DEEPEST = 6  # form XObjects in form XObjects
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules in upright coordinates: horizontal rows (y, x0, x1), vertical rows (x, y0, y1); `images` and `fills` are boxes.

    `fills` are the areas painted in a colour other than white, such as shaded cells, `colours` theirs (red, green, blue).
    `drawn` says that the page holds much line art, as when letters were turned into outlines.
    """

    horizontal: Floats
    vertical: Floats
    images: Floats
    fills: Floats
    colours: Floats
    drawn: bool = False


class _Walker:
    """Collects straight pieces as boxes in page coordinates; all pointers are made once."""

    def __init__(self) -> None:
        self.boxes: list[tuple[float, float, float, float]] = []
        self.images: list[tuple[float, float, float, float]] = []
        self.fills: list[tuple[float, float, float, float]] = []
        self.colours: list[tuple[int, int, int]] = []
        self.shapes = 0
        self._left = _MOST_OBJECTS
        self._four = (ctypes.c_float * 4)()
        base = ctypes.addressof(self._four)
        self._at = (base, base + 4, base + 8, base + 12)
        self._six = (ctypes.c_float * 6)()
        self._mode = (ctypes.c_int * 2)()
        self._colour = (ctypes.c_uint * 4)()

    def walk(self, parent: int, count: int, get: Any, matrix: Matrix, depth: int) -> None:
        for index in range(count):
            thing = get(parent, index)
            kind = pdfium.object_type(thing)
            if kind == _PATH:
                self._path(thing, matrix)
            elif kind == _IMAGE:
                self._image(thing, matrix)
            elif kind == _FORM and depth < _DEEPEST:
                inner = pdfium.count_form_objects(thing)
                self.walk(thing, inner, pdfium.get_form_object, _product(self._matrix(thing), matrix), depth + 1)
            self._left -= 1
            if self._left < 0:
                return

    def _bounds(self, thing: int, matrix: Matrix) -> tuple[float, float, float, float] | None:
        if not pdfium.object_bounds(thing, *self._at):
            return None
        x0, y0, x1, y1 = self._four
        return (x0, y0, x1, y1) if matrix is _IDENTITY else _moved((x0, y0, x1, y1), matrix)

    def _image(self, thing: int, matrix: Matrix) -> None:
        if box := self._bounds(thing, matrix):
            self.images.append(box)

    def _path(self, thing: int, matrix: Matrix) -> None:
        box = self._bounds(thing, matrix)
        if box is None:
            return
        if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
            self.boxes.append(box)
            return
        base = ctypes.addressof(self._mode)
        pdfium.draw_mode(thing, base, base + 4)
        count = pdfium.count_segments(thing)
        self.shapes += count > _SHAPE
        if self._mode[1] and 1 < count <= _MOST_SEGMENTS:
            self._segments(thing, count, _product(self._matrix(thing), matrix))
        elif self._mode[0] and 4 <= count <= _SHAPE:
            self._shade(thing, box)

    def _shade(self, thing: int, box: tuple[float, float, float, float]) -> None:
        base = ctypes.addressof(self._colour)
        known = pdfium.fill_color(thing, base, base + 4, base + 8, base + 12)
        red, green, blue, opaque = self._colour
        if known and opaque and min(red, green, blue) < _WHITE:
            self.fills.append(box)
            self.colours.append((red, green, blue))

    def _segments(self, thing: int, count: int, matrix: Matrix) -> None:
        """The straight upright pieces of a stroked path."""
        a, b, c, d, e, f = matrix
        last = first = (0.0, 0.0)
        for index in range(count):
            segment = pdfium.get_segment(thing, index)
            pdfium.segment_point(segment, self._at[0], self._at[1])
            x, y = self._four[0], self._four[1]
            point = (a * x + c * y + e, b * x + d * y + f)
            kind = pdfium.segment_type(segment)
            if kind == 2:  # move
                first = point
            elif kind == 0:  # line; curves (1) only move the pen
                self._piece(last, point)
            if pdfium.segment_closes(segment):
                self._piece(point, first)
            last = point

    def _piece(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        if abs(one[0] - other[0]) < 1.0 or abs(one[1] - other[1]) < 1.0:
            self.boxes.append((min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])))

    def _matrix(self, thing: int) -> Matrix:
        if not pdfium.object_matrix(thing, ctypes.addressof(self._six)):
            return _IDENTITY
        return tuple(self._six)


def read_rules(page: Any, frame: Frame) -> Rules:
    """Walk the page's objects. Rules outside the visible page are dropped, those across its edge cut there."""
    walker = _Walker()
    handle = pdfium.address(page.raw)
    walker.walk(handle, pdfium.count_objects(handle), pdfium.get_object, _IDENTITY, 0)
    boxes = frame.upright(np.array(walker.boxes, np.float64).reshape(-1, 4))
    width, height = frame.size
    boxes = boxes[(boxes[:, 0] <= width) & (boxes[:, 2] >= 0) & (boxes[:, 1] <= height) & (boxes[:, 3] >= 0)]
    boxes = np.clip(boxes, 0, [width, height, width, height])
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    across, down = (high <= _THIN) & (wide > high), (wide <= _THIN) & (high >= wide)
    return Rules(
        np.column_stack((middle[across, 1], boxes[across, 0], boxes[across, 2])),
        np.column_stack((middle[down, 0], boxes[down, 1], boxes[down, 3])),
        frame.upright(np.array(walker.images, np.float64).reshape(-1, 4)),
        np.clip(frame.upright(np.array(walker.fills, np.float64).reshape(-1, 4)), 0, [width, height, width, height]),
        np.array(walker.colours, np.float64).reshape(-1, 3),
        walker.shapes >= _ART,
    )


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner` first."""
    a, b, c, d, e, f = inner
    k, l, m, n, o, p = outer  # noqa: E741
    return a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p


def _moved(box: tuple[float, float, float, float], matrix: Matrix) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)
