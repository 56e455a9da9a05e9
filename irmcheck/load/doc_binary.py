"""What office-oxide does not tell about an old Word file: where table cells stand, and which paragraphs bear heading styles.

Only the few structures needed are read (MS-DOC: FIB, piece table, paragraph properties). Damage gives an empty Layout.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from irmcheck.errors import InputError
from irmcheck.load.native import locked
from irmcheck.load.ole import CircleError, streams

_STREAMS = frozenset(("worddocument", "0table", "1table", "data"))
_ENCRYPTED = 0x01
_PAGE = 512  # bytes of a page of formatting
_MOST_PARAGRAPHS = 500_000
_ROW_END, _INNER_ROW_END, _DEPTH, _TABLE, _FAR = 0x2417, 0x244C, 0x6649, 0xD608, (0x6645, 0x6646)
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes, by the upper three bits of the code; 0: told by the first byte
_MERGED, _BELOW, _FIRST = 0x02, 0x20, 0x40  # cell flags: merged into the cell to the left, into the one above; first of those


@dataclass(frozen=True, slots=True)
class RowShape:
    """A table row: left edge of each cell and right edge of the last, in twips, and the cells' flags."""

    edges: tuple[int, ...]
    flags: tuple[int, ...]

    def is_merged_left(self, cell: int) -> bool:
        """True for a cell that is part of the one to its left."""
        return bool(self.flags[cell] & _MERGED)

    def is_merged_up(self, cell: int) -> bool:
        """True for a cell that is part of the one above."""
        return bool(self.flags[cell] & _BELOW) and not self.flags[cell] & _FIRST


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows of the outer tables in the main text, in order, and the texts of paragraphs in styles "heading 1" to 9 by level."""

    rows: tuple[RowShape, ...] = ()
    headings: dict[str, int] = field(default_factory=dict)


def read_layout(path: Path) -> Layout:
    """The layout of a Word 97-2003 file; empty when it cannot be followed. Raises InputError when it is encrypted."""
    try:
        found = streams(path.read_bytes(), _STREAMS)
        if found["worddocument"][0x0B] & _ENCRYPTED:
            raise InputError(locked(path))
        return _layout(found)
    except (CircleError, struct.error, IndexError, ValueError, KeyError):
        return Layout()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text: characters from `start` stand at byte `at`, each `width` bytes wide."""

    start: int
    end: int
    at: int
    width: int


def _layout(found: dict[str, bytes]) -> Layout:
    main = found["worddocument"]
    table = found["1table" if struct.unpack_from("<H", main, 0x0A)[0] & 0x0200 else "0table"]
    length: int = struct.unpack_from("<I", main, 0x4C)[0]
    pieces = sorted(_pieces(main, table), key=lambda one: one.at)
    starts = [piece.at for piece in pieces]
    rows, headings = list[tuple[int, RowShape]](), dict[str, int]()
    for first, last, style, properties in _paragraphs(main, table):
        place = bisect_right(starts, last - 1) - 1
        if place < 0 or last > pieces[place].at + (pieces[place].end - pieces[place].start) * pieces[place].width:
            continue
        piece = pieces[place]
        position = piece.start + (last - 1 - piece.at) // piece.width
        if position >= length:
            continue
        if 1 <= style <= 9:
            text = main[max(first, piece.at) : last].decode("cp1252" if piece.width == 1 else "utf-16-le", "replace")
            headings |= {key: style for key in [heading_key(text)] if key}
        elif b"\x17\x24\x01" in properties or _is_far(properties):
            shape = _row(_settings(properties, found.get("data", b"")))
            rows += [(position, shape)] if shape is not None else []
    return Layout(tuple(shape for _, shape in sorted(rows, key=lambda one: one[0])), headings)


def heading_key(text: str) -> str:
    """A paragraph's text without white space and marks, to find it again."""
    return "".join(one for one in text if one.isalnum())


def _pieces(main: bytes, table: bytes) -> Iterator[_Piece]:
    at, size = struct.unpack_from("<II", main, 0x01A2)
    end = at + size
    while at < end and table[at] == 1:  # property lists before the piece table
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if at >= end or table[at] != 2:
        raise ValueError("no piece table")
    count = (struct.unpack_from("<I", table, at + 1)[0] - 4) // 12
    at += 5
    characters = struct.unpack_from(f"<{count + 1}I", table, at)
    for number in range(count):
        place: int = struct.unpack_from("<I", table, at + 4 * (count + 1) + 8 * number + 2)[0]
        narrow = bool(place & 0x40000000)
        place &= 0x3FFFFFFF
        yield _Piece(characters[number], characters[number + 1], place // 2 if narrow else place, 1 if narrow else 2)


def _paragraphs(main: bytes, table: bytes) -> Iterator[tuple[int, int, int, bytes]]:
    """First byte, byte after the last, style and properties of each paragraph."""
    at, size = struct.unpack_from("<II", main, 0x0102)
    count, told = (size - 4) // 8, 0
    for number in struct.unpack_from(f"<{count}I", table, at + 4 * (count + 1)):
        page = main[(number & 0x3FFFFF) * _PAGE : (number & 0x3FFFFF) * _PAGE + _PAGE]
        edges = struct.unpack_from(f"<{page[-1] + 1}I", page)
        for nth in range(page[-1]):
            told += 1
            if told > _MOST_PARAGRAPHS:
                raise ValueError("too many paragraphs")
            offset = 2 * page[4 * (page[-1] + 1) + 13 * nth]
            if offset == 0:
                yield edges[nth], edges[nth + 1], 0, b""
                continue
            words = page[offset]
            start, long = (offset + 1, 2 * words - 1) if words else (offset + 2, 2 * page[offset + 1])
            body = page[start : start + long]
            yield edges[nth], edges[nth + 1], struct.unpack_from("<H", body)[0], body[2:]


def _is_far(properties: bytes) -> bool:
    return any(struct.pack("<H", code) in properties for code in _FAR)


def _settings(properties: bytes, data: bytes, deep: bool = False) -> dict[int, bytes]:
    """Operands by code; properties too large for their page stand in the stream "Data"."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 2 < len(properties):
        code: int = struct.unpack_from("<H", properties, at)[0]
        at += 2
        size = _OPERANDS[code >> 13]
        if code == _TABLE:
            size = struct.unpack_from("<H", properties, at)[0] + 1
        elif size == 0:
            size = properties[at] + 1
        found[code] = properties[at : at + size]
        at += size
        if code in _FAR and not deep:
            place: int = struct.unpack("<I", found[code])[0]
            length: int = struct.unpack_from("<H", data, place)[0]
            found |= _settings(data[place + 2 : place + 2 + length], data, deep=True)
    return found


def _row(settings: dict[int, bytes]) -> RowShape | None:
    """The row that these properties end, None when they end none or one of a table inside a cell."""
    depth = struct.unpack("<I", settings.get(_DEPTH, b"\1\0\0\0"))[0]
    if settings.get(_ROW_END) != b"\1" or _INNER_ROW_END in settings or depth > 1 or _TABLE not in settings:
        return None
    body = settings[_TABLE]
    count = body[2]
    edges = struct.unpack_from(f"<{count + 1}h", body, 3)
    at = 3 + 2 * (count + 1)
    flags = [struct.unpack_from("<H", body, at + 20 * cell)[0] if at + 20 * cell + 2 <= len(body) else 0 for cell in range(count)]
    return RowShape(edges, tuple(flags))
