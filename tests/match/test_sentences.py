"""Sentence splitting on the hard cases of planning text."""

import pytest

from irmcheck.match.sentences import Abbreviations, sentences

CASES = [
    ["Sesuai Permendagri No. 114 Tahun 2014.", "Desa menyusun RPJM Desa."],
    ["Desa Nunhau di Kec. Mollo Tengah, Kab. Timor Tengah Selatan.", "Luasnya 18 km2."],
    ["Ada embung, talud, dll.", "Warga merawatnya."],
    ["1. Jalan rusak.", "2. Air kurang."],
    ["Bpk. Yoh. A. Tefa, S.Pd. hadir.", "Ia memimpin rapat."],
    ["Luas lahan 12 Ha.", "Tanahnya kering."],
    ["Terjadi tahun 2021.", "Banyak rumah rusak."],
    ["Anggaran Rp. 15.000.000,- dari DD.", "Sisanya swadaya."],
    ["RT. 004 RW. 002 Ds. Noelbaki.", "Penduduk 1.234 jiwa."],
    ["a. bahwa desa rawan;", "b. bahwa warga setuju;"],
    ["Apa sebabnya?", "Hutan gundul!", "Air hilang."],
    ["Drs. H. Amir menandatangani a.n. Bupati Kupang."],
    ["Debit turun 1.58 liter per detik.", "Warga antri."],
    ["Kegiatan s.d. Desember 2024 berjalan."],
    ["PT. Semen dan CV. Maju membantu.", "Bantuan berupa semen."],
    ["Tim bertemu pkl. 09.00 di Jl. Timor Raya."],
    ["Ia berkata \"Kami siap.\"", "Lalu pulang."],
    ["Pasal 5 ayat (2) huruf b. dipakai."],
    ["Bab IV. Penutup"],
    ["Pada 5 April 2021 (Seroja).", "Rumah rusak."],
]  # fmt: skip


@pytest.fixture(scope="module")
def known(lexicon) -> Abbreviations:
    return Abbreviations.from_lexicon(lexicon["singkatan"])


@pytest.mark.parametrize("expected", CASES, ids=lambda case: case[0][:30])
def test_hard_cases(expected, known):
    text = " ".join(expected)
    assert [text[start:end] for start, end in sentences(text, known)] == expected


def test_offsets_lead_back_to_the_text(known):
    text = "  Jalan rusak.\n\nAir kurang.  "
    assert [text[a:b] for a, b in sentences(text, known)] == ["Jalan rusak.", "Air kurang."]


def test_empty_text_has_no_sentence():
    assert sentences("  \n ") == []
