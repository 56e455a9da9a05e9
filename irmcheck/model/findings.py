"""match and assess: Matches, Findings and the Assessment that reports are made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from irmcheck.errors import Problem
from irmcheck.model.document import Quality
from irmcheck.model.plan import Place, Plan, SumCheck


class Stance(StrEnum):
    """What a hit says, from its place and the trigger words around it."""

    COMMITMENT = "commitment"  # the plan says it will be done
    STATEMENT = "statement"  # it is so
    PROBLEM = "problem"  # it is lacking or broken, or it is a trouble
    ABSENT = "absent"  # said not to exist
    CONDITIONAL = "conditional"
    PAST = "past"
    LAW = "law"


class Match(NamedTuple):
    """A concept found in a passage.

    `concept` is the id of a phrase set in the catalogue; `start`/`end` are offsets in the passage's text, `sentence` the
    offsets of the sentence or cell around it. `phrase` is the rule phrase that matched, `reason` why the stance was
    concluded (Indonesian), `guessed` True when a word's spelling was repaired. A tuple, for a plan holds many ten thousands.
    """

    concept: str
    passage: int
    start: int
    end: int
    sentence: tuple[int, int]
    stance: Stance
    reason: str = ""
    phrase: str = ""
    guessed: bool = False
    cue: str = ""  # what trigger words alone say: affirmed | absent | insufficient | planned | conditional | aside | law | past


class Status(StrEnum):
    """Verdict on a criterion (JSON contract)."""

    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote with its place; `counts` says whether it supports the verdict, `why` says why or why not."""

    quote: str
    place: Place
    stance: Stance
    counts: bool
    why: str = ""
    activity: int | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal or technical basis as shown: `article` is "" unless its certainty allows it to be printed."""

    regulation: str
    article: str = ""
    verified: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SuggestedActivity:
    """An activity row a village could add. `code` is the kode kegiatan or ""."""

    name: str
    code: str = ""
    unit: str = ""
    implementer: str = ""
    source_hint: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one criterion."""

    id: str
    title: str
    group: str
    pillar: str
    aspect: str
    weight: int
    status: Status
    reason: str
    evidence: tuple[Evidence, ...] = ()
    advice: str = ""
    basis: tuple[Basis, ...] = ()
    suggested: tuple[SuggestedActivity, ...] = ()


@dataclass(frozen=True, slots=True)
class Tag:
    """What an activity row serves. `types` are the activity types it was recognised as, `why` one sentence for people."""

    activity: int
    pillars: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class HazardThread:
    """A hazard of the plan, the rows that answer it and what is one-sided about the answer."""

    id: str
    title: str
    real_problem: bool
    evidence: tuple[Evidence, ...] = ()
    activities: tuple[int, ...] = ()
    cost: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Rupiah of a part of the plan; `percent` of the total that is known, None when the total is."""

    key: str
    cost: int
    rows: int
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """The money lens, in whole rupiah. A row of two pillars counts in both, so pillars do not add up to the total."""

    total: int | None
    by_source: tuple[Share, ...] = ()
    by_pillar: tuple[Share, ...] = ()
    by_bidang: tuple[Share, ...] = ()
    by_year: tuple[Share, ...] = ()
    checks: tuple[SumCheck, ...] = ()
    without_cost: tuple[int, ...] = ()
    without_source: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FundNote:
    """A remark on dana desa: a fit, an opportunity or a warning ("perlu dicek").

    `activity` where it is about a row, `quote` and `place` where it is about the plan's own words.
    """

    text: str
    activity: int | None = None
    focus: str = ""
    criterion: str = ""
    regulation: str = ""
    certain: bool = False
    quote: str = ""
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class DanaDesa:
    """How the plan sits with the dana desa rules of its fiscal year; `known` False when no pack covers the year.

    `notes` are sentences about the year or the plan as a whole: what could not be checked, what to verify.
    """

    year: int | None
    known: bool
    regulation: str | None = None
    fit: tuple[FundNote, ...] = ()
    opportunities: tuple[FundNote, ...] = ()
    warnings: tuple[FundNote, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupScore:
    """Score 0-100 of a group, pillar or aspect; None when nothing in it could be judged."""

    key: str
    score: float | None
    met: int = 0
    partial: int = 0
    missing: int = 0
    not_applicable: int = 0
    undetermined: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole in a few figures. `integrated` is True when each pillar has a costed activity; None when rows are unread."""

    score: float | None
    band: str
    groups: tuple[GroupScore, ...]
    pillars: tuple[GroupScore, ...]
    aspects: tuple[GroupScore, ...]
    integrated: bool | None


@dataclass(frozen=True, slots=True)
class Priority:
    """One of the first fixes: the criterion, why first, and a row ready to paste, by column role."""

    criterion: str
    why: str
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueStamp:
    """Which rules were in force: pack year, hash over all rule files, ids changed or switched off by overlays."""

    year: int | None
    sha256: str
    overridden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything a report needs."""

    plan: Plan
    findings: tuple[Finding, ...]
    tags: tuple[Tag, ...]
    hazards: tuple[HazardThread, ...]
    budget: Budget
    dana_desa: DanaDesa
    summary: Summary
    priorities: tuple[Priority, ...]
    stamp: CatalogueStamp
    quality: Quality
    pages_unread: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
