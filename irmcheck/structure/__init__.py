"""Document -> Plan: chapters, tables, activity rows, money, identity. Where a sentence stands decides what it means."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from irmcheck.errors import Problem, Severity
from irmcheck.model import Document, Identity, Plan, PlanKind, Section, SectionKind, TableKind
from irmcheck.structure.activities import read_activities
from irmcheck.structure.doubted import claim_matrix, lost_matrix
from irmcheck.structure.free import free_tables
from irmcheck.structure.identity import Counts, find_identity, settle_kind
from irmcheck.structure.kinds import asked_of_others, budget_tables, past_tables, programme_tables, without_repeats
from irmcheck.structure.listed import listed_activities
from irmcheck.structure.mapped import MappedTable
from irmcheck.structure.names import texts_of
from irmcheck.structure.passages import passages
from irmcheck.structure.sections import find_sections
from irmcheck.structure.tables import map_tables
from irmcheck.structure.vocabulary import compile_wording

__all__ = ["build_plan"]

_OPEN = (SectionKind.UNKNOWN, SectionKind.ANNEX)
_FOREIGN = (SectionKind.CLOSING, SectionKind.PROCESS, SectionKind.LAW, SectionKind.PREFACE, SectionKind.CONTENTS)


def build_plan(document: Document, lexicon: Mapping[str, Any], *, kind: PlanKind | None = None, year: int | None = None) -> Plan:
    """Understand a document as a village plan.

    `lexicon` holds the raw mappings of rules/lexicon by file stem; `kind` and `year`, when given, win over what the document
    says. Never fails on a document; raises CatalogueError when the lexicon has faults.
    """
    wording = compile_wording(lexicon)
    sections = find_sections(document, wording)
    free = free_tables(document, wording)
    mapped = without_repeats(asked_of_others(map_tables(document, sections, free, wording), wording), wording)
    sections, mapped = _matrix_chapters(sections, mapped)
    sighting = find_identity(document, sections, mapped, wording, kind, year)
    identity = sighting.identity
    period = (identity.year_start, identity.year_end)
    mapped = past_tables(mapped, identity.year_start, wording)
    told: tuple[Problem, ...] = ()
    if identity.kind is not PlanKind.APBDES:
        mapped, told = claim_matrix(mapped, sections, document, period, wording)
    bare = not any(one.table.kind is TableKind.MATRIX for one in mapped)
    budget = bare and identity.kind is PlanKind.APBDES
    if bare:
        mapped = budget_tables(mapped) if budget else programme_tables(mapped, sections)
    ledger = read_activities(mapped, sections, period, wording, coded=budget)
    activities = ledger.activities or listed_activities(document, sections, wording)
    words = sum(len(text.split()) for item in document.items for text in texts_of(item))
    rows = len(ledger.activities)
    bidang = {one.bidang_number for one in activities if one.bidang_number}
    unread = sum(page.source == "unread" for page in document.pages)
    named = identity.kind in (PlanKind.RPJMDES, PlanKind.RKPDES)
    lost = lost_matrix(mapped, sections, period, wording) if named and not activities else ()
    counts = Counts(rows, len(activities) - rows, len(bidang), words, unread, lost=bool(lost))
    settled, reasons = settle_kind(sighting, sections, mapped, counts, wording, kind)
    identity = replace(identity, kind=settled, reasons=reasons)
    if not settled.is_plan:
        activities = []
    if settled is PlanKind.NOT_A_PLAN:  # whose village it is was asked of a plan; names found elsewhere would be guesses
        identity = Identity(settled, reasons=reasons)
    tabled = frozenset(at for first, (_, last) in free.items() for at in range(first, last))
    return Plan(
        document=document,
        identity=identity,
        sections=sections,
        tables=tuple(ledger.tables),
        activities=tuple(activities),
        passages=tuple(passages(document, sections, ledger.tables, activities, tabled, wording)),
        checks=tuple(ledger.totals.checks),
        stated_total=ledger.totals.stated_total,
        rows_lost=bool(lost),
        problems=(*lost, *told, *ledger.totals.problems, *_identity_problems(identity, sighting.kelurahan)),
    )


def _matrix_chapters(
    sections: tuple[Section, ...], mapped: tuple[MappedTable, ...]
) -> tuple[tuple[Section, ...], tuple[MappedTable, ...]]:
    """Make chapters that hold the matrix matrix chapters, and give it one of its own where it only follows other text."""
    holders = {one.table.section: one.item for one in reversed(mapped) if one.table.kind is TableKind.MATRIX}
    found: list[Section] = []
    for index, section in enumerate(sections):
        first, last = section.items
        item = holders.get(index)
        if item is None or section.kind not in (*_OPEN, *_FOREIGN):
            found.append(section)
        elif section.kind in _OPEN or item == first:
            found.append(replace(section, kind=SectionKind.MATRIX))
        else:
            page = next(one.table.page for one in mapped if one.item == item)
            found.append(replace(section, items=(first, item)))
            found.append(Section("Matriks kegiatan", SectionKind.MATRIX, 1, (item, last), page, "Matriks kegiatan"))
    starts = [section.items[0] for section in found]
    moved = tuple(replace(one, table=replace(one.table, section=max(bisect_right(starts, one.item) - 1, 0))) for one in mapped)
    return tuple(found), moved


def _identity_problems(identity: Identity, kelurahan: bool) -> tuple[Problem, ...]:
    found = []
    if kelurahan:
        found.append(
            Problem(
                "structure",
                "kelurahan",
                "Dokumen ini lebih banyak menyebut kelurahan daripada desa. Aturan Dana Desa tidak berlaku bagi kelurahan.",
            )
        )
    if identity.foreign_names:
        names = ", ".join(identity.foreign_names)
        found.append(
            Problem(
                "structure",
                "foreign-name",
                f"Ada nama wilayah lain di tempat nama desa sendiri ({names}). Mungkin sisa salinan dari rencana lain; periksa.",
            )
        )
    if identity.stale_years:
        years = ", ".join(map(str, identity.stale_years))
        found.append(
            Problem(
                "structure",
                "stale-year",
                f"Ada judul dengan tahun di luar masa rencana ({years}). Mungkin sisa dari rencana lama; periksa.",
                severity=Severity.INFO,
            )
        )
    return tuple(found)
