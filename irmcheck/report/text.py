"""Text made short and safe for a place: one line, a clipboard cell, a file name. Nothing here knows a format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from irmcheck.text import fold, printable

_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")
_LONGEST_STEM = 120


def cleaned(value: Any) -> Any:
    """A JSON-like value with every string in it cleaned."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {printable(str(key)): cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]
    return value


def folded(text: str) -> str:
    """`text` on one line, white space folded, unsafe characters gone."""
    return fold(printable(text))


def shortened(text: str, limit: int) -> str:
    """`text` on one line, cut at a word before `limit` characters with an ellipsis."""
    line = folded(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    head = cut.rsplit(" ", 1)[0]
    return (head if len(head) > limit // 2 else cut).rstrip(" ,;:.") + "…"


def sentence(text: str) -> str:
    """`text` with a capital at its start and a stop at its end; rules give reasons as clauses."""
    line = text.strip()
    if not line:
        return ""
    return line[0].upper() + line[1:] + ("" if line[-1] in ".!?…" else ".")


def tab_separated(cells: list[str]) -> str:
    """One spreadsheet row for the clipboard; a cell that would start a formula gets a leading apostrophe."""
    return "\t".join("'" + cell if len(cell) > 1 and cell[0] in "=+-@" else cell for cell in (folded(c) for c in cells))


def safe_stem(name: str) -> str:
    """A file stem that is safe on every system: no separators, control characters, device names or trailing dots."""
    kept = re.sub(r'[/\\:*?"<>|]+', "-", unicodedata.normalize("NFC", folded(name))).strip(" .-")
    while len(kept.encode("utf-8")) > _LONGEST_STEM:
        kept = kept[:-1]
    kept = kept.strip(" .-")
    if not kept:
        return "laporan"
    return f"{kept}-" if _RESERVED.match(kept.split(".")[0]) else kept
