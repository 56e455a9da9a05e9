"""Tables that only stand in columns: cells that go on over lines, bold heads and sums beside plain rows."""

from irmcheck.load.borderless import find_tables
from irmcheck.load.lines import CellText, TextLine
from irmcheck.load.pdf_types import RawTable

LEFTS = (30.0, 60.0, 200.0, 300.0)
STEP, HEIGHT, LETTER = 12.0, 8.0, 4.0


def line(number: float, *cells: str, bold: bool = False) -> TextLine:
    """A line of cells at LEFTS; empty ones leave their place blank."""
    words, parts, texts = [], [], []
    for left, cell in zip(LEFTS, cells, strict=False):
        if cell:
            parts.append((left, left + LETTER * len(cell)))
            texts.append(cell)
            at = left
            for word in cell.split(" "):
                words.append((at, at + LETTER * len(word)))
                at += LETTER * (len(word) + 1)
    base = 100.0 + STEP * number
    box = (parts[0][0], base - HEIGHT, parts[-1][1], base)
    return TextLine("\t".join(texts), box, base, HEIGHT, bold, tuple(parts), tuple(words))


def rows_of(lines: list[TextLine]) -> list[list[str]]:
    (table,) = (found for found in find_tables(lines) if isinstance(found, RawTable))
    return [[" ".join(cell.lines) for cell in row if isinstance(cell, CellText)] for row in table.rows]


HEAD = line(0, "No", "Jenis Kegiatan", "Volume", "Biaya", bold=True)
ROWS = [line(1, "1", "Embung desa", "1 unit", "90.000.000"), line(2, "2", "Jalan tani", "300 m", "75.000.000")]


def test_a_cell_that_goes_on_over_many_lines_does_not_end_the_table():
    lines = [
        HEAD,
        *ROWS,
        line(3, "3", "Penanggulangan", "1 paket", "10.000.000"),
        *(line(4 + n, "", text) for n, text in enumerate(("bencana, keadaan", "darurat dan", "mendesak desa"))),
        line(7.4, "4", "BLT Dana Desa", "96 KPM", "345.600.000"),
    ]
    assert rows_of(lines)[3:] == [
        ["3", "Penanggulangan bencana, keadaan darurat dan mendesak desa", "1 paket", "10.000.000"],
        ["4", "BLT Dana Desa", "96 KPM", "345.600.000"],
    ]


def test_a_bold_sum_or_head_does_not_run_into_a_plain_row():
    lines = [
        HEAD,
        line(1, "", "Bakau Jaya Cup"),
        *(line(n + 2, *cells) for n, cells in enumerate((("24", "Toa kapela", "1 set", "9.000.000"),))),
        line(3, "", "Jumlah", "", "306.000.000", bold=True),
        line(4.3, "25", "Bibit padi", "1 paket", "240.000.000"),
        line(5.6, "26", "Tenun", "1 paket", "50.000.000"),
    ]
    assert [row[1] for row in rows_of(lines)] == [
        "Jenis Kegiatan",
        "Bakau Jaya Cup",
        "Toa kapela",
        "Jumlah",
        "Bibit padi",
        "Tenun",
    ]


def test_prose_below_a_table_stays_prose():
    below = line(4, "Demikian daftar kegiatan ini dibuat dengan sebenarnya oleh Pemerintah Desa untuk dipakai")
    assert find_tables([HEAD, *ROWS, line(3, "3", "Air", "1 unit", "5.000.000"), below])[-1] is below
