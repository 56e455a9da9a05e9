"""What calamine does not tell about an old Excel file: hidden rows and columns, and cells shown as a percentage.

Only the few records needed are read (MS-XLS, BIFF8; MS-CFB for the container). Damage gives fewer facts; only a container
whose chains run in circles is refused, because calamine would follow them until memory ends.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from irmcheck.errors import InputError
from irmcheck.load.native import broken
from irmcheck.load.xlsx_cells import Cell, SheetFacts

_END_OF_CHAIN = 0xFFFFFFFA  # this and above are marks, not sectors
_BOUNDSHEET, _FORMAT, _XF, _BOF, _EOF, _COLINFO, _ROW = 0x85, 0x041E, 0xE0, 0x0809, 0x0A, 0x7D, 0x0208
_NUMBERS = (0x0203, 0x027E, 0x06, 0x0406)  # NUMBER, RK, FORMULA: row, column, format
_MULTIPLE = 0xBD  # MULRK: row, first column, then format and value for each
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_PERCENTS = (9, 10)  # built-in number formats "0%" and "0.00%"


def read_facts(path: Path) -> dict[str, SheetFacts]:
    """Facts by sheet name; empty when the container cannot be followed. Raises InputError when it runs in circles."""
    try:
        stream = _workbook_stream(path.read_bytes())
        sheets, percents = _globals(stream)
        return {name: _sheet(stream, start, percents) for name, start in sheets}
    except _CircleError as error:
        raise InputError(broken(path)) from error
    except (struct.error, IndexError, ValueError):
        return {}


class _CircleError(Exception):
    """A chain of sectors comes back to itself."""


def _workbook_stream(data: bytes) -> bytes:
    """The bytes of the stream "Workbook" in an OLE container; b"" when there is none."""
    shift, small_shift = struct.unpack_from("<HH", data, 0x1E)
    directory, cutoff, small_start = (struct.unpack_from("<I", data, at)[0] for at in (0x30, 0x38, 0x3C))
    if shift not in (9, 12) or small_shift != 6:
        return b""
    size = 1 << shift
    listed = list(struct.unpack_from("<109I", data, 0x4C))
    following: int = struct.unpack_from("<I", data, 0x44)[0]
    seen: set[int] = set()
    while following < _END_OF_CHAIN:
        if following in seen:
            raise _CircleError
        seen.add(following)
        more = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        listed.extend(more[:-1])
        following = more[-1]
    table: list[int] = []
    for sector in listed:
        if sector < _END_OF_CHAIN and (sector + 2) * size <= len(data) + size:
            part = data[(sector + 1) * size : (sector + 2) * size]
            table.extend(struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4]))
    _check_circles(table)
    entries = _chain(data[size:], table, directory, size)
    root = b""
    for at in range(0, len(entries) - 127, 128):
        name = entries[at : at + max(0, struct.unpack_from("<H", entries, at + 64)[0] - 2)].decode("utf-16-le", "replace")
        start, length = struct.unpack_from("<II", entries, at + 116)
        if name == "Root Entry":
            root = _chain(data[size:], table, start, size)
        elif name in ("Workbook", "Book"):
            if length >= cutoff:
                return _chain(data[size:], table, start, size)[:length]
            small = _chain(data[size:], table, small_start, size)
            small_table = list(struct.unpack(f"<{len(small) // 4}I", small))
            _check_circles(small_table)
            return _chain(root, small_table, start, 1 << small_shift)[:length]
    return b""


def _check_circles(table: list[int]) -> None:
    """Raise _CircleError when a sector follows, over however many others, itself."""
    done = bytearray(len(table))  # 1: on the way being walked, 2: known to end
    for first in range(len(table)):
        way, at = list[int](), first
        while at < len(table) and not done[at]:
            done[at] = 1
            way.append(at)
            at = table[at]
        if at < len(table) and done[at] == 1:
            raise _CircleError
        for one in way:
            done[one] = 2


def _chain(data: bytes, table: list[int], sector: int, size: int) -> bytes:
    parts = list[bytes]()
    while sector < len(table):
        parts.append(data[sector * size : (sector + 1) * size])
        sector = table[sector]
    return b"".join(parts)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records from `at` to the end of that sheet (charts inside it included)."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _globals(stream: bytes) -> tuple[list[tuple[str, int]], frozenset[int]]:
    """Sheets with the place where they start, and the cell formats that show a percentage."""
    sheets, formats, own = list[tuple[str, int]](), list[int](), set(_PERCENTS)
    for kind, body in _records(stream, 0):
        if kind == _BOUNDSHEET:
            start, _, count, wide = struct.unpack_from("<IHBB", body)
            name = body[8 : 8 + count * (1 + (wide & 1))]
            sheets.append((name.decode("utf-16-le" if wide & 1 else "latin-1", "replace"), start))
        elif kind == _FORMAT and b"%" in body:
            own.add(struct.unpack_from("<H", body)[0])
        elif kind == _XF:
            formats.append(struct.unpack_from("<H", body, 2)[0])
    return sheets, frozenset(at for at, number in enumerate(formats) if number in own)


def _sheet(stream: bytes, start: int, percents: frozenset[int]) -> SheetFacts:
    rows, columns, shown = set[int](), set[int](), set[Cell]()
    for kind, body in _records(stream, start):
        if kind == _ROW:
            if struct.unpack_from("<H", body, 12)[0] & _HIDDEN_ROW:
                rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLINFO:
            first, last, _, _, flags = struct.unpack_from("<5H", body)
            if flags & _HIDDEN_COLUMN:
                columns.update(range(first, min(last, 255) + 1))
        elif kind in _NUMBERS:
            row, column, look = struct.unpack_from("<3H", body)
            if look in percents:
                shown.add((row, column))
        elif kind == _MULTIPLE:
            row, first = struct.unpack_from("<2H", body)
            for nth, at in enumerate(range(4, len(body) - 2, 6)):
                if struct.unpack_from("<H", body, at)[0] in percents:
                    shown.add((row, first + nth))
    return SheetFacts(frozenset(rows), frozenset(columns), frozenset(shown))
