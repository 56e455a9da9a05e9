"""Which activity rows a `kegiatan` rule means: by type, words, pillar, hazard and the fields they must have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from irmcheck.assess.view import RowView, View
from irmcheck.model import Activity

FIELDS: Mapping[str, Callable[[Activity], object]] = {
    "lokasi": lambda a: a.location.strip(" -"),
    "volume": lambda a: a.volume and a.volume.text.strip(" -0"),
    "biaya": lambda a: a.cost,
    "sumber": lambda a: a.sources,
    "sasaran": lambda a: a.target.strip(" -"),
    "tahun": lambda a: a.years or a.schedule.strip(" -"),
}


def as_list(value: Any) -> list[Any]:
    """A YAML value that may be one thing or a list of things."""
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def groups_of(value: Any) -> list[frozenset[str]]:
    """`dengan`: a flat list is one any-of group; a list of lists is several groups that must all be there."""
    items = as_list(value)
    if not items:
        return []
    if all(isinstance(item, str) for item in items):
        return [frozenset(items)]
    return [frozenset(as_list(item)) for item in items]


@dataclass(frozen=True, slots=True)
class RowTest:
    """The params of a `kegiatan` rule, read once. An empty set asks for nothing."""

    types: frozenset[str]
    words: frozenset[str]
    pillars: frozenset[str]
    hazards: frozenset[str]
    sources: frozenset[str]
    unwanted: frozenset[str]
    needed: list[frozenset[str]]
    fields: list[str]
    bidang: list[int]
    wide: bool  # words are sought in the whole row, not in its name only
    own_row: bool  # `needed` must stand in the row itself, not in the problem it answers or what is said of its place
    early: int | None  # it starts in one of the first so many years

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> RowTest:
        """Read the params as written in the card."""

        def named(key: str) -> frozenset[str]:
            return frozenset(as_list(params.get(key)))

        return cls(
            types=named("jenis"),
            words=named("cari"),
            pillars=named("pilar"),
            hazards=named("bahaya"),
            sources=named("sumber"),
            unwanted=named("bukan"),
            needed=groups_of(params.get("dengan")),
            fields=as_list(params.get("punya")),
            bidang=as_list(params.get("bidang")),
            wide=bool(params.get("luas")),
            own_row=bool(params.get("sebaris")),
            early=int(params["awal"]) if "awal" in params else None,
        )

    def fits(self, view: View, row: RowView) -> bool:
        """Does an activity row satisfy them all? A row that only repeats a title never does."""
        if row.activity.row in view.hollow or not self._is_meant(view, row):
            return False
        around = row.row if self.own_row else row.row | row.problem | row.place
        if not all(around & group for group in self.needed) or self.unwanted & row.own:
            return False
        return self._is_complete(view, row.activity)

    def _is_meant(self, view: View, row: RowView) -> bool:
        tag = view.tags.get(row.activity.row)
        if (self.types or self.words) and not (
            (tag and not self.types.isdisjoint(tag.types)) or self.words & (row.row if self.wide else row.name)
        ):
            return False
        if self.pillars and not (tag and self.pillars & set(tag.pillars)):
            return False
        return not self.hazards or bool(tag and self.hazards & set(tag.hazards))

    def _is_complete(self, view: View, activity: Activity) -> bool:
        start = view.plan.identity.year_start
        if self.early is not None and activity.years and start is not None and min(activity.years) >= start + self.early:
            return False
        if not all(FIELDS[name](activity) for name in self.fields):
            return False
        if self.sources and not self.sources & set(activity.sources):
            return False
        return not self.bidang or activity.bidang_number in self.bidang
