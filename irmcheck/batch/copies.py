"""Copied-plan alarm: wording and rows that two villages share and that are not common to many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from irmcheck.report.matrix import Copy, Shared

_HALF = 0.5  # of a passage's hashes must be in the other plan
_LEAST_PASSAGES, _LEAST_SHARE, _LEAST_ROWS = 4, 8.0, 4
_COMMON_SHARE, _COMMON_FLOOR, _COMMON_CEILING = 0.3, 3, 12  # villages; what more of them share is nobody's own
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A plan to compare: its village (an index that plans of one village share), names for people, its traces."""

    village: int
    village_name: str
    file: str
    traces: Mapping[str, Any]


@dataclass(slots=True)
class _Pair:
    hits: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))  # passage of a, of b -> equal hashes
    rows: list[tuple[int, int]] = field(default_factory=list)


def find_copies(sources: Sequence[Source], page: str) -> tuple[Copy, ...]:
    """Pairs of plans of different villages that share much, most first. `page` is how a page is told, with {n}."""
    villages = len({source.village for source in sources})
    common = min(_COMMON_CEILING, max(_COMMON_FLOOR, int(_COMMON_SHARE * villages)))
    pairs: dict[tuple[int, int], _Pair] = defaultdict(_Pair)
    for (a, at_a), (b, at_b) in _meetings(sources, "passages", common):
        pairs[a, b].hits[at_a, at_b] += 1
    for (a, at_a), (b, at_b) in _meetings(sources, "rows", common):
        pairs[a, b].rows.append((at_a, at_b))
    found = (_copy(sources[a], sources[b], pair, page) for (a, b), pair in sorted(pairs.items()))
    alarms = [one for one in found if one is not None]
    return tuple(sorted(alarms, key=lambda c: (-c.share, -c.rows, c.file_a, c.file_b)))


def _meetings(sources: Sequence[Source], part: str, common: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Places, as (plan, item), of one hash in plans of two villages, for hashes that few villages have."""
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, source in enumerate(sources):
        for at, item in enumerate(source.traces[part]):
            for value in item["h"] if part == "passages" else (item["h"],):
                places[value].append((number, at))
    for value in sorted(places):
        here = places[value]
        if 1 < len({sources[number].village for number, _ in here}) <= common:
            first = {number: (number, at) for number, at in reversed(here)}  # a plan may repeat itself
            for a, b in combinations(sorted(first), 2):
                if sources[a].village != sources[b].village:
                    yield first[a], first[b]


def _copy(a: Source, b: Source, pair: _Pair, page: str) -> Copy | None:
    in_a, in_b = a.traces["passages"], b.traces["passages"]
    shared = {
        at_a: at_b
        for (at_a, at_b), hits in sorted(pair.hits.items())
        if hits >= _HALF * min(len(in_a[at_a]["h"]), len(in_b[at_b]["h"]))
    }
    words = sum(in_a[at]["n"] for at in shared)
    own = min(sum(one["n"] for one in plan) for plan in (in_a, in_b))
    share = 100 * words / own if own else 0.0
    copied = len(shared) >= _LEAST_PASSAGES and share >= _LEAST_SHARE
    if not copied and len(pair.rows) < _LEAST_ROWS:
        return None
    longest = sorted(shared, key=lambda at: (-in_a[at]["n"], at))[:_SHOWN]
    dearest = sorted(pair.rows, key=lambda at: (-a.traces["rows"][at[0]]["cost"], at))[:_SHOWN]
    return Copy(
        a.village_name,
        a.file,
        b.village_name,
        b.file,
        len(shared),
        round(min(share, 100.0), 1),
        len(pair.rows),
        tuple(Shared(in_a[at]["t"], _page(in_a[at]["p"], page), _page(in_b[shared[at]]["p"], page)) for at in longest),
        tuple(Shared(a.traces["rows"][x]["t"], cost=a.traces["rows"][x]["cost"]) for x, _ in dearest),
    )


def _page(number: int | None, page: str) -> str:
    return "" if number is None else page.format(n=number)
