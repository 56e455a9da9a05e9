"""Which hazards are this village's own, and which rows answer them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from assess_kit import PlanBuilder, activity, catalogue, costed, rule

from irmcheck.assess.denied import denied_rows
from irmcheck.assess.elsewhere import told_of_elsewhere
from irmcheck.assess.hazards import build_threads, find_real_hazards, seasonal_hazards
from irmcheck.assess.kinds import run
from irmcheck.assess.tags import tag_rows
from irmcheck.catalogue.rules import ActivityType
from irmcheck.model import PlanTable, Row, SectionKind, Stance, TableKind

REGION = {
    "tingkat": {"desa": ["desa"], "kabupaten": ["kabupaten"], "provinsi": ["provinsi"]},
    "sendiri": ["kami", "dusun"],
    "jauh": {"Palu": "Sulawesi Tengah", "Aceh": "Aceh", "Kalimantan": "Kalimantan Tengah"},
    "jauh_antara": ["di", "yang", "terjadi", "pulau"],
}


@pytest.mark.parametrize(
    ("words", "part", "province", "stance"),
    [
        ("Tsunami Aceh 2004 masih diingat.", "Tsunami", None, Stance.LAW),
        ("Gempa yang terjadi di Palu menjadi pelajaran.", "Gempa", None, Stance.LAW),
        ("Di Pulau Kalimantan hutan gundul dan banjir besar.", "banjir", None, Stance.LAW),
        ("Banjir besar, orang muda kerja di Kalimantan.", "Banjir", None, Stance.STATEMENT),
        ("Gempa Palu merobohkan rumah.", "Gempa", "Sulawesi Tengah", Stance.STATEMENT),
    ],
)
def test_a_disaster_far_away_is_not_the_villages_own(words: str, part: str, province: str | None, stance: Stance) -> None:
    build = PlanBuilder()
    build.text(words, SectionKind.PROBLEMS, ("banjir", part))
    plan = build.plan()
    plan = replace(plan, identity=replace(plan.identity, province=province))
    assert [m.stance for m in told_of_elsewhere(plan, build.matches, REGION)] == [stance]


def test_a_map_alone_answers_no_hazard() -> None:
    mapping = ActivityType("peta", "Peta", ("peta",), ("prb",), always=("banjir",), only_informs=True)
    wall = ActivityType("tanggul", "Tanggul", ("tanggul",), ("prb",), always=("banjir",))
    build = PlanBuilder()
    build.row(costed(1, "Peta rawan banjir"), ("peta", "Peta"))
    build.row(costed(2, "Tanggul kali"), ("tanggul", "Tanggul"))
    view = build.view(catalogue((mapping, wall)))
    tags = tag_rows(view)
    assert [tags[n].hazards for n in (1, 2)] == [("banjir",), ("banjir",)]
    assert [t.activities for t in build_threads(view, {}, tags)] == [(2,)]


def test_a_season_calendar_hints_at_a_hazard_but_tells_of_none() -> None:
    build = PlanBuilder()
    build.text("Banjir", SectionKind.PROFILE, ("banjir", "Banjir"), kind="cell", table_kind=TableKind.SEASONS, row_key=(4, 1))
    view = build.view()
    assert (find_real_hazards(view), seasonal_hazards(view)) == ({}, {"banjir"})


def test_two_hazards_in_one_sentence_are_two() -> None:
    build = PlanBuilder()
    build.text("Ancaman: banjir dan kering.", SectionKind.PROBLEMS, ("banjir", "banjir"), ("kering", "kering"))
    asked = {"cari": ["banjir", "kering"], "minimal": 2}
    assert run(build.view(), rule("kalimat", beda="bahaya", **asked))
    assert not run(build.view(), rule("kalimat", **asked))


@pytest.mark.parametrize(("years", "holds"), [((2026,), True), ((2027, 2030), True), ((2030,), False), ((), True)])
def test_a_row_may_be_asked_to_start_early(years: tuple[int, ...], holds: bool) -> None:
    build = PlanBuilder()
    build.row(activity(1, "Kajian risiko", years=years), ("kajian", "Kajian"))
    assert bool(run(build.view(), rule("kegiatan", cari=["kajian"], awal=2))) is holds


@pytest.mark.parametrize(
    ("kind", "cells", "denied"),
    [
        (TableKind.SEASONS, ("Kurang makan", "**", "***"), False),
        (TableKind.SEASONS, ("Kurang makan", "-", ""), True),
        (TableKind.DATA, ("Luas lahan kritis", ""), True),
        (TableKind.DATA, ("Lahan kritis ada di Dusun II dan III, dibakar tiap tahun", ""), False),
        (TableKind.EVENTS, ("Banjir bandang", ""), False),
    ],
)
def test_marks_fill_a_row_and_an_empty_value_leaves_it_open(kind: TableKind, cells: tuple[str, ...], denied: bool) -> None:
    table = PlanTable(1, "Tabel", kind, cells, ("uraian",) * len(cells), (Row(cells, None, 1),), 0, None)
    plan = replace(PlanBuilder().plan(), tables=(table,))
    assert bool(denied_rows(plan, ["belum ada"])) is denied
