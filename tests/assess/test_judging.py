"""Verdicts, row tags, the hazard thread, money, scores and first fixes on small plans."""

from __future__ import annotations

from dataclasses import replace

from assess_kit import PlanBuilder, activity, catalogue, costed, criterion, rule

from irmcheck.assess.budget import lens
from irmcheck.assess.criteria import judge
from irmcheck.assess.hazards import build_threads, find_real_hazards
from irmcheck.assess.links import link_problems, named_places
from irmcheck.assess.priorities import first_fixes
from irmcheck.assess.summary import is_integrated, summarise
from irmcheck.assess.tags import tag_rows
from irmcheck.catalogue.rules import ActivityType, Condition, Suggestion
from irmcheck.model import PlanKind, SectionKind, Stance, Status, TableKind, Tag

EMBUNG = ActivityType("panen_air", "Menampung air", ("embung",), ("api",), answers=("kekeringan",))
PIPA = ActivityType("air_bersih", "Air bersih", ("pipa",), ("api",), answers=("kekeringan",), when_named=True)
PARIT = ActivityType("drainase", "Saluran", ("parit",), ("prb",), with_all=(("banjir",),), answers=("banjir",))


def test_best_status_wins_and_lower_evidence_is_shown_too() -> None:
    build = PlanBuilder()
    build.text("Banjir.", SectionKind.PROBLEMS, ("banjir", "Banjir"))
    build.text("Kering.", SectionKind.PROBLEMS, ("kering", "Kering"))
    card = criterion(rule("kalimat", Status.PARTIAL, cari=["banjir"]), rule("kalimat", Status.MET, cari=["kering"]))
    finding = judge(build.view(), card, unread=False)
    assert finding.status is Status.MET
    assert [e.quote for e in finding.evidence] == ["Kering.", "Banjir."]
    assert finding.advice == ""


def test_what_was_seen_but_does_not_count_is_shown_with_its_reason() -> None:
    build = PlanBuilder()
    build.text("Belum ada tim siaga.", SectionKind.PROFILE, ("tim", "tim siaga"), stance=Stance.ABSENT)
    build.text("Tim siaga dibentuk 2019.", SectionKind.EVALUATION, ("tim", "Tim siaga"), stance=Stance.PAST)
    finding = judge(build.view(), criterion(rule("kalimat", cari=["tim"], sikap=["komitmen"])), unread=False)
    assert finding.status is Status.MISSING
    assert [(e.quote, e.counts, e.why) for e in finding.evidence] == [
        ("Belum ada tim siaga.", False, "dikatakan belum ada atau tidak berjalan"),
        ("Tim siaga dibentuk 2019.", False, "ada di bagian tentang tahun lalu, bukan rencana"),
    ]


def test_nothing_found_in_an_unread_plan_is_undetermined_not_missing() -> None:
    finding = judge(PlanBuilder().view(), criterion(rule("kalimat", cari=["tim"])), unread=True)
    assert finding.status is Status.UNDETERMINED


def test_not_applicable_by_kind_and_by_condition() -> None:
    view = PlanBuilder(PlanKind.RKPDES).view()
    assert judge(view, criterion(plan_kinds=("rpjmdes",)), unread=False).status is Status.NOT_APPLICABLE
    condition = Condition((rule("kalimat", cari=["laut"]),), "Bukan desa pesisir.")
    finding = judge(view, criterion(condition=condition), unread=False)
    assert (finding.status, finding.reason) == (Status.NOT_APPLICABLE, "Bukan desa pesisir.")


def test_drain_is_a_risk_row_only_with_a_flood_in_the_row_or_its_problem() -> None:
    build = PlanBuilder()
    build.row(costed(1, "Parit jalan poros"), ("parit", "Parit"))
    build.row(costed(2, "Parit mencegah banjir"), ("parit", "Parit"), ("banjir", "banjir"))
    view = build.view(catalogue((PARIT,)))
    tags = tag_rows(view)
    assert (tags[1].pillars, tags[2].pillars, tags[2].hazards) == ((), ("prb",), ("banjir",))


def test_pipe_answers_drought_only_where_it_is_named_a_reservoir_where_it_is_real() -> None:
    build = PlanBuilder()
    build.row(costed(1, "Pipa ke RT 03"), ("pipa", "Pipa"))
    build.row(costed(2, "Embung"), ("embung", "Embung"))
    view = build.view(catalogue((EMBUNG, PIPA)))
    view.real_hazards = frozenset({"kekeringan"})
    tags = tag_rows(view)
    assert (tags[1].hazards, tags[2].hazards) == ((), ("kekeringan",))


def test_a_hazard_named_in_the_row_leaves_out_the_others_and_a_place_name_names_none() -> None:
    wall = ActivityType("tembok", "Tembok", ("tembok",), ("prb",), answers=("banjir", "kekeringan"))
    build = PlanBuilder()
    build.row(costed(1, "Tembok menahan banjir"), ("tembok", "Tembok"), ("banjir", "banjir"))
    build.row(costed(2, "Tembok"), ("tembok", "Tembok"))
    matrix = {"kind": "cell", "table_kind": TableKind.MATRIX, "activity": 2, "row_key": (1, 2), "role": "lokasi"}
    build.text("Dusun Rawa Banjir", SectionKind.MATRIX, ("banjir", "Banjir"), stance=Stance.COMMITMENT, page=9, **matrix)
    view = build.view(catalogue((wall,)))
    view.real_hazards = frozenset({"kekeringan"})
    tags = tag_rows(view)
    assert (tags[1].hazards, tags[2].hazards) == (("banjir",), ("kekeringan",))


def test_hazard_is_real_with_a_local_sign_and_not_in_a_bare_list() -> None:
    build = PlanBuilder()
    build.text("Bencana seperti banjir dan kekeringan.", SectionKind.PROFILE, ("banjir", "banjir"), ("kering", "kekeringan"))
    assert find_real_hazards(build.view()) == {}
    build.text("Banjir di Dusun II.", SectionKind.PROFILE, ("banjir", "Banjir"), ("tanda_tempat", "Dusun II"), page=7)
    assert list(find_real_hazards(build.view())) == ["banjir"]


def test_thread_says_where_the_hazard_stands_and_that_nothing_answers_it() -> None:
    build = PlanBuilder()
    build.text("Banjir di Dusun II.", SectionKind.PROFILE, ("banjir", "Banjir"), ("tanda_tempat", "Dusun II"), page=7)
    view = build.view()
    (thread,) = build_threads(view, find_real_hazards(view), {})
    assert thread.note == "Banjir disebut di hal. 7, tetapi belum ada kegiatan yang menjawabnya."


def test_thread_adds_up_the_money_of_its_rows() -> None:
    build = PlanBuilder()
    build.row(costed(1, "Embung"), ("embung", "Embung"))
    build.row(costed(2, "Embung"), ("embung", "Embung"))
    view = build.view(catalogue((EMBUNG,)))
    view.real_hazards = frozenset({"kekeringan"})
    (thread,) = build_threads(view, {}, tag_rows(view))
    assert (thread.activities, thread.cost, thread.real_problem) == ((1, 2), 2_000_000, False)


def test_problem_rows_are_linked_by_rare_words_and_place() -> None:
    build = PlanBuilder()
    for number, (problem, place) in enumerate(
        [("Air tergenang masuk rumah", "RT 03, Tasipah"), ("Jalan rusak", "Dusun I"), ("Gedung PAUD retak", "Dusun IV")], 1
    ):
        cell = {"kind": "cell", "table_kind": TableKind.PROBLEMS, "row_key": (2, number)}
        build.text(problem, SectionKind.PROBLEMS, role="masalah", **cell)
        build.text(place, SectionKind.PROBLEMS, role="lokasi", **cell)
    build.row(activity(1, "Saluran pembuang air tergenang", location="Tasipah"))
    build.row(activity(2, "Seragam Linmas", location="Kantor"))
    links = link_problems(build.plan())
    assert links == {1: (0, 1)}


def test_place_named_in_a_row_and_spoken_of_in_the_text() -> None:
    build = PlanBuilder()
    build.text("Warga lari naik ke Fatubai waktu air laut naik.", SectionKind.PROFILE)
    build.row(activity(1, "Perbaikan jalan naik Fatubai"))
    build.row(activity(2, "Perbaikan jalan Oelbima"))
    assert named_places(build.plan()) == {1: ("Fatubai",)}


def test_money_by_pillar_counts_a_row_of_two_pillars_in_both() -> None:
    build = PlanBuilder()
    build.row(costed(1, "A"))
    build.row(replace(costed(2, "B"), cost=3_000_000, sources=("ADD", "DD"), years=(2026, 2027)))
    build.row(activity(3, "C"))
    budget = lens(build.plan(), {1: Tag(1, ("api", "mer")), 2: Tag(2, ("prb",)), 3: Tag(3)})
    shares = {s.key: (s.cost, s.rows, s.percent) for s in budget.by_pillar}
    assert budget.total == 4_000_000
    assert shares == {
        "prb": (3_000_000, 1, 75.0), "api": (1_000_000, 1, 25.0), "mer": (1_000_000, 1, 25.0), "prt": (4_000_000, 2, 100.0),
    }  # fmt: skip
    assert {s.key: s.cost for s in budget.by_source} == {"DD": 1_000_000, "ADD + DD": 3_000_000, "?": 0}
    assert {s.key: s.cost for s in budget.by_year} == {"2026": 1_500_000, "2027": 1_500_000}
    assert (budget.without_cost, budget.without_source) == ((3,), (3,))


def test_score_leaves_out_what_could_not_be_judged() -> None:
    base = judge(PlanBuilder().view(), criterion(rule("kalimat", cari=["tim"])), unread=False)
    marks = [*[Status.MET, Status.PARTIAL, Status.MISSING] * 3, Status.UNDETERMINED, Status.NOT_APPLICABLE]
    summary = summarise([replace(base, status=s) for s in marks], integrated=False)
    assert (summary.score, summary.band) == (50.0, "cukup")
    assert (summary.groups[0].met, summary.groups[0].undetermined) == (3, 1)


def test_no_score_when_much_is_unread() -> None:
    base = judge(PlanBuilder().view(), criterion(rule("kalimat", cari=["tim"])), unread=False)
    marks = [*[Status.MET] * 5, *[Status.UNDETERMINED] * 3]
    summary = summarise([replace(base, status=s) for s in marks], integrated=None)
    assert (summary.score, summary.band, summary.groups[0].score) == (None, "tidak dapat dinilai", None)
    assert summarise([replace(base, status=Status.UNDETERMINED)], integrated=None).score is None


def test_integrated_needs_money_in_all_three_pillars() -> None:
    rows = [(costed(1, "A"), ("prb",)), (costed(2, "B"), ("api", "mer"))]
    assert is_integrated(rows, unread=False) is True
    assert is_integrated(rows[:1], unread=False) is False
    assert is_integrated(rows[:1], unread=True) is None
    assert is_integrated([(activity(1, "A"), ("prb", "api", "mer"))], unread=False) is False


def test_first_fixes_fill_the_plan_s_own_place_and_hazard_and_mark_blanks() -> None:
    build = PlanBuilder()
    build.text("Banjir di Dusun II.", SectionKind.PROFILE, ("banjir", "Banjir"), ("tanda_tempat", "Dusun II"))
    build.text("Dusun II", SectionKind.PROBLEMS, kind="cell", table_kind=TableKind.PROBLEMS, role="lokasi", row_key=(2, 1))
    card = criterion(
        rule("kalimat", cari=["tim"]), suggestions=(Suggestion("Latihan siaga {bahaya}", "3.1.04", "kali", "Tim siaga", "DD"),)
    )
    view = build.view(catalogue(criteria=(card,)))
    view.done["hazards"] = build_threads(view, find_real_hazards(view), {})
    (first,) = first_fixes(view, [judge(view, card, unread=False)])
    row = dict(first.rows[0])
    assert (row["kode"], row["kegiatan"], row["lokasi"]) == ("3.1.04", "Latihan siaga banjir", "Dusun II")
    assert row["biaya"].startswith("…")
