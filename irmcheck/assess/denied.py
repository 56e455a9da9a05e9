"""What says of itself that it is not there: rows of facts (Tim siaga bencana | belum ada), empty fields (Unsur lansia: -)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from irmcheck.model import Match, Plan, PlanTable, Row, Stance, TableKind

FACTS = frozenset({TableKind.DATA, TableKind.EVENTS, TableKind.SEASONS})
PEOPLE = frozenset({TableKind.TEAM, TableKind.ATTENDANCE})
FACT_WORDS = 5  # a longer cell standing alone is a sentence of its own
_NUMBER = re.compile(r"\d+\W*")
# "Unsur lansia: -", "Dana darurat : Rp 0,-"; no two parts that may repeat take the same signs, so that endless dots cost nothing
_EMPTY_FIELD = re.compile(
    r"[^:]{1,80}:(?:\s*Rp[.:\s]{0,3})?(?:[-–—_.…\s]+|\s*0(?:[.,]0+)?[^\w\s]*(?:\s+(?:\w+[^\w\s]*|[^\w\s]+))?)"
)
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


def unfilled(plan: Plan, matches: Sequence[Match]) -> tuple[Match, ...]:
    """The matches, those in prose that is a name and an empty field ("Unsur lansia: -", "Dana darurat: Rp 0") read as absent."""
    known: dict[tuple[int, int], bool] = {}
    out = []
    for match in matches:
        key = (match.passage, match.sentence[0])
        if key not in known:
            passage = plan.passages[match.passage]
            text = passage.text[match.sentence[0] : match.sentence[1]].rstrip(" ;,")
            known[key] = passage.table_kind is None and _EMPTY_FIELD.fullmatch(text) is not None
        out.append(match._replace(stance=Stance.ABSENT, reason="isiannya kosong") if known[key] else match)
    return tuple(out)


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
