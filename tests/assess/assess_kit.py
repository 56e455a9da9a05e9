"""Small plans and matches made by hand, so that judging is tested without reading or matching."""

from __future__ import annotations

from dataclasses import replace

from irmcheck.assess.view import View, build_view
from irmcheck.catalogue.rules import ActivityType, Catalogue, Criterion, EvidenceRule, Hazard
from irmcheck.model import (
    Activity,
    Document,
    Identity,
    Match,
    Passage,
    Place,
    Plan,
    PlanKind,
    Section,
    SectionKind,
    Stance,
    Status,
    TableKind,
    Volume,
)  # fmt: skip

HAZARDS = {
    "kekeringan": Hazard("kekeringan", "Kekeringan", ("kering",)),
    "banjir": Hazard("banjir", "Banjir", ("banjir",)),
}


def catalogue(types: tuple[ActivityType, ...] = (), criteria: tuple[Criterion, ...] = ()) -> Catalogue:
    return Catalogue(criteria, {}, {t.id: t for t in types}, HAZARDS, {}, {}, {}, "0" * 64)


def activity(row: int, name: str, **fields: object) -> Activity:
    base = Activity(row, Place(page=9, section="Matriks", table=1, row=row), name)
    return replace(base, **fields)  # type: ignore[arg-type]


def costed(row: int, name: str) -> Activity:
    return activity(
        row, name, location="Dusun II", volume=Volume("3 unit", 3, "unit"), cost=1_000_000, sources=("DD",), target="12 KK"
    )


class PlanBuilder:
    """Collects passages and matches; `text` marks concepts by the words themselves."""

    def __init__(self, kind: PlanKind = PlanKind.RPJMDES) -> None:
        self.kind = kind
        self.sections: list[Section] = []
        self.passages: list[Passage] = []
        self.matches: list[Match] = []
        self.activities: list[Activity] = []

    def text(
        self,
        words: str,
        section: SectionKind,
        *concepts: tuple[str, str],
        stance: Stance = Stance.STATEMENT,
        page: int | None = 3,
        **fields: object,
    ) -> int:
        """A passage; `concepts` are (concept, the words in it that mean it)."""
        index = next((i for i, s in enumerate(self.sections) if s.kind is section), None)
        if index is None:
            self.sections.append(Section(section.value, section, 1, (0, 0), path=section.value))
            index = len(self.sections) - 1
        passage = Passage(words, "prose", index, Place(page=page, section=section.value))
        self.passages.append(replace(passage, **fields))  # type: ignore[arg-type]
        here = len(self.passages) - 1
        for concept, part in concepts:
            start = words.index(part)
            self.matches.append(Match(concept, here, start, start + len(part), (0, len(words)), stance))
        return here

    def row(self, one: Activity, *concepts: tuple[str, str]) -> None:
        """An activity and its name cell."""
        self.activities.append(one)
        self.text(
            one.name, SectionKind.MATRIX, *concepts, stance=Stance.COMMITMENT, page=9, kind="cell", role="kegiatan",
            table_kind=TableKind.MATRIX, activity=one.row, row_key=(1, one.row),
        )  # fmt: skip

    def plan(self) -> Plan:
        document = Document("contoh.pdf", "0" * 64, "pdf", ())
        identity = Identity(self.kind, village="Contoh", year_start=2026, year_end=2026)
        return Plan(document, identity, tuple(self.sections), (), tuple(self.activities), tuple(self.passages))

    def view(self, rules: Catalogue | None = None) -> View:
        return build_view(self.plan(), self.matches, rules or catalogue(), {}, {})


def rule(kind: str, grants: Status = Status.MET, **params: object) -> EvidenceRule:
    return EvidenceRule(kind, params, grants, "alasan uji")


def criterion(*rules: EvidenceRule, **fields: object) -> Criterion:
    base = Criterion("PRB-99", "Uji", "PRB", "prb", "sosial", "tahap", 2, ("rpjmdes", "rkpdes"), "?", "!", rules)
    return replace(base, **fields)  # type: ignore[arg-type]
