"""Scores per group, pillar and aspect, the band, and whether the plan is integrated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from irmcheck.model import Activity, Finding, GroupScore, Status, Summary

POINTS = {Status.MET: 1.0, Status.PARTIAL: 0.5, Status.MISSING: 0.0}
BANDS = ((70.0, "kuat"), (40.0, "cukup"), (0.0, "perlu penguatan"))
UNKNOWN = 0.1  # share of the weight that may be undetermined in a score
PILLARS = ("prb", "api", "mer")


def summarise(findings: Sequence[Finding], integrated: bool | None) -> Summary:
    """Weighted scores over what could be judged; None where more than a tenth of the weight is undetermined.

    On unread pages only what would else be missing is undetermined, so a score over the rest flatters the plan.
    """
    score = _score(findings)
    return Summary(
        score=score,
        band=next((name for floor, name in BANDS if score is not None and score >= floor), "tidak dapat dinilai"),
        groups=_by(findings, lambda f: f.group),
        pillars=_by(findings, lambda f: f.pillar),
        aspects=_by(findings, lambda f: f.aspect),
        integrated=integrated,
    )


def is_integrated(rows: Iterable[tuple[Activity, tuple[str, ...]]], unread: bool) -> bool | None:
    """True when each of the three pillars has an activity with money; None when rows may be unread."""
    covered = {pillar for activity, pillars in rows if activity.cost for pillar in pillars}
    if covered >= set(PILLARS):
        return True
    return None if unread else False


def _score(findings: Sequence[Finding]) -> float | None:
    judged = [(f.weight, POINTS[f.status]) for f in findings if f.status in POINTS and f.weight]
    total = sum(weight for weight, _ in judged)
    unknown = sum(f.weight for f in findings if f.status is Status.UNDETERMINED)
    if not total or unknown > UNKNOWN * (total + unknown):
        return None
    return round(100 * sum(weight * points for weight, points in judged) / total, 1)


def _by(findings: Sequence[Finding], key: Callable[[Finding], str]) -> tuple[GroupScore, ...]:
    scores = []
    for name in dict.fromkeys(key(f) for f in findings):
        members = [f for f in findings if key(f) == name]
        count = {status: sum(f.status is status for f in members) for status in Status}
        scores.append(
            GroupScore(
                name,
                _score(members),
                count[Status.MET],
                count[Status.PARTIAL],
                count[Status.MISSING],
                count[Status.NOT_APPLICABLE],
                count[Status.UNDETERMINED],
            )
        )
    return tuple(scores)
