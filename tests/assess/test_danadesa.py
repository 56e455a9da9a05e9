"""Dana desa: fits, opportunities, prohibitions and shares, on small plans made here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from irmcheck.assess.danadesa import judge_dana_desa
from irmcheck.catalogue import load_catalogue
from irmcheck.catalogue.rules import Catalogue, Criterion
from irmcheck.match.matcher import Matcher, compile_matcher, find_matches
from irmcheck.model import (
    Activity,
    DanaDesa,
    Document,
    Finding,
    Identity,
    Page,
    Passage,
    Place,
    Plan,
    PlanKind,
    PlanTable,
    Quality,
    Row,
    Section,
    SectionKind,
    Status,
    SuggestedActivity,
    TableKind,
    Tag,
)

JT = 1_000_000
DD, ADD = ("DD",), ("ADD",)
RowSpec = tuple[str, int | None, tuple[str, ...]] | tuple[str, int | None, tuple[str, ...], str]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def matcher(catalogue: Catalogue) -> Matcher:
    mine = {key: c for key, c in catalogue.concepts.items() if key.startswith("dd_")}
    return compile_matcher(mine, catalogue.lexicon)


@pytest.fixture
def judge(catalogue: Catalogue, matcher: Matcher):  # type: ignore[no-untyped-def]
    """judge(year, rows, ...) -> DanaDesa; a row is (name, cost, sources[, target])."""

    def run(
        year: int | None,
        rows: Iterable[RowSpec],
        *,
        kind: PlanKind = PlanKind.RKPDES,
        pillars: Mapping[int, tuple[str, ...]] | None = None,
        prose: str = "",
        section: SectionKind = SectionKind.BUDGET,
        income: tuple[PlanTable, ...] = (),
        pages: tuple[Page, ...] = (),
        findings: tuple[Finding, ...] = (),
        with_catalogue: Catalogue | None = None,
    ) -> DanaDesa:
        used = with_catalogue or catalogue
        plan = make_plan(list(rows), kind, prose, section, income, pages)
        concepts: dict[int, set[str]] = {a.row: set() for a in plan.activities}
        for match in find_matches(plan, matcher):
            row = plan.passages[match.passage].activity
            if row is not None:
                concepts[row].add(match.concept)
        tags = {row: Tag(row, found) for row, found in (pillars or {}).items()}
        frozen = {row: frozenset(found) for row, found in concepts.items()}
        return judge_dana_desa(plan, tags, frozen, used.pack(year), year, findings, used)

    return run


def make_plan(
    rows: list[RowSpec],
    kind: PlanKind,
    prose: str,
    section: SectionKind,
    income: tuple[PlanTable, ...],
    pages: tuple[Page, ...],
) -> Plan:
    activities, passages = [], []
    for number, (name, cost, sources, *rest) in enumerate(rows, 1):
        target = rest[0] if rest else ""
        activities.append(Activity(number, Place(1), name, cost=cost, sources=sources, target=target))
        for role, text in (("kegiatan", name), ("sasaran", target)):
            passages.append(Passage(text, "cell", 0, Place(1), role, TableKind.MATRIX, number, (1, number)))
    if prose:
        passages.append(Passage(prose, "prose", 0, Place(1)))
    return Plan(
        Document("rencana.pdf", "0", "pdf", (), pages),
        Identity(kind),
        (Section("Bab", section, 1, (0, 1)),),
        income,
        tuple(activities),
        tuple(passages),
    )


def income_table(*rows: tuple[str, ...], roles: tuple[str, ...] = ("no", "", "", "")) -> PlanTable:
    body = tuple(Row(cells, 1, number) for number, cells in enumerate(rows, 1))
    return PlanTable(1, "Pagu indikatif", TableKind.INCOME, roles, roles, body, 0, 1)


# ------------------------------------------------------------------------------------------------ year and notes


def test_year_after_the_packs_is_unknown_and_says_so(judge) -> None:  # type: ignore[no-untyped-def]
    fund = judge(2027, [("Pembangunan embung", 50 * JT, DD)])
    assert (fund.known, fund.regulation, fund.fit, fund.warnings) == (False, None, (), ())
    assert fund.notes == ("Aturan dana desa tahun 2027 belum ada dalam program ini. Verifikasi ke DPMD.",)


def test_unread_year_is_unknown(judge) -> None:  # type: ignore[no-untyped-def]
    fund = judge(None, [("Pembangunan embung", 50 * JT, DD)])
    assert not fund.known
    assert "Tahun anggaran tidak terbaca" in fund.notes[0]


def test_an_rkpdes_before_its_rule_is_not_blamed(judge) -> None:  # type: ignore[no-untyped-def]
    fund = judge(2026, [("BLT Dana Desa", 36 * JT, DD)])
    assert fund.warnings == ()
    assert fund.notes[0] == (
        "Aturan fokus dana desa 2026 (Permendesa 16/2025) terbit 29 Desember 2025. "
        "Bila RKP Desa disusun sebelumnya, sesuaikan saat menyusun APB Desa."
    )
    assert not any("terbit" in note for note in judge(2020, [("BLT Dana Desa", 36 * JT, DD)]).notes)
    assert not any("terbit" in note for note in judge(2026, [("BLT", JT, DD)], kind=PlanKind.APBDES).notes)


def test_shares_that_nobody_knows_are_named_and_not_judged(judge) -> None:  # type: ignore[no-untyped-def]
    fund = judge(2026, [("BLT Dana Desa", 90 * JT, DD), ("Rabat beton", 10 * JT, DD)])
    assert fund.warnings == ()
    assert any(note.startswith("Batas persen untuk bantuan langsung tunai") and "DPMD" in note for note in fund.notes)


def test_rows_without_source_are_said_to_be_unchecked(judge) -> None:  # type: ignore[no-untyped-def]
    rows: list[RowSpec] = [("Honor perangkat desa", 5 * JT, ()), ("Embung desa", 50 * JT, ())]
    fund = judge(2026, rows)
    assert fund.warnings == ()
    assert "Tidak ada kegiatan yang menulis sumber dana" in " ".join(fund.notes)
    some = judge(2026, [*rows, ("Posyandu", 5 * JT, ADD)])
    assert "2 dari 3 kegiatan tidak menulis sumber dana" in " ".join(some.notes)


def test_sums_are_not_judged_while_a_page_is_unread(judge) -> None:  # type: ignore[no-untyped-def]
    rows: list[RowSpec] = [("BLT Dana Desa", 90 * JT, DD), ("Rabat beton", 10 * JT, DD)]
    assert judge(2025, rows).warnings
    fund = judge(2025, rows, pages=(Page(1), Page(2, source="unread")))
    assert fund.warnings == ()
    assert "sulit terbaca" in " ".join(fund.notes)
    poor = Page(1, source="ocr", quality=Quality.POOR)
    assert judge(2025, rows, pages=(poor,)).warnings == ()
    assert judge(2025, rows, pages=(Page(1, source="ocr"),)).warnings


def test_not_a_plan_gets_nothing(judge) -> None:  # type: ignore[no-untyped-def]
    assert judge(2025, [], kind=PlanKind.NOT_A_PLAN) == DanaDesa(2025, known=False)


# ------------------------------------------------------------------------------------------------ fits and opportunities


def test_a_risk_row_fits_the_climate_focus_with_rule_and_certainty(judge) -> None:  # type: ignore[no-untyped-def]
    fund = judge(2026, [("Pembangunan embung mini", 60 * JT, DD)], pillars={1: ("api",)})
    (fit,) = fund.fit
    assert (fit.activity, fit.focus, fit.regulation, fit.certain) == (
        1,
        "desa berketahanan iklim dan tangguh bencana",
        "Permendesa 16/2025",
        True,
    )
    assert 'butir "pengendalian kekeringan dan banjir, termasuk embung dan sumur bor"' in fit.text


def test_disaster_rows_of_2024_rest_on_permendesa_7_2023(judge) -> None:  # type: ignore[no-untyped-def]
    fund = judge(2024, [("Bronjong kali", 60 * JT, DD), ("Posyandu", 5 * JT, DD)], pillars={1: ("prb",)})
    assert [fit.regulation for fit in fund.fit] == ["Permendesa 7/2023", "Permendesa 13/2023"]
    assert any("empat fokus" in note for note in fund.notes)


def test_a_risk_row_without_source_could_use_the_fund(judge) -> None:  # type: ignore[no-untyped-def]
    fund = judge(2025, [("Penanaman bambu di lereng", 9 * JT, ())], pillars={1: ("mer",)})
    (fit,) = fund.fit
    assert "sumber dana belum ditulis; dapat diusulkan dari dana desa 2025" in fit.text
    assert not fit.certain


def test_rows_of_other_funds_are_not_fits(judge) -> None:  # type: ignore[no-untyped-def]
    assert judge(2026, [("Pembangunan embung", 60 * JT, ADD)], pillars={1: ("api",)}).fit == ()


def test_an_rpjmdes_gets_indications_only(judge) -> None:  # type: ignore[no-untyped-def]
    rows: list[RowSpec] = [("Pembangunan embung", 60 * JT, DD), ("Honor perangkat desa", 40 * JT, DD)]
    fund = judge(None, rows, kind=PlanKind.RPJMDES, pillars={1: ("api",)}, prose="BLT paling tinggi 25% Dana Desa.")
    assert (fund.known, fund.regulation, fund.warnings) == (False, "Permendesa 16/2025", ())
    assert [(fit.activity, fit.certain) for fit in fund.fit] == [(1, False)]
    assert fund.notes[0].endswith("catatan ini memakai fokus 2026 sebagai petunjuk saja.")


def _finding(status: Status, hint: str) -> Finding:
    row = SuggestedActivity("Pengadaan kentongan dan megafon peringatan", "3.1.04", source_hint=hint)
    return Finding("PRB-03", "Peringatan dini", "PRB", "prb", "tata_kelola", 2, status, "", suggested=(row,))


CRITERION = Criterion("PRB-03", "Peringatan dini", "PRB", "prb", "", "", 2, ("rkpdes",), "?", "", ())


@pytest.mark.parametrize(
    ("hint", "status", "count"),
    [
        ("DD", Status.MISSING, 1),
        ("Dana Desa atau ADD", Status.PARTIAL, 1),
        ("", Status.MISSING, 1),
        ("ADD", Status.MISSING, 0),
        ("Alokasi Dana Desa", Status.MISSING, 0),
        ("DD", Status.MET, 0),
        ("DD", Status.NOT_APPLICABLE, 0),
    ],
)
def test_gaps_that_the_fund_could_pay(judge, catalogue: Catalogue, hint: str, status: Status, count: int) -> None:  # type: ignore[no-untyped-def]
    mine = replace(catalogue, criteria=(CRITERION,))
    fund = judge(2025, [("Posyandu", JT, DD)], findings=(_finding(status, hint),), with_catalogue=mine)
    assert [note.criterion for note in fund.opportunities] == ["PRB-03"] * count
    if count:
        assert fund.opportunities[0].text == (
            'Peringatan dini: "Pengadaan kentongan dan megafon peringatan" dapat diusulkan dari dana desa 2025, '
            'fokus "penguatan desa yang adaptif terhadap perubahan iklim" (Permendesa 2/2024).'
        )


# ------------------------------------------------------------------------------------------------ prohibitions


@pytest.mark.parametrize(
    ("name", "target", "cost", "says"),
    [
        ("Operasional (ATK, Honor PKPKD dan PPKD dll)", "14 Org", 9, "honorarium kepala desa"),
        ("Penghasilan tetap dan tunjangan", "Perangkat desa", 9, "honorarium kepala desa"),
        ("Perjalanan dinas Kepala Desa ke luar kabupaten", "", 9, "perjalanan dinas"),
        ("Iuran BPJS Ketenagakerjaan", "Kepala Desa dan perangkat", 9, "iuran jaminan"),
        ("Pembangunan gedung kantor desa", "", 90, "pembangunan kantor desa"),
        ("Rehabilitasi kantor desa", "", 26, "paling banyak Rp25.000.000"),
        ("Bimtek pengelolaan keuangan", "BPD", 9, "bimbingan teknis bagi"),
        ("Pelatihan kesiapsiagaan bencana bagi perangkat desa", "", 9, "bimbingan teknis bagi"),
        ("Studi banding pengelolaan mata air", "Kelompok air", 9, "studi banding"),
        ("Pembayaran hutang pekerjaan tahun sebelumnya", "", 9, "kewajiban tahun sebelumnya"),
        ("Bantuan hukum kepala desa", "", 9, "bantuan hukum"),
        ("Pembangunan Gedung Balai Desa sebagai tempat evakuasi", "Warga", 90, "pembangunan kantor desa"),
        ("SPPD luar daerah kepala desa", "", 9, "perjalanan dinas"),
        ("BIMTEK PENGELOLAAN KEUANGAN DESA", "Kades, Perangkat Desa dan BPD", 9, "bimbingan teknis bagi"),
    ],
)
def test_rows_that_look_prohibited_in_2026(judge, name: str, target: str, cost: int, says: str) -> None:  # type: ignore[no-untyped-def]
    fund = judge(2026, [(name, cost * JT, DD, target)])
    (warning,) = fund.warnings
    assert says in warning.text
    assert "Perlu dicek" in warning.text
    assert "melanggar" not in warning.text
    assert (warning.activity, warning.regulation, warning.certain) == (1, "Permendesa 16/2025", True)


@pytest.mark.parametrize(
    ("name", "target", "cost", "sources"),
    [
        ("Honorarium perangkat desa", "", 9, ADD),
        ("Iuran BPJS aparat desa", "Aparat desa", 9, ADD),
        ("Honor kader posyandu", "25 kader", 9, DD),
        ("Honor dan seragam Linmas", "Linmas", 9, DD),
        ("Insentif tutor PAUD", "9 org", 9, DD),
        ("Pelatihan kesiapsiagaan bencana", "Warga dan relawan", 9, DD),
        ("Pelatihan relawan siaga bencana", "25 warga RT 10", 9, DD),
        ("Perbaikan ringan balai desa", "Warga", 25, DD),
        ("Pengadaan komputer kantor desa", "Perangkat", 9, DD),
        ("Sarana prasarana kantor desa", "", 90, DD),
        ("Iuran BPJS Kesehatan", "KK miskin", 9, DD),
        ("Pengadaan perangkat lunak dan pelatihan", "Kader", 9, DD),
        ("Penyuluhan hukum", "Warga", 9, DD),
        ("Pembangunan rabat jalan depan kantor desa", "Warga", 50, DD),
        ("Pembangunan embung di belakang kantor desa", "Warga", 50, DD),
        ("Rehab drainase samping kantor desa", "Warga", 50, DD),
        ("Simulasi gempa", "Warga, perangkat desa, BPD", 9, DD),
        ("Pelatihan tanggap bencana bagi warga bersama BPBD", "50 warga", 9, DD),
        ("Honor tim pelaksana kegiatan", "TPK", 9, DD),
        ("Rehab kantor BUMDes", "Pengurus", 50, DD),
        ("Operasional Pemerintah Desa dari Dana Desa (3%)", "Pelayanan", 3, DD),
    ],
)
def test_look_alikes_are_left_alone_in_2026(  # type: ignore[no-untyped-def]
    judge, name: str, target: str, cost: int, sources: tuple[str, ...]
) -> None:
    assert judge(2026, [(name, cost * JT, sources, target)]).warnings == ()


def test_before_2026_only_the_pay_of_officials_is_asked_about_and_said_to_be_uncertain(judge) -> None:  # type: ignore[no-untyped-def]
    rows: list[RowSpec] = [
        ("Penghasilan tetap perangkat desa", 9 * JT, DD),
        ("Bimtek perangkat desa", 9 * JT, DD),
        ("Ketahanan pangan", 40 * JT, DD),
        ("Sewa gedung", 142 * JT, DD),
    ]
    (warning,) = judge(2025, rows).warnings
    assert warning.activity == 1
    assert not warning.certain
    assert warning.text.endswith("Ketentuan ini belum pasti; verifikasi ke DPMD.")
    assert warning.regulation == "PP 43/2014 jo. PP 47/2015"


# ------------------------------------------------------------------------------------------------ sums


def test_blt_above_its_share_of_2025(judge) -> None:  # type: ignore[no-untyped-def]
    rows: list[RowSpec] = [("BLT Dana Desa", 20 * JT, DD), ("Ketahanan pangan", 20 * JT, DD), ("Rabat beton", 60 * JT, DD)]
    (warning,) = judge(2025, rows).warnings
    assert warning.text == (
        "Untuk bantuan langsung tunai terbaca Rp20.000.000 atau 20% dari dana desa Rp100.000.000; "
        "batas paling banyak 15% (Permendesa 2/2024). Perlu dicek."
    )
    assert (warning.regulation, warning.certain) == ("Permendesa 2/2024", True)


@pytest.mark.parametrize(
    ("year", "blt", "food", "says"),
    [
        (2022, 40, 20, []),
        (2022, 39, 20, ["bantuan langsung tunai"]),
        (2023, 9, 20, ["bantuan langsung tunai"]),
        (2023, 26, 19, ["bantuan langsung tunai", "ketahanan pangan"]),
        (2024, 25, 20, []),
        (2024, 10, 12, ["ketahanan pangan"]),
        (2021, 0, 0, []),
    ],
)
def test_shares_of_each_year(judge, year: int, blt: int, food: int, says: list[str]) -> None:  # type: ignore[no-untyped-def]
    rest = 92 - blt - food
    rows: list[RowSpec] = [("BLT", blt * JT, DD), ("Pengadaan bibit jagung", food * JT, DD), ("Penanganan COVID", 8 * JT, DD)]
    if not blt:
        rows = rows[2:]
    fund = judge(year, [*rows, ("Rabat beton", rest * JT, DD)])
    assert len(fund.warnings) == len(says)
    assert all(word in warning.text for word, warning in zip(says, fund.warnings, strict=True))


def test_shares_are_taken_of_the_stated_ceiling(judge) -> None:  # type: ignore[no-untyped-def]
    table = income_table(("1", "Dana Desa (DD)", "1.108.412.000", ""), ("2", "Alokasi Dana Desa (ADD)", "548.350.000", ""))
    rows: list[RowSpec] = [("Operasional Pemerintah Desa", 33_252_000, DD), ("Ketahanan pangan", 230 * JT, DD)]
    assert judge(2025, rows, income=(table,)).warnings == ()
    assert "operasional pemerintah desa" in judge(2025, rows).warnings[0].text


def test_no_share_is_too_small_in_a_plan_whose_matrix_is_lost(catalogue: Catalogue) -> None:
    table = income_table(("1", "Dana Desa (DD)", "1.108.412.000", ""))
    plan = make_plan([], PlanKind.RKPDES, "", SectionKind.BUDGET, (table,), ())

    def told(plan: Plan) -> str:
        return " ".join(one.text for one in judge_dana_desa(plan, {}, {}, catalogue.pack(2025), 2025, (), catalogue).warnings)

    assert "ketahanan pangan" in told(plan)
    assert told(replace(plan, rows_lost=True)) == ""


def test_rows_past_the_stated_ceiling(judge) -> None:  # type: ignore[no-untyped-def]
    header = ("", "biaya", "", "pagu")
    table = income_table(("DDS", "1,358,198,400", "(167,239,400)", "1,270,999,000"), roles=header)
    fund = judge(2026, [("Rabat beton", 1_312_951_600, DD)], income=(table,))
    assert [w.text for w in fund.warnings] == [
        "Kegiatan berdana desa berjumlah Rp1.312.951.600, lebih dari pagu dana desa Rp1.270.999.000 "
        "yang tertulis dalam naskah. Perlu dicek."
    ]


def test_an_income_row_with_several_years_is_no_ceiling(judge) -> None:  # type: ignore[no-untyped-def]
    table = income_table(("1", "Dana Desa", "900.000.000", "1.000.000.000"))
    assert judge(2026, [("Rabat beton", 1_200 * JT, DD)], income=(table,)).warnings == ()


def test_rows_of_several_sources_count_for_the_village(judge) -> None:  # type: ignore[no-untyped-def]
    both = ("DD", "ADD")
    rows: list[RowSpec] = [
        ("Ketahanan pangan", 25 * JT, both),
        ("Operasional pemerintah desa", 9 * JT, both),
        ("Rabat beton", 66 * JT, DD),
    ]
    assert judge(2025, rows).warnings == ()


def test_a_food_row_without_cost_leaves_the_minimum_open(judge) -> None:  # type: ignore[no-untyped-def]
    assert judge(2025, [("Ketahanan pangan", None, DD), ("Rabat beton", 90 * JT, DD)]).warnings == ()


FOOD: RowSpec = ("Ketahanan pangan", 30 * JT, DD)


def test_percentages_copied_from_another_year(judge) -> None:  # type: ignore[no-untyped-def]
    prose = "Belanja untuk ketahanan pangan paling rendah 20% Dana Desa, bantuan langsung tunai paling tinggi 25% Dana Desa."
    (warning,) = judge(2025, [FOOD], prose=prose).warnings
    assert warning.text == (
        'Naskah menulis "bantuan langsung tunai paling tinggi 25% Dana Desa", sedangkan batas '
        "bantuan langsung tunai dana desa 2025 adalah 15% (Permendesa 2/2024). Perlu dicek."
    )
    assert judge(2024, [FOOD], prose=prose).warnings == ()
    assert judge(2026, [FOOD], prose=prose).warnings == ()
    assert judge(2025, [FOOD], prose=prose, section=SectionKind.LAW).warnings == ()


@pytest.mark.parametrize(
    "prose",
    [
        "Biaya operasional Pemerintah Desa dari Dana Desa paling banyak 3%.",
        "Realisasi BLT Dana Desa mencapai 25%.",
        "Serapan tenaga kerja paling rendah 50% dari upah.",
        "Swadaya paling tinggi 25% dari biaya bibit.",
    ],
)
def test_other_percentages_are_left_alone(judge, prose: str) -> None:  # type: ignore[no-untyped-def]
    assert judge(2025, [FOOD], prose=prose).warnings == ()


@pytest.mark.parametrize(("cost", "count"), [(36 * JT, 0), (36 * JT + 12, 1), (60 * JT, 1)])
def test_blt_above_the_monthly_amount_of_a_family(judge, cost: int, count: int) -> None:  # type: ignore[no-untyped-def]
    fund = judge(2026, [("Bantuan Langsung Tunai", cost, DD, "10 KPM x 12 bulan")])
    assert len(fund.warnings) == count
    assert judge(2026, [("Bantuan Langsung Tunai", cost, DD, "10 KPM")]).warnings == ()
    assert judge(2026, [("Bantuan Langsung Tunai", cost, ADD, "10 KPM x 12 bulan")]).warnings == ()


def test_a_pack_of_ones_own_needs_only_the_numbers(judge, catalogue: Catalogue) -> None:  # type: ignore[no-untyped-def]
    mine = replace(catalogue.packs[2026], year=2027, earmarks={"blt": {"maks": 10}, "lain": {"min": 50}}, published="")
    own = replace(catalogue, packs={**catalogue.packs, 2027: mine})
    (warning,) = judge(2027, [("BLT", 20 * JT, DD), ("Rabat beton", 80 * JT, DD)], with_catalogue=own).warnings
    assert warning.text.startswith("Untuk bantuan langsung tunai terbaca Rp20.000.000 atau 20%")
    assert not warning.certain
