"""Rows to add, laid out in the column order of the plan's own matrix, so that they can be pasted below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from irmcheck.model import PlanTable, SuggestedActivity, TableKind
from irmcheck.report.text import tab_separated
from irmcheck.report.words import Words

_OVER = " > "  # between the rows of a heading that spans several
_NAMES = frozenset({"kegiatan", "uraian"})


@dataclass(frozen=True, slots=True)
class RowTable:
    """Rows to add: the columns that hold something, and `clip`, the rows over all columns, for the clipboard."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    clip: str


def matrix_of(tables: Iterable[PlanTable]) -> PlanTable | None:
    """The plan's largest activity matrix, None where it has none."""
    named = (t for t in tables if t.kind is TableKind.MATRIX and not _NAMES.isdisjoint(t.roles))
    return max(named, key=lambda t: len(t.rows), default=None)


def as_row(one: SuggestedActivity) -> dict[str, str]:
    """A suggested activity by column role."""
    volume = f"... {one.unit}".strip()
    return {"kode": one.code, "kegiatan": one.name, "volume": volume, "pelaksana": one.implementer, "sumber": one.source_hint}


def laid_out(rows: Sequence[dict[str, str]], matrix: PlanTable | None, words: Words) -> RowTable | None:
    """Rows given by column role in the matrix's column order; in their own where there is no matrix. None for no rows."""
    if not rows:
        return None
    own = dict.fromkeys(role for row in rows for role, value in row.items() if value)
    roles = _roles(matrix) if matrix else tuple(own)
    header = matrix.header if matrix else tuple(words.label("kolom", role) for role in roles)
    full = [_by_column(roles, row) for row in rows]
    shown = [i for i in range(min(len(roles), len(header))) if any(row[i] for row in full)]
    return RowTable(
        tuple(header[i].rsplit(_OVER, 1)[-1] for i in shown),
        tuple(tuple(row[i] for i in shown) for row in full),
        "\n".join(tab_separated(list(row)) for row in full),
    )


def _roles(matrix: PlanTable) -> tuple[str, ...]:
    """The matrix's column roles; a matrix without a kegiatan column names its activities under uraian."""
    if "kegiatan" in matrix.roles:
        return matrix.roles
    return tuple("kegiatan" if role == "uraian" else role for role in matrix.roles)


def _by_column(roles: Sequence[str], row: dict[str, str]) -> tuple[str, ...]:
    """The row's values by column; a role that several columns share is filled once."""
    left = dict(row)
    return tuple(left.pop(role, "") for role in roles)
