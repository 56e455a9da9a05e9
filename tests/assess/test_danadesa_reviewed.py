"""Dana desa on the reviewed plans, from their structured truth: which rows and sentences the reviewers questioned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from irmcheck.assess.danadesa import judge_dana_desa
from irmcheck.catalogue import load_catalogue
from irmcheck.catalogue.rules import Catalogue
from irmcheck.match.matcher import compile_matcher, find_matches
from irmcheck.model import (
    Activity,
    DanaDesa,
    Document,
    Identity,
    Passage,
    Place,
    Plan,
    PlanKind,
    PlanTable,
    Row,
    Section,
    SectionKind,
    TableKind,
    Tag,
    Volume,
)

PLANS = Path(__file__).resolve().parents[3] / "shared" / "plans"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def _plan(truth: dict[str, Any], kind: PlanKind) -> Plan:
    activities, passages = [], []
    for number, row in enumerate(truth["activities"], 1):
        sources = tuple({"DDS": "DD"}.get(s, s) for s in row.get("sumber") or ())
        name, target = row["kegiatan"], row.get("sasaran") or ""
        volume = Volume(row.get("volume") or "")
        activities.append(
            Activity(number, Place(1), name, volume=volume, target=target, cost=row.get("biaya_rp"), sources=sources)
        )
        for role, text in (("kegiatan", name), ("sasaran", target)):
            passages.append(Passage(text, "cell", 0, Place(1), role, TableKind.MATRIX, number, (1, number)))
    prose = [Passage(text, "prose", 0, Place(1)) for s in truth["sections"] for text in s["paragraphs"]]
    income = tuple(_income(t) for t in truth["tables"] if isinstance(t, dict) and "pagu" in t.get("judul", "").lower())
    sections = (Section("Rencana", SectionKind.BUDGET, 1, (0, 1)),)
    return Plan(Document("p", "0", "pdf", ()), Identity(kind), sections, income, tuple(activities), (*passages, *prose))


def _income(table: dict[str, Any]) -> PlanTable:
    rows = tuple(Row(tuple(cells), 1, number) for number, cells in enumerate(table["rows"], 1))
    header = tuple(table["header"])
    return PlanTable(1, table["judul"], TableKind.INCOME, header, ("",) * len(header), rows, 0, 1)


def _judge(catalogue: Catalogue, name: str, year: int | None, kind: PlanKind = PlanKind.RKPDES) -> DanaDesa:
    folder = PLANS / name
    if not folder.is_dir():
        pytest.skip("rencana contoh tidak ada di samping repositori")
    plan = _plan(json.loads((folder / "content.json").read_text(encoding="utf-8")), kind)
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))["activities"]
    matcher = compile_matcher({k: c for k, c in catalogue.concepts.items() if k.startswith("dd_")}, catalogue.lexicon)
    concepts: dict[int, set[str]] = {a.row: set() for a in plan.activities}
    for match in find_matches(plan, matcher):
        row = plan.passages[match.passage].activity
        if row is not None:
            concepts[row].add(match.concept)
    tags = {a.row: Tag(a.row, tuple(labels.get(str(a.row), {}).get("pillars", ()))) for a in plan.activities}
    frozen = {row: frozenset(found) for row, found in concepts.items()}
    return judge_dana_desa(plan, tags, frozen, catalogue.pack(year), year, (), catalogue)


def test_pantai_nitas_2025_copies_the_blt_limit_of_another_year(catalogue: Catalogue) -> None:
    fund = _judge(catalogue, "kupang-pesisir-rkpdes-2025", 2025)
    assert [w.text for w in fund.warnings] == [
        'Naskah menulis "bantuan langsung tunai paling tinggi 25% Dana Desa", sedangkan batas '
        "bantuan langsung tunai dana desa 2025 adalah 15% (Permendesa 2/2024). Perlu dicek."
    ]
    assert any("Kepmendesa 3/2025" in note and "modal BUM Desa" in note for note in fund.notes)


def test_pantai_nitas_2025_preparedness_rows_fit_the_climate_focus(catalogue: Catalogue) -> None:
    fund = _judge(catalogue, "kupang-pesisir-rkpdes-2025", 2025)
    climate = {fit.activity for fit in fund.fit if fit.focus == "penguatan desa yang adaptif terhadap perubahan iklim"}
    assert {28, 31, 33, 35, 37, 38, 41, 42, 43, 44, 45, 46, 62} <= climate
    assert not {11, 40, 58} & {fit.activity for fit in fund.fit}  # paid from ADD


def test_nunhaumeni_2026_has_nothing_to_question(catalogue: Catalogue) -> None:
    fund = _judge(catalogue, "tts-rkpdes-2026", 2026)
    assert fund.warnings == ()
    climate = {fit.activity for fit in fund.fit if fit.focus == "desa berketahanan iklim dan tangguh bencana"}
    assert climate == {12, 20, 21, 23, 25, 26, 29, 34, 39, 40}


def test_pandanlandung_2026_pays_honoraria_in_part_from_dana_desa(catalogue: Catalogue) -> None:
    fund = _judge(catalogue, "pandanlandung-rkpdes-2026", 2026)
    assert [w.activity for w in fund.warnings] == [3]
    assert "honorarium kepala desa" in fund.warnings[0].text
    assert not any("iklim" in fit.focus for fit in fund.fit)


@pytest.mark.parametrize("name", ["tts-rpjmdes", "kupang-pesisir-rpjmdes", "alor-rpjmdes", "pandanlandung-rpjmdes"])
def test_an_rpjmdes_is_never_warned(catalogue: Catalogue, name: str) -> None:
    fund = _judge(catalogue, name, None, PlanKind.RPJMDES)
    assert (fund.known, fund.warnings) == (False, ())
    assert all(not fit.certain for fit in fund.fit)
