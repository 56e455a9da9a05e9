"""What calamine does not tell about an old Excel file: hidden rows and columns, and cells shown as a percentage.

Only the few records needed are read (MS-XLS, BIFF8). Damage gives fewer facts; only a container
whose chains run in circles is refused, because calamine would follow them until memory ends.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from irmcheck.errors import InputError
from irmcheck.load.native import broken, locked
from irmcheck.load.ole import CircleError, streams
from irmcheck.load.xlsx_cells import Cell, SheetFacts

_BOUNDSHEET, _FORMAT, _XF, _BOF, _EOF, _COLINFO, _ROW = 0x85, 0x041E, 0xE0, 0x0809, 0x0A, 0x7D, 0x0208
_PASSWORD = 0x2F  # FILEPASS: all that follows is encrypted
_NUMBERS = (0x0203, 0x027E, 0x06, 0x0406)  # NUMBER, RK, FORMULA: row, column, format
_MULTIPLE = 0xBD  # MULRK: row, first column, then format and value for each
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_PERCENTS = (9, 10)  # built-in number formats "0%" and "0.00%"


def read_facts(path: Path) -> dict[str, SheetFacts]:
    """Facts by sheet name; empty where they cannot be followed. Raises InputError for an encrypted file or one in circles."""
    try:
        found = streams(path.read_bytes(), frozenset(("workbook", "book")))
        stream = found.get("workbook") or found.get("book", b"")
        if any(kind == _PASSWORD for kind, _ in _records(stream, 0)):
            raise InputError(locked(path))
        sheets, percents = _globals(stream)
        return {name: _sheet(stream, start, percents) for name, start in sheets}
    except CircleError as error:
        raise InputError(broken(path)) from error
    except (struct.error, IndexError, ValueError):
        return {}


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
