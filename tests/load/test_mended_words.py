"""Words that narrow columns cut at line ends: joined where the whole word is known, left alone where both parts are words."""

from __future__ import annotations

import pytest

from irmcheck.load.lines import CellText
from irmcheck.load.words import Mender


def mended(cell: str, prose: str = "", slack: float = 0.4) -> str:
    """The text of a cell whose lines are parted by "|"."""
    lines = cell.split("|")
    return Mender([CellText(lines, [slack] * len(lines))], [[prose]]).cell(CellText(lines, [slack] * len(lines)))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("kekering|an", "kekeringan"),
        ("Dampak kekering|an panjang", "Dampak kekeringan panjang"),
        ("Penanggu|langan bencana", "Penanggulangan bencana"),
        ("PENANG|GULANG|AN BENCANA", "PENANGGULANGAN BENCANA"),
        ("SUM|BER|DA|NA", "SUMBER DANA"),
        ("Penang-|gulangan", "Penanggulangan"),
        ("PEMBER-|DAYAAN", "PEMBERDAYAAN"),
        ("Musyawarah|desa", "Musyawarah desa"),
        ("air|bersih", "air bersih"),
        ("di|bangun", "di bangun"),
        ("gotong-|royong", "gotong-royong"),
        ("UNDANG-|UNDANG", "UNDANG-UNDANG"),
        ("Pemba-|ngunan", "Pembangunan"),
        ("Desa|Nunuhkolo", "Desa Nunuhkolo"),
        ("12.500.|000", "12.500.000"),
    ],
)
def test_common_words(cell: str, text: str) -> None:
    assert mended(cell) == text


def test_a_word_that_stands_elsewhere_in_the_document() -> None:
    assert mended("PANDANLAND|UNG", "Desa Pandanlandung di lereng") == "PANDANLANDUNG"
    assert mended("PANDANLAND|UNG") == "PANDANLAND UNG"
    assert mended("oelnu|nuh kecil", "mata air oelnunuh") == "oelnunuh kecil"


def test_a_name_that_nobody_knows_is_joined_only_where_it_fills_its_cell() -> None:
    assert mended("Tetebatu|maheli", slack=0.2) == "Tetebatumaheli"
    assert mended("Tetebatu|maheli", slack=3.0) == "Tetebatu maheli"


def test_what_would_have_fitted_beside_it_was_not_cut() -> None:
    assert mended("keluar|an", slack=4.0) == "keluar an"


def test_endings_that_stand_alone_somewhere_are_no_words() -> None:
    lines = ["pendapat", "an", "an"]
    cells = [CellText(["a. an b."], [0.0]), CellText(lines, [0.3] * 3)]
    assert Mender(cells, []).cell(CellText(lines[:2], [0.3] * 2)) == "pendapatan"


def test_hyphens_in_paragraphs() -> None:
    mender = Mender([], [["Kerja bakti dan sama-sama warga."]])
    assert mender.lines(["Warga menjaga penghi-", "jauan lewat kerja-", "bakti warga."])[0] == (
        "Warga menjaga penghijauan lewat kerja-bakti warga."
    )
