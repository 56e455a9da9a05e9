"""What a catalogue consists of, as typed values. The loader (loader.py) makes them from YAML; nothing here reads files.

YAML keys are Indonesian because facilitators edit them; the loader holds the one mapping to these names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from irmcheck.model import Status


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase in the pattern language (rules/README.md) and where it is written."""

    text: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class PhraseSet:
    """A concept: phrases that mean it, and look-alikes that cancel a hit they overlap (`bukan`).

    `part_of` names the concept whose own phrases these are, apart from the concepts it takes in whole (see Book.members).
    """

    id: str
    phrases: tuple[Phrase, ...]
    negatives: tuple[Phrase, ...] = ()
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """One way to show a criterion. `kind` is one of the closed set in assess/kinds; `params` its arguments as written.

    `grants` is the status reached when it holds (met or partial); `why` tells people why such evidence counts.
    """

    kind: str
    params: Mapping[str, Any]
    grants: Status
    why: str = ""
    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """When a criterion applies: any of `rules` holds; otherwise not applicable for the reason `otherwise`."""

    rules: tuple[EvidenceRule, ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A basis by key into regulations.yaml; `article` as written there or ""."""

    regulation: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested activity row; text may hold {bahaya}, {dusun}, filled from the plan."""

    name: str
    code: str = ""
    unit: str = ""
    implementer: str = ""
    source_hint: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A small invented piece of a plan and the status it must get.

    `sentences` are (section kind, text); `headings` likewise. `rows` are table rows by column role: activity rows of the
    matrix, or of the table kind named by the extra key `tabel`. `year` is the plan's first year, None for any.
    `trap` is "" or says which trap it is.
    """

    expected: Status
    sentences: tuple[tuple[str, str], ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()
    plan_kind: str = ""
    trap: str = ""
    line: int = 0
    headings: tuple[tuple[str, str], ...] = ()
    year: int | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One IRM criterion. See research basis in rules/README.md; fields mirror the YAML card."""

    id: str
    title: str
    group: str
    pillar: str
    aspect: str
    stage: str
    weight: int
    plan_kinds: tuple[str, ...]
    question: str
    why: str
    evidence: tuple[EvidenceRule, ...]
    condition: Condition | None = None
    terms: Mapping[str, PhraseSet] = field(default_factory=dict)
    advice: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    basis: tuple[Citation, ...] = ()
    pkd: tuple[int, ...] = ()
    destana: tuple[int, ...] = ()
    ease: int = 2  # 1 hard .. 3 easy to put right, for the order of first fixes
    examples: tuple[Example, ...] = ()
    scored: bool = True
    file: str = ""


@dataclass(frozen=True, slots=True)
class TypeExample:
    """An activity row by column role, and whether it is of the type it stands under."""

    row: Mapping[str, str]
    expected: bool
    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class ActivityType:
    """A kind of activity row, recognised by what it does (rules/lexicon/kegiatan.yaml).

    A row is of this type when any of `find` hits its name (or what `where` says), every set in `with_all` hits the row
    or a problem it answers, and none of `exclude` hits its name. `answers` are hazards it can answer, `always` hazards it
    answers by its nature; `when_named`: only where the row or its problem names the hazard;
    `fallback`: only where no other type gives the row a pillar; `only_informs`: such a row tells of a hazard, a map or a
    study, and does not lessen it.
    """

    id: str
    title: str
    find: tuple[str, ...]
    pillars: tuple[str, ...]
    with_all: tuple[tuple[str, ...], ...] = ()
    exclude: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    where: str = "nama"  # nama | sasaran (name and target) | baris (the whole row) | masalah (the problem it answers)
    when_named: bool = False
    fallback: bool = False
    only_informs: bool = False
    why: str = ""
    examples: tuple[TypeExample, ...] = ()
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Hazard:
    """A hazard family: `concept` names it, `problem` is wording that shows it as felt in this village."""

    id: str
    title: str
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Regulation:
    """A law or guide that may be cited. `grade`: P text read, Q quoted with article, R reported, X not found.

    `articles` maps an article as printed to its own grade, `summaries` to what it says in a few words; `caution` is printed
    beside every citation.
    """

    key: str
    name: str
    title: str
    year: int | None
    topic: str
    grade: str
    articles: Mapping[str, str] = field(default_factory=dict)
    summaries: Mapping[str, str] = field(default_factory=dict)
    caution: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class FundItem:
    """A focus, eligible item or prohibition of a fiscal year; `certain` is its certainty.

    A row belongs to it when it is of one of `types`, serves one of `pillars` or holds one of `concepts`, and holds one of `needs`
    where these are given, and none of `exclude`. A prohibition with a `limit` (rupiah) concerns only rows that cost more.
    `regulation` is the key of its own source where that is not the pack's first.
    """

    id: str
    title: str
    types: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    limit: int | None = None
    certain: bool = False
    regulation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """Dana desa rules of one fiscal year. Unknown numbers are None and are said to be unknown."""

    year: int
    known: bool
    regulations: tuple[str, ...] = ()
    focus: tuple[FundItem, ...] = ()
    eligible: tuple[FundItem, ...] = ()
    prohibited: tuple[FundItem, ...] = ()
    earmarks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    published: str = ""  # ISO date of the focus regulation
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All rules in force. `lexicon` holds the raw mappings of rules/lexicon/*.yaml by file stem for the rooms that own them."""

    criteria: tuple[Criterion, ...]
    concepts: Mapping[str, PhraseSet]
    activity_types: Mapping[str, ActivityType]
    hazards: Mapping[str, Hazard]
    lexicon: Mapping[str, Any]
    regulations: Mapping[str, Regulation]
    packs: Mapping[int, Pack]
    sha256: str
    overridden: tuple[str, ...] = ()

    def pack(self, year: int | None) -> Pack | None:
        """The pack of a fiscal year, or None where no rules of that year are known."""
        return self.packs.get(year) if year is not None else None
