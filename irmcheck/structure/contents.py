"""Columns whose head says nothing, or something else, known by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from irmcheck.structure.headers import Column
from irmcheck.structure.numbers import parse_rupiah
from irmcheck.structure.wording import Wording, squeeze

_LEAST = 3  # cells before a column tells anything
_NAME = 8  # letters of a name that is more than a mark or a unit
_MONEY = 10_000  # rupiah
_BESIDE = frozenset({"lokasi", "volume", "waktu", "tahun", "tahun_ke", "sumber", "biaya_sumber"})

_BRACKETS = re.compile(r"[()\[\]]")
_AMOUNT = re.compile(r"(?:\brp\.?\s*)?\d[\d.,]*(?:\s?,?-)?", re.IGNORECASE)


def settle_columns(columns: tuple[Column, ...], rows: Sequence[Sequence[str | None]], wording: Wording) -> tuple[Column, ...]:
    """Give a role by content to columns of money, of sources and of names where no head gave one."""
    texts = [[row[c] or "" for row in rows if c < len(row) and row[c]] for c in range(len(columns))]
    found = list(columns)
    roles = {column.role for column in columns}

    def give(role: str, candidates: Sequence[str], holds: Callable[[list[str]], bool]) -> None:
        for c, column in enumerate(found):
            if column.role in candidates and column.names and len(texts[c]) >= _LEAST and holds(texts[c]):
                found[c] = replace(column, role=role, value=0)
                roles.add(role)
                return

    if not any(role.startswith("biaya") for role in roles) and "jumlah" not in roles:
        give("biaya", ("sumber", ""), lambda cells: _most(_is_money(cell, wording) for cell in cells))
    if "sumber" not in roles and "biaya_sumber" not in roles:
        give("sumber", ("", "keterangan"), lambda cells: _most(bool(source_in(cell, wording)) for cell in cells))
    if not roles & set(wording.name_roles) and any(role.startswith("biaya") for role in roles) and len(roles & _BESIDE) > 1:
        give("uraian", ("", "tindakan", "peringkat"), _names)
    return tuple(found)


def source_in(text: str, wording: Wording) -> str:
    """The sources of money a cell names beside an amount or alone ("25.000.000 (DD)"); "" when anything else stands there."""
    rest = _AMOUNT.sub(" ", _BRACKETS.sub(" ", text))
    pieces = [piece.strip(" .:-") for piece in wording.source_splits.split(rest)]
    named = [piece for piece in pieces if piece]
    return ", ".join(named) if named and all(squeeze(piece) in wording.sources for piece in named) else ""


def _most(marks: Iterable[bool]) -> bool:
    known = list(marks)
    return sum(known) * 3 >= len(known) * 2


def _is_money(text: str, wording: Wording) -> bool:
    amount = parse_rupiah(text, wording.numbers)
    return amount is not None and amount >= _MONEY


def _names(cells: Sequence[str]) -> bool:
    """Mostly different texts of some length, as names of activities are."""
    long = [cell for cell in cells if sum(c.isalpha() for c in cell) >= _NAME]
    return len(long) * 3 >= len(cells) * 2 and len(set(long)) * 3 >= len(long) * 2
