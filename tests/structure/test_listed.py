from structure_kit import RPJM_TITLE, head, para, plan, table

from irmcheck.model import Block


def test_listed_activities_of_a_plan_without_a_matrix():
    words = "Uraian keadaan desa yang cukup panjang untuk sebuah paragraf. " * 5
    found = plan(
        *RPJM_TITLE,
        head("BAB I PENDAHULUAN"), para(words),
        head("BAB II PROFIL DESA"), para(words),
        head("BAB III POTENSI DAN MASALAH"), para(words), para("- Jalan rusak"),
        head("BAB IV VISI DAN MISI"), para(words),
        head("BAB V PROGRAM DAN KEGIATAN"),
        para("5.1 Bidang Penyelenggaraan Pemerintahan Desa"),
        para("a) Penyediaan penghasilan tetap;"),
        para("5.2 Bidang Pelaksanaan Pembangunan Desa"),
        para("a. Sub Bidang Pendidikan"),
        para("✓ Rehab PAUD"),
        para("b. Sub Bidang Kesehatan"),
        para("- Jamban keluarga"),
        para("- Posyandu"),
        para("- Air bersih"),
        head("BAB VI PENUTUP"), para("- Demikian"),
    )  # fmt: skip
    assert [(a.bidang_number, a.subbidang, a.name) for a in found.activities] == [
        (1, "", "Penyediaan penghasilan tetap"),
        (2, "Sub Bidang Pendidikan", "Rehab PAUD"),
        (2, "Sub Bidang Kesehatan", "Jamban keluarga"),
        (2, "Sub Bidang Kesehatan", "Posyandu"),
        (2, "Sub Bidang Kesehatan", "Air bersih"),
    ]
    assert all(a.listed and a.cost is None for a in found.activities)


def listing(*items):
    words = "Uraian keadaan desa yang cukup panjang untuk sebuah paragraf. " * 5
    names = ("BAB I PENDAHULUAN", "BAB II PROFIL DESA", "BAB III POTENSI DAN MASALAH", "BAB IV VISI DAN MISI")
    chapters = [item for name in names for item in (head(name), para(words))]
    found = plan(*RPJM_TITLE, *chapters, head("BAB V PROGRAM DAN KEGIATAN"), *items, head("BAB VI PENUTUP"), para(words))
    return [(a.bidang_number, a.subbidang, a.name) for a in found.activities]


def test_subbidang_without_the_word_over_ticked_items():
    assert listing(
        para("A. Bidang Pelaksanaan Pembangunan Desa", bold=True),
        para("1. Pendidikan"), para("✓ Rehab PAUD"), para("✓ Insentif guru PAUD"),
        para("2. Kesehatan"), para("✓ Jamban keluarga"),
        para("B. Bidang Pemberdayaan Masyarakat Desa", bold=True),
        para("1. Pelatihan tenun"), para("2. Pelatihan pupuk organik"),
    ) == [
        (2, "Pendidikan", "Rehab PAUD"),
        (2, "Pendidikan", "Insentif guru PAUD"),
        (2, "Kesehatan", "Jamban keluarga"),
        (4, "", "Pelatihan tenun"),
        (4, "", "Pelatihan pupuk organik"),
    ]  # fmt: skip


def test_items_numbered_by_word_and_a_paragraph_that_lists():
    item = {"kind": "list"}
    assert listing(
        Block("Bidang Pembinaan Kemasyarakatan", 1, "heading", 2),
        Block("Sub Bidang Ketenteraman, Ketertiban dan Pelindungan Masyarakat, meliputi:", 1, number="1.", **item),
        Block("Pelatihan tim siaga bencana", 1, number="a.", **item),
        Block("Seragam Linmas;", 1, number="b.", **item),
        Block("Bidang Penanggulangan Bencana, Keadaan Darurat dan Mendesak Desa", 1, "heading", 2),
        para("Kegiatan yang direncanakan: a) dana siap pakai; b) bantuan langsung tunai; c) perbaikan darurat."),
    ) == [
        (3, "Sub Bidang Ketenteraman, Ketertiban dan Pelindungan Masyarakat", "Pelatihan tim siaga bencana"),
        (3, "Sub Bidang Ketenteraman, Ketertiban dan Pelindungan Masyarakat", "Seragam Linmas"),
        (5, "", "dana siap pakai"),
        (5, "", "bantuan langsung tunai"),
        (5, "", "perbaikan darurat"),
    ]


def test_bare_lists_of_activities_in_tables_of_a_programme_chapter():
    first = table([["No", "Program/Kegiatan"], ["1", "Rehab PAUD"], ["2", "Jamban keluarga"]])
    second = table([["No", "Program/Kegiatan"], ["1", "Pelatihan tenun"]], number=2)
    assert listing(
        para("A. Bidang Pelaksanaan Pembangunan Desa", bold=True), first,
        para("B. Bidang Pemberdayaan Masyarakat Desa", bold=True), second,
    ) == [(2, "", "Rehab PAUD"), (2, "", "Jamban keluarga"), (4, "", "Pelatihan tenun")]  # fmt: skip
