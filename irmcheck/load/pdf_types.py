"""What passes between the parts of the PDF reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from irmcheck.load.lines import CellText


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as read from one page, in upright coordinates. A cell is its text or its lines; None where merged away."""

    rows: Sequence[Sequence[str | CellText | None]]
    spans: dict[tuple[int, int], tuple[int, int]]
    box: tuple[float, float, float, float]
    columns_x: tuple[float, ...]
    ruled: bool = True
