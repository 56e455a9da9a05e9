"""Matrices as villages set them: whatever they are called and however they are cut, their rows are read."""

from __future__ import annotations

import pytest
from structure_kit import HEADER, RPJM_TITLE, TITLE, head, para, plan, row, table

from irmcheck.errors import Severity
from irmcheck.model import PlanKind, TableKind

HEALTH, ROAD, FARM = "Operasional Posyandu Melati", "Rabat beton jalan dusun", "Pelatihan pupuk organik"
GOVERNMENT = "Penghasilan tetap kepala desa"
BODY = [
    ["BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", *[None] * 7],
    row(1, GOVERNMENT, source="ADD"),
    ["BIDANG PELAKSANAAN PEMBANGUNAN DESA", *[None] * 7],
    row(1, HEALTH),
    row(2, ROAD),
    ["BIDANG PEMBERDAYAAN MASYARAKAT DESA", *[None] * 7],
    row(1, FARM),
]
NAMES = [GOVERNMENT, HEALTH, ROAD, FARM]


def matrix(header: list[str] = HEADER, **more: object):
    return table([header, *BODY], **more)


def titled(title: str, *after):
    return plan(*TITLE, head("BAB I PENDAHULUAN"), para("Rencana ini disusun bersama warga desa. " * 4), head(title), *after)


@pytest.mark.parametrize(
    "title",
    [
        "Tabel 4. Realisasi dan Rencana Kegiatan",
        "EVALUASI TAHUN 2025 DAN RENCANA KEGIATAN TAHUN 2026",
        "RENCANA KERJA HASIL EVALUASI",
        "DAFTAR USULAN KEGIATAN PRIORITAS RKP DESA TAHUN 2026",
        "RENCANA KEGIATAN DAN RENCANA ANGGARAN BIAYA TAHUN 2026",
        "TABEL PROGRAM MASUK DESA DAN KEGIATAN DESA",
        "KEGIATAN YANG TELAH DISEPAKATI",
    ],
)
def test_only_table_of_activities_is_the_matrix_whatever_it_is_called(title: str) -> None:
    found = titled(title, matrix())
    assert [a.name for a in found.activities] == NAMES
    assert not any(problem.severity is Severity.ERROR for problem in found.problems)


def test_assumed_matrix_is_told() -> None:
    found = titled("RENCANA KERJA HASIL EVALUASI", matrix(page=3))
    assert [(p.code, p.page, p.severity) for p in found.problems if p.code == "matrix-assumed"] == [
        ("matrix-assumed", 3, Severity.WARNING)
    ]


@pytest.mark.parametrize(
    "title",
    ["EVALUASI PELAKSANAAN RKP DESA TAHUN 2025", "SEJARAH PEMBANGUNAN DESA", "DAFTAR USULAN RKP DESA (DU-RKP) TAHUN 2027"],
)
def test_no_activity_beside_a_table_like_a_matrix_is_an_error(title: str) -> None:
    found = titled(title, matrix(page=4), head("BAB II VISI DAN MISI"), head("BAB III MASALAH"), head("BAB IV ARAH KEBIJAKAN"))
    assert found.identity.kind is PlanKind.RKPDES
    assert found.activities == () and found.rows_lost
    assert [(p.code, p.page, p.severity) for p in found.problems] == [("no-activities", 4, Severity.ERROR)]


def test_asked_of_the_kabupaten_never_becomes_the_matrix() -> None:
    body = [[*one[:7], "APBD Kabupaten"] if one[1] else one for one in BODY]
    found = titled("DAFTAR USULAN TAHUN 2026", table([HEADER, *body]))
    assert found.activities == ()


def test_matrix_beside_last_years_table_is_enough() -> None:
    last = table([HEADER, *[row(n, f"Kegiatan lama {n}") for n in range(1, 9)]], number=1)
    found = titled("EVALUASI RKP DESA TAHUN 2025", last, head("MATRIKS RKP DESA TAHUN 2026"), matrix(number=2))
    assert [a.name for a in found.activities] == NAMES
    assert [t.kind for t in found.tables] == [TableKind.EVALUATION, TableKind.MATRIX]


def test_nearest_title_decides_on_a_sheet() -> None:
    above = [["BAB V PEMANTAUAN DAN EVALUASI", *[""] * 7], ["MATRIKS RKP DESA TAHUN 2026", *[""] * 7]]
    found = titled("BAB IV PROGRAM", table([*above, HEADER, *BODY]))
    assert [a.name for a in found.activities] == NAMES
    assert not found.problems


def test_column_of_unknown_head_that_holds_names() -> None:
    header = ["No", "Rincian Karya Desa", "Letak", "Vol", "Penerima", "Waktu", "Nilai (Rp)", "Sumber"]
    assert [a.name for a in titled("MATRIKS", matrix(header)).activities] == NAMES


def test_amount_and_source_in_one_cell() -> None:
    header = ["No", "Kegiatan", "Lokasi", "Volume", "Biaya dan Sumber Dana"]
    rows = [["1", ROAD, "Dusun I", "100 m", "25.000.000 (DD)"], ["2", FARM, "Desa", "1 kali", "Rp 5.000.000,- (ADD)"]]
    rows.append(["3", HEALTH, "Desa", "12 bulan", "1.500.000 (PAD, DD)"])
    found = titled("MATRIKS", table([header, *rows])).activities
    assert [(a.cost, a.sources) for a in found] == [(25_000_000, ("DD",)), (5_000_000, ("ADD",)), (1_500_000, ("PAD", "DD"))]


def test_column_of_sources_under_another_head() -> None:
    header = ["No", "Kegiatan", "Alamat", "Volume", "Perkiraan Biaya", "Pembiayaan"]
    rows = [[str(n), name, "Dusun I", "1 unit", "5.000.000", "DD"] for n, name in enumerate(NAMES, 1)]
    found = titled("MATRIKS", table([header, *rows])).activities
    assert {(a.location, a.cost, a.sources) for a in found} == {("Dusun I", 5_000_000, ("DD",))}


def test_cost_columns_headed_by_sources_alone() -> None:
    header = ["No", "Kegiatan", "Lokasi", "Volume", "DD", "ADD", "PAD"]
    rows = [["1", ROAD, "Dusun I", "100 m", "25.000.000", "", ""], ["2", FARM, "Desa", "1 kali", "1.000.000", "500.000", "-"]]
    found = titled("MATRIKS", table([header, *rows])).activities
    assert [(a.cost, a.sources) for a in found] == [(25_000_000, ("DD",)), (1_500_000, ("DD", "ADD"))]


def test_amounts_under_years_of_the_period() -> None:
    header = [
        ["No", "Kegiatan", "Lokasi", "Volume", "Biaya (Rp)", *[None] * 5],
        ["", "", "", "", *[f"Tahun {n}" for n in range(1, 7)]],
    ]
    rows = [["1", ROAD, "Dusun I", "100 m", "25.000.000", "", "5.000.000", "", "", ""]]
    made = table([*header, *rows], spans={(0, 4): (1, 6)})
    found = plan(*RPJM_TITLE, head("MATRIKS RPJM DESA"), made).activities
    assert [(a.cost, a.years) for a in found] == [(30_000_000, (2022, 2024))]


@pytest.mark.parametrize(
    ("group", "leaves"), [("Jadwal (Bulan)", [str(n) for n in range(1, 13)]), ("Triwulan", ["I", "II", "III", "IV"])]
)
def test_months_and_quarters_are_no_years_of_the_period(group: str, leaves: list[str]) -> None:
    header = [["No", "Kegiatan", "Lokasi", "Volume", group, *[None] * (len(leaves) - 1)], ["", "", "", "", *leaves]]
    rows = [["1", ROAD, "Dusun I", "100 m", "v", "v", *[""] * (len(leaves) - 2)]]
    found = titled("MATRIKS", table([*header, *rows], spans={(0, 4): (1, len(leaves))})).activities
    assert [(a.name, a.years) for a in found] == [(ROAD, (2026,))]


@pytest.mark.parametrize("bidang", ["Bid. {n}", "Bidang {n}", "BIDANG {r}"])
def test_bidang_by_number_alone(bidang: str) -> None:
    parts = [[[bidang.format(n=n, r=("II", "IV")[n // 4]), *[None] * 7], row(1, name)] for n, name in ((2, ROAD), (4, FARM))]
    found = titled("MATRIKS", table([HEADER, *parts[0], *parts[1]])).activities
    assert [a.bidang_number for a in found] == [2, 4]


@pytest.mark.parametrize("cells", [("2", "4"), ("II", "IV"), ("Bid. 2", "Bid. 4")])
def test_bidang_column_of_figures(cells: tuple[str, str]) -> None:
    header = ["No", "Bidang", "Kegiatan", "Lokasi", "Volume", "Biaya (Rp)", "Sumber"]
    rows = [
        ["1", cells[0], ROAD, "Dusun I", "1 unit", "5.000.000", "DD"],
        ["2", cells[1], FARM, "Desa", "1 kali", "1.000.000", "DD"],
    ]
    assert [a.bidang_number for a in titled("MATRIKS", table([header, *rows])).activities] == [2, 4]


def test_table_for_each_bidang_under_its_numbered_name() -> None:
    found = titled(
        "MATRIKS",
        head("II. Pelaksanaan Pembangunan Desa"),
        table([HEADER, row(1, ROAD)]),
        head("IV. Pemberdayaan Masyarakat Desa"),
        table([HEADER, row(1, FARM)], number=2),
    )
    assert [(a.name, a.bidang_number) for a in found.activities] == [(ROAD, 2), (FARM, 4)]


def test_table_for_each_year_is_no_repeat() -> None:
    rows = [row(n, name) for n, name in enumerate(NAMES, 1)]
    header = [h if h != "Waktu" else "Keterangan" for h in HEADER]
    parts = [x for y in (2022, 2023) for x in (head(f"Rencana Kegiatan Tahun {y}"), table([header, *rows], number=y - 2021))]
    found = plan(*RPJM_TITLE, head("MATRIKS RPJM DESA"), *parts).activities
    assert [a.years for a in found] == [(2022,)] * 4 + [(2023,)] * 4


def test_accounts_behind_the_code_of_their_activity() -> None:
    header = ["Kode Rekening", "Uraian", "Lokasi", "Keluaran", "Anggaran (Rp)", "Sumber Dana"]
    rows = [
        ["02", "BIDANG PELAKSANAAN PEMBANGUNAN DESA", "", "", "", ""],
        ["2.1.01", HEALTH, "Desa", "12 bulan", "5.000.000", "DD"],
        ["2.1.01. 5.2.1", "Belanja Barang Perlengkapan", "", "", "3.000.000", ""],
        ["2.1.01. 5.2.2", "Belanja Jasa Honorarium", "", "", "2.000.000", ""],
        ["5.1.01", "Belanja tak terduga bila banjir", "Desa", "1 tahun", "9.000.000", "DD"],
    ]
    found = titled("MATRIKS", table([header, *rows])).activities
    assert [(a.name, a.cost) for a in found] == [(HEALTH, 5_000_000), ("Belanja tak terduga bila banjir", 9_000_000)]


def test_last_years_list_without_bidang_is_no_plan_even_alone() -> None:
    found = titled("Kegiatan Tahun 2025", table([HEADER, *[row(n, name) for n, name in enumerate(NAMES, 1)]], page=2))
    assert found.activities == () and [p.code for p in found.problems] == ["no-activities"]


def test_matrix_with_the_year_before_in_its_title_is_told() -> None:
    found = titled("MATRIKS KEGIATAN TAHUN 2025", matrix(page=2))
    assert [a.name for a in found.activities] == NAMES
    assert [(p.code, p.page) for p in found.problems] == [("matrix-past", 2)]


@pytest.mark.parametrize("extra", ["Realisasi", "Harga Satuan", "Masalah"])
def test_matrix_with_a_column_left_empty(extra: str) -> None:
    body = [[*one, None if one[1] is None else ""] for one in BODY]
    found = titled("MATRIKS RKP DESA", table([[*HEADER, extra], *body]))
    assert [a.name for a in found.activities] == NAMES


def test_matrix_with_what_came_of_it_is_no_plan() -> None:
    body = [[*one, None if one[1] is None else "100%"] for one in BODY]
    found = titled("KEGIATAN DESA", table([[*HEADER, "Realisasi"], *body]))
    assert found.activities == () and found.rows_lost


def test_rows_dated_in_the_period_of_an_rpjm_are_planned() -> None:
    body = [[*one[:5], "2023-2024", *one[6:]] if one[1] else one for one in BODY]
    found = plan(*RPJM_TITLE, head("BAB V EVALUASI"), table([HEADER, *body]))
    assert [a.name for a in found.activities] == NAMES


def test_ceiling_is_the_cost_where_activities_have_no_other() -> None:
    header = ["Kode", "Bidang", "Kegiatan", "Output", "Pagu", "Sumber Dana"]
    rows = [[f"2.1.0{n}", "Pelaksanaan Pembangunan Desa", name, "1 unit", "5.000.000", "DD"] for n, name in enumerate(NAMES, 1)]
    found = titled("MATRIKS", table([header, *rows])).activities
    assert {(a.cost, a.bidang_number) for a in found} == {(5_000_000, 2)}


def test_target_counts_where_there_is_no_volume() -> None:
    header = ["No", "Kegiatan", "Lokasi", "Target", "Anggaran", "Sumber Dana"]
    found = titled("MATRIKS", table([header, ["1", ROAD, "Dusun I", "100 m", "5.000.000", "DD"]])).activities
    assert [(a.volume.value, a.volume.unit) for a in found if a.volume] == [(100.0, "meter")]


def test_activities_listed_in_one_row_are_rows_of_their_own() -> None:
    cells = ["1", f"a. {ROAD}\nb. {FARM}", "Dusun I Dusun II", "100 m 1 kali", "25.000.000 5.000.000", "DD ADD"]
    found = titled("MATRIKS", table([["No", "Kegiatan", "Lokasi", "Volume", "Biaya", "Sumber"], cells])).activities
    assert [(a.name, a.location, a.volume.text if a.volume else "", a.cost, a.sources) for a in found] == [
        (ROAD, "Dusun I", "100 m", 25_000_000, ("DD",)),
        (FARM, "Dusun II", "1 kali", 5_000_000, ("ADD",)),
    ]


def test_parts_of_one_activity_with_one_amount_stay_one() -> None:
    cells = ["1", f"{ROAD}\na. galian tanah\nb. pasang batu", "Dusun I", "100 m", "25.000.000", "DD"]
    found = titled("MATRIKS", table([["No", "Kegiatan", "Lokasi", "Volume", "Biaya", "Sumber"], cells])).activities
    assert [a.cost for a in found] == [25_000_000]


def test_row_cut_by_a_page_break_is_one_row() -> None:
    columns = ["No", "Kegiatan", "Lokasi", "Volume", "Biaya", "Sumber"]
    first = table(
        [columns, ["1", ROAD, "Dusun I", "1 km", "9.000.000", "DD"], ["2", "Insentif", "Desa", "12 bulan", "420.000", "ADD"]]
    )
    rest = table([["", "RT/RW", "", "", ".000", ""], ["3", FARM, "Desa", "1 kali", "1.000.000", "DD"]], page=2, number=2)
    found = titled("MATRIKS", first, rest).activities
    assert [(a.name, a.cost, a.place.page) for a in found] == [
        (ROAD, 9_000_000, 1),
        ("Insentif RT/RW", 420_000_000, 1),
        (FARM, 1_000_000, 2),
    ]


@pytest.mark.parametrize(("cost", "tail"), [("5.000.000", "000"), ("5.000.000", "1.250.000"), ("12", "5")])
def test_whole_amount_takes_no_more_figures_from_the_next_page(cost: str, tail: str) -> None:
    columns = ["No", "Kegiatan", "Lokasi", "Volume", "Biaya", "Sumber"]
    first = table([columns, ["1", ROAD, "Dusun I", "1 km", cost, "DD"]])
    rest = table([["", "pekerjaan tanah", "", "", tail, ""], ["2", FARM, "Desa", "1 kali", "1.000.000", "DD"]], page=2, number=2)
    (matrix,) = titled("MATRIKS", first, rest).tables
    assert [row.cells[4] for row in matrix.rows] == [cost, tail, "1.000.000"]


def test_title_at_the_top_of_a_page_goes_on_with_nothing() -> None:
    columns = ["No", "Kegiatan", "Lokasi", "Volume", "Biaya", "Sumber"]
    first = table([columns, ["1", ROAD, "Dusun I", "1 km", "9.000.000", "DD"]])
    rows = [["", "BIDANG PEMBERDAYAAN MASYARAKAT DESA", "", "", "", ""], ["1", FARM, "Desa", "1 kali", "1.000.000", "DD"]]
    found = titled("MATRIKS", first, table(rows, page=2, number=2)).activities
    assert [(a.name, a.bidang_number) for a in found] == [(ROAD, None), (FARM, 4)]


def test_short_name_of_the_fifth_bidang_is_a_title() -> None:
    rows = [["", "5. Bencana, darurat dan mendesak", *[""] * 6], row(1, "Tanggap darurat banjir")]
    found = titled("MATRIKS", table([HEADER, *rows])).activities
    assert [(a.name, a.bidang_number) for a in found] == [("Tanggap darurat banjir", 5)]
