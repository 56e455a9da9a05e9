"""Rows of facts that say of themselves that the thing is not there: Tim siaga bencana | belum ada, Forum PRB | 0 | -."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from irmcheck.model import Plan, PlanTable, Row, TableKind

FACTS = frozenset({TableKind.DATA, TableKind.EVENTS, TableKind.SEASONS})
PEOPLE = frozenset({TableKind.TEAM, TableKind.ATTENDANCE})
FACT_WORDS = 5  # a longer cell standing alone is a sentence of its own
_NUMBER = re.compile(r"\d+\W*")
_NOTHING = re.compile(r"[-\s_.,:;/–—=]*|0+([.,]0+)?( \w+)?")  # "-", "0", "0 orang"; a star or a tick is a mark


def denied_rows(plan: Plan, words: Collection[str]) -> frozenset[tuple[int, int]]:
    """(table, row) of the rows whose cells after the name hold only zeros, dashes and `words` such as "belum ada".

    Of lists of people, the rows without a name: "wakil perempuan" printed beforehand, nobody came.
    """
    said = {str(word).lower() for word in words}
    return frozenset(
        (table.number, row.number)
        for table in plan.tables
        for row in table.rows
        if (table.kind in FACTS and _denies(row.cells, said, table.kind is TableKind.DATA))
        or (table.kind in PEOPLE and _is_unnamed(table, row))
    )


def _is_unnamed(table: PlanTable, row: Row) -> bool:
    if "nama" not in table.roles:
        return False
    at = table.roles.index("nama")
    return at < len(row.cells) and not any(letter.isalpha() for letter in row.cells[at])


def _denies(cells: Sequence[str], words: Collection[str], unfilled: bool) -> bool:
    texts = [text for cell in cells if (text := " ".join(cell.lower().split()).strip(" .:"))]
    if texts and _NUMBER.fullmatch(texts[0]):
        texts = texts[1:]  # the running number
    told = texts[1:]
    if not told:  # a short name of a fact, its value never filled in
        return unfilled and len(cells) > 1 and len(texts) == 1 and len(texts[0].split()) <= FACT_WORDS
    return all(text in words or _NOTHING.fullmatch(text) for text in told)
