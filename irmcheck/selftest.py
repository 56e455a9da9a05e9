"""Runs the examples that every rule carries through matching and judging, for authors and for the project's own tests."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from irmcheck.assess import assess
from irmcheck.catalogue.keys import STATUS_WORDS
from irmcheck.catalogue.rules import ActivityType, Catalogue, Criterion, Example, TypeExample
from irmcheck.errors import UsageError
from irmcheck.match import find_matches
from irmcheck.miniplan import PlanMaker
from irmcheck.model import Assessment, Finding, Plan, PlanKind

if TYPE_CHECKING:
    from irmcheck.match import Matcher

SHOWN = 90  # characters of an example's text


@dataclass(frozen=True, slots=True)
class Result:
    """An example's outcome. `expected` and `got` are status words (criteria) or ya/tidak (activity types)."""

    rule: str
    file: str
    line: int
    text: str
    expected: str
    got: str
    why: str
    trap: str = ""

    @property
    def passed(self) -> bool:
        """The rule says what its author expects."""
        return self.expected == self.got

    def explained(self) -> tuple[str, ...]:
        """The outcome for people, on a few lines."""
        trap = f" (jebakan: {self.trap})" if self.trap else ""
        return (
            f"GAGAL {self.rule}  {self.file}:{self.line}{trap}",
            f"      contoh      {self.text}",
            f"      seharusnya  {self.expected}, tetapi hasilnya {self.got}",
            f"      karena      {self.why}",
        )


def run_selftests(catalogue: Catalogue, matcher: Matcher, ids: Collection[str] | None = None) -> tuple[Result, ...]:
    """Outcomes of all examples, or of the criteria and activity types named in `ids`.

    Raises UsageError when an id is not known.
    """
    known = {one.id for one in catalogue.criteria} | catalogue.activity_types.keys()
    wanted = {one.upper() if one.upper() in known else one for one in ids or known}
    if strangers := sorted(wanted - known):
        raise UsageError(f"Aturan {', '.join(strangers)} tidak ada. Lihat daftarnya dengan: irmcheck rules list")
    return tuple(_Runner(catalogue, matcher).results(wanted))


class _Runner:
    """Judges examples with one catalogue."""

    def __init__(self, catalogue: Catalogue, matcher: Matcher) -> None:
        self.catalogue = catalogue
        self.matcher = matcher
        self.maker = PlanMaker.of(catalogue)

    def results(self, wanted: Collection[str]) -> Iterator[Result]:
        """Outcomes in the order of the catalogue."""
        for criterion in self.catalogue.criteria:
            if criterion.id in wanted:
                yield from (self.criterion_result(criterion, example) for example in criterion.examples)
        for kind in self.catalogue.activity_types.values():
            if kind.id in wanted:
                yield from (self.type_result(kind, example) for example in kind.examples)

    def criterion_result(self, criterion: Criterion, example: Example) -> Result:
        """The status a criterion gets on its example."""
        judged = self._judge(self.maker.plan(example, criterion.plan_kinds), example.year)
        finding = next(one for one in judged.findings if one.id == criterion.id)
        expected, got = STATUS_WORDS[example.expected], STATUS_WORDS[finding.status]
        text = _shown(example)
        return Result(criterion.id, example.file, example.line, text, expected, got, _why(finding), example.trap)

    def type_result(self, kind: ActivityType, example: TypeExample) -> Result:
        """Whether a row is recognised as an activity type."""
        rows = [{role: text for role, text in example.row.items() if role != "masalah"}]
        if "masalah" in example.row:
            rows.append({"tabel": "masalah", "masalah": example.row["masalah"]})
        judged = self._judge(self.maker.plan_of(PlanKind.RKPDES, self.maker.year, rows=rows), None)
        types = judged.tags[0].types if judged.tags else ()
        why = f"baris ini dikenali sebagai: {', '.join(types) or 'tidak ada jenis kegiatan'}"
        words = {True: "ya", False: "tidak"}
        text = _cut("; ".join(example.row.values()))
        return Result(kind.id, example.file, example.line, text, words[example.expected], words[kind.id in types], why)

    def _judge(self, plan: Plan, year: int | None) -> Assessment:
        return assess(plan, find_matches(plan, self.matcher), self.catalogue, year)


def _why(finding: Finding) -> str:
    """The verdict's reason with the quotes that made it, or those that were seen and left out."""
    counted = [f'"{_cut(one.quote)}"' for one in finding.evidence if one.counts]
    passed_over = [f'"{_cut(one.quote)}": {one.why}' for one in finding.evidence if not one.counts]
    seen = f" Bukti: {'; '.join(counted)}." if counted else ""
    seen += f" Tidak dihitung: {'; '.join(passed_over)}." if passed_over else ""
    return finding.reason + seen


def _shown(example: Example) -> str:
    texts = [text for _, text in (*example.headings, *example.sentences)]
    texts += [" | ".join(row.values()) for row in example.rows]
    return _cut(" // ".join(texts))


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."
