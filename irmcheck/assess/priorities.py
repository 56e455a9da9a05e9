"""The first fixes: which gaps to close first, each with rows ready to paste into the matrix."""

from __future__ import annotations

from collections.abc import Sequence

from irmcheck.assess.suggest import BLANK, filler, place
from irmcheck.assess.view import View
from irmcheck.catalogue.rules import Criterion, Suggestion
from irmcheck.model import Finding, Priority, Status

MOST = 5
GAP = {Status.MISSING: 1.0, Status.PARTIAL: 0.5}


def first_fixes(view: View, findings: Sequence[Finding]) -> tuple[Priority, ...]:
    """At most five criteria with a gap and a row to add, by weight, size of the gap and ease; at most two of a group."""
    cards = {c.id: c for c in view.catalogue.criteria}
    ranked = sorted(
        (f for f in findings if f.status in GAP and f.weight and cards[f.id].suggestions),
        key=lambda f: (-f.weight * GAP[f.status] * (0.5 + 0.25 * cards[f.id].ease), f.id),
    )
    chosen: list[Priority] = []
    groups: list[str] = []
    for finding in ranked:
        if groups.count(finding.group) >= 2:
            continue
        groups.append(finding.group)
        card = cards[finding.id]
        chosen.append(Priority(finding.id, card.why or finding.reason, tuple(_row(view, card, s) for s in card.suggestions)))
        if len(chosen) == MOST:
            break
    return tuple(chosen)


def _row(view: View, card: Criterion, suggestion: Suggestion) -> tuple[tuple[str, str], ...]:
    """A row by column role; what only the village knows is left as a marked blank."""
    return (
        ("kode", suggestion.code),
        ("kegiatan", filler(view, card)(suggestion.name)),
        ("lokasi", place(view)),
        ("volume", f"{BLANK} {suggestion.unit}".strip()),
        ("sasaran", BLANK),
        ("waktu", str(view.fiscal_year) if view.fiscal_year else BLANK),
        ("biaya", BLANK),
        ("sumber", suggestion.source_hint or BLANK),
        ("pelaksana", suggestion.implementer),
    )
