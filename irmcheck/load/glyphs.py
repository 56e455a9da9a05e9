"""A PDF page's characters with their boxes, the page set upright."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter, deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from irmcheck.load import pdfium

Floats = NDArray[np.float64]
_SAMPLE = 24
_BOLD = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_MOST_CHARS = 400_000  # of one page; more is an attack, not a page


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page's own coordinates become upright ones: from the top left corner, growing right and down, in points.

    `turn` is the clockwise quarter turns that make the text upright, `shown` those of the page as displayed.
    """

    bounds: tuple[float, float, float, float]  # left, bottom, right, top of the visible page in its own coordinates
    turn: int
    shown: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        left, bottom, right, top = self.bounds
        return (right - left, top - bottom) if self.turn % 2 == 0 else (top - bottom, right - left)

    def upright(self, boxes: Floats) -> Floats:
        """Boxes (left, bottom, right, top) in page coordinates -> (x0, y0, x1, y1) upright."""
        return self._turned(boxes, self.turn)

    def _turned(self, boxes: Floats, turn: int) -> Floats:
        left, bottom, right, top = self.bounds
        x0, x1 = np.minimum(boxes[:, 0], boxes[:, 2]), np.maximum(boxes[:, 0], boxes[:, 2])
        y0, y1 = np.minimum(boxes[:, 1], boxes[:, 3]), np.maximum(boxes[:, 1], boxes[:, 3])
        match turn:
            case 0:
                columns = (x0 - left, top - y1, x1 - left, top - y0)
            case 1:
                columns = (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
            case 2:
                columns = (right - x1, y0 - bottom, right - x0, y1 - bottom)
            case _:
                columns = (top - y1, right - x1, top - y0, right - x0)
        return np.column_stack(columns)

    def displayed(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """An upright box as it lies on the page as displayed; the same unless the text is drawn sideways."""
        x0, y0, x1, y1 = box
        if self.shown == self.turn:
            return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)
        width, height = self.size
        for _ in range((self.shown - self.turn) % 4):  # each a clockwise quarter turn
            x0, y0, x1, y1 = height - y1, x0, height - y0, x1
            width, height = height, width
        return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters in PDFium's order: `codes` are code points, `handle` PDFium's text page, valid while the page is open."""

    codes: NDArray[np.uint32]
    frame: Frame
    handle: int

    def boxes(self, wanted: NDArray[np.intp]) -> Floats:
        """Upright boxes (x0, y0, x1, y1) of the wanted characters; blanks may have none. One call into PDFium each."""
        raw = np.zeros((len(wanted), 4), np.float32)
        start = raw.ctypes.data
        places = range(start, start + 16 * len(wanted), 16)
        deque(map(pdfium.get_box, repeat(self.handle), wanted.tolist(), places), maxlen=0)
        # PDFium's rectangle is left, top, right, bottom.
        return self.frame.upright(raw[:, [0, 3, 2, 1]].astype(np.float64))


def read_glyphs(page: Any) -> tuple[Glyphs, Any]:
    """The characters of a pypdfium2 page, and the text page object that must stay alive while `Glyphs` is used.

    Text drawn sideways or upside down is righted: PDFium orders lines by the displayed page, so the page is turned in
    memory and read again.
    """
    shown = page.get_rotation() // 90 % 4
    textpage = page.get_textpage()
    turn = _upright_turn(pdfium.address(textpage.raw), shown)
    if turn != shown:
        textpage.close()
        page.set_rotation(turn * 90)
        textpage = page.get_textpage()
    handle = pdfium.address(textpage.raw)
    count = min(max(pdfium.count_chars(handle), 0), _MOST_CHARS)
    return Glyphs(_codes(handle, count), Frame(page.get_bbox(), turn, shown), handle), textpage


def _codes(handle: int, count: int) -> NDArray[np.uint32]:
    buffer = np.zeros(count + 1, np.uint16)
    written = pdfium.get_text(handle, 0, count, buffer.ctypes.data)
    plain = buffer[:count]
    if written == count + 1 and not ((plain >= 0xD800) & (plain < 0xE000)).any():
        return plain.astype(np.uint32)
    # Characters outside the basic plane, or without a code point, put the text out of step with the boxes.
    return np.fromiter(map(pdfium.get_unicode, repeat(handle), range(count)), np.uint32, count)


def _upright_turn(handle: int, shown: int) -> int:
    """The page's clockwise quarter turns under which most of a sample of its characters stand upright."""
    count = pdfium.count_chars(handle)
    if count <= 0:
        return shown
    sample = range(0, count, max(1, count // _SAMPLE))
    turns: Counter[int] = Counter()
    for index in sample:
        angle = pdfium.get_angle(handle, index)  # clockwise, in radians; negative where unknown
        if angle >= 0 and pdfium.get_unicode(handle, index) > 32:
            turns[-round(angle / (math.pi / 2)) % 4] += 1
    if not turns or turns[shown] * 2 >= sum(turns.values()):
        return shown
    return turns.most_common(1)[0][0]


class Fonts:
    """Size and boldness of single characters, asked for one per line because each question costs calls."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._name = ctypes.create_string_buffer(256)
        self._flags = ctypes.c_int()
        self._matrix = (ctypes.c_float * 6)()
        self._bold: dict[bytes, bool] = {}
        self._name_at, self._flags_at = ctypes.addressof(self._name), ctypes.addressof(self._flags)

    def _base_name(self, index: int) -> bytes:
        length = pdfium.get_font_info(self._handle, index, self._name_at, 256, self._flags_at)
        return self._name.raw[: max(0, min(length, 256) - 1)]

    def style(self, index: int) -> tuple[float, bool, float, float]:
        """Font size in points as drawn (0 where unknown), whether the font is a bold one, and the pen's place (page x, y)."""
        if not pdfium.get_char_matrix(self._handle, index, ctypes.addressof(self._matrix)):
            return 0.0, False, 0.0, 0.0
        size = float(pdfium.get_font_size(self._handle, index)) * math.hypot(self._matrix[2], self._matrix[3])
        name = self._base_name(index)
        if name not in self._bold:
            self._bold[name] = bool(_BOLD.search(name))
        return round(size, 1), self._bold[name], self._matrix[4], self._matrix[5]

    def invisible(self, index: int) -> bool:
        """True when the character is written without being painted, as text layers under scans are."""
        thing = pdfium.get_text_object(self._handle, index)
        return bool(thing) and pdfium.render_mode(thing) == 3
