"""The matrix of a folder: villages x criteria, and what villages can learn from each other. Data here, drawing in templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from irmcheck.report.view import PILLARS, STATUS_ORDER
from irmcheck.report.words import Words


@dataclass(frozen=True, slots=True)
class Criterion:
    """A column of the matrix."""

    id: str
    title: str
    group: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A first fix of a plan: the criterion, why it matters, an activity that could be added ("" where none is known)."""

    criterion: str
    title: str
    why: str
    activity: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A judged plan. `report` is the name of its HTML report, "" where none was asked; money in whole rupiah."""

    file: str
    report: str
    kind: str
    years: str
    year: int
    draft: bool | None
    quality: str
    unread: int
    score: float | None
    band: str
    integrated: bool | None
    statuses: Mapping[str, str]
    total: int | None
    money: Mapping[str, int]
    rows: int
    fixes: tuple[Fix, ...]
    strong: tuple[str, ...]
    foreign: tuple[str, ...]

    def count(self, status: str) -> int:
        """Criteria with this status."""
        return sum(one == status for one in self.statuses.values())

    def percent(self, pillar: str) -> float | None:
        """A pillar's share of all money, None where the total is not known."""
        return 100 * self.money.get(pillar, 0) / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Village:
    """The plans of one village. `entries` are those that count; `others` are further files and drafts of the same plans."""

    name: str
    subdistrict: str
    district: str
    entries: tuple[Entry, ...]
    others: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """How a neighbour did it: its words, where they stand, and the rupiah of the activity row where they are one."""

    village: str
    where: str
    plan: str
    quote: str
    place: str
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A criterion many plans miss. Counts are of the plans it could be judged in; `advice` is the rule's own suggestion."""

    criterion: Criterion
    missing: int
    partial: int
    judged: int
    examples: tuple[Example, ...]
    advice: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage or row that stands in the plans of two villages; pages as told to people, rupiah for a row."""

    text: str
    page_a: str = ""
    page_b: str = ""
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Two plans of different villages that share wording or rows. `share` is the percent of the shorter one's own wording."""

    village_a: str
    file_a: str
    village_b: str
    file_b: str
    passages: int
    share: float
    rows: int
    shown: tuple[Shared, ...]
    shown_rows: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A file that has no row in the matrix and why."""

    file: str
    text: str


@dataclass(frozen=True)
class Matrix:
    """Everything the folder's results are drawn from. All lists are in a fixed order, however the plans were checked."""

    folder: str
    criteria: tuple[Criterion, ...]
    villages: tuple[Village, ...]
    gaps: tuple[Gap, ...] = ()
    copies: tuple[Copy, ...] = ()
    failed: tuple[Note, ...] = ()
    unjudged: tuple[Note, ...] = ()
    skipped: tuple[Note, ...] = ()

    @cached_property
    def lines(self) -> tuple[tuple[Village, Entry], ...]:
        """The rows of the matrix."""
        return tuple((village, entry) for village in self.villages for entry in village.entries)

    @cached_property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """Groups of criteria in order, with the number of columns of each."""
        return tuple(Counter(one.group for one in self.criteria).items())

    def counts(self, criterion: str) -> dict[str, int]:
        """How many plans have each status for a criterion, in the order statuses are told."""
        found = Counter(entry.statuses.get(criterion) for _, entry in self.lines)
        return {status.value: found[status.value] for status in STATUS_ORDER}

    @cached_property
    def average(self) -> float | None:
        """Mean score of the plans that have one."""
        scores = [entry.score for _, entry in self.lines if entry.score is not None]
        return sum(scores) / len(scores) if scores else None

    @cached_property
    def integrated(self) -> int:
        """Plans in which every pillar has an activity with money."""
        return sum(entry.integrated is True for _, entry in self.lines)

    @cached_property
    def money(self) -> tuple[tuple[str, int, int], ...]:
        """Rupiah of each pillar over all plans, and in how many plans it has any."""
        entries = [entry for _, entry in self.lines]
        return tuple((p, sum(e.money.get(p, 0) for e in entries), sum(bool(e.money.get(p)) for e in entries)) for p in PILLARS)

    @cached_property
    def total(self) -> int:
        """Rupiah of all plans whose total is known."""
        return sum(entry.total or 0 for _, entry in self.lines)

    @cached_property
    def foreign(self) -> tuple[tuple[Village, Entry], ...]:
        """Plans that name other places where their own name should stand."""
        return tuple((village, entry) for village, entry in self.lines if entry.foreign)


def village_name(village: Village, words: Words) -> str:
    """How a village is called; its first file's name where the plan does not tell."""
    if village.name:
        return words.say("matriks.desa", n=village.name)
    files = (*village.entries, *village.others)
    return files[0].file.rsplit("/", 1)[-1] if files else ""


def where(village: Village, words: Words) -> str:
    """Kecamatan and kabupaten, as far as known."""
    parts = (("judul.kecamatan", village.subdistrict), ("judul.kabupaten", village.district))
    return ", ".join(words.say(key, n=name) for key, name in parts if name)


def plan_name(entry: Entry, words: Words) -> str:
    """Kind and years of a plan, and that it is a draft where it says so."""
    parts: Iterable[str] = (
        words.label("jenis", entry.kind),
        entry.years,
        f"({words.say('judul.draf').lower()})" if entry.draft else "",
    )
    return " ".join(part for part in parts if part)
