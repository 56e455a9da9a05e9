"""The nouns that travel through the stages: Document -> Plan -> Match -> Finding -> Assessment.

All are frozen; no stage changes what an earlier one made. Data values that facilitators meet in rules/ are Indonesian
(section kinds, column roles); everything else is English.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from irmcheck.errors import Problem

# --------------------------------------------------------------------------------------------- load: the Document


@dataclass(frozen=True, slots=True)
class Line:
    """Where a run of a block's text stands: from offset `start` of the text on, `page` and `box` (x0, y0, x1, y1).

    Points from the top left corner of the page as displayed; `box` is None where the format has no positions.
    """

    start: int
    page: int | None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, text box or footnote, its layout repaired (one line, words joined).

    `page` is that of its first character; a paragraph that runs over a page break has `lines` on both. `level` is a
    heading level known from the file itself (Word style), else None. `number` is numbering text computed by Word
    ("3.2", "a."), which is not part of `text`. `tabs` keeps tab-separated parts where the file has them.
    """

    text: str
    page: int | None
    kind: str = "paragraph"  # paragraph | heading | list | textbox | footnote
    level: int | None = None
    number: str = ""
    bold: bool = False
    size: float | None = None
    centred: bool = False
    lines: tuple[Line, ...] = ()
    tabs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A grid as read from the file. `rows[r][c]` is the cell's text, "" when empty, None when merged away.

    A merged cell stands once, at its top left corner; `spans` maps (row, column) of such corners to (rows, columns)
    covered. `number` counts tables through the document from 1. Rows and columns hidden in a workbook are left out, `hidden`
    says how many. `rows_at` gives each row's number in its sheet (1-based, workbooks only).
    """

    rows: tuple[tuple[str | None, ...], ...]
    page: int | None
    number: int
    box: tuple[float, float, float, float] | None = None
    spans: dict[tuple[int, int], tuple[int, int]] | None = None
    ruled: bool = True
    hidden: int = 0
    rows_at: tuple[int, ...] = ()
    columns_x: tuple[float, ...] = ()  # column borders in points, for stitching over pages
    caption: str = ""


class Quality(StrEnum):
    """How well a page or plan could be read."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class Page:
    """A page (or sheet) and how it was read. `source`: text | ocr | unread | blank | hidden. `label` is a sheet's name."""

    number: int
    source: str = "text"
    quality: Quality = Quality.GOOD
    reason: str = ""
    label: str = ""
    width: float | None = None
    height: float | None = None
    confidence: float | None = None  # mean OCR word confidence, 0-100


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: `items` in reading order. `pages` is () where the format knows none (most DOCX).

    `unit` names what a page number means: page | approximate (page breaks that Word left) | sheet.
    """

    file: str
    sha256: str
    format: str  # pdf | docx | xlsx | xls | ods | csv | doc | image
    items: tuple[Block | Table, ...]
    pages: tuple[Page, ...] = ()
    unit: str = "page"
    properties: tuple[tuple[str, str], ...] = ()
    running: tuple[str, ...] = ()  # texts of running headers and footers that were cut, for identity
    problems: tuple[Problem, ...] = ()


# --------------------------------------------------------------------------------------------- structure: the Plan


class SectionKind(StrEnum):
    """What a chapter is for; decides what a sentence in it means."""

    LAW = "hukum"
    CONTENTS = "daftar_isi"
    PREFACE = "pengantar"
    PROCESS = "proses"
    PROFILE = "profil"
    PROBLEMS = "masalah"
    VISION = "visi"
    POLICY = "kebijakan"
    PROGRAMME = "program"
    MATRIX = "matriks"
    EVALUATION = "evaluasi"
    BUDGET = "biaya"
    ANNEX = "lampiran"
    ESTIMATE = "rincian"  # cost estimates and the APBDes bound in with a plan: another document's words
    CLOSING = "penutup"
    UNKNOWN = "tidak_dikenal"


class TableKind(StrEnum):
    """What a table holds. Only MATRIX rows are the plan's own activities."""

    MATRIX = "matriks"
    PROPOSALS = "usulan"  # DU-RKP: asked of the kabupaten
    EVALUATION = "evaluasi"
    ESTIMATE = "rab"
    PROBLEMS = "masalah"
    INCOME = "pendapatan"
    ATTENDANCE = "hadir"
    TEAM = "tim"
    SEASONS = "kalender"
    EVENTS = "kejadian"
    CONTENTS = "daftar_isi"
    SIGNATURE = "tanda_tangan"
    DATA = "data"  # profile figures and everything else


class PlanKind(StrEnum):
    """Kind of document (JSON contract)."""

    RPJMDES = "rpjmdes"
    RKPDES = "rkpdes"
    APBDES = "apbdes"
    NOT_A_PLAN = "not_a_plan"
    BLANK_FORM = "blank_form"
    UNKNOWN = "unknown"

    @property
    def is_plan(self) -> bool:
        """True for kinds that can be judged."""
        return self in (PlanKind.RPJMDES, PlanKind.RKPDES, PlanKind.APBDES)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, as shown to people. `table` counts from 1 in the document, `row` from 1 in the table's body."""

    page: int | None = None
    section: str = ""
    table: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter or sub-chapter. `items` is the half-open range of document items it covers, heading included.

    `path` is the chain of titles from the chapter down, for people.
    """

    title: str
    kind: SectionKind
    level: int
    items: tuple[int, int]
    page: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A body row of a stitched table. `kind`: data | title | subtotal | account (a sub-row of the activity above).

    `number` counts body rows of the stitched table from 1, in printed order, title and subtotal rows included.
    """

    cells: tuple[str, ...]
    page: int | None
    number: int
    kind: str = "data"


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table stitched over pages. `roles[c]` is the meaning of column c (rules/lexicon/kolom.yaml) or ""."""

    number: int
    title: str
    kind: TableKind
    header: tuple[str, ...]
    roles: tuple[str, ...]
    rows: tuple[Row, ...]
    section: int
    page: int | None
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume as printed, and its number and unit where both are clear."""

    text: str
    value: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """One planned activity. `row` counts activities of the plan from 1; money in whole rupiah; None where not stated."""

    row: int
    place: Place
    name: str
    code: str | None = None
    bidang: str = ""
    bidang_number: int | None = None
    subbidang: str = ""
    location: str = ""
    volume: Volume | None = None
    target: str = ""
    schedule: str = ""
    years: tuple[int, ...] = ()
    cost: int | None = None
    sources: tuple[str, ...] = ()
    sources_text: str = ""
    pattern: str = ""
    other: tuple[tuple[str, str], ...] = ()  # further cells by role: pelaksana, sdgs, keterangan, ...
    listed: bool = False  # from a bulleted list, not a matrix: no place, volume or cost can be expected


@dataclass(frozen=True, slots=True)
class SumCheck:
    """A stated total beside the re-added one, in rupiah; `what` names it for people."""

    what: str
    stated: int
    computed: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document of which village this is. `reasons` says why the kind was concluded, in Indonesian."""

    kind: PlanKind
    village: str | None = None
    subdistrict: str | None = None
    district: str | None = None
    province: str | None = None
    year_start: int | None = None
    year_end: int | None = None
    draft: bool | None = None
    reasons: tuple[str, ...] = ()
    foreign_names: tuple[str, ...] = ()
    stale_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit of text to match: a paragraph, a heading or a table cell.

    `role` and `table_kind` are set for cells; `activity` is the row of the Activity a matrix cell belongs to. `row_key`
    joins the cells of one table row. `lines` leads back from a character to its page.
    """

    text: str
    kind: str  # prose | list | heading | cell
    section: int
    place: Place
    role: str = ""
    table_kind: TableKind | None = None
    activity: int | None = None
    row_key: tuple[int, int] | None = None  # (table number, row number)
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A document understood as a village plan."""

    document: Document
    identity: Identity
    sections: tuple[Section, ...]
    tables: tuple[PlanTable, ...]
    activities: tuple[Activity, ...]
    passages: tuple[Passage, ...]
    checks: tuple[SumCheck, ...] = ()
    stated_total: int | None = None
    problems: tuple[Problem, ...] = ()


# --------------------------------------------------------------------------------------------- match: Matches


class Stance(StrEnum):
    """What a hit says, from its place and the trigger words around it."""

    COMMITMENT = "commitment"  # the plan says it will be done
    STATEMENT = "statement"  # it is so
    PROBLEM = "problem"  # it is lacking or broken, or it is a trouble
    ABSENT = "absent"  # said not to exist
    CONDITIONAL = "conditional"
    PAST = "past"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Match:
    """A concept found in a passage.

    `concept` is the id of a phrase set in the catalogue; `start`/`end` are offsets in the passage's text, `sentence` the
    offsets of the sentence or cell around it. `phrase` is the rule phrase that matched, `reason` why the stance was
    concluded (Indonesian), `guessed` True when a word's spelling was repaired.
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
    cue: str = ""  # what the trigger words alone say: affirmed | absent | insufficient | planned | conditional | law | past


# --------------------------------------------------------------------------------------------- assess: Findings


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
    """A remark on dana desa: a fit, an opportunity or a warning ("perlu dicek"). `activity` where it is about a row."""

    text: str
    activity: int | None = None
    focus: str = ""
    criterion: str = ""
    regulation: str = ""
    certain: bool = False


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
