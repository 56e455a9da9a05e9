"""The first fixes: which gaps to close first, each with rows ready to paste into the matrix."""

from __future__ import annotations

from collections.abc import Sequence

from irmcheck.assess.view import View
from irmcheck.catalogue.rules import Criterion, Suggestion
from irmcheck.model import Finding, HazardThread, Priority, Status

MOST = 5
GAP = {Status.MISSING: 1.0, Status.PARTIAL: 0.5}
BLANK = "………"


def first_fixes(view: View, findings: Sequence[Finding], threads: Sequence[HazardThread]) -> tuple[Priority, ...]:
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
        chosen.append(Priority(finding.id, cards[finding.id].why or finding.reason, _rows(view, cards[finding.id], threads)))
        if len(chosen) == MOST:
            break
    return tuple(chosen)


def _rows(view: View, card: Criterion, threads: Sequence[HazardThread]) -> tuple[tuple[tuple[str, str], ...], ...]:
    hazard = next((t.title.lower() for t in threads if t.real_problem and not t.activities), "")
    hazard = hazard or next((t.title.lower() for t in threads if t.real_problem), BLANK)
    return tuple(_row(view, suggestion, hazard) for suggestion in card.suggestions)


def _row(view: View, suggestion: Suggestion, hazard: str) -> tuple[tuple[str, str], ...]:
    """A row by column role; what only the village knows is left as a marked blank."""
    fill = {"{bahaya}": hazard, "{desa}": view.plan.identity.village or BLANK, "{dusun}": _place(view)}

    def filled(text: str) -> str:
        for mark, value in fill.items():
            text = text.replace(mark, value)
        return text

    return (
        ("kode", suggestion.code),
        ("kegiatan", filled(suggestion.name)),
        ("lokasi", _place(view)),
        ("volume", f"{BLANK} {suggestion.unit}".strip()),
        ("sasaran", BLANK),
        ("waktu", str(view.fiscal_year) if view.fiscal_year else BLANK),
        ("biaya", BLANK),
        ("sumber", suggestion.source_hint or BLANK),
        ("pelaksana", suggestion.implementer),
    )


def _place(view: View) -> str:
    """The place the plan's own problem rows name most, or a blank to fill in."""
    places: dict[str, int] = {}
    for passage in view.plan.passages:
        if passage.role == "lokasi" and passage.table_kind == "masalah" and passage.text.strip():
            places[passage.text.strip()] = places.get(passage.text.strip(), 0) + 1
    return max(places, key=lambda p: places[p]) if places else BLANK
