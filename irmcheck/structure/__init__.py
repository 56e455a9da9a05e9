"""Document -> Plan: chapters, tables, activity rows, money, identity. Where a sentence stands decides what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from irmcheck.errors import Problem, Severity
from irmcheck.model import Document, Identity, Plan, PlanKind, Section, SectionKind, TableKind
from irmcheck.structure.activities import read_activities
from irmcheck.structure.free import free_tables
from irmcheck.structure.identity import Counts, find_identity, settle_kind
from irmcheck.structure.listed import listed_activities
from irmcheck.structure.names import texts_of
from irmcheck.structure.passages import passages
from irmcheck.structure.sections import find_sections
from irmcheck.structure.tables import MappedTable, budget_tables, map_tables, past_tables, without_repeats
from irmcheck.structure.vocabulary import compile_wording

__all__ = ["build_plan"]


def build_plan(document: Document, lexicon: Mapping[str, Any], *, kind: PlanKind | None = None, year: int | None = None) -> Plan:
    """Understand a document as a village plan.

    `lexicon` holds the raw mappings of rules/lexicon by file stem; `kind` and `year`, when given, win over what the document
    says. Never fails on a document; raises CatalogueError when the lexicon has faults.
    """
    wording = compile_wording(lexicon)
    sections = find_sections(document, wording)
    free = free_tables(document, wording)
    mapped = without_repeats(map_tables(document, sections, free, wording))
    sections = _matrix_chapters(sections, mapped)
    sighting = find_identity(document, sections, mapped, wording, kind, year)
    identity = sighting.identity
    mapped = past_tables(mapped, identity.year_start, wording)
    budget = identity.kind is PlanKind.APBDES and not any(one.table.kind is TableKind.MATRIX for one in mapped)
    if budget:
        mapped = budget_tables(mapped)
    ledger = read_activities(mapped, sections, (identity.year_start, identity.year_end), wording, coded=budget)
    activities = ledger.activities or listed_activities(document, sections, wording)
    words = sum(len(text.split()) for item in document.items for text in texts_of(item))
    rows = len(ledger.activities)
    bidang = {one.bidang_number for one in activities if one.bidang_number}
    counts = Counts(rows, len(activities) - rows, len(bidang), words)
    settled, reasons = settle_kind(identity, sections, mapped, counts, sighting.titled, wording, kind)
    identity = replace(identity, kind=settled, reasons=reasons)
    if not settled.is_plan:
        activities = []
    tabled = frozenset(at for first, (_, last) in free.items() for at in range(first, last))
    return Plan(
        document=document,
        identity=identity,
        sections=sections,
        tables=tuple(ledger.tables),
        activities=tuple(activities),
        passages=tuple(passages(document, sections, ledger.tables, activities, tabled)),
        checks=tuple(ledger.totals.checks),
        stated_total=ledger.totals.stated_total,
        problems=(*ledger.totals.problems, *_identity_problems(identity, sighting.kelurahan)),
    )


def _matrix_chapters(sections: tuple[Section, ...], mapped: tuple[MappedTable, ...]) -> tuple[Section, ...]:
    """An annex or unnamed chapter that holds the matrix is a matrix chapter."""
    holders = {one.table.section for one in mapped if one.table.kind is TableKind.MATRIX}
    open_kinds = (SectionKind.UNKNOWN, SectionKind.ANNEX)
    return tuple(
        replace(section, kind=SectionKind.MATRIX) if i in holders and section.kind in open_kinds else section
        for i, section in enumerate(sections)
    )


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
