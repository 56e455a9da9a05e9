from structure_kit import HEADER, RPJM_TITLE, TITLE, head, para, plan, row, table


def titles(width, *texts):
    return [*texts, *[""] * (width - len(texts))]


def test_a_row_brings_every_field_and_its_place():
    header = ["No", "Kode", "Jenis Kegiatan", "Lokasi", "Volume", "Sasaran/ Manfaat", "Waktu Pelaksanaan", "Biaya (Rp)",
              "Sumber", "Pola Pelaksanaan", "Pelaksana Kegiatan"]  # fmt: skip
    cells = ["1", "03.01.04.", "Pelatihan tim siaga", "Dusun III", "2 kali", "25 orang", "Maret", "Rp. 7.500.000,-", "DDS",
             "Swakelola", "Kasi Kesra"]  # fmt: skip
    found = plan(*TITLE, table([header, ["III", "BIDANG PEMBINAAN KEMASYARAKATAN", *[""] * 9], cells], page=4))
    one = found.activities[0]
    assert (one.code, one.name, one.location, one.target) == ("3.1.04", "Pelatihan tim siaga", "Dusun III", "25 orang")
    assert (one.volume.text, one.volume.value, one.volume.unit) == ("2 kali", 2, "kali")
    assert (one.schedule, one.years, one.cost, one.sources, one.sources_text) == ("Maret", (2026,), 7_500_000, ("DD",), "DDS")
    assert (one.pattern, dict(one.other)["pelaksana"]) == ("Swakelola", "Kasi Kesra")
    assert (one.bidang_number, one.bidang) == (3, "BIDANG PEMBINAAN KEMASYARAKATAN")
    assert (one.place.page, one.place.table, one.place.row) == (4, 1, 2)


def test_titles_subtotals_and_column_numbers_are_no_activities():
    found = plan(
        *TITLE,
        table(
            [
                HEADER,
                ["1", "2", "3", "4", "5", "6", "7", "8"],
                titles(8, "I. BIDANG PENYELENGGARAAN PEMERINTAHAN DESA"),
                titles(8, "1.1 Sub Bidang Tata Praja"),
                row(1, "Musyawarah desa"),
                ["", "JUMLAH BIDANG I", "", "", "", "", "10.000.000", ""],
                titles(8, "II. BIDANG PELAKSANAAN PEMBANGUNAN DESA"),
                titles(8, "", "a. Sub Bidang Kesehatan"),
                row(2, "Posyandu", "20.000.000"),
                ["", "JUMLAH BIDANG II", "", "", "", "", "25.000.000", ""],
                ["", "JUMLAH TOTAL", "", "", "", "", "30.000.000", ""],
            ]
        ),
    )
    assert [(a.name, a.bidang_number, a.subbidang) for a in found.activities] == [
        ("Musyawarah desa", 1, "Sub Bidang Tata Praja"),
        ("Posyandu", 2, "Sub Bidang Kesehatan"),
    ]
    assert [(c.what, c.stated, c.computed) for c in found.checks] == [
        ("JUMLAH BIDANG I", 10_000_000, 10_000_000),
        ("JUMLAH BIDANG II", 25_000_000, 20_000_000),
        ("JUMLAH TOTAL", 30_000_000, 30_000_000),
    ]
    assert found.stated_total == 30_000_000
    wrong = [p for p in found.problems if p.code == "sum-differs"]
    assert len(wrong) == 1
    assert "Rp 25.000.000" in wrong[0].message and "selisih Rp 5.000.000" in wrong[0].message


def test_one_matrix_per_bidang_under_headings():
    found = plan(
        *TITLE,
        head("BAB IV RENCANA KEGIATAN"),
        para("A. Bidang Penyelenggaraan Pemerintahan Desa", bold=True),
        table([HEADER, row(1, "Musyawarah desa"), ["", "Jumlah", "", "", "", "", "10.000.000", ""]]),
        para("B. Bidang Pelaksanaan Pembangunan Desa", bold=True),
        table([HEADER, row(1, "Embung"), ["", "Jumlah", "", "", "", "", "10.000.000", ""]], number=2),
    )
    assert [(a.bidang_number, a.name) for a in found.activities] == [(1, "Musyawarah desa"), (2, "Embung")]
    assert not [p for p in found.problems if p.code == "sum-differs"]


def test_bidang_and_subbidang_in_merged_columns_are_carried_down():
    header = ["No", "Bidang", "Sub Bidang", "Program/Kegiatan", "Lokasi (RT/RW/Dusun)", "Keluaran/Output", "Prakiraan Biaya (Rp)",
              "Sumber Pembiayaan"]  # fmt: skip
    rows = [
        ["1", "Penyelenggaraan Pemerintahan Desa", "Siltap", "Siltap kades", "Desa", "12 bln", "10.000.000", "ADD"],
        ["2", None, None, "Siltap perangkat", "Desa", "12 bln", "20.000.000", "ADD"],
        ["3", "Pelaksanaan Pembangunan Desa", "Pekerjaan umum", "Embung", "Dusun II", "1 unit", "75.000.000", "DDS/PAD"],
    ]
    found = plan(*TITLE, table([header, *rows]))
    assert [(a.bidang_number, a.subbidang) for a in found.activities] == [(1, "Siltap"), (1, "Siltap"), (2, "Pekerjaan umum")]
    assert found.activities[2].sources == ("DD", "PAD")
    assert found.activities[2].volume.text == "1 unit"


def test_year_columns_under_a_heading_of_time():
    first = ["No", "Jenis Kegiatan", "Lokasi", "Volume", "Waktu Pelaksanaan (Tahun ke)", None, None, None, None, None, "Pola"]
    second = [None, None, None, None, "1", "2", "3", "4", "5", "6", None]
    found = plan(
        *RPJM_TITLE,
        table(
            [
                first,
                second,
                ["1", "Balai dusun", "Dusun I", "1 unit", "", "x", "", "", "", "", "Swakelola"],
                ["2", "Musyawarah", "Desa", "6 kali", "✓", "√", "v", "V", "1", "-", "Swakelola"],
            ]
        ),
    )
    assert [a.years for a in found.activities] == [(2023,), (2022, 2023, 2024, 2025, 2026)]


def test_calendar_year_columns_and_named_years():
    header = ["No", "Kegiatan", "Lokasi", "Volume", "2022", "2023", "2024"]
    found = plan(*RPJM_TITLE, table([header, ["1", "Embung", "Dusun I", "1 unit", "", "√", "√"]]))
    assert found.activities[0].years == (2023, 2024)
    header = ["No", "Kegiatan", "Lokasi", "Volume", "Tahun ke", "Biaya (dalam ribuan rupiah)"]
    found = plan(*RPJM_TITLE, table([header, ["1", "Embung", "Dusun I", "1 unit", "1-3", "75.000"]]))
    assert found.activities[0].years == (2022, 2023, 2024)
    assert found.activities[0].cost == 75_000_000


def test_columns_for_months_and_for_each_source():
    first = ["No", "Kode", "Uraian Kegiatan", "Lokasi", "Vol", "Sat", "Jan", "Feb", "Mar", "Sumber Dana", None, "Ket"]
    second = [*[None] * 9, "DD", "ADD", None]
    found = plan(
        *TITLE,
        table([first, second, ["1", "2.4.10", "Sumur bor", "Desa", "2", "unit", "", "v", "v", "10.000.000", "5.000.000", ""]]),
    )
    one = found.activities[0]
    assert (one.schedule, one.cost, one.sources, one.volume.text) == ("Feb, Mar", 15_000_000, ("DD", "ADD"), "2 unit")


def test_a_bare_jumlah_is_volume_beside_a_cost_and_cost_without_one():
    beside = [["No", "Kegiatan", "Lokasi", "Jumlah", "Satuan", "Biaya (Rp)", "Sumber"],
              ["1", "Embung", "Dusun I", "2", "unit", "5.000.000", "DD"]]  # fmt: skip
    one = plan(*TITLE, table(beside)).activities[0]
    assert (one.volume.text, one.cost) == ("2 unit", 5_000_000)
    alone = [["No", "Kegiatan", "Lokasi", "Volume", "Jumlah", "Sumber"], ["1", "Embung", "Dusun I", "2 unit", "5.000.000", "DD"]]
    one = plan(*TITLE, table(alone)).activities[0]
    assert (one.volume.text, one.cost) == ("2 unit", 5_000_000)
    ceiling = [
        ["No", "Kegiatan", "Lokasi", "Volume", "Pagu (Rp)", "Sumber"],
        ["1", "Embung", "Dusun I", "2 unit", "5.000.000", "DD"],
    ]
    assert plan(*TITLE, table(ceiling)).activities[0].cost == 5_000_000


def test_columns_under_groups():
    first = [
        "No",
        "Bidang/Sub Bidang/Kegiatan",
        "Lokasi",
        None,
        "Prakiraan Volume",
        None,
        "Penerima Manfaat",
        None,
        "Biaya",
        None,
    ]
    second = [None, None, "Dusun", "RT", "Jumlah", "Satuan", "Lk", "Pr", "Jumlah (Rp)", "Sumber"]
    cells = ["2.1.1", "Posyandu", "Dusun II", "03", "12", "bulan", "10", "50", "24.000.000", "ADD, DD"]
    one = plan(*TITLE, table([first, second, cells])).activities[0]
    assert (one.name, one.location, one.volume.text, one.cost, one.sources) == (
        "Posyandu", "Dusun II 03", "12 bulan", 24_000_000, ("ADD", "DD"),
    )  # fmt: skip
    assert one.code is None  # numbering of rows, not a kode kegiatan
    assert dict(one.other) == {"laki_laki": "10", "perempuan": "50"}


def test_amounts_under_years_are_money_and_years():
    first = ["No", "Kegiatan", "Lokasi", "Tahun Pelaksanaan dan Biaya (Rp)", None, None, "Sumber"]
    second = [None, None, None, "2022", "2023", "2024", None]
    one = plan(*RPJM_TITLE, table([first, second, ["1", "Embung", "Dusun I", "10.000.000", "", "20.000.000", "DD"]])).activities[
        0
    ]
    assert (one.years, one.cost) == ((2022, 2024), 30_000_000)


def test_an_impossible_amount_is_unknown_and_told():
    rows = [row(n, f"Kegiatan {n}", f"{n}.500.000") for n in range(1, 8)]
    found = plan(*TITLE, table([HEADER, *rows, row(8, "Sertifikat tanah", "5")]))
    assert found.activities[-1].cost is None
    assert any(p.code == "amount-doubtful" and "Sertifikat tanah" in p.message for p in found.problems)


def test_economic_accounts_are_folded_into_their_activity():
    header = ["Kode Rek", "Uraian", "Lokasi", "Volume", "Waktu", "Anggaran", "Sumber"]
    found = plan(
        *TITLE,
        table(
            [
                header,
                ["2", "BIDANG PELAKSANAAN PEMBANGUNAN DESA", "", "", "", "100.000.000", ""],
                ["2.3", "Sub Bidang Pekerjaan Umum", "", "", "", "100.000.000", ""],
                ["2.3.14", "Pembangunan drainase", "Dusun I", "120 m", "Mei", "", "DD"],
                ["5.2", "Belanja Barang dan Jasa", "", "", "", "40.000.000", ""],
                ["5.3", "Belanja Modal", "", "", "", "60.000.000", ""],
            ]
        ),
    )
    assert [(a.code, a.name, a.cost) for a in found.activities] == [("2.3.14", "Pembangunan drainase", 100_000_000)]
    assert [r.kind for r in found.tables[0].rows] == ["title", "title", "data", "account", "account"]


def test_an_activity_of_two_sources_on_two_rows_is_one_activity():
    found = plan(*TITLE, table([HEADER, row(1, "Embung"), [None, None, None, None, None, None, "5.000.000", "ADD"]]))
    assert [(a.name, a.cost, a.sources) for a in found.activities] == [("Embung", 15_000_000, ("DD", "ADD"))]


def test_four_hundred_more_rows_cost_linear_time():
    from time import perf_counter

    def spent(count):
        rows = [row(n, f"Kegiatan nomor {n} di dusun") for n in range(1, count + 1)]
        start = perf_counter()
        assert len(plan(*TITLE, table([HEADER, *rows])).activities) == count
        return perf_counter() - start

    spent(50)
    assert spent(2400) < 12 * spent(400) + 0.2


def test_a_numbered_title_over_lettered_rows():
    rows = [["1", "Kesehatan", *[""] * 6], ["a", *row(1, "Posyandu")[1:]], ["b", *row(2, "Jamban")[1:]],
            ["2", "Pekerjaan umum", *[""] * 6], ["a", *row(3, "Jalan tani")[1:]], ["3", "Air bersih", *[""] * 6]]  # fmt: skip
    found = plan(*TITLE, table([HEADER, *rows]))
    assert [(a.subbidang, a.name) for a in found.activities] == [
        ("Kesehatan", "Posyandu"),
        ("Kesehatan", "Jamban"),
        ("Pekerjaan umum", "Jalan tani"),
        ("Pekerjaan umum", "Air bersih"),
    ]
