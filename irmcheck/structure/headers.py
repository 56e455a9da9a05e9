"""Finds the header of a table and what each column means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from irmcheck.model import Table
from irmcheck.structure.wording import Wording, squeeze

_SCAN = 16  # a sheet may carry titles and an address block above its header
_LABEL = 60  # characters; longer cells are content
_DEEPEST = 4
_MOST_COLUMNS = 80
_YEAR = re.compile(r"^(?:ta|thn|th|tahun)?\.?\s*(2\s?0\s?\d\s?\d)$", re.IGNORECASE)  # "202 6": broken in a narrow cell
_ORDINAL = re.compile(r"^(.*?)\s*(?:ke)?[\s-]*([1-8]|viii|vii|vi|v|iv|i{1,3})$", re.IGNORECASE)
_FIGURE = re.compile(r"^(.*?)\s*(1[0-2]|[1-9]|viii|vii|vi|v|iv|ix|xii|xi|x|i{1,3})$", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}

_JOINABLE = ("lokasi", "volume", "sasaran", "pelaksana", "kode")  # their parts may stand in columns of their own

Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A logical column: the physical columns under one header cell, its header (groups first) and its role.

    `value` is the year, the year of the period (1-8) or the month where the role says so; the source label for `biaya_sumber`.
    """

    cells: tuple[int, ...]
    names: tuple[str, ...]
    role: str = ""
    value: int | str = 0

    @property
    def title(self) -> str:
        """The header as people read it."""
        return " > ".join(self.names)


@dataclass(frozen=True, slots=True)
class Header:
    """Columns of a table; `start` is the header's first row, `end` the first body row; `above` the titles over it."""

    columns: tuple[Column, ...]
    start: int
    end: int
    above: tuple[str, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """Roles present."""
        return frozenset(column.role for column in self.columns if column.role)

    @property
    def key(self) -> tuple[str, ...]:
        """What makes a repeated header the same header."""
        return tuple(squeeze(" ".join(column.names)) for column in self.columns)


def find_header(table: Table, wording: Wording) -> Header | None:
    """The header of a table, or None when no row near its top reads like one."""
    rows = table.rows
    for start in range(min(_SCAN, len(rows))):
        if not _opens_header(rows[start], wording):
            continue
        end = _header_end(table, start, wording)
        columns = _columns(table, start, end, wording)
        while end < len(rows) and is_number_row(rows[end]):
            end += 1
        above = tuple(cell for row in rows[:start] for cell in row if cell)
        return Header(columns, start, end, above)
    return None


def is_number_row(row: Row) -> bool:
    """A row that only numbers the columns: 1 2 3 ..., a b c ..., (1) (2) ...; a slip or two is allowed."""
    marks = [re.sub(r"[().\s]|\.0$", "", cell).lower() for cell in row if cell]
    if len(marks) < 3 or any(len(mark) > 4 for mark in marks):
        return False
    figures = [int(one) if one.isdigit() else ord(one) - 96 if re.fullmatch(r"[a-z]", one) else None for one in marks]
    places = [c + 1 for c, cell in enumerate(row) if cell]
    known = [one for one in figures if one is not None]
    placed = sum(one is not None and abs(one - place) <= 2 for one, place in zip(figures, places, strict=True))
    rising = all(a < b for a, b in pairwise(known))
    if (placed == len(marks) and rising) or (len(marks) > 5 and placed * 5 >= len(marks) * 4):
        return True
    if len(known) < 3 or len(known) * 4 < len(marks) * 3 or known[0] not in (1, 2):
        return False
    steps = [b - a for a, b in pairwise(known)]
    return sum(0 <= step <= 3 for step in steps) >= len(steps) - len(steps) // 6 and max(known) <= len(row) + 3


def repeats_header(cells: Sequence[str | None], columns: Sequence[Column]) -> bool:
    """A body row that is the header once more, its column numbers perhaps run into its cells."""
    filled = [(squeeze(cell), column) for cell, column in zip(cells, columns, strict=False) if cell and squeeze(cell)]
    same = sum(
        any(text == name or (text.startswith(name) and len(text) - len(name) <= 2) for name in map(squeeze, column.names))
        for text, column in filled
        if column.names
    )
    return len(filled) >= 3 and same * 3 >= len(filled) * 2


def _opens_header(row: Row, wording: Wording) -> bool:
    cells = [cell for cell in row if cell]
    if not 2 <= len(cells) <= _MOST_COLUMNS or any(len(cell) > _LABEL * 2 for cell in cells) or is_number_row(row):
        return False
    known = sum(bool(_role_of(cell, wording)) or _YEAR.match(cell) is not None for cell in cells)
    figures = sum(cell.replace(".", "").replace(",", "").isdigit() and not _YEAR.match(cell) for cell in cells)
    return known >= 2 and known * 2 >= len(cells) and figures == 0


def _header_end(table: Table, start: int, wording: Wording) -> int:
    rows, spans = table.rows, table.spans or {}
    end = start + 1
    for (row, _), (deep, _) in spans.items():
        if start <= row < end + _DEEPEST and row == start:
            end = max(end, start + min(deep, _DEEPEST))
    while end < len(rows) and end < start + _DEEPEST and _continues_header(rows[end], rows[start], wording):
        end += 1
    return min(end, len(rows))


def _continues_header(row: Row, first: Row, wording: Wording) -> bool:
    """A second or third header row: labels only, under group cells, nothing that looks like content."""
    cells = [cell for cell in row if cell]
    if cells and _under_time(row, first, wording):
        return True
    if not cells or is_number_row(row) or any(len(cell) > _LABEL for cell in cells):
        return False
    if any(cell and first[c] and squeeze(cell) != squeeze(first[c] or "") for c, cell in enumerate(row[:1])):
        return False
    if len(cells) == 1 and row[0]:
        return False  # the title of the first bidang, under a number column without a head
    labels = sum(
        bool(_role_of(cell, wording)) or _time_of(cell, wording) is not None or squeeze(cell) in wording.sources for cell in cells
    )
    return labels * 2 > len(cells) and not (row[0] or "").strip(". ").isdigit()


def _under_time(row: Row, first: Row, wording: Wording) -> bool:
    """Bare year numbers 1 2 3 ... that stand only under a heading of time which covers several columns."""
    places = [c for c, cell in enumerate(row) if cell]
    groups = {next((left for left in range(c, -1, -1) if left < len(first) and first[left]), None) for c in places}
    if len(places) < 2 or len(groups) != 1 or any(c < len(first) and first[c] for c in places[1:]):
        return False
    group = first[next(iter(groups)) or 0] or ""
    return group in wording.time_groups and all(
        _time_of(row[c] or "", wording, grouped=True) or _part_of_year(row[c] or "", group, wording) for c in places
    )


def _columns(table: Table, start: int, end: int, wording: Wording) -> tuple[Column, ...]:
    width = max((len(row) for row in table.rows[: end + 1]), default=0)
    covered = _covered(table, start, end)
    owner = [[_owner(table, covered, start, row, column) for row in range(start, end)] for column in range(width)]
    found: list[Column] = []
    for column in range(width):
        keys = [key for key in dict.fromkeys(owner[column]) if key is not None]
        names = tuple(name for key in keys if (name := (table.rows[key[0]][key[1]] or "").strip()))
        bottom = keys[-1] if keys else None
        if found and bottom is not None and owner[found[-1].cells[0]][-1] == owner[column][-1] and names == found[-1].names:
            last = found[-1]
            found[-1] = Column((*last.cells, column), last.names)
        else:
            found.append(Column((column,), names))
    return _assign(found, wording)


def _covered(table: Table, start: int, end: int) -> dict[tuple[int, int], tuple[int, int]]:
    """For positions merged into a header cell, that cell."""
    found = {}
    for (top, left), (deep, wide) in (table.spans or {}).items():
        if start <= top < end and table.rows[top][left]:
            for row in range(top, min(top + deep, end)):
                for column in range(left, min(left + wide, len(table.rows[top]))):
                    found[row, column] = (top, left)
    return found


def _owner(
    table: Table, covered: dict[tuple[int, int], tuple[int, int]], start: int, row: int, column: int
) -> tuple[int, int] | None:
    """The header cell whose text stands over a position: itself, the one merged over it, or the group to its left."""
    rows = table.rows
    if column < len(rows[row]) and rows[row][column]:
        return row, column
    if (row, column) in covered:
        return covered[row, column]
    below = rows[row + 1][column] if row + 1 < len(rows) and column < len(rows[row + 1]) else None
    if not table.spans and row == start and below and column and not rows[row][column]:
        beside = next((c for c in range(column - 1, -1, -1) if rows[row][c]), None)
        if beside is not None and (row + 1 >= len(rows) or rows[row + 1][beside]):
            return row, beside
    return None


def _assign(columns: Sequence[Column], wording: Wording) -> tuple[Column, ...]:
    found: list[Column] = []
    taken: set[str] = set()
    meanings = _settle_money(_by_source([_meaning(column.names, wording) for column in columns], columns, wording), wording)
    for column, (role, value) in zip(columns, meanings, strict=True):
        repeatable = role in ("tahun", "tahun_ke", "bulan", "biaya_sumber", "biaya_tahun")
        if role in taken and not repeatable:
            last = found[-1]
            if (
                role == last.role
                and role in _JOINABLE
                and column.names[:-1]
                and column.names[:-1] == last.names[: len(last.names) - 1]
            ):
                found[-1] = Column((*last.cells, *column.cells), last.names, role, value)
                continue
            role = ""
        taken.add(role)
        found.append(Column(column.cells, column.names, role, value))
    return tuple(found)


def _by_source(meanings: list[tuple[str, int | str]], columns: Sequence[Column], wording: Wording) -> list[tuple[str, int | str]]:
    """Columns that are each headed by a source of money and nothing else hold the amounts from it."""
    labels = [wording.sources.get(squeeze(column.names[-1])) if column.names else None for column in columns]
    if sum(label is not None and not role for label, (role, _) in zip(labels, meanings, strict=True)) < 2:
        return meanings
    return [
        ("biaya_sumber", label) if label and not meaning[0] else meaning for label, meaning in zip(labels, meanings, strict=True)
    ]


def _settle_money(meanings: list[tuple[str, int | str]], wording: Wording) -> list[tuple[str, int | str]]:
    """Where activities are named, a bare "Jumlah" or a ceiling is the cost unless another column is; "Jumlah" then counts."""
    roles = {role for role, _ in meanings}
    if not roles & set(wording.name_roles):
        return meanings
    costed = any(role.startswith("biaya") for role in roles)
    turned = {
        "jumlah": "biaya" if not costed else "volume" if "volume" not in roles else "",
        "pagu": "pagu" if costed or "jumlah" in roles or not roles & {"lokasi", "volume", "keluaran", "kegiatan"} else "biaya",
    }
    return [(turned.get(role, role), value) for role, value in meanings]


def _meaning(names: tuple[str, ...], wording: Wording) -> tuple[str, int | str]:
    """Role and value of a column from its header: the lowest cell first, then with the groups above it."""
    if not names:
        return "", 0
    leaf, above = names[-1], " ".join(names[:-1])
    under_time, under_cost = above in wording.time_groups, above in wording.cost_groups
    if part := _part_of_year(leaf, names[-2] if len(names) > 1 else "", wording):
        return "bulan", part
    time = _time_of(leaf, wording, grouped=under_time)
    if time is not None and (under_time or not under_cost):
        return time
    if time is not None and under_cost and time[0].startswith("tahun"):
        return "biaya_tahun", time[1]
    if under_cost and (label := wording.sources.get(squeeze(leaf))):
        return "biaya_sumber", label
    role, group = _role_of(leaf, wording), _role_of(above, wording) if above else ""
    if role in ("biaya", "jumlah") and group and group != "sumber":
        role = group  # "Jumlah" under "Volume" counts things
    return role or (_role_of(" ".join(names), wording) if above else "") or group, 0


def _role_of(text: str, wording: Wording) -> str:
    if len(text) > _LABEL * 2:
        return ""
    return next((rule.role for rule in wording.columns if text in rule.titles and text not in rule.unless), "")


def _part_of_year(leaf: str, group: str, wording: Wording) -> int | None:
    """The month of a bare figure under "Bulan", the first month of a quarter ("TW II", or "II" under "Triwulan")."""
    found = _FIGURE.match(" ".join(leaf.split()).strip(". "))
    if not found:
        return None
    before, figure = found.group(1).strip(" -."), found.group(2).lower()
    number = int(figure) if figure.isdigit() else _ROMAN[figure]
    if (before or group) in wording.quarter_words:
        return 3 * number - 2 if 1 <= number <= 4 else None
    monthly = group in wording.month_words and not any(word in squeeze(group) for word in wording.numbers.year)
    return number if monthly and not before and number <= 12 else None


def _time_of(text: str, wording: Wording, *, grouped: bool = False) -> tuple[str, int] | None:
    """A calendar year, a year of the period, or a month; bare 1-8 and I-VIII only under a heading of time."""
    text = " ".join(text.split()).strip(". ")
    if found := _YEAR.match(text):
        return "tahun", int("".join(found.group(1).split()))
    if squeeze(text) in wording.numbers.months:
        return "bulan", wording.numbers.months[squeeze(text)]
    if found := _ORDINAL.match(text):
        before, figure = found.group(1).strip(" -."), found.group(2).lower()
        if (before and before in wording.year_words) or (not before and grouped):
            return "tahun_ke", int(figure) if figure.isdigit() else _ROMAN[figure]
    return None
