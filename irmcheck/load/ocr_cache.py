"""Readings of scanned pages kept in the user's cache folder, so that a scan is recognised once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from irmcheck.load.lines import TextLine
from irmcheck.load.ocr_page import Reading
from irmcheck.load.pdf_types import RawTable
from irmcheck.settings import cache_folder

VERSION = 5  # raise when recognition changes, so that older readings are not taken
_MOST_BYTES = 200_000_000
_BIGGEST = 20_000_000  # of one reading


class Cache:
    """Readings of one file's pages under one set of OCR settings. A cache that cannot be written is no cache, no error."""

    def __init__(self, sha256: str, settings: str) -> None:
        self._folder = cache_folder() / "ocr"
        self._key = f"{VERSION}:{sha256}:{settings}"
        self._grown = False

    def get(self, page: int) -> Reading | None:
        """The kept reading of a page; None when there is none or it is damaged."""
        path = self._path(page)
        try:
            if path.stat().st_size > _BIGGEST:
                return None
            reading = _from_data(json.loads(path.read_bytes()))
            os.utime(path)  # pages in use are the last to go
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return reading

    def put(self, page: int, reading: Reading) -> None:
        """Keep a reading; written whole or not at all."""
        path = self._path(page)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(_to_data(reading), file, ensure_ascii=False)
                Path(name).replace(path)
            finally:
                Path(name).unlink(missing_ok=True)
            self._grown = True

    def trim(self) -> None:
        """After new readings: drop the longest unused ones when the folder has grown past its bound."""
        if not self._grown:
            return
        with contextlib.suppress(OSError):
            files = [(entry.stat(), entry) for entry in self._folder.glob("*/*") if entry.is_file()]
            total = sum(stat.st_size for stat, _ in files)
            for stat, entry in sorted(files, key=lambda pair: pair[0].st_mtime):
                if total <= _MOST_BYTES:
                    break
                entry.unlink(missing_ok=True)
                total -= stat.st_size

    def _path(self, page: int) -> Path:
        name = hashlib.sha256(f"{self._key}:{page}".encode()).hexdigest()
        return self._folder / name[:2] / f"{name[2:]}.json"


def _to_data(reading: Reading) -> dict[str, Any]:
    data = asdict(reading)
    for table in data["tables"]:
        table["spans"] = [[*place, *size] for place, size in table["spans"].items()]
    return data


def _from_data(data: dict[str, Any]) -> Reading:
    lines = tuple(_line(one) for one in data["lines"])
    tables = tuple(_table(one) for one in data["tables"])
    confidence = None if data["confidence"] is None else float(data["confidence"])
    return Reading(lines, tables, confidence, int(data["words"]), int(data["turns"]) % 4, bool(data["blank"]))


def _line(data: dict[str, Any]) -> TextLine:
    x0, y0, x1, y1 = map(float, data["box"])
    parts, words = (tuple((float(left), float(right)) for left, right in data[key]) for key in ("parts", "words"))
    place = (x0, y0, x1, y1)
    return TextLine(str(data["text"]), place, float(data["base"]), float(data["size"]), bool(data["bold"]), parts, words)


def _table(data: dict[str, Any]) -> RawTable:
    x0, y0, x1, y1 = map(float, data["box"])
    rows = tuple(tuple(None if cell is None else str(cell) for cell in row) for row in data["rows"])
    spans = {(int(row), int(column)): (int(high), int(wide)) for row, column, high, wide in data["spans"]}
    return RawTable(rows, spans, (x0, y0, x1, y1), tuple(map(float, data["columns_x"])), bool(data["ruled"]))
