"""One page image -> text lines, tables and how sure the recognition is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median
from typing import Any

import numpy as np
from PIL import Image

from irmcheck.load.lattice import Grid, cells_from_rules
from irmcheck.load.lines import TextLine
from irmcheck.load.ocr_engine import Engine, Word, quarter_turns, read_words
from irmcheck.load.ocr_image import (
    erase,
    even_light,
    find_rules,
    ink,
    slope,
    squared,
    straighten,
    stroke,
    with_ink,
    without_specks,
)
from irmcheck.load.pdf_types import RawTable
from irmcheck.load.repair import clean_text, join_lines

PROSE, ONE_LINE, SCATTERED = 3, 7, 11  # tesseract's page segmentation modes
DOUBTFUL = 80.0  # mean confidence under which the page may lie on its side or head
_BLANK = 0.0003  # share of the page under ink
_MUCH = 25  # words beside the tables that deserve a pass of their own
_TOLERANCE = 4.0  # points; rules of scans and photos waver more than drawn ones
_RIM = 12  # pixels of paper around a cell's writing
_LINE = (8, 48)  # pixels; the height of a line of writing
_MOST_CROPS = 300
_SPECKS = set("|_.'`,:;~\"‘’“”*°^\\/!=<>[]{}«»")
_TALL, _DEEP = set("bdfhklt0123456789"), set("gjpqyQ,;()[]/|")
_CAPITAL = 0.7  # height of a capital, in font sizes
_HEAVY = 1.22  # times the page's usual stroke
_MARK = "\ufffd"  # ink in a cell that is no word
_SURE_TICKS = {"v", "V", "√", "✓"}
_TICKS = _SURE_TICKS | {"“", "”", '"', "'", "’", "‘", "y", "Y", "/", "\\", "w", "W", "u", "U", "J"}
_LIKELY = 65.0  # confidence of a word read alone in its cell
_SURE = 75.0  # confidence of a word read from under a stamp
_SPELT = re.compile(r"[\W_]*(?:[^\W_]{3,}|\d{2,})[\W_]*")
_WIDE = 1.6  # font sizes; a wider gap parts columns set by tabs


@dataclass(frozen=True, slots=True)
class Reading:
    """What was recognised, in points of the upright page: lines outside tables, and tables.

    `turns` is the clockwise quarter turns that set the page upright, `confidence` the mean per letter (0-100).
    """

    lines: tuple[TextLine, ...] = ()
    tables: tuple[RawTable, ...] = ()
    confidence: float | None = None
    words: int = 0
    turns: int = 0
    blank: bool = False


def read_page(engine: Engine, image: Image.Image, dpi: int, seconds: float) -> Reading:
    """Recognise a page, set upright first where it lies on its side or head.

    Raises RecognitionError when tesseract fails or takes longer than `seconds` for one pass.
    """
    even = with_ink(even_light(image))
    if even is None:
        return Reading(blank=True)
    reading, words = _attempt(engine, even, dpi, seconds)
    if not _is_doubtful(words):
        return reading
    turns = quarter_turns(engine, even, seconds)
    if not turns:
        return reading
    turned, others = _attempt(engine, even.rotate(-90 * turns, expand=True), dpi, seconds)
    better = turned.words * (turned.confidence or 0) > reading.words * (reading.confidence or 0)
    return replace(turned, turns=turns) if better or not _is_doubtful(others) else reading


def _is_doubtful(words: Sequence[Word]) -> bool:
    """True when the page may lie on its side or head: few or unsure words, or words that stand taller than wide."""
    long = [word for word in words if len(word.text) > 3]
    standing = sum(word.box[3] - word.box[1] > word.box[2] - word.box[0] for word in long)
    return len(words) < 5 or (_confidence(words) or 0) < DOUBTFUL or 2 * standing > len(long)


def _attempt(engine: Engine, even: Image.Image, dpi: int, seconds: float) -> tuple[Reading, list[Word]]:
    """Recognise the page the way up that it is; the reading and the words it is made of."""
    straight = without_specks(straighten(even, slope(even)))
    rules = find_rules(ink(straight))
    if len(rules.across) > 1:
        straight = squared(straight)
        rules = find_rules(ink(straight))
    scale = 72 / dpi
    across, down = (np.array(one, np.float64).reshape(-1, 3) * scale for one in (rules.across, rules.down))
    grids = [grid for grid in cells_from_rules(across, down, tolerance=_TOLERANCE) if _is_table(grid)]
    if not grids:
        lines = _prose(engine, straight, dpi, seconds)
        words = [word for line in lines for word in line]
        return Reading(_text_lines(lines, ink(straight), scale), (), _confidence(words), len(words)), words
    clean = erase(straight, rules.mask)
    words = _legible(read_words(engine, [clean], SCATTERED, dpi, seconds)[0])
    if not _is_doubtful(words):
        words += _overlooked(engine, clean, grids, words, scale, seconds)
    middles = np.array([word.middle for word in words], np.float64).reshape(-1, 2) * scale
    owners = [grid.locate(middles[:, 0], middles[:, 1]) for grid in grids]
    tables = tuple(_table(grid, words, owner) for grid, owner in zip(grids, owners, strict=True))
    inside = np.max(owners, axis=0) >= 0
    others = [word for word, held in zip(words, inside, strict=True) if not held]
    lines = _by_height(others)
    if len(others) >= _MUCH:
        boxes = [tuple(round(edge / scale) for edge in grid.box) for grid in grids]
        lines = _prose(engine, _hidden(clean, boxes), dpi, seconds)
        others = [word for line in lines for word in line]
    words = [word for word, held in zip(words, inside, strict=True) if held and word.text != _MARK] + others
    return Reading(_text_lines(lines, ink(clean), scale), tables, _confidence(words), len(words)), words


def _is_table(grid: Grid) -> bool:
    """Large enough for two rows and columns of writing; large capitals and boxes of stamps are not."""
    left, top, right, bottom = grid.box
    return min(grid.shape) > 1 and right - left > 60 and bottom - top > 20


def _overlooked(
    engine: Engine, image: Image.Image, grids: Sequence[Grid], words: Sequence[Word], scale: float, seconds: float
) -> list[Word]:
    """Words of cells that hold ink but no word: lone digits and letters, which the scattered mode leaves out.

    Ink that is no word either comes as _MARK; it may be a tick.
    """
    taken = np.array([word.middle for word in words], np.float64).reshape(-1, 2) * scale
    dark = ink(image)
    corners = []
    for grid in grids:
        filled = set(grid.locate(taken[:, 0], taken[:, 1]).tolist())
        for number, (row, column, deep, wide) in enumerate(grid.cells.tolist()):
            edges = (grid.xs[column], grid.ys[row], grid.xs[column + wide], grid.ys[row + deep])
            if number not in filled and (box := _ink_box(dark, [float(edge) / scale for edge in edges])):
                corners.append(box)
    if not corners:
        return []
    crops = []
    for box in corners[:_MOST_CROPS]:
        crop = image.crop(box)
        crops.append(framed := Image.new("L", (crop.width + 2 * _RIM, crop.height + 2 * _RIM), 255))
        framed.paste(crop, (_RIM, _RIM))
    found = []
    for corner, line in zip(corners, read_words(engine, crops, ONE_LINE, round(72 / scale), seconds), strict=False):
        sure = [word for word in line if word.confidence >= _LIKELY]
        left, top = corner[0] - _RIM, corner[1] - _RIM
        for word in sure:
            x0, y0, x1, y1 = word.box
            found.append(replace(word, box=(x0 + left, y0 + top, x1 + left, y1 + top)))
        if not sure:
            found.append(Word(_MARK, corner, 0.0, (0, 0, 0)))
    return found


def _ink_box(dark: Any, cell: Sequence[float]) -> tuple[int, int, int, int] | None:
    """The box in pixels around a cell's ink where that may be a line of writing, else None."""
    left, top, right, bottom = (round(edge) for edge in cell)
    inner = dark[top + 4 : bottom - 3, left + 4 : right - 3]
    ys, xs = np.flatnonzero(inner.any(axis=1)), np.flatnonzero(inner.any(axis=0))
    if not len(ys) or not _LINE[0] <= ys[-1] - ys[0] <= _LINE[1]:
        return None
    return left + 4 + int(xs[0]), top + 4 + int(ys[0]), left + 5 + int(xs[-1]), top + 5 + int(ys[-1])


def _prose(engine: Engine, image: Image.Image, dpi: int, seconds: float) -> list[list[Word]]:
    """Lines of running text. Ink left over, as under a stamp or signature, is searched for words that stand alone."""
    words = _legible(read_words(engine, [image], PROSE, dpi, seconds)[0])
    lines = _as_found(words)
    rest = _hidden(image, [word.box for word in words])
    if ink(rest).mean() < _BLANK:
        return lines
    found = read_words(engine, [rest], SCATTERED, dpi, seconds)[0]
    return lines + _by_height([word for word in found if word.confidence >= _SURE and _SPELT.fullmatch(word.text)])


def _hidden(image: Image.Image, boxes: Iterable[tuple[int, ...]]) -> Image.Image:
    """The image with boxes, widened by a little, made paper."""
    image = image.copy()
    for left, top, right, bottom in boxes:
        image.paste(255, (left - 3, top - 3, right + 3, bottom + 3))
    return image


def _legible(words: Iterable[Word]) -> list[Word]:
    """Without specks of dirt and remains of rules, which come out as unsure punctuation."""
    return [word for word in words if word.confidence >= 60 or not set(word.text) <= _SPECKS]


def _spoken(line: Sequence[Word]) -> list[str]:
    """A line's words. Roman numerals are mended: I is taken for |, l and ! ("Dusun |", "Il")."""
    texts: list[str] = []
    for word in line:
        text, end = (word.text[:-1], word.text[-1]) if word.text.endswith((",", ".")) else (word.text, "")
        alone = text == "|" and (not texts or texts[-1].rstrip(",-–").isalpha())
        if alone or (len(text) in (2, 3) and "I" in text and set(text) <= set("Il|!")):
            text = "I" * len(text)
        texts.append(clean_text(text + end))
    return texts


def _confidence(words: Sequence[Word]) -> float | None:
    letters = sum(len(word.text) for word in words)
    return round(sum(word.confidence * len(word.text) for word in words) / letters, 1) if letters else None


def _as_found(words: Sequence[Word]) -> list[list[Word]]:
    """Lines as tesseract groups and orders them."""
    return [list(line) for _, line in groupby(words, key=lambda word: word.line)]


def _by_height(words: Sequence[Word]) -> list[list[Word]]:
    """Scattered words of one column as lines, top to bottom, each from left to right."""
    if not words:
        return []
    height = median(word.box[3] - word.box[1] for word in words)
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle[1]):
        if lines and word.middle[1] - sum(other.middle[1] for other in lines[-1]) / len(lines[-1]) <= 0.6 * height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box[0]) for line in lines]


def _text_lines(lines: Sequence[Sequence[Word]], dark: Any, scale: float) -> tuple[TextLine, ...]:
    """Lines in points. Font sizes near the page's usual one are taken to be that one, for they are only estimates.

    Bold is what is drawn with strokes a good deal wider for its size than the page's usual ones; `dark` is the page's ink.
    """
    measured = [_measure(line) for line in lines]
    usual = median(size for _, size in measured) if measured else 0.0
    boxes = [_around(line) for line in lines]
    weights = [stroke(dark[y0:y1, x0:x1]) / size for (x0, y0, x1, y1), (_, size) in zip(boxes, measured, strict=True)]
    heavy = _HEAVY * median(weights) if weights else 0.0
    made = []
    for line, (base, size), box, weight in zip(lines, measured, boxes, weights, strict=True):
        size = usual if abs(size - usual) < 0.2 * usual else size
        texts = _spoken(line)
        text, words = texts[0], [(word.box[0] * scale, word.box[2] * scale) for word in line]
        parts = [words[0]]
        for (before, word), following in zip(pairwise(line), texts[1:], strict=True):
            wide = word.box[0] - before.box[2] > _WIDE * size
            edges = (word.box[0] * scale, word.box[2] * scale)
            parts[-1:] = [parts[-1], edges] if wide else [(parts[-1][0], edges[1])]
            text += ("\t" if wide else " ") + following
        x0, y0, x1, y1 = (edge * scale for edge in box)
        place = (x0, y0, x1, y1)
        made.append(TextLine(text, place, base * scale, round(size * scale, 1), weight > heavy, tuple(parts), tuple(words)))
    return tuple(made)


def _around(words: Sequence[Word]) -> tuple[int, int, int, int]:
    """The box around words, in pixels."""
    edges = list(zip(*(word.box for word in words), strict=True))
    return min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3])


def _measure(line: Sequence[Word]) -> tuple[float, float]:
    """Baseline and font size of a line in pixels, from the tops of tall letters and the feet of those that do not hang."""
    tops = [word.box[1] for word in line if word.text[0].isupper() or set(word.text) & _TALL]
    feet = [word.box[3] for word in line if not set(word.text) & _DEEP]
    low, high = max(word.box[3] for word in line), min(word.box[1] for word in line)
    base = median(feet) if feet else low - 0.25 * (low - high)
    top = median(tops) if tops else base - 1.4 * (base - high)
    return base, max(base - top, 1.0) / _CAPITAL


def _table(grid: Grid, words: Sequence[Word], owner: Any) -> RawTable:
    """The grid filled with the words whose centres lie in its cells."""
    inside: dict[int, list[Word]] = {}
    for word, cell in zip(words, owner.tolist(), strict=True):
        inside.setdefault(cell, []).append(word)
    rows: list[list[str | None]] = [[None] * grid.shape[1] for _ in range(grid.shape[0])]
    spans = {}
    for number, (row, column, deep, wide) in enumerate(grid.cells.tolist()):
        lines = _by_height(inside.get(number, []))
        rows[row][column] = join_lines([" ".join(_spoken(line)) for line in lines])[0]
        if deep > 1 or wide > 1:
            spans[row, column] = (deep, wide)
    _tick(rows)
    return RawTable(tuple(map(tuple, rows)), spans, grid.box, tuple(round(float(x), 1) for x in grid.xs))


def _tick(rows: list[list[str | None]]) -> None:
    """Make the marks of columns that are ticked ✓: some come out as v, others as quotes or as no word at all."""
    for column in range(len(rows[0])):
        texts = [text for row in rows if (text := row[column])]
        marks = sum(text in _TICKS or text == _MARK for text in texts)
        ticked = sum(text in _SURE_TICKS for text in texts) >= 2 and 2 * marks >= len(texts)
        for row in rows:
            if row[column] == _MARK or (ticked and row[column] in _TICKS):
                row[column] = "✓" if ticked else ""
