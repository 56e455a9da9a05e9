"""Which files are of one village, and which of them counts."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from irmcheck.batch.ledger import Record
from irmcheck.report.matrix import Entry, Fix, Village
from irmcheck.report.view import PILLARS

_QUALITY = {"good": 0, "fair": 1, "poor": 2}
_FIXES = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A plan that was judged: its row and where its village is, as the plan says ("" for what it does not)."""

    entry: Entry
    village: str
    subdistrict: str
    district: str


def judged(record: Record) -> Judged | None:
    """A record as a row of the matrix; None for what is no filled-in plan or could not be read."""
    data = record.assessment
    if data is None or not data["findings"]:
        return None
    plan = data["plan"]
    return Judged(_entry(record, data), *(plan[level] or "" for level in ("village", "subdistrict", "district")))


def _entry(record: Record, data: dict[str, Any]) -> Entry:
    plan, summary, budget = data["plan"], data["summary"], data["budget"]
    findings = {one["id"]: one for one in data["findings"]}
    first, last = plan["year_start"], plan["year_end"]
    met = [one for one in data["findings"] if one["status"] == "met" and any(e["counts"] for e in one["evidence"])]
    return Entry(
        file=record.name,
        report=next((name for name in record.reports if name.endswith(".html")), ""),
        kind=plan["kind"],
        years="" if first is None else str(first) if last in (None, first) else f"{first}–{last}",
        year=first or 0,
        draft=plan["draft"],
        quality=plan["reading_quality"],
        unread=len(plan["pages_unread"]),
        score=summary["score"],
        band=summary["band"] or "",
        integrated=summary["integrated"],
        statuses={one["id"]: one["status"] for one in data["findings"]},
        total=budget["total"],
        money={key: budget["by_pillar"][key]["cost"] for key in PILLARS if key in budget["by_pillar"]},
        rows=len(data["activities"]),
        fixes=tuple(_fix(one, findings) for one in data["priorities"][:_FIXES]),
        strong=tuple(one["title"] for one in sorted(met, key=lambda one: -one["weight"])[:_FIXES]),
        foreign=tuple(plan["foreign_names"]),
    )


def _fix(priority: dict[str, Any], findings: dict[str, dict[str, Any]]) -> Fix:
    rows = priority["rows"]
    return Fix(
        priority["criterion"],
        findings[priority["criterion"]]["title"],
        priority["why"],
        rows[0].get("kegiatan", "") if rows else "",
    )


def group(plans: Sequence[Judged]) -> tuple[Village, ...]:
    """The villages of a folder, by kabupaten, kecamatan and name; plans that do not name their village stand alone, last."""
    named: dict[str, list[Judged]] = defaultdict(list)
    alone: list[Village] = []
    for plan in plans:
        if plan.village:
            named[_key(plan.village)].append(plan)
        else:
            alone.append(Village("", plan.subdistrict, plan.district, (plan.entry,)))
    villages = [_village(members) for same_name in named.values() for members in _by_place(same_name)]
    villages.sort(key=lambda v: (_key(v.district), _key(v.subdistrict), _key(v.name), v.entries[0].file))
    return (*villages, *sorted(alone, key=lambda v: v.entries[0].file))


def _by_place(plans: Sequence[Judged]) -> list[list[Judged]]:
    """Plans of one village name, parted by kecamatan and kabupaten; one that leaves these out joins where only one is meant."""
    places: list[tuple[dict[str, str], list[Judged]]] = []
    for plan in sorted(plans, key=lambda p: (not p.subdistrict, not p.district, p.entry.file)):
        own = {"subdistrict": _key(plan.subdistrict), "district": _key(plan.district)}
        fitting = [place for place in places if all(not own[k] or not place[0][k] or own[k] == place[0][k] for k in own)]
        if len(fitting) == 1:
            known, members = fitting[0]
            members.append(plan)
            known.update({k: known[k] or own[k] for k in own})
        else:
            places.append((own, [plan]))
    return [members for _, members in places]


def _village(plans: Sequence[Judged]) -> Village:
    """One plan counts for each kind and period: not a draft where there is a final one, best read, most rows, first by name."""
    ordered = sorted(
        plans, key=lambda p: (p.entry.draft is True, _QUALITY[p.entry.quality], p.entry.unread, -p.entry.rows, p.entry.file)
    )
    main: dict[tuple[str, str], Entry] = {}
    others = []
    for plan in ordered:
        key = (plan.entry.kind, plan.entry.years)
        if key in main:
            others.append(plan.entry)
        else:
            main[key] = plan.entry
    entries = tuple(main[key] for key in sorted(main, key=lambda key: (key[0] != "rpjmdes", key)))
    return Village(
        ordered[0].village,
        next((p.subdistrict for p in ordered if p.subdistrict), ""),
        next((p.district for p in ordered if p.district), ""),
        entries,
        tuple(sorted(others, key=lambda e: e.file)),
    )


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)
