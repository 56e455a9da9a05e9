"""The second look with pdfplumber: asked only on pages that rules do not explain, taken only where it explains more."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from irmcheck.errors import Severity
from irmcheck.load import second
from irmcheck.load.pdf import read_pdf
from irmcheck.load.second import SecondLook
from irmcheck.model import Block, Document, Table

sys.path.insert(0, str(Path(__file__).parent))
from pdf_maker import Drawing, frame, rule, text, write_pdf

SHARED = Path(__file__).parents[3] / "shared"
XS, YS = (60, 160, 300, 420), (700, 660, 620, 580)
ROWS = [["No", "Kegiatan", "Biaya"], ["1", "Embung desa", "50.000.000"], ["2", "Pipa air bersih", "7.500.000"]]


def words() -> Drawing:
    return [text(XS[c] + 8, YS[r] - 22, word) for r, row in enumerate(ROWS) for c, word in enumerate(row)]


def apart() -> Drawing:
    """Rules that stop five and a half points before one another."""
    across = [rule(XS[0] + 5.5, y, XS[-1] - 5.5, y) for y in YS]
    return across + [rule(x, YS[r + 1] + 5.5, x, YS[r] - 5.5) for x in XS for r in range(3)]


def tables(document: Document) -> list[Table]:
    return [item for item in document.items if isinstance(item, Table)]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages for which a second look is asked; it sees nothing."""
    pages: list[int] = []

    def cells(self: SecondLook, number: int) -> list[Any]:
        pages.append(number)
        return []

    monkeypatch.setattr(SecondLook, "cells", cells)
    return pages


def test_rules_that_do_not_meet_are_looked_at_twice(tmp_path: Path) -> None:
    document = read_pdf(write_pdf(tmp_path / "a.pdf", [[text(60, 700, "Pendahuluan")], apart() + words()]), "0")
    (table,) = tables(document)
    assert [list(row) for row in table.rows] == ROWS
    (problem,) = document.problems
    assert (problem.code, problem.page, problem.severity) == ("page-second-look", 2, Severity.INFO)
    assert "cara kedua" in problem.message


def test_an_ordinary_file_is_never_looked_at_twice() -> None:
    path = SHARED / "bench" / "lo_150.pdf"
    if not path.exists():
        pytest.skip("test material lo_150.pdf is not here")
    code = (
        "import sys; from pathlib import Path; from irmcheck.load import second; from irmcheck.load.pdf import read_pdf\n"
        "second.spawn = None\n"
        f"document = read_pdf(Path({str(path)!r}), '0')\n"
        "assert len(document.pages) == 165 and not document.problems\n"
        "assert 'pdfplumber' not in sys.modules and 'pdfminer' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "drawing",
    [
        [frame(50, 400, 500, 780), text(60, 700, "Catatan penting bagi pembaca")],
        [rule(60, 690, 200, 690), text(60, 692, "Nama kepala desa dan tanda tangannya"), rule(60, 600, 200, 600)],
        [frame(x0, y0, x0 + 120, y0 + 30) for x0 in (60, 180, 300) for y0 in (610, 640, 670)] + words()[:3],
    ],
    ids=["a frame", "underlines", "a good table"],
)
def test_good_pages_are_not_doubted(tmp_path: Path, asked: list[int], drawing: Drawing) -> None:
    read_pdf(write_pdf(tmp_path / "a.pdf", [drawing]), "0")
    assert asked == []


def test_a_doubtful_page_stays_as_it_was_when_the_second_look_sees_nothing(tmp_path: Path, asked: list[int]) -> None:
    document = read_pdf(write_pdf(tmp_path / "a.pdf", [apart() + words()]), "0")
    assert asked == [1]
    assert not document.problems
    assert not [table for table in tables(document) if table.ruled]


def test_cells_around_lines_of_prose_or_through_words_are_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_pdf(tmp_path / "a.pdf", [apart() + words()])
    rows = [(60.0, 842.0 - top, 420.0, 842.0 - bottom) for top, bottom in pairwise(YS)]
    through = [(x0, y0, x1, y1) for _, y0, _, y1 in rows for x0, x1 in ((60.0, 180.0), (180.0, 320.0), (320.0, 420.0))]
    for cells in (rows, through):
        monkeypatch.setattr(SecondLook, "cells", lambda self, number, cells=cells: [cells])
        assert not read_pdf(path, "0").problems


def test_a_look_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "_PAGE_SECONDS", 0.01)
    document = read_pdf(write_pdf(tmp_path / "a.pdf", [apart() + words()]), "0")
    assert not document.problems
    assert "Embung desa" in " ".join(item.text if isinstance(item, Block) else str(item.rows) for item in document.items)


def test_a_file_that_pdfplumber_cannot_open(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 nothing")
    look = SecondLook(path)
    assert look.cells(1) == []
    look.close()


def test_it_is_not_asked_again_after_five_pages_in_vain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = SecondLook(tmp_path / "a.pdf")
    for _ in range(5):
        look.judged(better=False)
    monkeypatch.setattr(look, "_start", None)
    assert look.cells(1) == []


def test_a_system_without_room_for_another_process_leaves_our_own_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(second, "spawn", refuse)
    document = read_pdf(write_pdf(tmp_path / "a.pdf", [apart() + words()] * 2), "0")
    told = " ".join(item.text for item in document.items if isinstance(item, Block))
    assert "Embung desa" in told and document.problems == ()


def test_a_drawing_of_countless_strokes_is_no_table_in_doubt(tmp_path: Path) -> None:
    from irmcheck.load.doubt import doubtful
    from irmcheck.load.glyphs import read_glyphs
    from irmcheck.load.lines import Ink
    from irmcheck.load.pdf import open_pdf
    from irmcheck.load.rules import Rules

    pdf = open_pdf(write_pdf(tmp_path / "a.pdf", [words()]))
    page = pdf[0]
    glyphs, textpage = read_glyphs(page)
    none = np.empty((0, 4))

    def found(strokes: int) -> int:
        at = np.linspace(60, 420, strokes)
        rules = np.column_stack((at, np.full(strokes, 60.0), np.full(strokes, 420.0)))
        return len(doubtful([], Rules(rules, rules, none, none, np.empty((0, 3))), Ink(glyphs, exact=True)))

    assert (found(10), found(40_000)) == (1, 0)
    textpage.close()
    page.close()
    pdf.close()


def test_columns_inside_one_cell_are_counted(tmp_path: Path) -> None:
    from irmcheck.load.doubt import unexplained
    from irmcheck.load.glyphs import read_glyphs
    from irmcheck.load.lattice import Grid
    from irmcheck.load.lines import Ink
    from irmcheck.load.pdf import open_pdf

    pdf = open_pdf(write_pdf(tmp_path / "a.pdf", [words()]))
    page = pdf[0]
    glyphs, textpage = read_glyphs(page)
    ink = Ink(glyphs, exact=True)
    box = (50.0, 130.0, 450.0, 270.0)
    one = Grid(np.array([50.0, 450.0]), np.array([130.0, 270.0]), np.array([[0, 0, 1, 1]]))
    three = Grid(np.array([50.0, 160, 300, 450]), np.array([130.0, 270.0]), np.array([[0, c, 1, 1] for c in range(3)]))
    cut = Grid(np.array([50.0, 190, 300, 450]), np.array([130.0, 270.0]), np.array([[0, c, 1, 1] for c in range(3)]))
    letters = sum(len(word.replace(" ", "")) for row in ROWS for word in row)
    assert unexplained([], box, ink) == unexplained([one], box, ink) == letters
    assert unexplained([three], box, ink) == 0
    # "Kegiatan" and "Embung" are cut, and what is left of the cut stands in one cell with the numbers.
    assert unexplained([cut], box, ink) == 2 * 5 + len("NoKegi1Emb2Pipa")
    textpage.close()
    page.close()
    pdf.close()
