"""Sums paid from dana desa against the year's shares, the plan's own ceiling, and percentages copied from another year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from irmcheck.assess.fund import FUND, Case
from irmcheck.model import Activity, FundNote, Passage, Place, Plan, Quality, SectionKind, TableKind
from irmcheck.structure.numbers import parse_rupiah
from irmcheck.structure.vocabulary import compile_wording
from irmcheck.structure.wording import Wording, squeeze
from irmcheck.text import fold

TOLERANCE = 0.1  # percentage points; villages round shares to full thousands of rupiah
LEAST_CEILING = 1_000_000  # rupiah; smaller figures in an income row are percentages, years or row numbers
PROSE_ONLY = (SectionKind.LAW, SectionKind.CONTENTS, SectionKind.EVALUATION)


def check_sums(case: Case) -> Iterator[FundNote]:
    """Everything about sums and percentages. Sums are not judged while pages or the matrix are unread: rows may be missing."""
    if not unread(case.plan):
        ceiling = stated_ceiling(case.plan, case.catalogue.lexicon)
        yield from _earmarks(case, ceiling)
        yield from _over_ceiling(case, ceiling)
    yield from _stated_limits(case)


def unread(plan: Plan) -> bool:
    """Is the matrix lost, or are there pages that could not be read, or so badly that their figures cannot be added up?"""
    return plan.rows_lost or any(page.source == "unread" or page.quality is Quality.POOR for page in plan.document.pages)


def _earmarks(case: Case, ceiling: int | None) -> Iterator[FundNote]:
    """Shares below their minimum or above their maximum, of the stated ceiling or else of the rows paid from dana desa.

    The doubt is the village's: a row of several sources counts in full towards a minimum and not at all towards a maximum; a
    minimum is not checked while a row of it has no cost, nor a maximum of unstated money while any row has none.
    """
    paid = [a for a in case.plan.activities if case.from_fund(a)]
    least_total, most_total = ceiling or _sum(_sole(paid)), ceiling or _sum(paid)
    complete = ceiling is not None or all(a.cost for a in paid)
    for earmark in case.earmarks().values():
        if not earmark.get("konsep"):
            continue
        rows = [a for a in paid if case.concepts.get(a.row, frozenset()) & set(earmark["konsep"])]
        least, most = earmark.get("min"), earmark.get("maks")
        some, sole = _sum(rows), _sum(_sole(rows))
        if least is not None and least_total and all(a.cost for a in rows) and 100 * some / least_total < least - TOLERANCE:
            yield _past(case, "porsi_kurang", earmark, some, least_total, least)
        if most is not None and most_total and complete and 100 * sole / most_total > most + TOLERANCE:
            yield _past(case, "porsi_lebih", earmark, sole, most_total, most)
        yield from _per_family(case, earmark, rows)


def _per_family(case: Case, earmark: Mapping[str, Any], rows: Iterable[Activity]) -> Iterator[FundNote]:
    """Rows that pay each family more a month than the year allows; only where families, months and cost are all stated."""
    limit = int(earmark.get("per_keluarga") or 0)
    for activity in rows if limit else ():
        text = " ".join((activity.volume.text if activity.volume else "", activity.target, activity.name))
        families, months = (_count(text, case.words[key]) for key in ("satuan_keluarga", "satuan_bulan"))
        if activity.cost and families and months and activity.cost > limit * families * months:
            message = case.words["pesan"]["blt_per_keluarga"].format(
                kegiatan=fold(activity.name),
                volume=f"{families} x {months}",
                jumlah=_rupiah(activity.cost // (families * months)),
                batas=_rupiah(limit),
                aturan=case.source(str(earmark.get("aturan", ""))),
            )
            yield FundNote(message, activity.row, regulation=case.source(str(earmark.get("aturan", ""))), certain=True)


def _count(text: str, units: Iterable[str]) -> int | None:
    """The number before one of the units: `_count("10 KPM x 12 bln", ["bulan", "bln"])` is 12."""
    found = re.search(rf"(\d+)\s*(?:{'|'.join(map(re.escape, units))})\b", text.lower())
    return int(found.group(1)) if found else None


def _sum(rows: Iterable[Activity]) -> int:
    return sum(a.cost or 0 for a in rows)


def _sole(rows: Iterable[Activity]) -> list[Activity]:
    """Rows paid from dana desa and nothing else."""
    return [a for a in rows if a.sources == (FUND,)]


def _past(case: Case, message: str, earmark: Mapping[str, Any], amount: int, total: int, limit: float) -> FundNote:
    key = str(earmark.get("aturan", ""))
    text = case.words["pesan"][message].format(
        porsi=earmark["judul"],
        jumlah=_rupiah(amount),
        persen=_percent(100 * amount / total),
        total=_rupiah(total),
        batas=_percent(limit),
        aturan=case.source(key),
    )
    certain = bool(earmark.get("pasti"))
    return FundNote(case.sure(text, certain), focus=str(earmark["judul"]), regulation=case.source(key), certain=certain)


def _over_ceiling(case: Case, ceiling: int | None) -> Iterator[FundNote]:
    """Rows paid from dana desa alone that together exceed the ceiling which the plan itself states."""
    spent = _sum(_sole(case.plan.activities))
    if ceiling and spent > ceiling * (1 + TOLERANCE / 100):
        text = case.words["pesan"]["pagu_lewat"].format(jumlah=_rupiah(spent), total=_rupiah(ceiling))
        yield FundNote(text, certain=True)


def stated_ceiling(plan: Plan, lexicon: Mapping[str, Any]) -> int | None:
    """The dana desa of the year in rupiah as the plan's income tables state it; None when not stated or not clear."""
    tables = [t for t in plan.tables if t.kind is TableKind.INCOME]
    if not tables:
        return None
    wording = compile_wording(lexicon)
    found = set()
    for table in tables:
        for row in table.rows:
            if any(wording.sources.get(_label(cell)) == FUND for cell in row.cells):
                found.add(_one_amount(row.cells, table.roles, wording))
    return found.pop() if len(found) == 1 else None


def _label(cell: str) -> str:
    return squeeze(cell.strip(" .:-"))


def _one_amount(cells: tuple[str, ...], roles: tuple[str, ...], wording: Wording) -> int | None:
    """The only amount of an income row, or the one in the ceiling column when there are several."""
    amounts = {i: n for i, cell in enumerate(cells) if (n := parse_rupiah(cell, wording.numbers)) and n >= LEAST_CEILING}
    if len(set(amounts.values())) == 1:
        return next(iter(amounts.values()))
    ceilings = [n for i, n in amounts.items() if i < len(roles) and roles[i] == "pagu"]
    return ceilings[0] if len(ceilings) == 1 else None


def _stated_limits(case: Case) -> Iterator[FundNote]:
    """Percentages that the plan's own text states as the rule ("BLT paling tinggi 25%") and that are not those of the year."""
    names, earmarks = case.words["batas_tertulis"], case.earmarks()
    seen: set[tuple[str, str]] = set()
    for passage in case.plan.passages:
        if passage.kind == "cell" or _section(case.plan, passage) in PROSE_ONLY:
            continue
        for key, side, number, clause in _limits(passage.text, names):
            earmark = earmarks.get(key, {})
            limit = earmark.get(side)
            if limit is not None and abs(number - limit) > TOLERANCE and (key, side) not in seen:
                seen.add((key, side))
                yield _different(case, earmark, limit, clause, passage.place)


def _different(case: Case, earmark: Mapping[str, Any], limit: float, clause: str, place: Place) -> FundNote:
    source = case.source(str(earmark.get("aturan", "")))
    text = case.words["pesan"]["batas_berbeda"].format(
        kutipan=clause, porsi=earmark["judul"], tahun=case.pack.year, batas=_percent(limit), aturan=source
    )
    certain = bool(earmark.get("pasti"))
    noted = FundNote(case.sure(text, certain), focus=str(earmark["judul"]), regulation=source, certain=certain)
    return replace(noted, quote=clause, place=place)


def _limits(text: str, names: Mapping[str, Any]) -> Iterator[tuple[str, str, float, str]]:
    """(earmark, min or maks, percent, clause) for every clause that names dana desa, a share, a direction and one percentage."""
    percent = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:" + "|".join(map(re.escape, names["persen"])) + ")")
    if not any(mark in text for mark in names["persen"]):
        return
    for clause in re.split(r"(?<!\d),|,(?!\d)|[;\n]|\.\s", text):
        lower = fold(clause).lower()
        figures = percent.findall(lower)
        key = next((k for k, words in names["nama"].items() if _names_one(lower, words)), None)
        side = next((s for s in ("maks", "min") if _names_one(lower, names[s])), None)
        if len(figures) == 1 and key and side and _names_one(lower, names["dana"]):
            yield key, side, float(figures[0].replace(",", ".")), fold(clause).rstrip(".")


def _names_one(text: str, words: list[str]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in words)


def _section(plan: Plan, passage: Passage) -> SectionKind:
    return plan.sections[passage.section].kind if plan.sections else SectionKind.UNKNOWN


def _rupiah(amount: int) -> str:
    return "Rp" + f"{amount:,}".replace(",", ".")


def _percent(value: float) -> str:
    """One decimal with a comma, none for whole numbers."""
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")
