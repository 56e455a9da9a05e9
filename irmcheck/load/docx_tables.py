"""Word tables cell by cell from the XML: a merged cell stands once, deleted and hidden rows are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from irmcheck.load.docx_styles import W, on, value
from irmcheck.load.ooxml import whole

MOST_COLUMNS = 256  # Word itself allows 63
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


@dataclass(slots=True)
class Grid:
    """A table as it stands; `rows` as in model.Table. `hidden` counts hidden rows left out."""

    rows: list[list[str | None]] = field(default_factory=list)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden: int = 0


def inside(parent: Any, name: str) -> Iterator[Any]:
    """Children of that name, also where content controls or tracked insertions wrap them."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from inside(child, name)


def is_frame(table: Any) -> bool:
    """True for a table of one cell: a frame around text, not a table."""
    rows = list(inside(table, "tr"))
    return len(rows) == 1 and len(list(inside(rows[0], "tc"))) == 1


def read_grid(table: Any, cell_text: Callable[[Any], str], row_done: Callable[[], None]) -> Grid:
    """Read a w:tbl; `cell_text` gives the text of a w:tc, `row_done` is called after each row."""
    grid = Grid()
    open_cells: dict[int, tuple[tuple[int, int], int]] = {}  # column -> (anchor, width) of a vertical merge going on
    for row in inside(table, "tr"):
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            continue
        if properties is not None and on(properties, "hidden"):
            grid.hidden += 1
            continue
        _read_row(row, properties, grid, open_cells, cell_text)
        row_done()
    width = max((len(row) for row in grid.rows), default=0)
    for cells in grid.rows:
        cells.extend([""] * (width - len(cells)))
    return grid


def _read_row(
    row: Any, properties: Any, grid: Grid, open_cells: dict[int, tuple[tuple[int, int], int]], cell_text: Callable[[Any], str]
) -> None:
    at, cells, still_open = len(grid.rows), list[str | None](), dict[int, tuple[tuple[int, int], int]]()
    cells.extend([""] * _count(properties, "gridBefore"))
    for cell in inside(row, "tc"):
        column, stated = len(cells), cell.find(W + "tcPr")
        width = min(max(1, _count(stated, "gridSpan", 1)), max(1, MOST_COLUMNS - column))
        if column >= MOST_COLUMNS:
            break
        if _merged(stated, "hMerge") == "continue" and cells:
            _widen(grid.spans, at, cells)
            continue
        merge = _merged(stated, "vMerge")
        if merge == "continue" and column in open_cells and open_cells[column][1] == width:
            anchor = open_cells[column][0]
            grid.spans[anchor] = (at - anchor[0] + 1, width)
            cells.extend([None] * width)
            still_open[column] = open_cells[column]
            continue
        cells.extend([cell_text(cell), *[None] * (width - 1)])
        if width > 1:
            grid.spans[at, column] = (1, width)
        if merge is not None:
            still_open[column] = ((at, column), width)
    cells.extend([""] * _count(properties, "gridAfter"))
    open_cells.clear()
    open_cells.update(still_open)
    grid.rows.append(cells[:MOST_COLUMNS])


def _widen(spans: dict[tuple[int, int], tuple[int, int]], row: int, cells: list[str | None]) -> None:
    anchor = max((column for column, text in enumerate(cells) if text is not None), default=0)
    cells.append(None)
    spans[row, anchor] = (spans.get((row, anchor), (1, 1))[0], len(cells) - anchor)


def _merged(properties: Any, name: str) -> str | None:
    found = None if properties is None else properties.find(W + name)
    return None if found is None else found.get(W + "val", "continue")


def _count(properties: Any, name: str, default: int = 0) -> int:
    number = None if properties is None else whole(value(properties, name))
    return default if number is None else min(number, MOST_COLUMNS)
