from structure_kit import HEADER, TITLE, head, para, plan, row, table

from irmcheck.model import Block, TableKind


def test_a_matrix_goes_on_over_pages():
    pages = [
        table([HEADER, row(1, "Embung desa"), ["2", "Pemeliharaan", "", "", "", "", "", ""]], page=1),
        table([HEADER, ["", "jaringan pipa", "Dusun II", "450 m", "54 KK", "Juni", "52.300.000", "DD"]], page=2, number=2),
        table([row(3, "Jamban keluarga")], page=3, number=3),
    ]
    found = plan(*TITLE, *pages)
    assert len(found.tables) == 1
    assert (found.activities[0].name, found.activities[0].place.page) == ("Embung desa", 1)
    assert found.activities[-1].name == "Jamban keluarga" and found.activities[-1].place.page == 3


def test_a_repeated_header_with_its_numbers_run_in_is_dropped():
    repeated = [f"{name} {n}" for n, name in enumerate(HEADER, 1)]
    found = plan(*TITLE, table([HEADER, row(1, "Embung")]), table([repeated, row(2, "Jalan")], page=2, number=2))
    assert [a.name for a in found.activities] == ["Embung", "Jalan"]


def test_a_source_that_fell_out_of_its_frame_goes_back():
    last = [*row(2, "Jalan")[:7], None]
    found = plan(*TITLE, table([HEADER, row(1, "Embung"), last]), para("PBH"), table([HEADER, row(3, "Air")], page=2, number=2))
    assert [a.sources for a in found.activities] == [("DD",), ("PBH",), ("DD",)]


def test_a_table_of_years_gone_by_is_an_evaluation():
    past = [["No", "Kegiatan", "Lokasi", "Volume", "Anggaran"], ["1", "Jalan", "Dusun I", "100 m", "9.000.000"]]
    found = plan(*TITLE, para("Tabel 1. Kegiatan Tahun 2025"), table(past), head("LAMPIRAN I"), table([HEADER, row(1, "Embung")]))
    assert [t.kind for t in found.tables] == [TableKind.EVALUATION, TableKind.MATRIX]


def test_lines_set_with_tabs_are_a_table():
    lines = [Block("\t".join(c or "" for c in cells), 1, tabs=tuple(c or "" for c in cells)) for cells in
             (HEADER, row(1, "Embung desa"), row(2, "Jalan desa"))]  # fmt: skip
    found = plan(*TITLE, *lines)
    assert [a.name for a in found.activities] == ["Embung desa", "Jalan desa"]
    assert not [p for p in found.passages if p.kind == "prose" and "Embung" in p.text]


def test_other_tables_give_no_activities():
    found = plan(
        *TITLE,
        table([HEADER, row(1, "Embung")]),
        para("Tabel 2. Realisasi kegiatan tahun 2025"),
        table(
            [["No", "Kegiatan", "Lokasi", "Anggaran (Rp)", "Realisasi (Rp)"], ["1", "Jalan", "Dusun I", "1.000.000", "900.000"]]
        ),
        head("LAMPIRAN II DAFTAR USULAN RKP DESA (DU-RKP DESA)"),
        table([HEADER, row(1, "Tembok pantai")]),
        para("Tabel 4. Masalah"),
        table([["No", "Masalah", "Potensi", "Tindakan"], ["1", "Air kurang", "Mata air", "Perpipaan"]]),
        para("Daftar hadir"),
        table([["No", "Nama", "Alamat", "Tanda Tangan"], ["1", "Maria", "Dusun I", ""]]),
    )
    assert [a.name for a in found.activities] == ["Embung"]
    kinds = [TableKind.MATRIX, TableKind.EVALUATION, TableKind.PROPOSALS, TableKind.PROBLEMS, TableKind.ATTENDANCE]
    assert [t.kind for t in found.tables] == kinds


def test_a_summary_of_the_matrix_is_not_counted_twice():
    rows = [row(n, f"Kegiatan besar {n}") for n in range(1, 7)]
    short = [["No", "Kegiatan", "Lokasi", "Biaya", "Sumber"], *[[r[0], r[1], r[2], r[6], r[7]] for r in rows[:4]]]
    found = plan(
        *TITLE, head("BAB IV PRIORITAS PEMBANGUNAN"), table(short), head("LAMPIRAN MATRIKS"), table([HEADER, *rows], number=2)
    )
    assert len(found.activities) == 6


def test_a_budget_counts_only_coded_rows_under_a_bidang():
    found = plan(
        head("ANGGARAN PENDAPATAN DAN BELANJA DESA (APBDes)"), head("DESA OELBITENO"), head("TAHUN ANGGARAN 2026"),
        table(
            [
                ["KODE", "URAIAN", "ANGGARAN (Rp.)", "SUMBER DANA"],
                ["4.2.1", "Dana Desa", "100.000.000", "DD"],
                ["2", "BIDANG PELAKSANAAN PEMBANGUNAN DESA", "100.000.000", ""],
                ["2.3.14", "Drainase", "100.000.000", "DD"],
                ["5.3.1", "Belanja modal", "100.000.000", "DD"],
                ["6.2", "Penyertaan modal", "5.000.000", "DD"],
            ]
        ),
    )  # fmt: skip
    assert [(a.code, a.name, a.cost) for a in found.activities] == [("2.3.14", "Drainase", 100_000_000)]


def test_tables_under_headings_of_bidang_and_subbidang():
    found = plan(
        *TITLE,
        head("BAB IV RENCANA KEGIATAN"),
        para("4.1 Bidang Pelaksanaan Pembangunan Desa", bold=True),
        para("4.1.1 Sub Bidang Pendidikan", bold=True),
        table([HEADER, row(1, "Rehab PAUD"), ["", "Jumlah", "", "", "", "", "10.000.000", ""]]),
        para("4.1.2 Sub Bidang Kesehatan", bold=True),
        table([HEADER, row(1, "Posyandu"), ["", "Jumlah Bidang Pembangunan", "", "", "", "", "20.000.000", ""]], number=2),
    )
    assert [(a.bidang_number, a.subbidang, a.name) for a in found.activities] == [
        (2, "Sub Bidang Pendidikan", "Rehab PAUD"),
        (2, "Sub Bidang Kesehatan", "Posyandu"),
    ]
    assert not [p for p in found.problems if p.code == "sum-differs"]


def test_a_column_of_agencies_makes_proposals_only_with_the_money_of_others():
    header = [*HEADER, "Instansi Pelaksana"]
    own = table([header, [*row(1, "Embung"), "Pemerintah Desa"], [*row(2, "Jalan tani"), "Dinas PU"]])
    asked = table([[*header[:7], "Sumber Dana", "Dinas/Instansi"], [*row(1, "Tembok pantai", source="APBD Kab"), "Dinas PUPR"],
                   [*row(2, "Jalan kabupaten", source="APBN"), "Kementerian PUPR"]], number=2)  # fmt: skip
    found = plan(*TITLE, own, para("Tabel 2. Rencana lain"), asked)
    assert [t.kind for t in found.tables] == [TableKind.MATRIX, TableKind.PROPOSALS]


def test_years_broken_in_narrow_heads_are_years():
    header = ["No", "Kegiatan", "Lokasi", "202 6", "202 7", "202 8", "202 9", "2 030", "203 1", "Biaya (Rp)"]
    found = plan(*TITLE, table([header, ["1", "Embung", "Dusun I", "", "v", "", "", "v", "", "9.000.000"]]))
    assert [(a.name, a.years) for a in found.activities] == [("Embung", (2027, 2030))]


def test_a_bidang_under_a_number_column_without_a_head_is_no_header():
    title: list[str | None] = ["BIDANG PELAKSANAAN PEMBANGUNAN DESA", *[None] * (len(HEADER) - 1)]
    rows = [["", *HEADER[1:]], title, row(1, "Embung")]
    found = plan(*TITLE, table(rows, spans={(1, 0): (1, len(HEADER))}))
    assert [(a.name, a.bidang) for a in found.activities] == [("Embung", "BIDANG PELAKSANAAN PEMBANGUNAN DESA")]


def test_the_title_of_an_empty_chapter_before_says_nothing_of_a_table():
    empty = [head("BAB VI PEMANTAUAN DAN EVALUASI"), head("BAB VII PENUTUP"), para("Fatu, 2 Maret 2026. Kepala Desa")]
    found = plan(*TITLE, *empty, head("LAMPIRAN 1. MATRIKS RKP DESA"), table([HEADER, row(1, "Embung")]))
    assert [a.name for a in found.activities] == ["Embung"]
