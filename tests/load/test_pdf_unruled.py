"""Ruled rows that hold several rows of a table, told by figures that stand side by side."""

from __future__ import annotations

import sys
from pathlib import Path

from irmcheck.load.pdf import read_pdf
from irmcheck.model import Table

sys.path.insert(0, str(Path(__file__).parent))
from pdf_maker import frame, text, write_pdf

XS = (60, 100, 260, 340, 440)


def rows(path: Path, body: list[list[str]], step: float = 13) -> Table:
    """The table read from a header and one ruled row; the cells' lines are parted by "|", an empty line is a gap."""
    high = 10 + step * max(len(cell.split("|")) for row in body for cell in row)
    drawing, top = [], 760.0
    for row in [["No", "Kegiatan", "Volume", "Biaya"], *body]:
        bottom = top - (20 if row[0] == "No" else high)
        for column, cell in enumerate(row):
            drawing.append(frame(XS[column], bottom, XS[column + 1], top))
            drawing += [text(XS[column] + 4, top - 14 - step * n, line) for n, line in enumerate(cell.split("|")) if line]
        top = bottom
    (table,) = read_pdf(write_pdf(path / "a.pdf", [drawing]), "0").items
    assert isinstance(table, Table)
    return table


def test_rows_without_rules_between_them(tmp_path: Path) -> None:
    table = rows(tmp_path, [["1|2|3", "Embung|Pipa air|Bibit bakau", "1|200|900", "50.000.000|7.500.000|1.000.000"]])
    assert table.rows[1:] == (
        ("1", "Embung", "1", "50.000.000"),
        ("2", "Pipa air", "200", "7.500.000"),
        ("3", "Bibit bakau", "900", "1.000.000"),
    )


def test_a_wrapped_name_stays_with_its_row(tmp_path: Path) -> None:
    table = rows(tmp_path, [["1||2|3", "Pembangunan|embung desa|Pipa air|Bibit bakau", "1||200|900", "5.000||7.500|1.000"]])
    assert table.rows[1:] == (
        ("1", "Pembangunan embung desa", "1", "5.000"),
        ("2", "Pipa air", "200", "7.500"),
        ("3", "Bibit bakau", "900", "1.000"),
    )


def test_one_activity_with_several_amounts_stays_one_row(tmp_path: Path) -> None:
    table = rows(tmp_path, [["1|2|3", "Pembangunan|embung desa|tahap dua", "1|200|900", "50.000|7.500|1.000"]])
    assert table.rows[1:] == (("1 2 3", "Pembangunan embung desa tahap dua", "1 200 900", "50.000 7.500 1.000"),)
    table = rows(tmp_path, [["1", "Embung|Pipa air|Bibit", "1|2|3", "50.000|7.500|1.000"], ["2", "Pohon", "4", "9.000"]])
    assert len(table.rows) == 5  # three figures each, three names: the number alone stands once
    table = rows(tmp_path, [["1|2", "Embung|Pipa air", "1|2", "50.000|7.500"]])
    assert len(table.rows) == 2


def test_merged_cells_beside_and_below_keep_their_places(tmp_path: Path) -> None:
    lines = [text(XS[1] + 4, y, word) for y, word in ((706, "Embung"), (693, "Pipa"), (680, "Bibit"), (646, "Pohon"))]
    lines += [text(XS[2] + 4, y, word) for y, word in ((706, "1"), (693, "2"), (680, "3"), (646, "4"))]
    lines += [text(XS[3] + 4, y, word) for y, word in ((706, "5.000"), (693, "6.000"), (680, "7.000"), (646, "8.000"))]
    lines += [text(64, 690, "Air"), text(64, 740, "Bidang"), text(104, 740, "Kegiatan")]
    boxes = [frame(60, 630, 100, 720), frame(60, 720, 100, 760), frame(100, 720, 440, 760)]
    boxes += [frame(XS[c], y0, XS[c + 1], y1) for c in (1, 2, 3) for y0, y1 in ((670, 720), (630, 670))]
    (table,) = read_pdf(write_pdf(tmp_path / "a.pdf", [boxes + lines]), "0").items
    assert isinstance(table, Table)
    assert table.rows == (
        ("Bidang", "Kegiatan", None, None),
        ("Air", "Embung", "1", "5.000"),
        (None, "Pipa", "2", "6.000"),
        (None, "Bibit", "3", "7.000"),
        (None, "Pohon", "4", "8.000"),
    )
    assert table.spans == {(0, 1): (1, 3), (1, 0): (4, 1)}
