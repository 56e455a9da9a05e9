"""The assessment as data: the JSON contract (assessment.schema.json), schema_version "1"."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from irmcheck import __version__
from irmcheck.model import (
    Activity,
    Assessment,
    Budget,
    DanaDesa,
    Evidence,
    Finding,
    FundNote,
    GroupScore,
    HazardThread,
    Share,
    Stance,
    Summary,
    Tag,
)
from irmcheck.report.text import cleaned, folded

SCHEMA_VERSION = "1"


def to_json(assessment: Assessment) -> dict[str, Any]:
    """The assessment by the JSON contract: every key is there, what is not known is None."""
    tags = {tag.activity: tag for tag in assessment.tags}
    plan = assessment.plan
    problems = dict.fromkeys((*plan.document.problems, *plan.problems, *assessment.problems))
    data: dict[str, Any] = cleaned(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": _tool(assessment),
            "plan": _plan(assessment),
            "summary": _summary(assessment.summary),
            "priorities": [
                {"criterion": p.criterion, "why": p.why, "rows": [dict(r) for r in p.rows]} for p in assessment.priorities
            ],
            "findings": [_finding(one) for one in assessment.findings],
            "activities": [_activity(one, tags.get(one.row, Tag(one.row))) for one in plan.activities],
            "hazards": [_hazard(one) for one in assessment.hazards],
            "budget": _budget(assessment.budget),
            "dana_desa": _dana_desa(assessment.dana_desa),
            "problems": [asdict(one) for one in problems],
        }
    )
    return data


def _tool(assessment: Assessment) -> dict[str, Any]:
    stamp = assessment.stamp
    catalogue = {"year": stamp.year, "sha256": stamp.sha256, "overridden": stamp.overridden}
    return {"version": __version__, "catalogue": catalogue}


def _plan(assessment: Assessment) -> dict[str, Any]:
    document, identity = assessment.plan.document, assessment.plan.identity
    return {
        "file": document.file,
        "sha256": document.sha256,
        "format": document.format,
        "kind": identity.kind.value,
        "kind_reasons": identity.reasons,
        "village": identity.village,
        "subdistrict": identity.subdistrict,
        "district": identity.district,
        "province": identity.province,
        "year_start": identity.year_start,
        "year_end": identity.year_end,
        "draft": identity.draft,
        "foreign_names": identity.foreign_names,
        "stale_years": identity.stale_years,
        "pages": len(document.pages) or None,
        "page_unit": document.unit,
        "pages_unread": assessment.pages_unread,
        "reading_quality": assessment.quality.value,
    }


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "score": summary.score,
        "band": summary.band or None,
        "groups": _scores(summary.groups),
        "pillars": _scores(summary.pillars),
        "aspects": _scores(summary.aspects),
        "integrated": summary.integrated,
    }


def _scores(scores: tuple[GroupScore, ...]) -> dict[str, dict[str, Any]]:
    rows = {score.key: asdict(score) for score in scores}
    return {key: {name: value for name, value in row.items() if name != "key"} for key, row in rows.items()}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "title": finding.title,
        "group": finding.group,
        "pillar": finding.pillar,
        "aspect": finding.aspect,
        "weight": finding.weight,
        "status": finding.status.value,
        "reason": finding.reason,
        "evidence": [_evidence(one) for one in finding.evidence],
        "advice": finding.advice,
        "basis": [
            {"regulation": b.regulation, "article": b.article or None, "verified": b.verified, "note": b.note or None}
            for b in finding.basis
        ],
        "suggested_activities": [
            {
                "code": s.code or None,
                "name": s.name,
                "unit": s.unit or None,
                "implementer": s.implementer or None,
                "source_hint": s.source_hint or None,
            }
            for s in finding.suggested
        ],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    stance = Stance.PROBLEM if evidence.stance is Stance.ABSENT else evidence.stance
    return {
        "quote": folded(evidence.quote),
        "page": evidence.place.page,
        "section": evidence.place.section or None,
        "table": evidence.place.table,
        "row": evidence.place.row,
        "class": stance.value,
        "counts": evidence.counts,
        "why": evidence.why or None,
        "activity": evidence.activity,
    }


def _activity(activity: Activity, tag: Tag) -> dict[str, Any]:
    volume = activity.volume
    return {
        "row": activity.row,
        "page": activity.place.page,
        "table": activity.place.table,
        "table_row": activity.place.row,
        "section": activity.place.section or None,
        "code": activity.code,
        "bidang": activity.bidang or None,
        "subbidang": activity.subbidang or None,
        "name": activity.name,
        "location": activity.location or None,
        "volume": {"text": volume.text, "value": volume.value, "unit": volume.unit} if volume else None,
        "target": activity.target or None,
        "schedule": activity.schedule or None,
        "years": activity.years,
        "cost": activity.cost,
        "sources": activity.sources,
        "pattern": activity.pattern or None,
        "pillars": tag.pillars,
        "hazards": tag.hazards,
        "why": tag.why or None,
    }


def _hazard(hazard: HazardThread) -> dict[str, Any]:
    return {
        "id": hazard.id,
        "title": hazard.title,
        "real_problem": hazard.real_problem,
        "evidence": [_evidence(one) for one in hazard.evidence],
        "activities": hazard.activities,
        "cost": hazard.cost,
        "note": hazard.note or None,
    }


def _budget(budget: Budget) -> dict[str, Any]:
    return {
        "total": budget.total,
        "by_source": _shares(budget.by_source),
        "by_pillar": _shares(budget.by_pillar),
        "by_bidang": _shares(budget.by_bidang),
        "by_year": _shares(budget.by_year),
        "checks": [asdict(check) for check in budget.checks],
        "without_cost": budget.without_cost,
        "without_source": budget.without_source,
    }


def _shares(shares: tuple[Share, ...]) -> dict[str, dict[str, Any]]:
    return {share.key: {"cost": share.cost, "rows": share.rows, "percent": share.percent} for share in shares}


def _dana_desa(fund: DanaDesa) -> dict[str, Any]:
    return {
        "year": fund.year,
        "regulation": fund.regulation,
        "known": fund.known,
        "fit": [_note(note) for note in fund.fit],
        "opportunities": [_note(note) for note in fund.opportunities],
        "warnings": [_note(note) for note in fund.warnings],
        "notes": list(fund.notes),
    }


def _note(note: FundNote) -> dict[str, Any]:
    return {
        "text": note.text,
        "activity": note.activity,
        "focus": note.focus or None,
        "criterion": note.criterion or None,
        "regulation": note.regulation or None,
        "certain": note.certain,
        "quote": folded(note.quote) or None,
        "page": note.place.page,
        "section": note.place.section or None,
        "table": note.place.table,
        "row": note.place.row,
    }
