"""Tables in free lines: columns set by tabs or wide gaps instead of rules."""

from __future__ import annotations

from collections.abc import Iterator

from irmcheck.model import Block, Document, Table
from irmcheck.structure.headers import find_header
from irmcheck.structure.wording import Wording

_LEAST_COLUMNS = 3
_LEAST_ROWS = 2


def free_tables(document: Document, wording: Wording) -> dict[int, tuple[Table, int]]:
    """Tables made of consecutive tabbed lines, by their first item: the table and the item after its last line.

    Only runs whose first lines read like a table's header count; addresses and signatures are set with tabs too.
    """
    found: dict[int, tuple[Table, int]] = {}
    for first, last in _runs(document):
        lines = [item for item in document.items[first:last] if isinstance(item, Block)]
        width = max(len(line.tabs) for line in lines)
        rows = tuple((*line.tabs, *[""] * (width - len(line.tabs))) for line in lines)
        table = Table(rows, lines[0].page, 0, ruled=False)
        header = find_header(table, wording)
        if header is not None and header.start <= 2 and len(rows) - header.end >= 1:
            found[first] = (table, last)
    return found


def _runs(document: Document) -> Iterator[tuple[int, int]]:
    items, first = document.items, None
    for index in range(len(items) + 1):
        item = items[index] if index < len(items) else None
        tabbed = isinstance(item, Block) and len(item.tabs) >= _LEAST_COLUMNS
        if tabbed and first is None:
            first = index
        elif not tabbed and first is not None:
            if index - first >= _LEAST_ROWS:
                yield first, index
            first = None
