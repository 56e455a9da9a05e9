"""Hostile and broken files: each ends in a Document or in one sentence, within its limits, in a process of its own."""

import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document as Word
from PIL import Image

from irmcheck.errors import InputError
from irmcheck.load import Limits, load_isolated
from irmcheck.model import Document

LIMITS = Limits(seconds=20, ocr_seconds=10, page_seconds=5, memory_mb=1500, max_pages=300)
SHARED = Path(__file__).parents[3] / "shared" / "robust"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("IRMCHECK_CACHE", str(tmp_path / "cache"))


def outcome(path: Path) -> Document | str:
    """The Document, or the sentence of the refusal, which must be one for people."""
    started = time.monotonic()
    try:
        result = load_isolated(path, LIMITS)
    except InputError as error:
        result = error.message
        assert "Traceback" not in result
        assert "\n" not in result
        assert path.name in result
        assert result.endswith((".", ")"))
    assert time.monotonic() - started < 45
    return result


def word(body: str, start: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", RELATIONS)
        file.writestr("word/document.xml", f'{start}<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>')
    return buffer.getvalue()


def pdf(pages: int, content: bytes = b"", kids: str = "") -> bytes:
    """A PDF written without a cross reference table, which readers must rebuild."""
    numbers = range(10, 10 + pages)
    listed = kids or " ".join(f"{n} 0 R" for n in numbers)
    parts = [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        f"2 0 obj<</Type/Pages/Count {pages}/Kids[{listed}]>>endobj\n".encode(),
        b"3 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(content), content),
    ]
    parts += [f"{n} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 3 0 R>>endobj\n".encode() for n in numbers]
    return b"".join(parts) + b"trailer<</Root 1 0 R>>\n%%EOF"


def image_pdf(side: int) -> bytes:
    """A page of one image that claims to be `side` pixels wide and high."""
    page = pdf(1, b"q 200 0 0 200 0 0 cm /I Do Q").replace(b"/Contents", b"/Resources<</XObject<</I 4 0 R>>>>/Contents")
    claimed = (
        b"4 0 obj<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/FlateDecode/Length 9>>stream\nx\x9c\x03\0\0\0\0\x01\0\nendstream endobj\n" % (side, side)
    )
    return page.replace(b"trailer", claimed + b"trailer")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
HOSTILE = {
    "billion laughs.docx": word("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", f"<!DOCTYPE x [{LAUGHS}]>"),
    "outside entity.docx": word("<w:p><w:t>&x;</w:t></w:p>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "zip bomb.docx": word("<w:p/>" * 12_000_000),
    "nested tables.docx": word("<w:tbl><w:tr><w:tc>" * 20_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 20_000),
    "nested runs.docx": word("<w:sdt><w:sdtContent>" * 5_000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 5_000),
    "wide span.docx": word('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'),
    "not closed.docx": word("<w:p>"),
    "no parts.docx": word("")[:-200],
    "pages in a circle.pdf": pdf(1, kids="2 0 R 2 0 R"),
    "many pages.pdf": pdf(301),
    "no pages.pdf": pdf(0),
    "lying count.pdf": pdf(1).replace(b"/Count 1", b"/Count 999999999"),
    "endless stream.pdf": pdf(1, b"q " * 300_000 + b"BT /F 1 Tf (" + b"(" * 100_000),
    "deep arrays.pdf": pdf(1).replace(b"/MediaBox[0 0 200 200]", b"/MediaBox" + b"[" * 100_000),
    "huge page.pdf": pdf(1).replace(b"[0 0 200 200]", b"[0 0 9999999 9999999]"),
    "tiny page.pdf": pdf(1).replace(b"[0 0 200 200]", b"[0 0 0.001 0.001]"),
    "huge image.pdf": image_pdf(50_000),
    "only a header.pdf": b"%PDF-1.7\n",
    "rubbish after header.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "rubbish.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\xff") + "Workbook".encode("utf-16-le").ljust(4096, b"\0"),
    "rubbish.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\xff")
    + "WordDocument".encode("utf-16-le").ljust(4096, b"\0"),
    "long line.csv": b"a;" * 2_000_000 + b"\n" + b"b;" * 10,
    "controls.csv": b"No;Kegiatan\n1;Em\x0bbung\x1b[31m\n2;\xff\xfeTalud\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_result_or_a_sentence(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    assert "berhenti mendadak" not in str(outcome(path))


def test_too_many_pages_are_refused_in_words(tmp_path):
    path = tmp_path / "banyak.pdf"
    path.write_bytes(HOSTILE["many pages.pdf"])
    assert outcome(path) == "Berkas banyak.pdf berisi 301 halaman, batasnya 300. Pecah menjadi beberapa berkas."


def test_no_terminal_codes_come_through(tmp_path):
    path = tmp_path / "kendali.csv"
    path.write_bytes(HOSTILE["controls.csv"])
    document = outcome(path)
    assert isinstance(document, Document)
    assert "bung" in repr(document.items)
    assert "x1b" not in repr(document)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_files_cut_off_anywhere(tmp_path, share):
    saved = io.BytesIO()
    plan = Word()
    for number in range(200):
        plan.add_paragraph(f"{number}. Pembangunan embung desa")
    plan.save(saved)
    picture = io.BytesIO()
    Image.effect_noise((300, 300), 80).save(picture, "PDF")
    for name, data in (("a.docx", saved.getvalue()), ("a.pdf", picture.getvalue())):
        path = tmp_path / name
        path.write_bytes(data[: int(len(data) * share)])
        outcome(path)


def collected() -> list[Path]:
    """Every 25th of the collected odd files; all of them when IRMCHECK_ROBUST is set."""
    files = sorted(path for path in SHARED.rglob("*") if path.is_file() and path.suffix != ".tsv")
    return files if os.environ.get("IRMCHECK_ROBUST") else files[::25]


@pytest.mark.skipif(not SHARED.exists(), reason="the collection of odd files is not beside this checkout")
@pytest.mark.parametrize("path", collected(), ids=lambda path: path.name)
def test_odd_files_of_other_projects(path):
    result = outcome(path)
    assert isinstance(result, Document) or "berhenti mendadak" not in result
