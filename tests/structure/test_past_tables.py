"""What was done before the plan is told from what it plans."""

from __future__ import annotations

from structure_kit import RPJM_TITLE, head, plan, table

from irmcheck.model import SectionKind, TableKind

MATRIX = [
    ["No", "Kegiatan", "Lokasi", "Volume", "Sasaran", "Tahun", "Biaya (Rp)", "Sumber"],
    ["1", "Pembangunan embung", "Dusun I", "1 unit", "40 KK", "2023", "50.000.000", "DD"],
    ["2", "Rabat jalan", "Dusun II", "100 m", "20 KK", "2024", "30.000.000", "DD"],
]


def test_list_of_works_dated_before_the_plan_is_a_look_back() -> None:
    done = [
        ["Tahun", "Kegiatan", "Volume", "Ket."],
        ["2018", "Tembok penahan", "40 m", "Selesai"],
        ["2020", "Reboisasi", "1 ha", "Mati"],
    ]
    found = plan(*RPJM_TITLE, head("BAB II PROFIL DESA"), table(done), head("LAMPIRAN MATRIKS"), table(MATRIX, number=2))
    assert [(t.number, t.kind) for t in found.tables] == [(1, TableKind.EVALUATION), (2, TableKind.MATRIX)]
    assert [a.name for a in found.activities] == ["Pembangunan embung", "Rabat jalan"]


def test_glossary_is_no_part_of_what_the_plan_says() -> None:
    found = plan(*RPJM_TITLE, head("BAB I PENDAHULUAN"), head("LAMPIRAN : DAFTAR ISTILAH"), table(MATRIX))
    assert [s.kind for s in found.sections if "ISTILAH" in s.title] == [SectionKind.LAW]
