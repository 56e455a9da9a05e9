"""What the dana desa checks share: the plan, the pack of the year and how a row is held against an item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from irmcheck.catalogue.rules import Catalogue, FundItem, Pack
from irmcheck.model import Activity, Plan, Tag

FUND = "DD"  # the label of dana desa among Activity.sources (rules/lexicon/sumber_dana.yaml)


@dataclass(frozen=True, slots=True)
class Case:
    """A plan held against one pack. `words` is rules/lexicon/dana_desa.yaml; `indicative` marks a plan of several years."""

    plan: Plan
    tags: Mapping[int, Tag]
    concepts: Mapping[int, frozenset[str]]
    pack: Pack
    catalogue: Catalogue
    words: Mapping[str, Any]
    indicative: bool = False

    def from_fund(self, activity: Activity) -> bool:
        """Is the row paid from dana desa, alone or with other sources?"""
        return FUND in activity.sources

    def holds(self, item: FundItem, activity: Activity) -> bool:
        """Does the row belong to an item: by type, pillar or words, with the needed words and none of the excluded ones?"""
        tag = self.tags.get(activity.row, Tag(activity.row))
        there = self.concepts.get(activity.row, frozenset())
        if not (set(item.types) & set(tag.types) or set(item.pillars) & set(tag.pillars) or there & set(item.concepts)):
            return False
        return not there & set(item.exclude) and (not item.needs or bool(there & set(item.needs)))

    def earmarks(self) -> dict[str, dict[str, Any]]:
        """The year's shares by key, each with its title and the concepts that recognise its rows (dana_desa.yaml `porsi`)."""
        known = self.words["porsi"]
        return {key: {"judul": key, **known.get(key, {}), **share} for key, share in self.pack.earmarks.items()}

    def source(self, key: str) -> str:
        """The printed name of a regulation, by default of the pack's first; "" when the catalogue does not hold it."""
        regulation = self.catalogue.regulations.get(key or next(iter(self.pack.regulations), ""))
        return regulation.name if regulation else ""

    def say(self, message: str, item: FundItem, **values: object) -> str:
        """A sentence of the lexicon about an item of the pack."""
        known = {"fokus": item.title, "tahun": self.pack.year, "aturan": self.source(item.regulation)}
        return str(self.words["pesan"][message]).format(**{**known, **values})

    def sure(self, text: str, certain: bool) -> str:
        """`text`, with the sentence that says so where the rule behind it is not certain."""
        return text if certain else f"{text} {self.words['pesan']['belum_pasti']}"
