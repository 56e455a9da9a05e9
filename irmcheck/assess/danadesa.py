"""Dana desa of the fiscal year: which rows fit a focus, which gaps it could pay for, which rows and sums to look at again.

Everything is worded as a hint ("perlu dicek"); the rules of a year stand in rules/packs, the sentences in
rules/lexicon/dana_desa.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from irmcheck.assess.earmarks import check_sums, unread
from irmcheck.assess.fund import Case
from irmcheck.assess.rows import as_list
from irmcheck.catalogue.rules import Catalogue, Criterion, FundItem, Pack
from irmcheck.model import Activity, DanaDesa, Finding, FundNote, Plan, PlanKind, Status, SuggestedActivity, Tag
from irmcheck.text import fold

GAPS = (Status.MISSING, Status.PARTIAL)
LATE_MONTH = 10  # a rule published from October on comes after the plan of the next year should have been set (end of September)


def judge_dana_desa(
    plan: Plan,
    tags: Mapping[int, Tag],
    row_concepts: Mapping[int, frozenset[str]],
    pack: Pack | None,
    year: int | None,
    findings: Sequence[Finding],
    catalogue: Catalogue,
) -> DanaDesa:
    """How the plan sits with the dana desa rules of `year`.

    `tags` and `row_concepts` are by activity row: what it serves, and which concepts its name or target hold. A pack that is
    missing or says `known: false` gives no judgement but a sentence. An RPJMDes runs over years whose focus is unknown: it is
    held against the newest known pack as an indication, without warnings.
    """
    indicative = plan.identity.kind is PlanKind.RPJMDES
    known = pack is not None and pack.known
    used = pack if known else _newest(catalogue) if indicative else None
    words = catalogue.lexicon.get("dana_desa")
    if not words or not plan.identity.kind.is_plan:
        return DanaDesa(year, known=False)
    if used is None:
        text = words["pesan"]["tahun_tidak_diketahui" if year is None else "tahun_belum_ada"]
        return DanaDesa(year, known=False, notes=(text.format(tahun=year),))
    case = Case(plan, tags, row_concepts, used, catalogue, words, indicative)
    return DanaDesa(
        year=year,
        known=known,
        regulation=case.source(""),
        fit=tuple(_fits(case)),
        opportunities=tuple(_opportunities(case, findings)),
        warnings=() if indicative else tuple(_warnings(case)),
        notes=tuple(_notes(case)),
    )


def _newest(catalogue: Catalogue) -> Pack | None:
    return max((p for p in catalogue.packs.values() if p.known), key=lambda p: p.year, default=None)


def _fits(case: Case) -> Iterator[FundNote]:
    """Rows paid from dana desa that match a focus, and risk rows without a source that could be."""
    for activity in case.plan.activities:
        item = next((i for i in case.pack.focus if case.holds(i, activity)), None)
        if item is None:
            continue
        risk = _on_risk(case, activity)
        if case.from_fund(activity) and (risk or not case.indicative):
            named = next((i for i in case.pack.eligible if risk and case.holds(i, activity)), None)
            yield _fit(case, activity, item, named)
        elif risk and not activity.sources:
            text = case.say("dapat_dibiayai", item, kegiatan=fold(activity.name))
            yield FundNote(text, activity.row, item.title, "", case.source(item.regulation), certain=False)


def _fit(case: Case, activity: Activity, item: FundItem, named: FundItem | None) -> FundNote:
    butir = named.title if named else ""
    text = case.say("cocok_butir" if named else "cocok", item, kegiatan=fold(activity.name), butir=butir)
    return FundNote(text, activity.row, item.title, "", case.source(item.regulation), item.certain and not case.indicative)


def _on_risk(case: Case, activity: Activity) -> bool:
    tag = case.tags.get(activity.row)
    return bool(tag and tag.pillars)


def _opportunities(case: Case, findings: Sequence[Finding]) -> Iterator[FundNote]:
    """For each gap, the first suggested activity that a focus of the year could pay for."""
    criteria = {c.id: c for c in case.catalogue.criteria}
    for finding in findings:
        criterion = criteria.get(finding.id)
        if finding.status not in GAPS or criterion is None:
            continue
        suggestion = next((s for s in finding.suggested if _may_be_paid(s, case.words)), None)
        item = next((i for i in case.pack.focus if _focus_of(case, i, criterion)), None)
        if suggestion is not None and item is not None:
            text = case.say("peluang", item, judul=finding.title, kegiatan=suggestion.name)
            certain = item.certain and not case.indicative
            yield FundNote(text, None, item.title, finding.id, case.source(item.regulation), certain)


def _may_be_paid(suggestion: SuggestedActivity, words: Mapping[str, Any]) -> bool:
    """A suggestion whose funding hint is open or names dana desa (the word DD, not ADD)."""
    hint = f" {_spaced(suggestion.source_hint)} "
    for other in words["bukan_dana_desa"]:
        hint = hint.replace(f" {other} ", " ")
    return not suggestion.source_hint or any(f" {word} " in hint for word in words["petunjuk_dana_desa"])


def _spaced(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _focus_of(case: Case, item: FundItem, criterion: Criterion) -> bool:
    """A criterion across pillars belongs to a focus when an activity type that shows it does."""
    types = {str(t) for rule in criterion.evidence for t in as_list(rule.params.get("jenis"))}
    known = case.catalogue.activity_types
    pillars = {criterion.pillar, *(p for t in types if t in known for p in known[t].pillars)}
    return bool(pillars & set(item.pillars) or types & set(item.types))


def _warnings(case: Case) -> Iterator[FundNote]:
    """Rows paid from dana desa that look prohibited, then sums past a known limit."""
    for activity in case.plan.activities:
        if case.from_fund(activity):
            item = next((i for i in case.pack.prohibited if case.holds(i, activity) and _concerned(i, activity)), None)
            if item is not None:
                text = case.say("larangan", item, kegiatan=fold(activity.name), larangan=item.title)
                yield FundNote(case.sure(text, item.certain), activity.row, "", "", case.source(item.regulation), item.certain)
    yield from check_sums(case)


def _concerned(item: FundItem, activity: Activity) -> bool:
    """Rows up to the limit of a prohibition are allowed; a row whose cost is unknown is not accused."""
    return item.limit is None or (activity.cost is not None and activity.cost > item.limit)


def _notes(case: Case) -> Iterator[str]:
    """Sentences about the year: what is only an indication, what came later, what could not be checked."""
    messages = case.words["pesan"]
    if case.indicative:
        yield messages["petunjuk_rpjm"].format(tahun=case.pack.year)
        return
    if case.plan.identity.kind is PlanKind.RKPDES and _came_late(case.pack):
        terbit = _date_in_words(case.pack.published, case.words["bulan"])
        yield messages["terbit_kemudian"].format(tahun=case.pack.year, aturan=case.source(""), terbit=terbit)
    bare = [a for a in case.plan.activities if not a.sources]
    if bare and len(bare) == len(case.plan.activities):
        yield messages["tanpa_sumber_semua"]
    elif bare:
        yield messages["tanpa_sumber"].format(banyak=len(bare), semua=len(case.plan.activities))
    if unread(case.plan):
        yield messages["tidak_terbaca"]
    unknown = [str(e["judul"]) for e in case.earmarks().values() if e.get("min") is None and e.get("maks") is None]
    if unknown:
        yield messages["porsi_tidak_diketahui"].format(porsi=", ".join(unknown), tahun=case.pack.year)
    yield from case.pack.notes


def _came_late(pack: Pack) -> bool:
    return pack.published >= f"{pack.year - 1}-{LATE_MONTH:02d}"


def _date_in_words(date: str, months: Sequence[str]) -> str:
    """'2025-12-29' -> '29 Desember 2025'; '2024-12' -> 'Desember 2024'."""
    year, month, *day = date.split("-")
    return " ".join([*(str(int(d)) for d in day), months[int(month) - 1], year])
