"""An assessment arranged for reading: what the templates, the workbook and the letter share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from irmcheck import __version__
from irmcheck.errors import Problem
from irmcheck.model import (
    Activity,
    Assessment,
    Basis,
    Document,
    Evidence,
    Finding,
    FundNote,
    GroupScore,
    HazardThread,
    Place,
    PlanTable,
    Priority,
    Share,
    Status,
    SumCheck,
    Tag,
)
from irmcheck.report.rows import RowTable, as_row, laid_out, matrix_of
from irmcheck.report.words import Words, ranges
from irmcheck.settings import Settings

STATUS_ORDER = (Status.MET, Status.PARTIAL, Status.MISSING, Status.UNDETERMINED, Status.NOT_APPLICABLE)
PILLARS = ("prb", "api", "mer")
_NEED = {Status.MISSING: 0, Status.PARTIAL: 1, Status.UNDETERMINED: 2, Status.MET: 3, Status.NOT_APPLICABLE: 4}
_MOST_FIXES = 5
_MOST_PLACES = 3
_MOST_QUOTES, _MOST_IDLE = 4, 2
_SAYS_SOMETHING = 20  # characters; shorter quotes are names or cells


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: `width` is 0-100 of the drawing, the figures are rupiah and percent of the plan."""

    label: str
    cost: int
    rows: int
    percent: float | None
    width: float


@dataclass(frozen=True, slots=True)
class Group:
    """A group of criteria with its findings in catalogue order."""

    key: str
    score: GroupScore | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """One of the first fixes with its finding and rows to paste."""

    finding: Finding
    why: str
    table: RowTable | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An activity that answers a hazard; `width` 0-100 compares its cost with the dearest answer."""

    activity: Activity
    width: float


@dataclass(frozen=True, slots=True)
class Strand:
    """A hazard, the activities that answer it and their money."""

    hazard: HazardThread
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A regulation, what is cited from it (certain or not, its articles), and the criteria that use it."""

    regulation: str
    articles: tuple[tuple[bool, tuple[str, ...]], ...]
    used: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """One assessment, ready to be written in one language. All lists are worked out once, when first asked for."""

    assessment: Assessment
    words: Words
    settings: Settings

    version = __version__

    @property
    def document(self) -> Document:
        """The file that was read."""
        return self.assessment.plan.document

    @property
    def judged(self) -> bool:
        """False for a file that is no plan: it has findings neither way."""
        return self.assessment.plan.identity.kind.is_plan or bool(self.assessment.findings)

    @cached_property
    def title(self) -> str:
        """Kind and village, as a heading."""
        identity = self.assessment.plan.identity
        kind = self.words.label("jenis", identity.kind.value)
        if identity.village:
            return self.words.say("judul.rencana", jenis=kind, desa=identity.village)
        if not self.judged:
            return kind
        return self.words.say("judul.rencana_tanpa_desa", jenis=kind)

    @cached_property
    def years(self) -> str:
        """The plan's years, or ""."""
        identity = self.assessment.plan.identity
        first, last = identity.year_start, identity.year_end
        if first and last and first != last:
            return self.words.say("judul.tahun", awal=first, akhir=last)
        return str(first or last or "")

    def place(self, place: Place) -> str:
        """A place in words."""
        return self.words.place(self.document, place)

    def places(self, evidence: Sequence[Evidence]) -> str:
        """Where pieces of evidence stand, each place once, three at most."""
        found = tuple(dict.fromkeys(self.place(one.place) for one in evidence))
        return "; ".join(found[:_MOST_PLACES])

    def criterion(self, finding: Finding) -> str:
        """The criterion's title in the report's language where the wording has it."""
        return str(self.words.strings.get("ukuran", {}).get(finding.id, finding.title))

    @cached_property
    def counts(self) -> tuple[tuple[Status, int], ...]:
        """How many findings have each status."""
        return tuple((status, sum(f.status is status for f in self.assessment.findings)) for status in STATUS_ORDER)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Findings by group, in the order the catalogue has them."""
        by_key: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.assessment.findings:
            by_key[finding.group].append(finding)
        scores = {score.key: score for score in self.assessment.summary.groups}
        return tuple(Group(key, scores.get(key), tuple(found)) for key, found in by_key.items())

    @cached_property
    def finding(self) -> dict[str, Finding]:
        """Findings by id."""
        return {finding.id: finding for finding in self.assessment.findings}

    def to_do(self, finding: Finding) -> bool:
        """Whether there is something to improve, so that advice is worth giving."""
        return finding.status not in (Status.MET, Status.NOT_APPLICABLE)

    def told(self, finding: Finding) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
        """A finding's evidence, what counts first: what is shown at once, and the rest."""
        counting = [e for e in finding.evidence if e.counts]
        idle = [e for e in finding.evidence if not e.counts]
        first = (*counting[:_MOST_QUOTES], *idle[:_MOST_IDLE])
        return first, (*counting[_MOST_QUOTES:], *idle[_MOST_IDLE:])

    def shown_at(self, finding: Finding, room: int) -> Evidence:
        """The evidence that counts and says most in `room` characters: as good as the first, a sentence, and not cut."""
        counting = [e for e in finding.evidence if e.counts]
        whole = (e for e in counting if e.why == counting[0].why and _SAYS_SOMETHING <= len(e.quote) <= room)
        return next(whole, counting[0])

    @cached_property
    def pillars_without_money(self) -> tuple[str, ...]:
        """Pillars for which no activity has a cost."""
        funded = {share.key for share in self.assessment.budget.by_pillar if share.cost > 0}
        return tuple(pillar for pillar in PILLARS if pillar not in funded)

    @cached_property
    def strengths(self) -> tuple[Finding, ...]:
        """What the plan already does well, heaviest first, each with evidence that counts."""
        met = (f for f in self.assessment.findings if f.status is Status.MET and any(e.counts for e in f.evidence))
        return tuple(sorted(met, key=lambda f: -f.weight))

    @cached_property
    def fixes(self) -> tuple[Fix, ...]:
        """The first fixes, five at most."""
        return tuple(self._fix(priority) for priority in self._priorities)

    @cached_property
    def _priorities(self) -> tuple[Priority, ...]:
        return tuple(p for p in self.assessment.priorities if p.criterion in self.finding)[:_MOST_FIXES]

    def _fix(self, priority: Priority) -> Fix:
        return Fix(self.finding[priority.criterion], priority.why, self.row_table([dict(row) for row in priority.rows]))

    @cached_property
    def fix_rows(self) -> RowTable | None:
        """The rows of all first fixes together."""
        return self.row_table([dict(row) for p in self._priorities for row in p.rows])

    @cached_property
    def additions(self) -> tuple[tuple[Finding, dict[str, str]], ...]:
        """Every row that could be added, by column role, with its finding: the first fixes first, filled in as far as known."""
        first = [(self.finding[p.criterion], [dict(row) for row in p.rows]) for p in self._priorities if p.rows]
        done = {finding.id for finding, _ in first}
        rest = [
            (f, [as_row(one) for one in f.suggested]) for f in filter(self.to_do, self.assessment.findings) if f.id not in done
        ]
        return tuple((finding, row) for finding, rows in (*first, *rest) for row in rows)

    def suggested(self, finding: Finding) -> RowTable | None:
        """A finding's suggested activities as rows to add."""
        return self.row_table([as_row(one) for one in finding.suggested])

    def row_table(self, rows: Sequence[dict[str, str]]) -> RowTable | None:
        """Rows given by column role, laid out in the plan's own column order."""
        return laid_out(rows, self._matrix, self.words)

    @cached_property
    def _matrix(self) -> PlanTable | None:
        return matrix_of(self.assessment.plan.tables)

    @cached_property
    def activity(self) -> dict[int, Activity]:
        """Activities by row number."""
        return {one.row: one for one in self.assessment.plan.activities}

    @cached_property
    def tag(self) -> dict[int, Tag]:
        """Tags by activity row; every activity has one."""
        empty = {one.row: Tag(one.row) for one in self.assessment.plan.activities}
        return empty | {tag.activity: tag for tag in self.assessment.tags}

    @cached_property
    def strands(self) -> tuple[Strand, ...]:
        """Hazards that are real problems of the village; those with no answer first."""
        real = [h for h in self.assessment.hazards if h.real_problem]
        dearest = max((self.activity[row].cost or 0 for h in real for row in h.activities if row in self.activity), default=0)
        strands = [Strand(hazard, self._answers(hazard, dearest)) for hazard in real]
        return tuple(sorted(strands, key=lambda s: (bool(s.answers), -s.hazard.cost)))

    def _answers(self, hazard: HazardThread, dearest: int) -> tuple[Answer, ...]:
        found = [self.activity[row] for row in hazard.activities if row in self.activity]
        ordered = sorted(found, key=lambda a: -(a.cost or 0))
        return tuple(Answer(one, 100 * (one.cost or 0) / dearest if dearest else 0) for one in ordered)

    @cached_property
    def hazards_only_named(self) -> tuple[str, ...]:
        """Hazards that are named but not told as a problem of this village."""
        return tuple(self.hazard(h.id, h.title) for h in self.assessment.hazards if not h.real_problem)

    def hazard(self, key: str, title: str = "") -> str:
        """A hazard's name."""
        return str(self.words.strings["bahaya"].get(key, title or key))

    def bars(self, shares: Iterable[Share], labels: str = "") -> tuple[Bar, ...]:
        """Shares as bars, scaled to the whole plan where its total is known, else to the largest."""
        found = tuple(shares)
        largest = max((share.cost for share in found), default=0)

        def width(share: Share) -> float:
            return min(share.percent, 100) if share.percent is not None else 100 * share.cost / largest if largest else 0

        def label(key: str) -> str:
            return self.words.label(labels, key) if labels else key

        return tuple(Bar(label(s.key), s.cost, s.rows, s.percent, width(s)) for s in found)

    def sources(self) -> tuple[Bar, ...]:
        """Money by source, largest first; a key may join several sources with " + "."""
        shares = sorted(self.assessment.budget.by_source, key=lambda s: -s.cost)
        bars = self.bars(shares)
        named = (" + ".join(self.words.label("sumber", part) for part in share.key.split(" + ")) for share in shares)
        return tuple(Bar(name, b.cost, b.rows, b.percent, b.width) for name, b in zip(named, bars, strict=True))

    @cached_property
    def mismatches(self) -> tuple[SumCheck, ...]:
        """Stated totals that do not add up."""
        return tuple(check for check in self.assessment.budget.checks if check.stated != check.computed)

    @cached_property
    def opportunities(self) -> tuple[FundNote, ...]:
        """What dana desa could pay, the first fixes first."""
        order = {fix.finding.id: number for number, fix in enumerate(self.fixes)}
        return tuple(sorted(self.assessment.dana_desa.opportunities, key=lambda note: order.get(note.criterion, len(order))))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every regulation once, with what is cited from it and where it is used."""
        cited: dict[str, list[tuple[Basis, str]]] = defaultdict(list)
        for finding in self.assessment.findings:
            for basis in finding.basis:
                cited[basis.regulation].append((basis, finding.id))
        return tuple(_rule(regulation, uses) for regulation, uses in sorted(cited.items()))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All troubles that any stage recorded, each once."""
        plan = self.assessment.plan
        return tuple(dict.fromkeys((*plan.document.problems, *plan.problems, *self.assessment.problems)))

    @cached_property
    def pages_unread(self) -> str:
        """Pages that could not be read, runs folded; sheets by name."""
        if self.document.unit == "sheet":
            return ", ".join(self.words.page(self.document, n) for n in self.assessment.pages_unread)
        return ranges(self.assessment.pages_unread)

    @cached_property
    def pages_scanned(self) -> str:
        """Pages read by OCR, runs folded."""
        return ranges(page.number for page in self.document.pages if page.source == "ocr")

    def rows_text(self, rows: Iterable[int]) -> str:
        """Row numbers, runs folded."""
        return ranges(rows)


def _rule(regulation: str, uses: Sequence[tuple[Basis, str]]) -> Rule:
    def articles(verified: bool) -> tuple[str, ...]:
        return tuple(sorted({basis.article for basis, _ in uses if basis.verified is verified and basis.article}, key=_natural))

    certainties = sorted({basis.verified for basis, _ in uses}, reverse=True)
    used = dict.fromkeys(id_ for _, id_ in uses)
    return Rule(regulation, tuple((verified, articles(verified)) for verified in certainties), tuple(used))


def _natural(article: str) -> list[tuple[int, str]]:
    """Sorts Pasal 5 before Pasal 36."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", article)]
