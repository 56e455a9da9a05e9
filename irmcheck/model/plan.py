"""structure: the Plan, a document understood as a village plan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from irmcheck.errors import Problem
from irmcheck.model.document import Document, Line


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
    rows_lost: bool = False  # no activity was read though a table looks like the matrix: what is not found may be there
