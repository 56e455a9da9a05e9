"""Streams of an OLE container (MS-CFB), as old Word and Excel files are."""

from __future__ import annotations

import struct

_END_OF_CHAIN = 0xFFFFFFFA  # this and above are marks, not sectors


class CircleError(Exception):
    """A chain of sectors comes back to itself."""


def streams(data: bytes, names: frozenset[str]) -> dict[str, bytes]:
    """The named streams that are there; names are given in lower case, which the container does not tell apart.

    Raises CircleError, and struct.error, IndexError or ValueError for other damage.
    """
    shift, small_shift = struct.unpack_from("<HH", data, 0x1E)
    directory, cutoff, small_start = (struct.unpack_from("<I", data, at)[0] for at in (0x30, 0x38, 0x3C))
    if shift not in (9, 12) or small_shift != 6:
        return {}
    size = 1 << shift
    table = _table(data, size)
    entries = _chain(data[size:], table, directory, size)
    found, root, small_table = dict[str, bytes](), b"", list[int]()
    for at in range(0, len(entries) - 127, 128):
        name = entries[at : at + max(0, struct.unpack_from("<H", entries, at + 64)[0] - 2)].decode("utf-16-le", "replace")
        start, length = struct.unpack_from("<II", entries, at + 116)
        if at == 0:  # the root; its stream holds the small ones
            root = _chain(data[size:], table, start, size)
            small = _chain(data[size:], table, small_start, size)
            small_table = list(struct.unpack(f"<{len(small) // 4}I", small))
            _check_circles(small_table)
        elif name.lower() in names and name.lower() not in found:
            big = length >= cutoff
            chain = _chain(data[size:], table, start, size) if big else _chain(root, small_table, start, 1 << small_shift)
            found[name.lower()] = chain[:length]
    return found


def _table(data: bytes, size: int) -> list[int]:
    """Which sector follows which."""
    listed = list(struct.unpack_from("<109I", data, 0x4C))
    following: int = struct.unpack_from("<I", data, 0x44)[0]
    seen: set[int] = set()
    while following < _END_OF_CHAIN:
        if following in seen:
            raise CircleError
        seen.add(following)
        more = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        listed.extend(more[:-1])
        following = more[-1]
    table: list[int] = []
    for sector in dict.fromkeys(listed):  # named over and over, one sector would make a table without end
        if sector < _END_OF_CHAIN and (sector + 2) * size <= len(data) + size:
            part = data[(sector + 1) * size : (sector + 2) * size]
            table.extend(struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4]))
    _check_circles(table)
    return table


def _check_circles(table: list[int]) -> None:
    """Raise CircleError when a sector follows, over however many others, itself."""
    done = bytearray(len(table))  # 1: on the way being walked, 2: known to end
    for first in range(len(table)):
        way, at = list[int](), first
        while at < len(table) and not done[at]:
            done[at] = 1
            way.append(at)
            at = table[at]
        if at < len(table) and done[at] == 1:
            raise CircleError
        for one in way:
            done[one] = 2


def _chain(data: bytes, table: list[int], sector: int, size: int) -> bytes:
    parts = list[bytes]()
    while sector < len(table):
        parts.append(data[sector * size : (sector + 1) * size])
        sector = table[sector]
    return b"".join(parts)
