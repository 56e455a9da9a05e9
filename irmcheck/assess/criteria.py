"""The verdict on one criterion: does it apply, which evidence rules hold, what was seen but does not count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from irmcheck.assess.basis import basis_for
from irmcheck.assess.kinds import run
from irmcheck.assess.rows import as_list
from irmcheck.assess.suggest import filler
from irmcheck.assess.view import View, quote_of
from irmcheck.catalogue.rules import Criterion, EvidenceRule
from irmcheck.model import Evidence, Finding, SectionKind, Stance, Status, SuggestedActivity, TableKind

MAX_COUNTING = 8
MAX_NOT_COUNTING = 3
UNREAD = "Ada halaman atau tabel yang tidak terbaca; buktinya mungkin ada di sana."
SUPPORTS = "ikut mendukung, tetapi sendirian belum cukup"
WHY_NOT = {
    Stance.ABSENT: "dikatakan belum ada atau tidak berjalan",
    Stance.LAW: "kutipan aturan atau kalimat baku, bukan rencana desa",
    Stance.PAST: "sudah lewat, bukan rencana",
    Stance.CONDITIONAL: "baru kemungkinan atau usulan, belum pasti",
    Stance.PROBLEM: "ada di uraian masalah, belum menjadi rencana",
    Stance.STATEMENT: "hanya disebut, belum menjadi kegiatan atau uraian yang diminta",
    Stance.COMMITMENT: "belum memenuhi syarat ukuran ini",
}


def judge(view: View, criterion: Criterion, unread: bool) -> Finding:
    """Judge one criterion. `unread` says that pages or a table could not be read, so that nothing found is no gap."""
    if view.plan.identity.kind.value not in criterion.plan_kinds:
        kinds = " dan ".join(k.upper().replace("DES", "Des") for k in criterion.plan_kinds)
        return _finding(view, criterion, Status.NOT_APPLICABLE, f"Ukuran ini hanya untuk {kinds}.", ())
    if criterion.condition and not any(run(view, rule) for rule in criterion.condition.rules):
        if unread:  # what the plan does not mention may stand where nothing was read
            return _finding(view, criterion, Status.UNDETERMINED, UNREAD, ())
        return _finding(view, criterion, Status.NOT_APPLICABLE, criterion.condition.otherwise, ())
    status, reason, evidence = _best(view, criterion)
    if status is Status.MISSING and unread:
        status, reason = Status.UNDETERMINED, UNREAD
    shown = tuple(evidence[:MAX_COUNTING]) + tuple(_not_counting(view, criterion, evidence))
    return _finding(view, criterion, status, reason, shown)


def _best(view: View, criterion: Criterion) -> tuple[Status, str, list[Evidence]]:
    """The highest status any rule grants; evidence of all rules of that status, then of lower ones."""
    met: list[Evidence] = []
    partial: list[Evidence] = []
    reasons: dict[Status, str] = {}
    for rule in criterion.evidence:
        found = run(view, rule)
        if found:
            told = (replace(one, why=one.why or rule.why) for one in found)
            (met if rule.grants is Status.MET else partial).extend(told)
            reasons.setdefault(rule.grants, rule.why)
    if met:
        return Status.MET, reasons[Status.MET], list(_unique([*met, *(replace(one, why=SUPPORTS) for one in partial)]))
    if partial:
        return Status.PARTIAL, reasons[Status.PARTIAL], list(_unique(partial))
    return Status.MISSING, "Tidak ditemukan di bagian rencana yang terbaca.", []


def _unique(evidence: Iterable[Evidence]) -> Iterable[Evidence]:
    seen: set[tuple[str, object]] = set()
    for item in evidence:
        key = (item.quote, item.place)
        if item.quote and key not in seen:
            seen.add(key)
            yield item


def _not_counting(view: View, criterion: Criterion, counted: list[Evidence]) -> list[Evidence]:
    """What was seen and left out, so that a reviewer sees which trap was avoided."""
    taken = {e.quote for e in counted}
    concepts = list(dict.fromkeys(c for rule in criterion.evidence for c in _wanted(rule)))
    shown: list[Evidence] = []
    for unit in view.units(concepts, "kalimat"):
        match = next(m for m in unit.matches if m.concept in concepts)
        if unit.section is SectionKind.CONTENTS:
            continue
        quote = quote_of(view, unit, match, counts=False, why=_why_not(unit.table, unit.section, match.stance))
        if quote.quote and quote.quote not in taken:
            taken.add(quote.quote)
            shown.append(quote)
        if len(shown) == MAX_NOT_COUNTING:
            break
    return shown


def _why_not(table: TableKind | None, section: SectionKind, stance: Stance) -> str:
    if table is TableKind.EVALUATION or section is SectionKind.EVALUATION:
        return "ada di bagian tentang tahun lalu, bukan rencana"
    if section is SectionKind.LAW:
        return WHY_NOT[Stance.LAW]
    return WHY_NOT[stance]


def _wanted(rule: EvidenceRule) -> list[str]:
    found = [str(c) for c in as_list(rule.params.get("cari"))] if rule.kind in ("kalimat", "kegiatan") else []
    for item in as_list(rule.params.get("aturan")):
        found += [str(c) for inner in item.values() for c in as_list(inner.get("cari"))]
    return found


def _finding(view: View, criterion: Criterion, status: Status, reason: str, evidence: tuple[Evidence, ...]) -> Finding:
    fill = filler(view, criterion)
    return Finding(
        id=criterion.id,
        title=criterion.title,
        group=criterion.group,
        pillar=criterion.pillar,
        aspect=criterion.aspect,
        weight=criterion.weight if criterion.scored else 0,
        status=status,
        reason=reason,
        evidence=evidence,
        advice=fill(criterion.advice) if status in (Status.PARTIAL, Status.MISSING, Status.UNDETERMINED) else "",
        basis=basis_for(criterion, view.catalogue),
        suggested=tuple(
            SuggestedActivity(fill(s.name), s.code, s.unit, s.implementer, s.source_hint) for s in criterion.suggestions
        ),
    )
