"""Brackets of examples in official activity names are not the village's words; a village's own brackets are."""

import pytest

from irmcheck.match.nomenclature import Nomenclature

NAMES = Nomenclature(["ketahanan pangan tingkat desa", "sanitasi permukiman"], ["dll", "dan lain-lain"])


@pytest.mark.parametrize(
    "cell",
    [
        "Penguatan Ketahanan Pangan Tingkat Desa (Lumbung Desa, dll)",
        "PENGUATAN KETAHANAN PANGAN TINGKAT DESA(LUMBUNG DESA dan lain - lain)",
    ],
)
def test_examples_after_an_official_name_are_blanked(cell):
    own = NAMES.own_words(cell)
    assert len(own) == len(cell)
    assert own.rstrip() == cell[: cell.index("(")].rstrip()


@pytest.mark.parametrize(
    "cell",
    [
        "Pengadaan alat siaga (senter, tali, dll)",
        "Penguatan Ketahanan Pangan Tingkat Desa (lumbung jagung Dusun II)",
        "Lumbung pangan",
        "Penguatan Ketahanan Pangan Tingkat Desa (Lumbung Desa, dll",
    ],
)
def test_a_villages_own_words_stay(cell):
    assert NAMES.own_words(cell) == cell


def test_without_a_list_nothing_is_blanked():
    assert Nomenclature.from_lexicon({}).own_words("Ketahanan Pangan Tingkat Desa (Lumbung, dll)").endswith("dll)")
