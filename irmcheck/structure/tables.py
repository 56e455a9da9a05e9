"""Tables stitched over pages, their columns mapped and their kind known."""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from irmcheck.model import Block, Document, PlanTable, Row, Section, Table
from irmcheck.structure.codes import split_number
from irmcheck.structure.contents import settle_columns
from irmcheck.structure.headers import Column, Header, find_header, is_number_row, repeats_header
from irmcheck.structure.kinds import table_kind
from irmcheck.structure.mapped import MappedTable
from irmcheck.structure.parted import is_rest, part_row, with_rest
from irmcheck.structure.sections import is_caption
from irmcheck.structure.wording import Wording, Words, squeeze

_TITLE = 160  # characters; a longer block before a table is prose
_STRAY = 60  # characters of a footer or note that may stand between two pages of one table
_NOISE = re.compile(r"^[\s\d\W]{0,12}$|^(?:hal(?:aman)?\.?|page)\s*\d+$", re.IGNORECASE)
_NAMING = ("kegiatan", "uraian", "bidang", "subbidang", "bidang_subbidang")


@dataclass(slots=True)
class Grid:
    """A table being put together: header, body rows with pages, and the titles around it."""

    header: Header
    first: Table
    item: int
    near: tuple[str, ...]
    rows: list[tuple[tuple[str | None, ...], int | None, bool]] = field(default_factory=list)
    last_page: int | None = None
    width: int = 0
    borders: tuple[float, ...] = ()


def map_tables(
    document: Document, sections: Sequence[Section], free: Mapping[int, tuple[Table, int]], wording: Wording
) -> tuple[MappedTable, ...]:
    """All tables of a document in order, stitched, with header, roles, kind and non-empty body rows.

    `free` are tables made of lines (see free.py) by the item they begin at.
    """
    starts = [section.items[0] for section in sections]
    labels = {page.number: page.label for page in document.pages if page.label}
    found: list[MappedTable] = []
    chapters = {section.items[0] for section in sections if section.level == 1}
    for grid in _grids(document, set(starts), chapters, free, labels, wording):
        section = max(bisect.bisect_right(starts, grid.item) - 1, 0)
        found.append(_finish(grid, len(found) + 1, section, sections, wording))
    return tuple(found)


def _grids(
    document: Document,
    starts: set[int],
    chapters: set[int],
    free: Mapping[int, tuple[Table, int]],
    labels: dict[int, str],
    wording: Wording,
) -> list[Grid]:
    grids: list[Grid] = []
    recent: list[Block] = []
    apart, until, own = False, 0, 0  # own: where in `recent` the chapter of the table begins
    for index, item in enumerate(document.items):
        if index < until:
            continue
        if index in free:
            item, until = free[index]
        if isinstance(item, Block):
            own = len(recent) if index in chapters else own
            if not _NOISE.match(item.text):
                recent.append(item)
            apart |= index in starts or len(item.text) > _STRAY or _names_bidang(item.text, wording)
            continue
        header = find_header(item, wording)
        previous = grids[-1] if grids else None
        if previous and header and header.start and not recent and header.key != previous.header.key:
            header = None  # a row that only reads like a header, on a page that goes on with the table before
        if previous and len(recent) == 1:
            recent = _return_fallen(previous, recent, wording)
        near = not recent or (header is not None and not apart and len(recent) <= 2)
        if previous and near and _continues(previous, item, header, document.unit):
            _extend(previous, item, header, wording)
        else:
            grids.append(_open(item, index, header, recent[own:], labels.get(item.page or 0, ""), wording))
        recent, apart, own = [], False, 0
    return grids


def _names_bidang(text: str, wording: Wording) -> bool:
    return text in wording.bidang_word or wording.bidang_names.opens(split_number(text)[1])


def _open(table: Table, index: int, header: Header | None, recent: list[Block], label: str, wording: Wording) -> Grid:
    width = max((len(row) for row in table.rows), default=0)
    if header is None:
        header = Header(tuple(Column((c,), ()) for c in range(width)), 0, 0)
    titles = [table.caption, *reversed(header.above), *_titles_before(recent, wording), label]
    grid = Grid(header, table, index, tuple(one for one in titles if one), width=width)
    _extend(grid, table, header, wording)
    return grid


def _return_fallen(grid: Grid, recent: list[Block], wording: Wording) -> list[Block]:
    """Put a source of money that fell out of the last row at a frame left open by the page's end back into its row."""
    cells, page, joint = grid.rows[-1] if grid.rows else ((), None, False)
    place = next((c for c, column in enumerate(grid.header.columns) if column.role == "sumber"), None)
    text = recent[0].text
    if place is None or recent[0].page != page or cells[place] or squeeze(text) not in wording.sources:
        return recent
    grid.rows[-1] = ((*cells[:place], text, *cells[place + 1 :]), page, joint)
    return []


def _titles_before(recent: list[Block], wording: Wording) -> list[str]:
    """Short lines over a table that are no prose, nearest first, up to its caption."""
    found = []
    for block in reversed(recent[-5:]):
        if len(block.text) > _TITLE or block.text.rstrip().endswith((".", ";", ":")):
            break
        found.append(block.text)
        if is_caption(block.text, wording):
            break
    return found


def _title_of(near: tuple[str, ...], wording: Wording) -> str:
    """The nearest title that is more than an address line (Desa : ..., Kecamatan : ..., Tahun ...)."""
    address = Words.of([*(word for words in wording.levels.values() for word in words), *wording.numbers.year])
    return next((title for title in near if not address.opens(title)), near[0] if near else "")


def _continues(grid: Grid, table: Table, header: Header | None, unit: str) -> bool:
    if unit == "sheet" and table.page != grid.last_page:
        return False
    if header is not None:
        return header.key == grid.header.key or (
            len(header.columns) == len(grid.header.columns)
            and sum(a == b for a, b in zip(header.key, grid.header.key, strict=True)) * 5 >= len(header.key) * 4
        )
    width = max((len(row) for row in table.rows), default=0)
    if not any(grid.header.roles) or (table.page or 0) - (grid.last_page or 0) > 1:
        return False
    return width == grid.width or bool(table.columns_x and grid.borders)


def _extend(grid: Grid, table: Table, header: Header | None, wording: Wording) -> None:
    rows = table.rows[header.end if header else 0 :]
    width = max((len(row) for row in table.rows), default=0)
    own = header.columns if header and len(header.columns) == len(grid.header.columns) else None
    moved = None if own or width == grid.width else _move(grid, table)
    columns = own or grid.header.columns
    joint = bool(grid.rows)
    for row in rows:
        placed = tuple(row[c] if c < len(row) else None for c in moved) if moved else row
        if not any(placed) or (joint and is_number_row(placed)):
            continue
        cells = _logical(placed, columns)
        if repeats_header(cells, columns):
            continue
        if joint and table.page != grid.last_page and is_rest(cells, grid.rows[-1][0], columns, wording):
            whole, page, joined = grid.rows[-1]
            grid.rows[-1] = (with_rest(whole, cells, columns), page, joined)
            joint = False
            continue
        grid.rows.append((cells, table.page, joint))
        joint = False
    grid.last_page, grid.borders = table.page, table.columns_x or grid.borders


def _move(grid: Grid, table: Table) -> tuple[int, ...]:
    """For each physical column of the grid, the column of a differently cut continuation that lies over its middle."""
    middles = [(a + b) / 2 for a, b in zip(grid.borders, grid.borders[1:], strict=False)]
    return tuple(max(bisect.bisect_right(table.columns_x, middle) - 1, 0) for middle in middles)


def _logical(row: tuple[str | None, ...], columns: tuple[Column, ...]) -> tuple[str | None, ...]:
    """One value per logical column: parts under one header cell joined, None only where all of it is merged away.

    A part that only counts (an item number in its own narrow column) is not part of the text beside it.
    """
    found: list[str | None] = []
    for column in columns:
        parts = [row[c] if c < len(row) else None for c in column.cells]
        texts = [part for part in parts if part]
        if (
            len(texts) > 1
            and column.role in _NAMING
            and re.fullmatch(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})(?:\.0)?[.)]?", texts[0], re.IGNORECASE)
        ):
            texts = texts[1:]
        found.append(" ".join(texts) if texts else None if all(part is None for part in parts) else "")
    return tuple(found)


def _finish(grid: Grid, number: int, section: int, sections: Sequence[Section], wording: Wording) -> MappedTable:
    home = sections[section] if sections else None
    columns = settle_columns(grid.header.columns, [cells for cells, _, _ in grid.rows], wording)
    roles = frozenset(column.role for column in columns if column.role)
    body = [(part, page, joint) for cells, page, joint in grid.rows for part in part_row(cells, columns)]
    rows = tuple(Row(tuple(cell or "" for cell in cells), page, i) for i, (cells, page, _) in enumerate(body, 1))
    table = PlanTable(
        number=number,
        title=_title_of(grid.near, wording),
        kind=table_kind(roles, grid.near, home, wording),
        header=tuple(column.title for column in columns),
        roles=tuple(column.role for column in columns),
        rows=rows,
        section=section,
        page=grid.first.page,
        hidden=grid.first.hidden,
    )
    joints = frozenset(i for i, (_, _, joint) in enumerate(body) if joint)
    merged = tuple(frozenset(c for c, cell in enumerate(cells) if cell is None) for cells, _, _ in body)
    return MappedTable(table, columns, joints, grid.near, merged, grid.item)
