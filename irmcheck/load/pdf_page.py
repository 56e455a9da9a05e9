"""One PDF page: its text lines outside tables, its ruled tables, and how well it could be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from irmcheck.load.glyphs import Fonts, Frame, read_glyphs
from irmcheck.load.lattice import Grid, cells_from_rules
from irmcheck.load.lines import CellText, Ink, TextLine, cell_texts, text_lines
from irmcheck.load.pdf_types import RawTable
from irmcheck.load.rules import read_rules


@dataclass(slots=True)
class PageContent:
    """What a page holds. `lines` are in PDFium's order; `ink` and `strange` count visible and undecodable characters.

    `picture` is the page's share under its largest image.
    """

    number: int
    frame: Frame
    lines: list[TextLine] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)
    ink: int = 0
    strange: int = 0
    picture: float = 0.0


def read_page(page: Any, number: int) -> PageContent:
    """Read a pypdfium2 page; `number` counts from 1."""
    glyphs, textpage = read_glyphs(page)
    ink = Ink(glyphs)
    rules = read_rules(page, glyphs.frame)
    content = PageContent(number, glyphs.frame, ink=int(ink.shown.sum()))
    content.strange = int(np.isin(ink.codes, (0xFFFD, 0)).sum() + ((ink.codes >= 0xE000) & (ink.codes < 0xF000)).sum())
    width, height = glyphs.frame.size
    if len(rules.images):
        sides = np.clip(rules.images, 0, [width, height, width, height])
        areas = (sides[:, 2] - sides[:, 0]) * (sides[:, 3] - sides[:, 1])
        content.picture = float(areas.max()) / max(width * height, 1.0)
    free = ink.shown.copy()
    for grid in cells_from_rules(rules.horizontal, rules.vertical):
        table = _table(grid, ink, free)
        if table:
            content.tables.append(table)
    content.lines = text_lines(ink, np.flatnonzero(free), Fonts(glyphs.handle))
    textpage.close()
    return content


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
    columns_x = tuple(round(float(x), 1) for x in grid.xs)
    return RawTable(cells, spans, grid.box, columns_x)
