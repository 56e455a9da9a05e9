"""One PDF page: its text lines outside tables, its ruled tables, and how well it could be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from irmcheck.load.doubt import Box, better, doubtful, overlap, tabular
from irmcheck.load.glyphs import Fonts, Frame, read_glyphs
from irmcheck.load.lattice import Grid, cells_from_rules
from irmcheck.load.lines import CellText, Ink, TextLine, cell_texts, text_lines
from irmcheck.load.pdf_types import RawTable
from irmcheck.load.rules import Rules, read_rules
from irmcheck.load.second import SecondLook
from irmcheck.load.shades import colour_borders, shaded_rules
from irmcheck.load.unruled import split_rows

_FEW = 12  # characters; a page with fewer under a picture is a scan
_STAMP = 36  # characters; what a scanning app prints on its pages
_SAMPLE = 150  # characters that tell whether letters make sense
_LETTERS = [code for code in range(128) if chr(code).isalpha()]
_VOWELS = [ord(letter) for letter in "aeiouAEIOU"]
_FIGURES = [ord(sign) for sign in "0123456789.,-:;()/%"]


@dataclass(slots=True)
class PageContent:
    """What a page holds; `lines` are in PDFium's order.

    `ink` counts visible characters, `letters`, `vowels` and `strange` those among them that are Latin letters, vowels, and
    characters without a meaning; `picture` is the page's share under images, `drawn` says that it holds much line art,
    `hidden` that its text is an invisible layer under a picture, `second` that its cells are those of the second look.
    """

    number: int
    frame: Frame
    lines: list[TextLine] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)
    ink: int = 0
    letters: int = 0
    vowels: int = 0
    figures: int = 0
    strange: int = 0
    picture: float = 0.0
    drawn: bool = False
    hidden: bool = False
    failed: bool = False
    second: bool = False

    @property
    def garbled(self) -> bool:
        """True when the characters do not spell anything: a font without, or with a wrong, table of letters."""
        if self.strange > 0.3 * (self.ink + self.strange):
            return self.ink + self.strange > _FEW
        words = self.ink - self.figures
        if words < _SAMPLE:
            return False
        return self.letters < 0.35 * words or self.vowels < 0.17 * self.letters

    @property
    def unread(self) -> str:
        """Why the page must be recognised from its picture, "" where its text could be read."""
        written = sum(len(line.text) for line in self.lines) if not self.tables else self.ink
        if self.failed:
            return "halaman ini rusak di dalam berkas"
        if self.garbled:
            return "huruf halaman ini tidak dapat diterjemahkan (susunan huruf di dalam PDF rusak)"
        if (written < _FEW and self.picture > 0.3) or (written < _STAMP and self.picture > 0.75):
            return "halaman ini hanya gambar (hasil pindai)"
        if written < _FEW and self.drawn:
            return "tulisan halaman ini digambar sebagai garis, bukan sebagai huruf"
        return ""


def read_page(page: Any, number: int, look: SecondLook) -> PageContent:
    """Read a pypdfium2 page; `number` counts from 1. `look` is asked when the rules on it make no sense."""
    glyphs, textpage = read_glyphs(page)
    rules = read_rules(page, glyphs.frame)
    grids = _ruled(rules)
    ink = Ink(glyphs, exact=bool(grids) or len(rules.fills) > 1)
    if len(rules.fills) > 1:
        grids = _with_shaded(grids, rules, ink)
    content = PageContent(number, glyphs.frame, ink=int(ink.shown.sum()), drawn=rules.drawn)
    _measure(content, ink, rules)
    if len(rules.vertical) and (doubts := doubtful(grids, rules, ink)):
        grids = _better(grids, doubts, ink, content, look)
    free = ink.shown.copy()
    for grid in grids:
        table = _table(grid, ink, free)
        if table:
            content.tables.append(table)
    fonts = Fonts(glyphs.handle)
    content.lines = text_lines(ink, np.flatnonzero(free), fonts)
    content.hidden = content.picture > 0.5 and len(ink.at) > 0 and fonts.invisible(int(ink.at[len(ink.at) // 2]))
    textpage.close()
    return content


def _ruled(rules: Rules) -> list[Grid]:
    """The tables that rules enclose; where there are some, the borders between two colours count as rules."""
    horizontal, vertical = rules.horizontal, rules.vertical
    if len(rules.fills) > 1 and len(horizontal) and len(vertical):
        across, down = colour_borders(rules.fills, rules.colours)
        horizontal, vertical = np.vstack((horizontal, across)), np.vstack((vertical, down))
    return cells_from_rules(horizontal, vertical, rules.fills)


def _with_shaded(grids: list[Grid], rules: Rules, ink: Ink) -> list[Grid]:
    """The tables with those added, outside of them, that are only painted."""
    apart = np.ones(len(rules.fills), np.bool_)
    for grid in grids:
        x0, y0, x1, y1 = grid.box
        fills = rules.fills
        apart &= (fills[:, 2] <= x0 + 1) | (fills[:, 0] >= x1 - 1) | (fills[:, 3] <= y0 + 1) | (fills[:, 1] >= y1 - 1)
    found = cells_from_rules(*shaded_rules(rules.fills[apart], ink.in_columns), tolerance=3.0)
    return sorted([*grids, *found], key=lambda grid: (grid.box[1], grid.box[0]))


def _better(grids: list[Grid], doubts: list[Box], ink: Ink, content: PageContent, look: SecondLook) -> list[Grid]:
    """The grids, or those of the second look where they explain the doubtful boxes better."""
    if content.frame.turn or content.frame.shown:
        return grids

    kept = [grid for grid in grids if not any(overlap(grid.box, box) for box in doubts)]
    best = grids
    for cells in look.cells(content.number):
        seen = [grid for grid in _grids_of(cells) if grid.shape[1] > 1 and tabular(grid, ink)]
        seen = [grid for grid in seen if not any(overlap(grid.box, other.box) for other in kept)]
        if better(seen, best, doubts, ink):
            best = sorted([*kept, *seen], key=lambda grid: (grid.box[1], grid.box[0]))
    content.second = best is not grids
    look.judged(content.second)
    return best


def _grids_of(cells: Sequence[Box]) -> list[Grid]:
    x0, y0, x1, y1 = np.array(cells, np.float64).reshape(-1, 4).T
    across = np.vstack((np.column_stack((y0, x0, x1)), np.column_stack((y1, x0, x1))))
    down = np.vstack((np.column_stack((x0, y0, y1)), np.column_stack((x1, y0, y1))))
    return cells_from_rules(across, down)


def _measure(content: PageContent, ink: Ink, rules: Rules) -> None:
    """Count what tells readable text from a picture or from broken letters."""
    counts = np.bincount(np.minimum(ink.codes, 127), minlength=128)
    content.letters = int(counts[_LETTERS].sum())
    content.vowels = int(counts[_VOWELS].sum())
    content.figures = int(counts[_FIGURES].sum())
    strange = (ink.codes == 0xFFFD) | (ink.codes < 32) | ((ink.codes >= 0xE000) & (ink.codes < 0xF000))
    content.strange = int(strange.sum())
    if len(rules.images):
        width, height = content.frame.size
        sides = np.clip(rules.images, 0, [width, height, width, height])
        areas = (sides[:, 2] - sides[:, 0]) * (sides[:, 3] - sides[:, 1])
        content.picture = min(1.0, float(areas.sum()) / max(width * height, 1.0))


def _table(grid: Grid, ink: Ink, free: Any) -> RawTable | None:
    """Put the free characters into the grid's cells; None where it is a frame around text rather than a table."""
    rows, columns = grid.shape
    owner = np.where(free, grid.locate(ink.x, ink.y), -1)
    if columns < 2 or not (owner >= 0).any():
        return None
    edges = np.column_stack((grid.xs[grid.cells[:, 1]], grid.xs[grid.cells[:, 1] + grid.cells[:, 3]]))
    texts = cell_texts(ink, owner, edges)
    free[owner >= 0] = False
    cells: list[list[CellText | None]] = [[None] * columns for _ in range(rows)]
    spans = {}
    for (row, column, high, wide), text in zip(grid.cells.tolist(), texts, strict=True):
        cells[row][column] = text
        if high > 1 or wide > 1:
            spans[row, column] = (high, wide)
    cells, spans = split_rows(cells, spans)
    columns_x = tuple(round(float(x), 1) for x in grid.xs)
    return RawTable(cells, spans, grid.box, columns_x)
