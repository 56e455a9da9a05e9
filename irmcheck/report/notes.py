"""What is written into the margin of the draft: for each finding a note at its evidence or at the heading where it belongs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from irmcheck.model import Activity, Evidence, Finding, Place, Section, SectionKind, Stance, Status
from irmcheck.report.text import sentence, shortened
from irmcheck.report.view import View

_MOST_PER_FINDING = 3
_TO_DO = (Status.PARTIAL, Status.MISSING)
_IN_PLAN = (SectionKind.MATRIX, SectionKind.PROGRAMME, SectionKind.POLICY)
_HOMES = {
    "RIS": (SectionKind.PROBLEMS, SectionKind.PROFILE),
    "KEB": (SectionKind.VISION, SectionKind.POLICY),
    "INK": (SectionKind.PROCESS, SectionKind.PREFACE),
    "MON": (SectionKind.EVALUATION, *_IN_PLAN),
    "ANG": (SectionKind.BUDGET, *_IN_PLAN),
}


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on the draft. It stands at `anchor`, text of the draft to be looked for, first of all at `place`.

    `cells` are the texts of the anchor's table row, to tell equal texts apart; `status` colours the mark.
    """

    text: str
    anchor: str
    place: Place
    status: Status
    cells: tuple[str, ...] = ()


def notes(view: View) -> Iterator[Note]:
    """Every note on the draft: evidence that counts, evidence that does not, what is missing, dana desa warnings."""
    for finding in view.assessment.findings:
        yield from _at_evidence(view, finding)
        if finding.status is Status.MISSING or (finding.status is Status.PARTIAL and not any(e.counts for e in finding.evidence)):
            yield _at_home(view, finding)
    for warning in view.assessment.dana_desa.warnings:
        text = view.words.say("catatan.perlu_dicek", teks=warning.text)
        if warning.quote:
            yield Note(text, warning.quote, warning.place, Status.PARTIAL)
        elif warning.activity in view.activity:
            row = view.activity[warning.activity]
            yield Note(text, row.name, row.place, Status.PARTIAL, _cells(row))


def _told(finding: Finding) -> tuple[Evidence, ...]:
    """The evidence that gets a note, what counts first; nobody rewrites a quoted law, so nothing is noted there."""
    worth = (one for one in finding.evidence if one.counts or one.stance is not Stance.LAW)
    return tuple(sorted(worth, key=lambda one: not one.counts))[:_MOST_PER_FINDING]


def _at_evidence(view: View, finding: Finding) -> Iterator[Note]:
    """At a partial finding's first evidence the whole advice; elsewhere why the evidence counts or does not."""
    whole = finding.status is Status.PARTIAL
    for evidence in _told(finding):
        if evidence.counts and whole:
            text, whole = _advice(view, finding), False
        elif evidence.counts and finding.status is Status.MET:
            text = _remark(view, finding, evidence, "catatan.kuat")
        elif not evidence.counts and finding.status in _TO_DO:
            text = _remark(view, finding, evidence, "catatan.tidak_dihitung")
        else:
            continue
        row = view.activity.get(evidence.activity or 0)
        status = finding.status if evidence.counts else Status.NOT_APPLICABLE
        yield Note(text, evidence.quote, evidence.place, status, _cells(row) if row else ())


def _remark(view: View, finding: Finding, evidence: Evidence, wording: str) -> str:
    return view.words.say(wording, id=finding.id, judul=view.criterion(finding), mengapa=sentence(evidence.why)).strip()


def _at_home(view: View, finding: Finding) -> Note:
    section = _home(view, finding.group)
    place = Place(section.page, section.path) if section else Place()
    return Note(_advice(view, finding), section.title if section else "", place, finding.status)


def _home(view: View, group: str) -> Section | None:
    """The chapter where such a thing should stand; the first chapter where the plan has none of the kind."""
    sections = view.assessment.plan.sections
    for kind in _HOMES.get(group, _IN_PLAN):
        for section in sections:
            if section.kind is kind:
                return section
    return sections[0] if sections else None


def _advice(view: View, finding: Finding) -> str:
    say = view.words.say
    status = view.words.label("status", finding.status.value)
    lines = [say("catatan.temuan", id=finding.id, judul=view.criterion(finding), status=status), sentence(finding.reason)]
    if finding.advice:
        lines.append(say("catatan.saran", saran=finding.advice))
    if finding.suggested:
        rows = "; ".join(" ".join(filter(None, (one.code, one.name))) for one in finding.suggested)
        lines.append(say("catatan.usulan", baris=rows))
    return "\n".join(shortened(line, 600) for line in lines if line)


def _cells(row: Activity) -> tuple[str, ...]:
    return tuple(filter(None, (row.name, row.location, row.volume.text if row.volume else "", row.target, row.sources_text)))


def key(text: str) -> str:
    """Letters and digits of `text` only, in lower case: equal for texts that differ in layout."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).casefold()
