"""Characters to lines: text with its breaks, and the place of every line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from irmcheck.load.glyphs import Floats, Fonts, Glyphs

Index = NDArray[np.intp]

_NOTHING, _BLANK, _TAB, _LINE = 0, 1, 2, 3
_SEPARATORS = np.array([0, ord(" "), ord("\t"), ord("\n")], np.uint32)
_HYPHENS = (0x02, 0xFFFE)  # PDFium's marks for a hyphen at a line end
_SPACED = re.compile(r"(?:[A-Z][ \t]+){4,}[A-Z]$")
_BLANKS = re.compile(r"[ \t]+")
_WIDE = 1.6  # line heights; a wider gap parts columns set by tabs


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as drawn: raw text (tabs between its parts), upright box, baseline, font size (points, 0 unknown), boldness.

    `parts` are the left and right edges of the stretches between wide gaps; `words` those of the words, kept only on pages
    where something stands in columns.
    """

    text: str
    box: tuple[float, float, float, float]
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    parts: tuple[tuple[float, float], ...] = ()
    words: tuple[tuple[float, float], ...] = ()


class Ink:
    """The visible characters of a page in PDFium's order, with what stands between each and the one before.

    `exact` False asks PDFium only for the characters at the ends of words; those between get the box of their word's first.
    """

    def __init__(self, glyphs: Glyphs, exact: bool) -> None:
        codes = glyphs.codes
        self.frame = glyphs.frame
        hyphen = (codes == _HYPHENS[0]) | (codes == _HYPHENS[1])
        # Other codes below 32 are glyphs without a meaning in a broken font, not blanks.
        blank = (codes == 32) | ((codes >= 9) & (codes <= 13)) | (codes == 0xA0) | (codes == 0xF020) | (codes == 0x3000)
        blank |= (codes >> 4) == 0x200
        self.at: Index = np.flatnonzero(~blank)
        self.codes = codes[self.at]
        self.codes[hyphen[self.at]] = ord("-")
        lines = np.cumsum((codes == 10) | (codes == 13))[self.at]
        apart = np.where(np.diff(self.at, prepend=-1) > 1, _BLANK, _NOTHING)
        apart[np.diff(lines, prepend=0) > 0] = _LINE
        apart[:1] = _LINE
        self.boxes = self._boxes(glyphs, apart, hyphen[self.at], exact)
        self.apart = self._mended(apart)
        width, height = glyphs.frame.size
        self.x = (self.boxes[:, 0] + self.boxes[:, 2]) / 2
        self.y = (self.boxes[:, 1] + self.boxes[:, 3]) / 2
        self.shown = (self.x >= 0) & (self.x <= width) & (self.y >= 0) & (self.y <= height)

    def _boxes(self, glyphs: Glyphs, apart: Index, hyphen: NDArray[np.bool_], exact: bool) -> Floats:
        if exact or not len(apart):
            return glyphs.boxes(self.at)
        known = apart > _NOTHING
        known[:-1] |= known[1:] | hyphen[:-1]
        known[1:] |= hyphen[:-1]
        known[-1] = True
        filled: Floats = glyphs.boxes(self.at[known])[np.cumsum(known) - 1]
        # What ends below its beginning is no word along a line: all of it is asked for.
        starts = np.flatnonzero(apart > _NOTHING)
        lengths = np.diff(starts, append=len(apart))
        deep = np.repeat(filled[starts + lengths - 1, 1] >= filled[starts, 3], lengths)
        if deep.any():
            filled[deep] = glyphs.boxes(self.at[deep])
        return filled

    def _mended(self, apart: Index) -> Index:
        """Undo breaks inside a drawn line (superscripts), add breaks where the pen jumps back or down."""
        if len(apart) < 2:
            return apart
        before, after = self.boxes[:-1], self.boxes[1:]
        high = np.minimum(before[:, 3] - before[:, 1], after[:, 3] - after[:, 1])
        shared = np.minimum(before[:, 3], after[:, 3]) - np.maximum(before[:, 1], after[:, 1])
        tall = np.maximum(before[:, 3] - before[:, 1], after[:, 3] - after[:, 1])
        gap = after[:, 0] - before[:, 2]
        level = shared > 0.5 * high
        inner = apart[1:]
        broken = (inner == _LINE) & level & (gap > -0.2 * tall)
        inner[broken] = np.where(gap[broken] < 0.15 * tall[broken], _NOTHING, _BLANK)
        inner[(inner == _BLANK) & (gap < -2 * tall)] = _LINE
        # After its hyphen mark PDFium goes on with the next line as if there were no break.
        # Nor does it see one between single characters under one another, unless these are letters of text drawn sideways.
        upright = (high > before[:, 2] - before[:, 0]) & (high > after[:, 2] - after[:, 0])
        inner[(inner == _NOTHING) & ((gap < -2 * tall) | upright) & (shared <= 0)] = _LINE
        return apart

    @property
    def within_word(self) -> NDArray[np.bool_]:
        """Whether each character goes on with the word of the one before."""
        inner: NDArray[np.bool_] = self.apart == _NOTHING
        return inner

    def in_columns(self, top: float, bottom: float, borders: Sequence[float]) -> bool:
        """True when the text between two heights stands in two or more of the columns and no word crosses a border."""
        inside = np.flatnonzero(
            self.shown & (self.y > top) & (self.y < bottom) & (self.x > borders[0] - 2) & (self.x < borders[-1] + 2)
        )
        column = np.searchsorted(np.array(borders[1:-1]), self.x[inside])
        linked = (np.diff(inside) == 1) & self.within_word[inside[1:]]
        return len(np.unique(column)) > 1 and not (linked & (np.diff(column) != 0)).any()

    def written(self, chosen: Index, apart: Index) -> str:
        """The text of chosen characters; `apart` says what precedes each."""
        many = apart > _NOTHING
        places = np.arange(len(chosen)) + np.cumsum(many)
        out = np.zeros(len(chosen) + int(many.sum()), np.uint32)
        out[places] = self.codes[chosen]
        out[places[many] - 1] = _SEPARATORS[apart[many]]
        return out.tobytes().decode("utf-32-le", "replace")


@dataclass(slots=True)
class CellText:
    """A cell's lines from the top down; `slack[i]` is the room left beside line i, in widths of its letters.

    `middles` are the lines' heights on the page in points, where known.
    """

    lines: list[str]
    slack: list[float]
    middles: list[float] = field(default_factory=list)


def cell_texts(ink: Ink, cell_of: Index, edges: Floats) -> list[CellText]:
    """The texts of cells. `cell_of` is the cell of each character (-1 for none), a row of `edges` a cell's left and right."""
    texts = [CellText([], []) for _ in range(len(edges))]
    chosen = np.flatnonzero(cell_of >= 0)
    if not len(chosen):
        return texts
    chosen = chosen[np.argsort(cell_of[chosen], kind="stable")]
    cell = cell_of[chosen]
    apart = ink.apart[chosen]
    apart[1:][np.diff(chosen) != 1] = _LINE
    apart[1:][np.diff(cell) > 0] = _LINE
    apart[0] = _LINE
    starts = np.flatnonzero(apart == _LINE)
    lines = ink.written(chosen, apart)[1:].split("\n")
    owners, y = cell[starts], ink.y[chosen[starts]]
    middles = y.tolist()
    left = np.minimum.reduceat(ink.boxes[chosen, 0], starts)
    right = np.maximum.reduceat(ink.boxes[chosen, 2], starts)
    letter = (right - left) / np.diff(starts, append=len(chosen))
    padding = max(0.0, float((left - edges[owners, 0]).min()))
    slack = ((edges[owners, 1] - edges[owners, 0] - 2 * padding - (right - left)) / np.maximum(letter, 0.1)).tolist()
    order = np.arange(len(starts))
    if ((np.diff(y) < -3) & (np.diff(owners) == 0)).any():
        order = np.lexsort((np.round(y / 3), owners))
    for number in order.tolist():
        text = texts[owners[number]]
        text.lines.append(lines[number])
        text.slack.append(slack[number])
        text.middles.append(middles[number])
    return texts


def text_lines(ink: Ink, chosen: Index, fonts: Fonts) -> list[TextLine]:
    """The lines that the chosen characters make, in PDFium's order."""
    if not len(chosen):
        return []
    apart = ink.apart[chosen]
    apart[1:][np.diff(chosen) != 1] = _LINE
    apart[0] = _LINE
    boxes = ink.boxes[chosen]
    starts = np.flatnonzero(apart == _LINE)
    tops, bottoms = np.minimum.reduceat(boxes[:, 1], starts), np.maximum.reduceat(boxes[:, 3], starts)
    heights = np.repeat(bottoms - tops, np.diff(starts, append=len(chosen)))
    gap = np.zeros(len(chosen))
    gap[1:] = boxes[1:, 0] - boxes[:-1, 2]
    apart[(apart == _BLANK) & _wide(gap, apart, starts, heights)] = _TAB
    lines = ink.written(chosen, apart)[1:].split("\n")
    left, right = np.minimum.reduceat(boxes[:, 0], starts), np.maximum.reduceat(boxes[:, 2], starts)
    edges = np.column_stack((left, tops, right, bottoms)).tolist()
    for number, line in enumerate(lines):
        if len(line) > 8 and line[1] in " \t" and _SPACED.match(line):
            last = starts[number + 1] if number + 1 < len(starts) else len(chosen)
            lines[number] = _worded(line, gap[starts[number] + 1 : last])
    parts = _stretches(boxes, starts, np.flatnonzero(apart >= _TAB))
    columned = any(len(part) > 1 for part in parts) or bool((np.diff(bottoms) < 0).any())
    words = _stretches(boxes, starts, np.flatnonzero(apart > _NOTHING)) if columned else [()] * len(lines)
    ends = np.append(starts[1:], len(chosen))
    styles = [fonts.style(index) for index in ink.at[chosen[(starts + ends) // 2]].tolist()]
    pens = np.array([(x, y, x, y) for _, _, x, y in styles])
    bases = ink.frame.upright(pens)[:, 1].tolist()
    return [
        TextLine(text, tuple(edge), base if size else edge[3], size, bold, part, word)
        for text, edge, base, (size, bold, _, _), part, word in zip(lines, edges, bases, styles, parts, words, strict=True)
    ]


def _worded(line: str, gaps: Floats) -> str:
    """A line of letter-spaced capitals with two blanks where its gaps part words, one where they part letters."""
    letters = _BLANKS.split(line)
    between = gaps[gaps > 0] if len(gaps) != len(letters) - 1 else gaps
    if len(between) != len(letters) - 1:
        return line
    limit = 1.5 * float(np.median(between))
    return letters[0] + "".join(
        ("  " if wide > limit else " ") + letter for wide, letter in zip(between, letters[1:], strict=True)
    )


def _stretches(boxes: Floats, starts: Index, cuts: Index) -> list[tuple[tuple[float, float], ...]]:
    """For each line (first characters in `starts`) the left and right edges of its stretches (first characters in `cuts`)."""
    left, right = boxes[cuts, 0].tolist(), np.maximum.reduceat(boxes[:, 2], cuts).tolist()
    bounds = [*np.searchsorted(cuts, starts).tolist(), len(cuts)]
    pairs = list(zip(left, right, strict=True))
    return [tuple(pairs[first:last]) for first, last in pairwise(bounds)]


def _wide(gap: Floats, apart: Index, starts: Index, heights: Floats) -> NDArray[np.bool_]:
    """Gaps that part columns: wide for the line's height, and not merely the stretched blanks of a justified line."""
    words = np.where((apart > _NOTHING) & (apart < _LINE), gap, np.inf)
    lengths = np.diff(starts, append=len(gap))
    narrowest = np.repeat(np.minimum.reduceat(words, starts), lengths)
    widest = np.repeat(np.maximum.reduceat(np.where(np.isinf(words), 0.0, words), starts), lengths)
    # Where all gaps are wide, they are columns unless they are all alike.
    columns = (narrowest > _WIDE * heights) & ((widest > 1.3 * narrowest) | (narrowest > 4 * heights))
    wide: NDArray[np.bool_] = (gap > _WIDE * heights) & (columns | (gap > 1.8 * narrowest))
    return wide
