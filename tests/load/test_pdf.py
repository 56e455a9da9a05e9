"""The PDF reader: paragraphs, tables however they are drawn or turned, running lines, pages that cannot be read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from irmcheck.errors import InputError
from irmcheck.load.pdf import read_pdf, render_page
from irmcheck.model import Block, Document, Table

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
from pdf_maker import Drawing, frame, hairline, rule, text, write_pdf
from reading import exact, truth_rows

SHARED = Path(__file__).parents[3] / "shared"
PROSE = ["Desa", "Nunuhkolo", "rawan", "kekeringan", "pada", "bulan", "Juli", "sampai", "November", "setiap", "tahun"]


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"test material {name} is not here")
    return path


def read(path: Path) -> Document:
    return read_pdf(path, "0")


def blocks(document: Document) -> list[str]:
    return [item.text for item in document.items if isinstance(item, Block)]


def tables(document: Document) -> list[Table]:
    return [item for item in document.items if isinstance(item, Table)]


def column(lines: list[str], x: float, top: float, step: float = 14) -> Drawing:
    return [text(x, top - number * step, line) for number, line in enumerate(lines)]


XS, YS = (60, 160, 300, 420), (700, 670, 640, 610)
WORDS = [["No", "Kegiatan", "Biaya"], ["1", "Embung desa", "50.000.000"], ["2", "", "7.500.000"]]


def words_of_table() -> Drawing:
    return [text(XS[c] + 4, YS[r] - 18, word) for r, row in enumerate(WORDS) for c, word in enumerate(row) if word]


def stroked(dash: str = "") -> Drawing:
    return [rule(XS[0], y, XS[-1], y, dash) for y in YS] + [rule(x, YS[-1], x, YS[0], dash) for x in XS]


def filled() -> Drawing:
    return [hairline(XS[0], y, XS[-1], y) for y in YS] + [hairline(x, YS[-1], x, YS[0]) for x in XS]


def framed() -> Drawing:
    return [frame(XS[c], YS[r + 1], XS[c + 1], YS[r]) for r in range(3) for c in range(3)]


@pytest.mark.parametrize(
    "draw", [stroked, filled, framed, lambda: stroked("[2 2] 0 d")], ids=["stroked", "filled", "framed", "dashed"]
)
def test_a_ruled_table_however_its_rules_are_drawn(tmp_path: Path, draw: Callable[[], Drawing]) -> None:
    (table,) = tables(read(write_pdf(tmp_path / "a.pdf", [draw() + words_of_table()])))
    assert [list(row) for row in table.rows] == WORDS
    assert [round(x) for x in table.columns_x] == list(XS)
    assert table.spans is None


def test_a_table_inside_a_form(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [["q 1 0 0 1 20 -30 cm /Tabel Do Q"]], forms={"Tabel": stroked() + words_of_table()})
    (table,) = tables(read(path))
    assert [list(row) for row in table.rows] == WORDS
    assert round(table.columns_x[0]) == XS[0] + 20


def test_a_shifted_crop_box_moves_the_places(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [stroked() + words_of_table()], extra="/CropBox [30 100 595 800]")
    (table,) = tables(read(path))
    assert [list(row) for row in table.rows] == WORDS
    assert table.box is not None
    assert [round(edge) for edge in table.box] == [30, 100, 390, 190]


@pytest.mark.parametrize("shown", [0, 90, 180, 270])
@pytest.mark.parametrize("matrix", ["1 0 0 1 0 0", "0 1 -1 0 842 0", "-1 0 0 -1 595 842", "0 -1 1 0 0 595"])
def test_turned_pages_read_alike(tmp_path: Path, shown: int, matrix: str) -> None:
    drawing = [f"q {matrix} cm", *stroked(), *words_of_table(), text(60, 760, "Rencana kegiatan desa"), "Q"]
    sideways = matrix.startswith("0")
    path = write_pdf(tmp_path / "a.pdf", [drawing], f"/Rotate {shown}", "0 0 842 842" if sideways else "0 0 595 842")
    document = read(path)
    assert blocks(document) == ["Rencana kegiatan desa"]
    assert [list(row) for row in tables(document)[0].rows] == WORDS


def test_places_on_a_sideways_page_are_those_of_the_page_as_shown(tmp_path: Path) -> None:
    # Text that runs upwards, near the left edge of a page shown upright.
    path = write_pdf(tmp_path / "a.pdf", [[text(50, 100, "Matriks kegiatan desa", turn=(0, 1, -1, 0))]])
    (block,) = read(path).items
    assert isinstance(block, Block)
    box = block.lines[0].box
    assert box is not None
    assert box[0] < 50 <= box[2] + 3 and box[2] - box[0] < 15
    assert 842 - 100 - 130 < box[1] < box[3] < 842 - 95


def test_merged_cells_stand_once(tmp_path: Path) -> None:
    drawing = [frame(60, 670, 300, 700), frame(300, 640, 420, 700), frame(60, 640, 160, 670), frame(160, 640, 300, 670)]
    drawing += [text(70, 680, "Waktu"), text(310, 665, "Sumber"), text(70, 650, "2025"), text(170, 650, "2026")]
    (table,) = tables(read(write_pdf(tmp_path / "a.pdf", [drawing])))
    assert table.rows == (("Waktu", None, "Sumber"), ("2025", "2026", None))
    assert table.spans == {(0, 0): (1, 2), (0, 2): (2, 1)}


def test_lines_of_a_cell_are_joined(tmp_path: Path) -> None:
    drawing = [frame(60, 600, 120, 700), frame(120, 600, 220, 700)]
    drawing += column(["Penanaman bam-", "bu dan anak-", "anakan mahoni"], 124, 680)
    drawing += [text(62, 680, "1.250.000."), text(62, 666, "000")]
    (table,) = tables(read(write_pdf(tmp_path / "a.pdf", [drawing])))
    assert table.rows == (("1.250.000.000", "Penanaman bambu dan anak-anakan mahoni"),)


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    document = read(write_pdf(tmp_path / "a.pdf", [[frame(50, 600, 400, 720), text(60, 700, "Catatan penting")]]))
    assert blocks(document) == ["Catatan penting"]
    assert not tables(document)


def test_paragraphs_broken_words_and_the_way_back(tmp_path: Path) -> None:
    lines = [
        "Desa Nunuhkolo setiap tahun dilanda kekeringan yang pan-",
        "jang sehingga warga mengambil air di kali yang jauh, se-",
        "lama tiga bulan.",
    ]
    drawing = column(lines, 60, 760) + column(["Pemerintah desa membangun embung."], 60, 700)
    document = read(write_pdf(tmp_path / "a.pdf", [drawing]))
    assert blocks(document) == [
        "Desa Nunuhkolo setiap tahun dilanda kekeringan yang panjang "
        "sehingga warga mengambil air di kali yang jauh, selama tiga bulan.",
        "Pemerintah desa membangun embung.",
    ]
    first = document.items[0]
    assert isinstance(first, Block)
    assert [first.text[line.start :][:6] for line in first.lines] == ["Desa N", "jang s", "lama t"]
    boxes = [line.box for line in first.lines]
    assert [box and round(box[3]) for box in boxes] == pytest.approx([842 - 760, 842 - 746, 842 - 732], abs=4)


def test_headings_carry_their_looks(tmp_path: Path) -> None:
    drawing = [text(225, 780, "BAB I", 14, "F2"), text(60, 740, " ".join(PROSE)), text(60, 726, "dan sesudahnya.")]
    heading, body = read(write_pdf(tmp_path / "a.pdf", [drawing])).items
    assert isinstance(heading, Block) and isinstance(body, Block)
    assert (heading.text, heading.bold, heading.size, heading.centred) == ("BAB I", True, 14.0, True)
    assert (body.bold, body.size) == (False, 10.0)


def test_letter_spaced_headings_are_closed(tmp_path: Path) -> None:
    places = [60, 74, 88, 114, 140, 154, 168, 182, 196, 210, 224]
    drawing = [text(x, 780, letter, 12) for x, letter in zip(places, "BABIPENUTUP", strict=True)]
    assert blocks(read(write_pdf(tmp_path / "a.pdf", [drawing]))) == ["BAB I PENUTUP"]


def page_with_edges(number: int, body: Drawing) -> Drawing:
    return [text(60, 815, "RPJM Desa Nunuhkolo"), text(280, 30, f"Halaman {number}"), *body]


def test_running_lines_are_cut_and_the_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    words = "Warga desa membersihkan saluran air dan menjaga mata air di kaki bukit bersama"
    pages = [page_with_edges(number, column([f"{words} {n + 100 * number}" for n in range(48)], 60, 760)) for number in (1, 2, 3)]
    document = read(write_pdf(tmp_path / "a.pdf", pages))
    assert document.running == ("RPJM Desa Nunuhkolo", "Halaman 1")
    (block,) = document.items
    assert isinstance(block, Block)
    assert {line.page for line in block.lines} == {1, 2, 3}
    second = next(line for line in block.lines if line.page == 2)
    assert block.text[second.start :].startswith("Warga desa")


def test_chapter_headings_at_the_top_of_pages_stay(tmp_path: Path) -> None:
    pages = [page_with_edges(n, [text(280, 760, f"BAB {n}", 14), *column(PROSE, 60, 720, 20)]) for n in (1, 2, 3)]
    pages += [page_with_edges(4, column(PROSE, 60, 765, 20))]
    document = read(write_pdf(tmp_path / "a.pdf", pages))
    assert [block for block in blocks(document) if block.startswith("BAB")] == ["BAB 1", "BAB 2", "BAB 3"]


def test_lines_that_are_all_there_is_are_kept(tmp_path: Path) -> None:
    document = read(write_pdf(tmp_path / "a.pdf", [[text(280, 800, "Lampiran kosong")] for _ in range(4)]))
    assert blocks(document) == ["Lampiran kosong"] * 4


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"kiri {number} kekeringan panjang di dusun satu" for number in range(8)]
    right = [f"kanan {number} banjir bandang di dusun dua kali" for number in range(8)]
    drawing = [text(200, 780, "BAB II PROFIL DESA NUNUHKOLO DAN SEKITARNYA YANG LUAS SEKALI")]
    drawing += column(right, 320, 740) + column(left, 60, 740)  # the order of drawing does not matter
    joined = " ".join(blocks(read(write_pdf(tmp_path / "a.pdf", [drawing]))))
    assert joined.index("kiri 7") < joined.index("kanan 0")


def test_a_table_without_rules(tmp_path: Path) -> None:
    rows = [("No", "Uraian", "Anggaran (Rp)"), ("1", "Pelatihan tim siaga bencana desa", "94.000.000")]
    rows += [("2", "Bibit", "7.000.000"), ("3", "Pemeliharaan mata air", "12.500.000")]
    drawing = [text(x, 700 - 16 * n, word) for n, row in enumerate(rows) for x, word in zip((60, 90, 300), row, strict=True)]
    (table,) = tables(read(write_pdf(tmp_path / "a.pdf", [drawing])))
    assert table.rows == tuple(rows)
    assert not table.ruled


def test_labels_with_colons_stay_lines_with_tabs(tmp_path: Path) -> None:
    rows = [("Desa", ": Nunuhkolo"), ("Kecamatan", ": Mollo"), ("Kabupaten", ": TTS")]
    drawing = [text(x, 700 - 16 * n, word) for n, row in enumerate(rows) for x, word in zip((60, 200), row, strict=True)]
    document = read(write_pdf(tmp_path / "a.pdf", [drawing]))
    assert [item.tabs for item in document.items if isinstance(item, Block)] == rows


def test_a_picture_without_text_is_left_to_ocr(tmp_path: Path) -> None:
    scan, words = ["q 595 0 0 842 0 0 cm /Im Do Q"], [text(60, 700, "Rencana Kerja Pemerintah Desa")]
    document = read(write_pdf(tmp_path / "a.pdf", [scan, words, []]))
    assert [page.source for page in document.pages] == ["unread", "text", "blank"]
    assert "gambar" in document.pages[0].reason
    grey = render_page(tmp_path / "a.pdf", 1, 36)
    assert grey.shape == (421, 298) and abs(int(grey[200, 100]) - 128) < 3


def test_letters_that_spell_nothing_are_not_text(tmp_path: Path) -> None:
    shifted = "".join(chr(ord(letter) - 29) if letter.isalpha() else letter for letter in " ".join(PROSE * 4))
    lines = [shifted[start : start + 60] for start in range(0, len(shifted), 60)]
    document = read(write_pdf(tmp_path / "a.pdf", [column(lines, 60, 760)]))
    assert document.pages[0].source == "unread"
    assert document.items == ()


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "kosong"), (b"<html><body>x</body></html>", "bukan PDF"), (b"%PDF-1.4\n1 0 obj\n<<", "bukan PDF")],
)
def test_files_that_are_no_pdf_are_told_in_a_sentence(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "rkp.pdf"
    path.write_bytes(content)
    with pytest.raises(InputError, match=word):
        read(path)


def test_a_password_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="kata sandi"):
        read(shared("bench/v_pw.pdf"))


@pytest.mark.parametrize("name", ["crop", "dots", "down180", "enc", "junk", "rect", "rot", "shade", "side270_upright", "side90"])
def test_every_cell_of_the_variants(name: str) -> None:
    document = read(shared(f"bench/v_{name}.pdf"))
    good, total = exact([list(map(list, table.rows)) for table in tables(document)], truth_rows(shared("bench/truth_60.json")))
    assert (good, total) == (1160, 1160)


def test_the_same_tables_as_pdfplumber() -> None:
    import pdfplumber

    path = shared("bench/v_crop.pdf")
    ours = [table for table in tables(read(path)) if table.ruled and (table.page or 0) <= 26]
    theirs = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages[:26]:
            theirs += page.extract_tables()
            page.close()
    assert len(ours) == len(theirs) > 3
    for one, other in zip(ours, theirs, strict=True):
        packed = [[[cell and "".join(cell.split()) for cell in row] for row in table] for table in (one.rows, other)]
        assert packed[0] == packed[1]


def test_ticks_of_symbol_fonts_and_clipped_frames() -> None:
    document = read(shared("real/pdf/pandanlandung_rpjmdes_2020-2027_siskeudes.pdf"))
    rows = [row for table in tables(document) for row in table.rows if "Penyediaan Tunjangan BPD" in row]
    assert rows == [(*rows[0][:6], "", "", "", "", "", "✓", "", "", "58,800,000.00", "ADD")]
    last = [
        row for table in tables(document) for row in table.rows if any("Pemeliharaan Gedung/Prasarana" in (c or "") for c in row)
    ]
    assert [row[14:] for row in last] == [("1,844,000.00", "PBH")]


@pytest.mark.parametrize(
    ("rows", "fonts"),
    [
        ([("No", "Kegiatan"), ("1", "Embung"), ("2", "Pipa air bersih"), ("3", "Bibit bakau")], ("F1", "F1")),
        ([("Masalah", "Potensi"), ("Kekeringan", "Mata air"), ("Longsor", "Bambu"), ("Abrasi", "Bakau")], ("F2", "F1")),
        ([("Uraian", "Jumlah"), ("Perempuan", "512"), ("Laki-laki", "498"), ("Penyandang cacat", "7")], ("F1", "F1")),
    ],
    ids=["numbers in order", "bold header", "figures"],
)
def test_two_columns_without_rules(tmp_path: Path, rows: list[tuple[str, str]], fonts: tuple[str, str]) -> None:
    drawing = [text(x, 700 - 16 * n, w, 10, fonts[n > 0]) for n, r in enumerate(rows) for x, w in zip((60, 200), r, strict=True)]
    (table,) = tables(read(write_pdf(tmp_path / "a.pdf", [drawing])))
    assert table.rows == tuple(rows)


def test_wrapped_cells_without_rules_stay_in_their_row(tmp_path: Path) -> None:
    lines = [("Masalah", "Potensi"), ("Kekeringan panjang", "Mata air di kaki"), ("", "bukit yang terjaga")]
    lines += [("Longsor di tebing", "Bambu"), ("sepanjang jalan", ""), ("Abrasi", "Bakau di muara"), ("Banjir", "Gotong royong")]
    ys = [700, 680, 668, 648, 636, 616, 596]
    drawing = [
        text(x, y, w, 10, "F2" if y == 700 else "F1")
        for y, row in zip(ys, lines, strict=True)
        for x, w in zip((60, 260), row, strict=True)
        if w
    ]
    (table,) = tables(read(write_pdf(tmp_path / "a.pdf", [drawing])))
    assert table.rows[1:3] == (
        ("Kekeringan panjang", "Mata air di kaki bukit yang terjaga"),
        ("Longsor di tebing sepanjang jalan", "Bambu"),
    )


def test_names_under_a_signature_are_no_table(tmp_path: Path) -> None:
    rows = [("Mengetahui", "Disusun oleh"), ("Kepala Desa", "Sekretaris Desa"), ("Ahmad", "Budi")]
    drawing = [text(x, 700 - 20 * n, word) for n, row in enumerate(rows) for x, word in zip((60, 360), row, strict=True)]
    assert not tables(read(write_pdf(tmp_path / "a.pdf", [drawing])))
