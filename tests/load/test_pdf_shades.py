"""Shaded cells: tables painted without rules, sides that only a shade closes, rows that only colours part."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from irmcheck.load.pdf import read_pdf
from irmcheck.model import Block, Table

sys.path.insert(0, str(Path(__file__).parent))
from pdf_maker import Drawing, frame, rule, text, write_pdf

XS, YS = (60, 110, 200, 300), (700, 670, 620, 570, 520)
# Wrapped cells that begin at different heights: no line of text tells the rows.
ROWS = [["No", "Kegiatan", "Hasil"], ["1", "Gali|embung|desa", "Air"], ["2", "Pipa", "Air|bersih|cukup"], ["3", "Bibit", "Teduh"]]
READ = [[cell.replace("|", " ") for cell in row] for row in ROWS]


def shade(x0: float, y0: float, x1: float, y1: float, grey: float = 0.9) -> str:
    return f"q {grey} g {x0} {y0} {x1 - x0} {y1 - y0} re f Q"


def cell(row: int, column: int) -> str:
    return shade(XS[column] + 0.3, YS[row + 1] + 0.3, XS[column + 1] - 0.3, YS[row] - 0.3)


def words() -> Drawing:
    return [
        text(XS[c] + 4, YS[r] - 14 - 13 * n, line)
        for r, row in enumerate(ROWS)
        for c, words in enumerate(row)
        for n, line in enumerate(words.split("|"))
    ]


def items(path: Path, drawing: Drawing) -> tuple[Block | Table, ...]:
    return read_pdf(write_pdf(path / "a.pdf", [drawing]), "0").items


@pytest.mark.parametrize("rows", [(0, 1, 2, 3), (0, 2), (1, 3)], ids=["every row", "even rows", "odd rows"])
def test_a_table_that_is_only_painted(tmp_path: Path, rows: tuple[int, ...]) -> None:
    (table,) = items(tmp_path, [cell(row, column) for row in rows for column in range(3)] + words())
    assert isinstance(table, Table)
    assert [list(row) for row in table.rows] == READ


def test_marked_words_and_a_coloured_box_are_no_table(tmp_path: Path) -> None:
    drawing = [shade(60, 696, 140, 710), shade(200, 682, 260, 696), shade(50, 400, 300, 440)]
    drawing += [text(60, 700, "Embung desa dibangun warga bersama"), text(60, 686, "pada musim kemarau tahun depan.")]
    drawing += [text(60, 420, "Catatan: air bersih")]
    assert all(isinstance(item, Block) for item in items(tmp_path, drawing))


def test_a_shade_closes_the_side_where_a_page_cut_the_cell(tmp_path: Path) -> None:
    # The head runs on over the next sheet: its rules and its shade end together, without a wall.
    drawing = [shade(60, 670, 300, 700), rule(60, 700, 300, 700), rule(60, 670, 60, 700)]
    drawing += [frame(60, 640, 180, 670), frame(180, 640, 300, 670)]
    drawing += [text(70, 680, "Realisasi"), text(70, 650, "Januari"), text(190, 650, "Februari")]
    (table,) = items(tmp_path, drawing)
    assert isinstance(table, Table)
    assert table.rows == (("Realisasi", None), ("Januari", "Februari"))


def test_an_inner_wall_closes_a_cell_at_a_cut_edge(tmp_path: Path) -> None:
    # The first row is walled at the right edge, the second one is open there.
    drawing = [frame(60, 670, 180, 700), frame(180, 670, 300, 700), frame(60, 640, 180, 670), rule(180, 640, 300, 640)]
    drawing += [text(70, 680, "Kegiatan"), text(190, 680, "Biaya"), text(70, 650, "Embung"), text(190, 650, "7.500.000")]
    (table,) = items(tmp_path, drawing)
    assert isinstance(table, Table)
    assert table.rows == (("Kegiatan", "Biaya"), ("Embung", "7.500.000"))


def test_what_stands_between_two_tables_of_one_width_stays_outside(tmp_path: Path) -> None:
    drawing = [frame(60, y, 180, y + 30) for y in (700, 600)] + [frame(180, y, 300, y + 30) for y in (700, 600)]
    drawing += [text(70, y + 10, "Embung") for y in (700, 600)] + [text(190, y + 10, "Baik") for y in (700, 600)]
    drawing += [text(70, 660, "Tabel kedua")]
    first, between, second = items(tmp_path, drawing)
    assert isinstance(between, Block) and between.text == "Tabel kedua"
    assert isinstance(first, Table) and isinstance(second, Table)
    assert first.rows == second.rows == (("Embung", "Baik"),)


def test_two_colours_part_two_rows(tmp_path: Path) -> None:
    # A pink head above green columns, inside one frame and with no rule between them.
    drawing = ["q 1 .4 .8 rg 60 670 240 30 re f Q", "q .5 .8 .3 rg 60 640 240 30 re f Q"]
    drawing += [frame(60, 640, 300, 700), rule(180, 640, 180, 670), frame(60, 610, 180, 640), frame(180, 610, 300, 640)]
    drawing += [text(70, 680, "Siskeudes"), text(70, 650, "1"), text(190, 650, "2"), text(70, 620, "400"), text(190, 620, "50")]
    (table,) = items(tmp_path, drawing)
    assert isinstance(table, Table)
    assert table.rows == (("Siskeudes", None), ("1", "2"), ("400", "50"))
