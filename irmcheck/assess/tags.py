"""What each activity row serves: activity types, pillars (prb, api, mer) and hazards, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from irmcheck.assess.view import RowView, View
from irmcheck.catalogue.rules import ActivityType
from irmcheck.model import Activity, Tag

PILLAR_ORDER = ("prb", "api", "mer")


def tag_rows(view: View) -> dict[int, Tag]:
    """Tag every activity row; rows that serve no pillar, or that are hollow, get an empty tag."""
    return {n: Tag(n) if n in view.hollow else _tag(view, row) for n, row in view.rows.items()}


def hollow_rows(activities: Collection[Activity]) -> frozenset[int]:
    """Rows with neither volume nor cost, where most rows have one: a matrix without these columns says nothing by it.

    A volume of 0 without cost says so by itself, whatever the other rows hold.
    """
    hollow = frozenset(a.row for a in activities if _is_empty(a))
    return hollow if len(hollow) * 2 < len(activities) else frozenset(a.row for a in activities if a.row in hollow and a.volume)


def _is_empty(activity: Activity) -> bool:
    """A row that only repeats a title: neither volume nor cost is given."""
    volume = activity.volume.text.strip(" -0.,") if activity.volume else ""
    return not activity.listed and not activity.cost and not volume


def _tag(view: View, row: RowView) -> Tag:
    known = view.catalogue.activity_types.values()
    types = [t for t in known if not t.fallback and _is_type(row, t)]
    if not any(t.pillars for t in types):
        types += [t for t in known if t.fallback and _is_type(row, t)]
    pillars = tuple(p for p in PILLAR_ORDER if any(p in t.pillars for t in types))
    hazards = _hazards(view, row, types) if types else ()
    return Tag(row.activity.row, pillars, hazards, tuple(t.id for t in types), _why(types, hazards, view))


def _is_type(row: RowView, kind: ActivityType) -> bool:
    if not any(concept in _looked_at(row, kind) for concept in kind.find) and not _by_code(row, kind):
        return False
    if any(concept in row.own for concept in kind.exclude):
        return False
    around = row.row | row.problem | row.place
    return all(any(concept in around for concept in group) for group in kind.with_all)


def _looked_at(row: RowView, kind: ActivityType) -> frozenset[str]:
    """Where the type is recognised: the name, the whole row, name and target, or the problem the row answers."""
    return {"nama": row.name, "baris": row.row, "sasaran": row.subject, "masalah": row.problem}[kind.where]


def _by_code(row: RowView, kind: ActivityType) -> bool:
    """Kode kegiatan speak only where their meaning is fixed nationally; x.90-x.99 are local and never listed."""
    return row.activity.code is not None and row.activity.code in kind.codes


def _hazards(view: View, row: RowView, types: Sequence[ActivityType]) -> tuple[str, ...]:
    """Hazards the row, its target or its problem names; where they name none, the real ones its types answer."""
    beside = {hazard for t in types if not t.pillars for hazard in t.answers}
    types = [t for t in types if t.pillars]
    if not types:
        return ()
    possible = {hazard for t in types for hazard in (*t.answers, *t.always)}
    named = row.subject | (row.row - row.own)  # a place named after a bank or cliff names no hazard
    found = _named(view.catalogue.hazards, named) | (_named(view.catalogue.hazards, row.problem | row.place) & possible)
    found |= {hazard for t in types for hazard in t.always}
    if not found & possible:
        found |= view.real_hazards & {hazard for t in types if not t.when_named for hazard in t.answers}
    found |= view.real_hazards & beside  # what a type without pillar answers beside the row's own purpose
    return tuple(h for h in view.catalogue.hazards if h in found)


def _named(hazards: Mapping[str, object], concepts: frozenset[str]) -> set[str]:
    return {key for key, hazard in hazards.items() if concepts & set(getattr(hazard, "concepts", ()))}


def _why(types: list[ActivityType], hazards: tuple[str, ...], view: View) -> str:
    """One sentence for people; empty when nothing was recognised."""
    if not types:
        return ""
    text = "; ".join(dict.fromkeys(t.why or t.title for t in types))
    if hazards:
        text += " (" + ", ".join(view.catalogue.hazards[h].title.lower() for h in hazards) + ")"
    return text
