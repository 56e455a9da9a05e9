"""The rule kinds: what each one accepts, and the traps it refuses."""

from __future__ import annotations

import pytest
from assess_kit import PlanBuilder, activity, catalogue, costed, rule

from irmcheck.assess.kinds import run, validate
from irmcheck.assess.tags import tag_rows
from irmcheck.catalogue.rules import ActivityType
from irmcheck.model import Line, SectionKind, Stance, TableKind, Volume

EMBUNG = ActivityType("panen_air", "Menampung air", ("embung",), ("api",), answers=("kekeringan",))


def test_sentence_in_problem_chapter_counts_with_its_page() -> None:
    build = PlanBuilder()
    build.text("Banjir merusak 12 rumah.", SectionKind.PROBLEMS, ("banjir", "Banjir"), stance=Stance.PROBLEM, page=14)
    found = run(build.view(), rule("kalimat", cari=["banjir"]))
    assert [(e.quote, e.place.page, e.counts) for e in found] == [("Banjir merusak 12 rumah.", 14, True)]


@pytest.mark.parametrize("section", [SectionKind.LAW, SectionKind.CONTENTS, SectionKind.ESTIMATE, SectionKind.EVALUATION])
def test_law_contents_estimates_and_last_year_never_count_by_default(section: SectionKind) -> None:
    build = PlanBuilder()
    build.text("penanggulangan banjir", section, ("banjir", "banjir"))
    assert run(build.view(), rule("kalimat", cari=["banjir"])) == []


def test_heading_is_never_evidence() -> None:
    build = PlanBuilder()
    build.text("5.1 Penanggulangan Banjir", SectionKind.PROGRAMME, ("banjir", "Banjir"), kind="heading")
    assert run(build.view(), rule("kalimat", cari=["banjir"])) == []


def test_absent_is_refused_unless_asked_for() -> None:
    build = PlanBuilder()
    build.text("Belum ada tim siaga.", SectionKind.PROFILE, ("tim", "tim siaga"), stance=Stance.ABSENT)
    assert run(build.view(), rule("kalimat", cari=["tim"])) == []
    assert run(build.view(), rule("kalimat", cari=["tim"], sikap=["tidak_ada"]))


def test_needed_words_and_unwanted_words_are_looked_for_in_the_same_sentence() -> None:
    build = PlanBuilder()
    build.text("Banjir di Dusun II.", SectionKind.PROBLEMS, ("banjir", "Banjir"), ("tempat", "Dusun II"))
    build.text(
        "Banjir bantuan di Dusun III.", SectionKind.PROBLEMS, ("banjir", "Banjir"), ("tempat", "Dusun"), ("bantuan", "bantuan")
    )
    found = run(build.view(), rule("kalimat", cari=["banjir"], dengan=["tempat"], bukan=["bantuan"]))
    assert [e.quote for e in found] == ["Banjir di Dusun II."]


def test_minimum_counts_distinct_hazards_not_sentences() -> None:
    build = PlanBuilder()
    build.text("Banjir besar.", SectionKind.PROBLEMS, ("banjir", "Banjir"))
    build.text("Banjir lagi.", SectionKind.PROBLEMS, ("banjir", "Banjir"))
    assert run(build.view(), rule("kalimat", cari=["banjir", "kering"], minimal=2, beda="bahaya")) == []
    build.text("Kering panjang.", SectionKind.PROBLEMS, ("kering", "Kering"))
    assert len(run(build.view(), rule("kalimat", cari=["banjir", "kering"], minimal=2, beda="bahaya"))) == 3


def test_matrix_cell_is_no_sentence_but_a_problem_table_cell_is() -> None:
    build = PlanBuilder()
    build.text("Banjir", SectionKind.MATRIX, ("banjir", "Banjir"), table_kind=TableKind.MATRIX, kind="cell")
    assert run(build.view(), rule("kalimat", cari=["banjir"])) == []
    build.text("Banjir tiap Januari", SectionKind.PROBLEMS, ("banjir", "Banjir"), table_kind=TableKind.PROBLEMS, kind="cell")
    assert [e.quote for e in run(build.view(), rule("kalimat", cari=["banjir"]))] == ["Banjir tiap Januari"]


def test_only_tables_when_places_are_empty() -> None:
    build = PlanBuilder()
    build.text("Usul reboisasi.", SectionKind.ANNEX, ("hijau", "reboisasi"))
    build.text("Reboisasi", SectionKind.ANNEX, ("hijau", "Reboisasi"), table_kind=TableKind.PROPOSALS, kind="cell")
    found = run(build.view(), rule("kalimat", cari=["hijau"], di=[], tabel=["usulan"]))
    assert [e.quote for e in found] == ["Reboisasi"]


def test_quote_over_a_page_break_is_cut_where_the_page_ends() -> None:
    words = "Banjir besar datang setiap tahun dan merendam kebun warga."
    build = PlanBuilder()
    cut = words.index("merendam")
    build.text(words, SectionKind.PROBLEMS, ("banjir", "Banjir"), page=4, lines=(Line(0, 4), Line(20, 4), Line(cut, 5)))
    (quote,) = run(build.view(), rule("kalimat", cari=["banjir"]))
    assert (quote.quote, quote.place.page) == ("Banjir besar datang setiap tahun dan", 4)


def test_match_after_the_page_break_is_quoted_from_its_own_page() -> None:
    words = "Setiap tahun kebun warga terendam karena banjir besar."
    build = PlanBuilder()
    cut = words.index("terendam")
    build.text(words, SectionKind.PROBLEMS, ("banjir", "banjir"), page=4, lines=(Line(0, 4), Line(cut, 5)))
    (quote,) = run(build.view(), rule("kalimat", cari=["banjir"]))
    assert (quote.quote, quote.place.page) == ("terendam karena banjir besar.", 5)


def test_activity_by_type_needs_its_fields() -> None:
    build = PlanBuilder()
    build.row(costed(1, "Embung Oebola"), ("embung", "Embung"))
    build.row(activity(2, "Embung Tuasene"), ("embung", "Embung"))
    view = build.view(catalogue((EMBUNG,)))
    view.tags = tag_rows(view)
    found = run(view, rule("kegiatan", jenis=["panen_air"], punya=["lokasi", "volume", "biaya"]))
    assert [(e.quote, e.activity) for e in found] == [("Embung Oebola", 1)]
    assert len(run(view, rule("kegiatan", jenis=["panen_air"]))) == 2


def test_zero_cost_is_no_cost() -> None:
    build = PlanBuilder()
    build.row(activity(1, "Embung", cost=0, volume=Volume("0")), ("embung", "Embung"))
    view = build.view(catalogue((EMBUNG,)))
    view.tags = tag_rows(view)
    assert run(view, rule("kegiatan", jenis=["panen_air"], punya=["biaya"])) == []
    assert run(view, rule("kegiatan", jenis=["panen_air"], punya=["volume"])) == []


def test_all_rule_needs_every_part() -> None:
    build = PlanBuilder()
    build.text("Banjir.", SectionKind.PROBLEMS, ("banjir", "Banjir"))
    both = [{"kalimat": {"cari": ["banjir"]}}, {"kalimat": {"cari": ["kering"]}}]
    assert run(build.view(), rule("semua", aturan=both)) == []
    build.text("Kering.", SectionKind.PROBLEMS, ("kering", "Kering"))
    assert [e.quote for e in run(build.view(), rule("semua", aturan=both))] == ["Banjir.", "Kering."]


def test_validate_names_the_unknown_and_the_choices() -> None:
    assert "jenis bukti 'kalimt' tidak dikenal" in validate(rule("kalimt"))[0]
    assert "'dimana' tidak dikenal pada bukti 'kalimat'" in validate(rule("kalimat", cari=["x"], dimana=["profil"]))[0]
    assert "'di: bab' tidak dikenal" in validate(rule("kalimat", cari=["x"], di=["bab"]))[0]
    assert "'minimal: dua' harus berupa angka" in validate(rule("kalimat", cari=["x"], minimal="dua"))[0]
    assert "'awal: True' harus berupa angka" in validate(rule("kegiatan", cari=["x"], awal=True))[0]
    assert validate(rule("sambungan_bahaya", bagian=0.5, keluarga=1)) == []
    assert "'punya: uang' tidak dikenal" in validate(rule("semua", aturan=[{"kegiatan": {"punya": ["uang"]}}]))[0]
