"""Matches -> Findings: the verdicts, the hazard thread, the money lens, the dana desa check."""

from __future__ import annotations

from collections.abc import Sequence

from irmcheck.assess.budget import lens
from irmcheck.assess.criteria import judge
from irmcheck.assess.danadesa import judge_dana_desa
from irmcheck.assess.denied import denied_rows, unfilled
from irmcheck.assess.elsewhere import told_of_elsewhere
from irmcheck.assess.hazards import build_threads, find_real_hazards, seasonal_hazards
from irmcheck.assess.links import link_problems, named_places
from irmcheck.assess.priorities import first_fixes
from irmcheck.assess.summary import is_integrated, summarise
from irmcheck.assess.tags import hollow_rows, tag_rows
from irmcheck.assess.view import View, build_view
from irmcheck.catalogue.rules import Catalogue
from irmcheck.model import (
    Assessment,
    CatalogueStamp,
    DanaDesa,
    Document,
    Finding,
    Match,
    Plan,
    PlanKind,
    Quality,
    TableKind,
)  # fmt: skip


def assess(plan: Plan, matches: Sequence[Match], catalogue: Catalogue, year: int | None = None) -> Assessment:
    """Judge a plan. `year` is the fiscal year for the dana desa check, by default the plan's own.

    A document that is no plan gets no findings; its identity says why.
    """
    view = _prepare(plan, matches, catalogue, year)
    unread_pages = tuple(p.number for p in plan.document.pages if p.source == "unread")
    unread = bool(unread_pages) or not _matrix_read(plan)
    pack = catalogue.pack(view.fiscal_year)
    row_concepts = {row: v.subject for row, v in view.rows.items()}

    def fund(findings: Sequence[Finding]) -> DanaDesa:
        return judge_dana_desa(plan, view.tags, row_concepts, pack, view.fiscal_year, findings, catalogue)

    findings: tuple[Finding, ...] = ()
    if plan.identity.kind.is_plan:
        view.done["dana_desa"] = fund(())
        for criterion in catalogue.criteria:
            view.done[criterion.id] = judge(view, criterion, unread)
        findings = tuple(f for c in catalogue.criteria if isinstance(f := view.done[c.id], Finding))
    threads = view.done["hazards"]
    pillars = [(a, view.tags[a.row].pillars) for a in plan.activities]
    return Assessment(
        plan=plan,
        findings=findings,
        tags=tuple(view.tags.values()),
        hazards=threads,  # type: ignore[arg-type]
        budget=lens(plan, view.tags),
        dana_desa=fund(findings),
        summary=summarise(findings, is_integrated(pillars, unread) if findings else None),
        priorities=first_fixes(view, findings),
        stamp=CatalogueStamp(view.fiscal_year, catalogue.sha256, catalogue.overridden),
        quality=quality_of(plan.document),
        pages_unread=unread_pages,
        problems=plan.document.problems + plan.problems,
    )


def _prepare(plan: Plan, matches: Sequence[Match], catalogue: Catalogue, year: int | None) -> View:
    """Index, find the real hazards, tag the rows, follow the hazard thread."""
    common = frozenset(catalogue.lexicon.get("umum", {}).get("kata_umum", ()))
    matches = unfilled(plan, told_of_elsewhere(plan, matches, catalogue.lexicon.get("wilayah", {})))
    view = build_view(plan, matches, catalogue, link_problems(plan, common), named_places(plan, common))
    view.denied = denied_rows(plan, catalogue.lexicon.get("umum", {}).get("sel_tiada", ()))
    view.fiscal_year = year or _fiscal_year(plan)
    real = find_real_hazards(view)
    view.real_hazards = frozenset(real) | seasonal_hazards(view)
    view.hollow = hollow_rows(plan.activities)
    view.tags = tag_rows(view)
    view.done["hazards"] = build_threads(view, real, view.tags)
    return view


def _fiscal_year(plan: Plan) -> int | None:
    return plan.identity.year_start if plan.identity.kind in (PlanKind.RKPDES, PlanKind.APBDES) else None


def _matrix_read(plan: Plan) -> bool:
    """False when a matrix, or a table that looks like one, was seen but no activity."""
    return bool(plan.activities) or not (plan.rows_lost or any(t.kind is TableKind.MATRIX for t in plan.tables))


def quality_of(document: Document) -> Quality:
    """The plan's reading quality: the share of pages read badly or not at all."""
    pages = [p for p in document.pages if p.source not in ("blank", "hidden")]
    if not pages:
        return Quality.GOOD if document.items else Quality.POOR
    bad = sum(p.source == "unread" or p.quality is Quality.POOR for p in pages) / len(pages)
    fair = sum(p.quality is Quality.FAIR for p in pages) / len(pages)
    if bad > 0.25:
        return Quality.POOR
    return Quality.FAIR if bad > 0 or fair > 0.25 else Quality.GOOD
