"""The container of old Office files: streams are found, and no file makes the reader work without end."""

from __future__ import annotations

import struct

import pytest

from irmcheck.load.ole import CircleError, _table, streams

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def entry(name: str, start: int, length: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return written.ljust(64, b"\0") + struct.pack("<H", len(written)) + bytes(50) + struct.pack("<III", start, length, 0)


def container(
    follows: list[int], *sectors: bytes, tables: tuple[int, ...] = (0,), further: int = END, directory: int = 1, small: int = END
) -> bytes:
    """A file of 512-byte sectors; sector 0 says which follows which, then come the given ones."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(0x1E, b"\0") + struct.pack("<HH", 9, 6)
    head = head.ljust(0x30, b"\0") + struct.pack("<I", directory) + bytes(4) + struct.pack("<II", 4096, small)
    head = head.ljust(0x44, b"\0") + struct.pack("<I", further)
    head = head.ljust(0x4C, b"\0") + struct.pack("<109I", *tables, *[FREE] * (109 - len(tables)))
    table = struct.pack("<128I", *follows, *[FREE] * (128 - len(follows)))
    return b"".join(part.ljust(512, b"\0") for part in (head, table, *sectors))


def test_a_large_and_a_small_stream_whatever_the_case_of_their_names() -> None:
    large = bytes(range(256)) * 16
    follows = [TABLE, END, END, END, *range(5, 12), END]
    directory = entry("Root Entry", 3, 128) + entry("WORKBOOK", 4, 4096) + entry("Data", 1, 5)
    small = struct.pack("<128I", END, END, *[FREE] * 126)
    chunks = [large[at : at + 512] for at in range(0, 4096, 512)]
    data = container(follows, directory, small, bytes(64) + b"kecil", *chunks, small=2)
    assert streams(data, frozenset(("workbook", "data"))) == {"workbook": large, "data": b"kecil"}


def test_sectors_in_a_circle_are_refused() -> None:
    with pytest.raises(CircleError):
        streams(container([TABLE, 2, 1], entry("Root Entry", END, 0), b""), frozenset(("workbook",)))


def test_a_table_named_over_and_over_is_read_once() -> None:
    many = 3_000
    lists = [struct.pack("<128I", *[0] * 127, 2 + n if n + 1 < many else END) for n in range(1, many)]
    data = container([TABLE, END], entry("Root Entry", END, 0), *lists, further=2)
    assert streams(data, frozenset(("workbook",))) == {}
    assert len(_table(data, 512)) == 128  # 49 million otherwise


def test_only_the_first_entry_is_the_root() -> None:
    directory = entry("Root Entry", 2, 512) + entry("Root Entry", 2, 512) + entry("Data", 0, 5)
    data = container(
        [TABLE, END, 3, END, END], directory, b"isi".ljust(512), b"", struct.pack("<128I", END, *[FREE] * 127), small=4
    )
    assert streams(data, frozenset(("data",))) == {"data": b"isi  "}
