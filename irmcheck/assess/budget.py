"""The money lens: rupiah and share by pillar, source, bidang and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from irmcheck.model import Activity, Budget, Plan, Share, Tag

PILLARS = ("prb", "api", "mer")


def lens(plan: Plan, tags: Mapping[int, Tag]) -> Budget:
    """Sum the plan's activity rows. A row of several sources is counted once, under its sources joined by " + "."""
    rows = plan.activities
    costed = [a for a in rows if a.cost is not None]
    total = sum(a.cost or 0 for a in costed) if costed else None
    by_pillar = [(p, [a for a in rows if p in _tag(tags, a).pillars]) for p in PILLARS]
    by_pillar.append(("prt", [a for a in rows if _tag(tags, a).pillars]))
    return Budget(
        total=total,
        by_source=_shares(((" + ".join(a.sources) or "?", a) for a in rows), total),
        by_pillar=tuple(_share(key, members, total) for key, members in by_pillar),
        by_bidang=_shares(((a.bidang or "?", a) for a in rows), total),
        by_year=_by_year(costed, total),
        checks=plan.checks,
        without_cost=tuple(a.row for a in rows if not a.cost),
        without_source=tuple(a.row for a in rows if not a.sources),
    )


def _tag(tags: Mapping[int, Tag], activity: Activity) -> Tag:
    return tags.get(activity.row, Tag(activity.row))


def _share(key: str, members: list[Activity], total: int | None) -> Share:
    cost = sum(a.cost or 0 for a in members)
    return Share(key, cost, len(members), round(100 * cost / total, 2) if total else None)


def _shares(pairs: Iterable[tuple[str, Activity]], total: int | None) -> tuple[Share, ...]:
    groups: dict[str, list[Activity]] = defaultdict(list)
    for key, activity in pairs:
        groups[key].append(activity)
    return tuple(_share(key, members, total) for key, members in groups.items())


def _by_year(costed: list[Activity], total: int | None) -> tuple[Share, ...]:
    """Rupiah by year, a row's cost spread evenly over the years it is ticked in (RPJMDes seldom state it per year)."""
    sums: dict[int, float] = defaultdict(float)
    counts: dict[int, int] = defaultdict(int)
    for activity in costed:
        for year in activity.years:
            sums[year] += (activity.cost or 0) / len(activity.years)
            counts[year] += 1
    return tuple(
        Share(str(year), round(sums[year]), counts[year], round(100 * sums[year] / total, 2) if total else None)
        for year in sorted(sums)
    )
