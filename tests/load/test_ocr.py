"""Scanned pages: light, slope, rules, words in cells, quality, cache; and what happens without tesseract."""

import json
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from irmcheck.errors import InputError
from irmcheck.load import Limits, load, ocr, ocr_page
from irmcheck.load.ocr_cache import Cache
from irmcheck.load.ocr_engine import RecognitionError, find_engine
from irmcheck.load.ocr_image import even_light, find_rules, ink, slope, squared, straighten, without_specks
from irmcheck.load.ocr_page import Reading, read_page
from irmcheck.load.pdf import render_page
from irmcheck.model import Page, Quality, Table

needs_tesseract = pytest.mark.skipif(find_engine() is None, reason="the program tesseract with ind or eng is not installed")
FONT = ImageFont.load_default(size=32)
STAMPED = Path(__file__).parents[3] / "shared/plans/kupang-pesisir-rkpdes-2025/rkpdes_scan.pdf"
ROWS = (
    ("No", "Kegiatan", "Lokasi", "Biaya (Rp)"),
    ("1", "Pembangunan embung desa", "Dusun I", "584.000.000"),
    ("2", "Penanaman bambu di mata air", "Dusun II", "27.450.500"),
    ("3", "Pelatihan tim siaga bencana", "Dusun Oesena", "9.720.000"),
)
LEFT = (80, 180, 820, 1120, 1420)


def table_page(turn: int = 0, slant: float = 0.0) -> Image.Image:
    """An A4 page at 200 dpi with a heading and a ruled table."""
    image = Image.new("L", (1654, 1100), 255)
    draw = ImageDraw.Draw(image)
    draw.text((80, 90), "Rencana kegiatan desa tahun 2026", 0, FONT)
    for number, row in enumerate(ROWS):
        top = 200 + 80 * number
        for column, text in enumerate(row):
            draw.rectangle((LEFT[column], top, LEFT[column + 1], top + 80), outline=0, width=3)
            draw.text((LEFT[column] + 14, top + 20), text, 0, FONT)
    return image.rotate(slant, Image.Resampling.BICUBIC, fillcolor=255).rotate(90 * turn, expand=True)


def prose_page() -> Image.Image:
    image = Image.new("L", (1654, 900), 255)
    draw = ImageDraw.Draw(image)
    draw.text((100, 100), "BAB II", 0, FONT, stroke_width=1)
    lines = (
        "Desa ini sering mengalami kekeringan pada bulan Agustus dan",
        "September. Mata air mengecil sehingga warga membeli air bersih.",
        "Musyawarah dusun mengusulkan penanaman pohon di hulu mata air.",
    )
    for number, line in enumerate(lines):
        draw.text((100, 180 + 50 * number), line, 0, FONT)
    return image


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("IRMCHECK_CACHE", str(folder))
    return folder


@pytest.fixture
def no_tesseract(monkeypatch):
    monkeypatch.setenv("TESSERACT", "/tidak/ada/tesseract")


def saved(folder: Path, name: str, *pages: Image.Image) -> Path:
    path = folder / name
    extra = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    if path.suffix == ".pdf":
        extra["resolution"] = 200
    else:
        extra["dpi"] = (200, 200)
    pages[0].save(path, **extra)
    return path


# ------------------------------------------------------------------------------------------------------------- images


@pytest.mark.parametrize("degrees", [-10.5, -6.0, -0.6, 0.0, 0.3, 0.9, 3.3, 8.0])
def test_the_slope_is_found_and_taken_out(degrees):
    page = table_page(slant=-degrees)
    assert slope(page) == pytest.approx(degrees, abs=0.1)
    assert slope(straighten(page, slope(page))) == pytest.approx(0.0, abs=0.1)


def test_a_page_without_lines_has_no_slope():
    assert slope(Image.new("L", (800, 800), 255)) == 0.0


def test_shadow_and_yellow_paper_are_evened_out():
    page = table_page()
    shade = np.linspace(90, 230, page.width) / 255
    dim = Image.fromarray((np.asarray(page) * shade).astype(np.uint8))
    same = ink(even_light(dim)) == ink(even_light(page))
    assert same.mean() > 0.995


def test_rules_are_found_and_letters_are_not():
    rules = find_rules(ink(table_page()))
    assert sorted({round(y / 10) * 10 for y, _, _ in rules.across}) == [200, 280, 360, 440, 520]
    assert sorted({round(x / 10) * 10 for x, _, _ in rules.down}) == [80, 180, 820, 1120, 1420]
    assert not find_rules(ink(prose_page())).mask.any()


def test_underlines_and_joined_serifs_are_no_rules():
    page = prose_page()
    ImageDraw.Draw(page).line((100, 500, 900, 500), 0, 3)
    assert not find_rules(ink(page)).across


def test_dirt_goes_and_full_stops_stay():
    page = Image.new("L", (400, 200), 255)
    draw = ImageDraw.Draw(page)
    draw.text((20, 40), "9.720.000", 0, ImageFont.load_default(size=22))
    clean = np.asarray(page).copy()
    dirty = clean.copy()
    dirty[150:190:8, 10:390:9] = 0
    assert np.array_equal(np.asarray(without_specks(Image.fromarray(dirty))), clean)


# -------------------------------------------------------------------------------------------------------------- pages


@needs_tesseract
@pytest.mark.parametrize(("turn", "slant"), [(0, 0.0), (0, 0.8), (1, -0.5), (2, 0.0), (3, 0.0)])
def test_every_cell_of_a_table_stands_in_its_place(turn, slant):
    reading = read_page(find_engine(), table_page(turn, slant), 200, 60)
    assert reading.turns == turn
    (table,) = reading.tables
    assert table.rows == ROWS
    assert [line.text for line in reading.lines] == ["Rencana kegiatan desa tahun 2026"]
    assert table.box == pytest.approx((80 * 0.36, 200 * 0.36, 1420 * 0.36, 520 * 0.36), abs=6)


@needs_tesseract
@pytest.mark.parametrize(
    "source",
    [(-30, 0, 10, 1100, 1684, 1100, 1644, 0), (30, 8, -25, 1090, 1670, 1110, 1620, 0)],
    ids=["from the side", "from below"],
)
def test_a_table_photographed_aslant(source):
    photo = table_page().transform((1654, 1100), Image.Transform.QUAD, source, Image.Resampling.BICUBIC, fillcolor=255)
    (table,) = read_page(find_engine(), photo, 200, 60).tables
    assert table.rows == ROWS


@pytest.mark.parametrize("lean", [0, 30, 60, 90])
def test_leaning_rules_of_a_photo_are_made_upright(lean):
    page = Image.new("L", (1654, 1500), 255)
    draw = ImageDraw.Draw(page)
    for y in range(200, 1301, 100):
        draw.line((100, y, 1550, y), 0, 3)
    for x in range(100, 1551, 290):
        draw.line((x, 200, x, 1300), 0, 3)
    corners = (-lean, 0, lean, 1500, 1654 - lean, 1500, 1654 + lean, 0)
    dark = ink(squared(page.transform(page.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255)))
    outer = [np.flatnonzero(dark[y])[[0, -1]] for y in (250, 1250)]
    assert np.abs(outer[0] - outer[1]).max() <= 8


@needs_tesseract
def test_prose_becomes_paragraphs_with_places(tmp_path, cache):
    document = load(saved(tmp_path, "pindai.pdf", prose_page()))
    heading, body = document.items
    assert (heading.text, heading.bold, body.bold) == ("BAB II", True, False)
    assert body.text.startswith("Desa ini sering mengalami kekeringan pada bulan Agustus dan September. Mata air")
    assert body.text.endswith("hulu mata air.")
    assert [line.page for line in body.lines] == [1, 1, 1]
    assert body.lines[0].box == pytest.approx((36, 67, 356, 78), abs=5)
    (page,) = document.pages
    assert (page.source, page.quality, page.reason) == ("ocr", Quality.GOOD, "")
    assert page.confidence > 85


@needs_tesseract
def test_a_pale_copy_is_read_and_a_page_that_is_only_grainy_stays_blank(tmp_path, cache):
    pale = prose_page().point(lambda value: 205 + value * 50 // 255)
    grain = np.random.default_rng(1).normal(246, 4, (900, 1654)).clip(0, 255).astype(np.uint8)
    document = load(saved(tmp_path, "pucat.tif", pale, Image.fromarray(grain)))
    assert [page.source for page in document.pages] == ["ocr", "blank"]
    assert "penanaman pohon di hulu mata air" in document.items[-1].text


@needs_tesseract
def test_pages_of_one_file_keep_their_order_and_tables_are_numbered(tmp_path, cache):
    seen = []
    blank = Image.new("L", (1654, 900), 255)
    path = saved(tmp_path, "campur.tif", table_page(), blank, prose_page(), table_page(turn=2))
    document = load(path, progress=lambda *step: seen.append(step))
    assert [page.source for page in document.pages] == ["ocr", "blank", "ocr", "ocr"]
    assert [(item.page, item.number) for item in document.items if isinstance(item, Table)] == [(1, 1), (4, 2)]
    assert [item.page for item in document.items] == sorted(item.page for item in document.items)
    assert sorted(seen) == [(n, 4, "OCR") for n in (1, 2, 3, 4)]
    assert document.format == "image"


@needs_tesseract
def test_a_photo_follows_its_cameras_note_about_the_way_up(tmp_path, cache):
    photo = table_page(turn=1)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it 90 degrees clockwise to see it upright
    path = tmp_path / "foto.jpg"
    photo.save(path, exif=exif, quality=90)
    document = load(path)
    table = next(item for item in document.items if isinstance(item, Table))
    assert [row[3] for row in table.rows] == [row[3] for row in ROWS]
    assert document.pages[0].width > document.pages[0].height


@needs_tesseract
@pytest.mark.skipif(not STAMPED.exists(), reason="the reviewed plans are not beside this checkout")
def test_words_that_a_stamp_hides_from_the_first_look_are_not_lost():
    image = Image.fromarray(render_page(STAMPED, 3, 200))
    assert "MANAFE" in [line.text for line in read_page(find_engine(), image, 200, 60).lines]


def test_ticks_of_a_column_come_out_alike():
    mark = ocr_page._MARK
    rows = [["THN 1", "No"], ["v", "1"], ["“", '"'], [mark, mark], ["", ""], ["V", "2"], [None, "v"]]
    ocr_page._tick(rows)
    assert rows == [["THN 1", "No"], ["✓", "1"], ["✓", '"'], ["✓", ""], ["", ""], ["✓", "2"], [None, "v"]]


# ------------------------------------------------------------------------------------------------ quality and trouble


def judged(confidence, words, source="unread", blank=False):
    page = Page(1, source, Quality.POOR, "gambar")
    return ocr._judged(page, {1: Reading(confidence=confidence, words=words, blank=blank)}, {})


def test_quality_follows_confidence():
    assert judged(95.0, 200).quality is Quality.GOOD
    assert judged(78.0, 200).quality is Quality.FAIR
    assert "pindai ulang 300 dpi" in judged(60.0, 200).reason
    assert judged(60.0, 200).quality is Quality.POOR
    assert judged(30.0, 200).source == "unread"
    assert judged(None, 0).reason == "hampir tidak ada tulisan (foto atau peta?)"
    assert judged(None, 0, blank=True).source == "blank"


def test_page_numbers_for_people():
    assert ocr.ranges([27, 23, 24, 25, 30]) == "23-25, 27, 30"


def test_without_tesseract_pages_are_reported_unread_with_what_to_install(tmp_path, no_tesseract):
    document = load(saved(tmp_path, "pindai.pdf", prose_page(), prose_page()))
    assert [page.source for page in document.pages] == ["unread", "unread"]
    (problem,) = [one for one in document.problems if one.code == "ocr-missing"]
    for words in ("Hal. 1-2", "Windows", "Indonesian", "apt install tesseract-ocr tesseract-ocr-ind"):
        assert words in problem.message


def test_ocr_can_be_switched_off(tmp_path):
    document = load(saved(tmp_path, "pindai.png", prose_page()), ocr=False)
    assert document.pages[0].source == "unread"
    assert [problem.code for problem in document.problems] == ["ocr-off"]


@needs_tesseract
def test_time_used_up_leaves_pages_for_the_next_run(tmp_path, cache):
    path = saved(tmp_path, "pindai.pdf", prose_page())
    document = load(path, Limits(ocr_seconds=-1))
    assert document.pages[0].source == "unread"
    assert "jalankan lagi" in document.problems[0].message


@needs_tesseract
def test_one_failing_page_does_not_take_the_others(tmp_path, cache, monkeypatch):
    def sometimes(engine, image, dpi, seconds):
        if image.height > 1000:
            raise RecognitionError("killed")
        return ocr_page.read_page(engine, image, dpi, seconds)

    monkeypatch.setattr(ocr, "read_page", sometimes)
    document = load(saved(tmp_path, "pindai.pdf", prose_page(), table_page()))
    assert [page.source for page in document.pages] == ["ocr", "unread"]
    assert "Hal. 2 tidak terbaca" in document.problems[-1].message


# -------------------------------------------------------------------------------------------------------------- cache


@needs_tesseract
def test_a_page_is_recognised_once(tmp_path, cache, monkeypatch):
    path = saved(tmp_path, "pindai.pdf", table_page())
    first = load(path)
    monkeypatch.setattr(ocr, "read_page", lambda *_: pytest.fail("recognised again"))
    assert load(path) == first
    assert not list(cache.rglob("*.tmp"))


def test_a_damaged_cache_is_no_cache(cache):
    keep = Cache("abc", "200")
    reading = Reading(confidence=90.0, words=3)
    keep.put(1, reading)
    assert keep.get(1) == reading
    assert Cache("abc", "300").get(1) is None
    (file,) = cache.rglob("*.json")
    for damage in (b"", b"\xff\xfe", b"[]", b"{}", b'{"lines": 3}', b"[" * 100_000):
        file.write_bytes(damage)
        assert keep.get(1) is None
    file.write_text(json.dumps({"lines": [], "tables": [{"spans": [[1]]}], "confidence": None, "words": 0}))
    assert keep.get(1) is None


def test_a_cache_that_cannot_be_written_is_no_trouble(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("IRMCHECK_CACHE", str(tmp_path / "file"))
    keep = Cache("abc", "200")
    keep.put(1, Reading())
    keep.trim()
    assert keep.get(1) is None


def test_the_cache_keeps_within_its_bound(cache, monkeypatch):
    monkeypatch.setattr("irmcheck.load.ocr_cache._MOST_BYTES", 300)
    keep = Cache("abc", "200")
    for page in range(10):
        keep.put(page, Reading())
    keep.trim()
    assert 0 < sum(file.stat().st_size for file in cache.rglob("*.json")) <= 300


# ------------------------------------------------------------------------------------------------------------- images


def test_huge_images_are_refused_before_they_are_decoded(tmp_path):
    path = tmp_path / "besar.png"
    header = b"IHDR" + struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    body = b"".join(struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (header, b"IDAT" + b"x" * 999))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    with pytest.raises(InputError, match="terlalu besar"):
        load(path)


@pytest.mark.filterwarnings("ignore:Truncated File Read")
@pytest.mark.parametrize(("suffix", "kept"), [("png", 60), ("jpg", 60), ("tif", 60), ("webp", 60), ("png", 2000)])
def test_truncated_images(tmp_path, suffix, kept, no_tesseract, cache):
    path = saved(tmp_path, f"a.{suffix}", table_page().convert("RGB"))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(InputError, match="rusak atau terpotong"):
        load(path)


@needs_tesseract
def test_a_page_whose_picture_cannot_be_unpacked_is_not_blank(tmp_path, cache):
    path = saved(tmp_path, "rusak.pdf", prose_page().convert("RGB"), Image.new("RGB", (1654, 900), "white"))
    whole = path.read_bytes()
    start = whole.index(b"\xff\xd8\xff")
    path.write_bytes(whole[:start] + b"rusak" * 8 + whole[start + 40 :])
    document = load(path)
    assert [page.source for page in document.pages] == ["unread", "blank"]
    assert "rusak atau terlalu besar" in document.pages[0].reason
    assert [(problem.code, problem.page) for problem in document.problems] == [("page-unread", 1)]


@needs_tesseract
@pytest.mark.filterwarnings("ignore:Truncated File Read")
def test_a_scan_cut_off_in_the_middle_is_an_unread_page(tmp_path, cache):
    path = saved(tmp_path, "a.jpg", table_page())
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    document = load(path)
    assert document.pages[0].source == "unread"
    assert "gambarnya rusak" in document.problems[0].message
