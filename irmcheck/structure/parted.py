"""Rows taken apart that hold several activities, and rows put together that a page break cut through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from irmcheck.structure.headers import Column
from irmcheck.structure.wording import Wording

_ITEM = re.compile(r"^\s*\(?(?:\d{1,2}|[a-z]|[-–•*●▪])[.)]?\s+\S")
_AMOUNT = re.compile(r"(?:\brp\.?\s*)?\d{1,3}(?:\.\d{3})+(?:,(?:-|\d\d))?", re.IGNORECASE)
_QUANTITY = re.compile(r"\d[\d.,]*\s*[^\d]+")

_WHOLE = re.compile(r"(?:rp\.?\s*)?\d{1,3}(?:[.,]\d{3})+(?:,-|[.,]\d\d)?", re.IGNORECASE)  # an amount put together again
_SHORT = 8  # letters; abbreviations in capitals (RT/RW) are no headings

Cells = tuple[str | None, ...]


def part_row(cells: Cells, columns: tuple[Column, ...]) -> Iterator[Cells]:
    """The row itself, or a row for each activity where the names are listed line by line and there are as many amounts.

    A cell that cannot be shared out stands in each row as it is: what holds for all is said once.
    """
    roles = [column.role for column in columns]
    name = next((c for c, role in enumerate(roles) if role in ("kegiatan", "uraian")), None)
    money = next((c for c, role in enumerate(roles) if role == "biaya"), None)
    lines = (cells[name] or "").split("\n") if name is not None else []
    amounts = _AMOUNT.findall(cells[money] or "") if money is not None else []
    if len(lines) < 2 or len(amounts) != len(lines) or not all(_ITEM.match(line) for line in lines):
        yield cells
        return
    shared = [_share(cell or "", role, len(lines)) for cell, role in zip(cells, roles, strict=False)]
    for at in range(len(lines)):
        yield tuple(
            lines[at] if c == name else amounts[at] if c == money else parts[at] if parts else cells[c]
            for c, parts in enumerate(shared)
        )


def _share(text: str, role: str, count: int) -> list[str]:
    """The parts of a cell, one for each activity; [] when they cannot be told."""
    lines = text.split("\n")
    if len(lines) == count:
        return lines
    if role in ("volume", "keluaran"):
        found = [part.strip() for part in _QUANTITY.findall(text)]
        return found if len(found) == count else []
    words = text.split()
    if role not in ("lokasi", "sumber") or not words or len(words) % count:
        return []
    size = len(words) // count
    parts = [words[at : at + size] for at in range(0, len(words), size)]
    alike = size == 1 or len({part[0].lower() for part in parts}) == 1
    return [" ".join(part) for part in parts] if alike else []


def is_rest(cells: Cells, above: Cells, columns: tuple[Column, ...], wording: Wording) -> bool:
    """The lower part of a row that a page break cut: no number of its own, and only cells go on that began above."""
    filled = [(c, cell) for c, cell in enumerate(cells) if cell]
    name = next((c for c, column in enumerate(columns) if column.role in ("kegiatan", "uraian")), None)
    if name is None or not filled or len(cells) != len(above) or not above[name]:
        return False
    first = next((cell for cell in above if cell), "")
    if cells[0] or not any(c.isdigit() for c in first) or sum(bool(cell) for cell in above) <= len(filled):
        return False
    return all(_goes_on(above[c] or "", cell, columns[c].role, wording) for c, cell in filled)


def _goes_on(above: str, text: str, role: str, wording: Wording) -> bool:
    if not above:
        return False
    if role.startswith("biaya"):
        return not text[0].isalpha() and _WHOLE.fullmatch(above + text) is not None
    heading = text.isupper() and sum(c.isalpha() for c in text) > _SHORT
    return not heading and not wording.bidang_word.opens(text) and not wording.subbidang_word.opens(text)


def with_rest(above: Cells, rest: Cells, columns: tuple[Column, ...]) -> Cells:
    """The row whole again; figures of an amount join without a space."""
    glue = ["" if column.role.startswith("biaya") else " " for column in columns]
    return tuple(f"{a}{g}{b}" if a and b else a or b for a, b, g in zip(above, rest, glue, strict=False))
