"""A stitched table beside what was learnt about its columns and surroundings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from irmcheck.model import PlanTable
from irmcheck.structure.headers import Column
from irmcheck.structure.wording import squeeze


@dataclass(frozen=True)
class MappedTable:
    """A PlanTable beside its columns; `joints` are indexes of rows that open a new page, `bidang_hint` its nearest title."""

    table: PlanTable
    columns: tuple[Column, ...]
    joints: frozenset[int]
    near: tuple[str, ...]
    merged: tuple[frozenset[int], ...]  # per row: logical columns merged into the row above
    item: int = 0  # the document item it begins at

    @property
    def header_roles(self) -> frozenset[str]:
        """Roles present in the header."""
        return frozenset(column.role for column in self.columns if column.role)

    @cached_property
    def names(self) -> frozenset[str]:
        """What its naming column holds, squeezed; bare titles of bidang are among them."""
        place = next((c for c, column in enumerate(self.columns) if column.role in ("kegiatan", "uraian")), None)
        found = (squeeze(row.cells[place]) for row in self.table.rows) if place is not None else ()
        return frozenset(name for name in found if len(name) > 3)

    @property
    def filled(self) -> bool:
        """Some row has a name and something beside it."""
        return any(sum(bool(cell.strip("-. 0")) for cell in row.cells) >= 3 for row in self.table.rows)
