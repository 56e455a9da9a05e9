"""Items of lists that run over several lines, as LibreOffice sets them: each comes back as one paragraph."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from irmcheck.load.pdf import read_pdf
from irmcheck.model import Block

ITEMS = [
    "Kelompok Siaga Bencana Desa dibentuk pada tahun 2019 dengan pendampingan lembaga swadaya masyarakat, "
    "tetapi sejak dua tahun terakhir kini vakum.",
    "Jalur evakuasi belum ada.",
    "Embung Oelnunuh yang dibangun pada tahun 2015 rusak karena longsor di bagian hulu dan sampai sekarang belum diperbaiki "
    "sehingga warga di Dusun II mengambil air di kali yang jauhnya tiga kilometer.",
    "Hutan bakau di pesisir ditebang untuk kayu bakar dan arang sehingga ombak langsung mengenai rumah warga.",
    "Sosialisasi, pelatihan dan simulasi gempa bumi.",
]
Add = Callable[..., Any]


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The paragraphs read from the PDFs that LibreOffice makes of both documents."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not here")
    folder = tmp_path_factory.mktemp("lists")
    _lists().save(str(folder / "lists.docx"))
    _columns().save(str(folder / "columns.docx"))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    call = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*call, *map(str, folder.glob("*.docx"))], check=True, capture_output=True, timeout=120)
    return {
        path.stem: [item.text for item in read_pdf(path, "0").items if isinstance(item, Block)] for path in folder.glob("*.pdf")
    }


def _lists() -> Any:
    """Eleven ways to set the same items, each under a line that names it."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    document = Document()

    def add(words: str, style: str | None = None, left: float = 0, first: float = 0, justified: bool = False) -> None:
        paragraph = document.add_paragraph(words, style)
        if left or first:
            paragraph.paragraph_format.left_indent = Cm(left)
            paragraph.paragraph_format.first_line_indent = Cm(first)
        if justified:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY

    ways: dict[str, Add] = {
        "bullets": lambda n, words: add(words, "List Bullet"),
        "numbers": lambda n, words: add(words, "List Number"),
        "inner bullets, justified": lambda n, words: add(words, "List Bullet 2", justified=True),
        "inner numbers, justified": lambda n, words: add(words, "List Number 2", justified=True),
        "typed letters, hanging": lambda n, words: add(f"{chr(97 + n)}.\t{words}", None, 1.5, -0.75, True),
        "typed numbers, not hanging": lambda n, words: add(f"{n + 1}) {words}", justified=True),
        "typed numbers, hanging far": lambda n, words: add(f"{n + 1}.\t{words}", None, 2.5, -1.5),
        "dashes": lambda n, words: add(f"-\t{words}", None, 1.0, -0.5),
        "long numbers": lambda n, words: add(f"3.1.{n + 1}\t{words}", None, 2.0, -1.5),
        "numbers indented, text back at the margin": lambda n, words: add(f"{n + 1}. {words}", None, 0, 1.25, True),
        "typed bullets, hanging little": lambda n, words: add(f"• {words}", None, 1.0, -0.4),
    }
    for name, write in ways.items():
        document.add_paragraph(f"Cara {name}:")
        for number, words in enumerate(ITEMS):
            write(number, words)
    return document


def _columns() -> Any:
    """Two columns under a letter-spaced heading; the last page holds the left column only."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    document.styles["Normal"].font.size = Pt(12)
    columns = document.sections[0]._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), "2")
    run = document.add_paragraph().add_run("RENCANA KERJA")
    run.bold = True
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "120")
    run._r.get_or_add_rPr().append(spacing)
    for _ in range(3):
        for style in ("List Bullet", None, "List Number"):
            for words in ITEMS:
                document.add_paragraph(words, style).alignment = None if style else WD_ALIGN_PARAGRAPH.JUSTIFY
    return document


def bare(text: str) -> str:
    return re.sub(r"^(?:\W+|\d\.\d\.\d|\w{1,2}[.)])\s+", "", text)


def test_every_item_is_one_paragraph_however_it_is_set(converted: dict[str, list[str]]) -> None:
    read: dict[str, list[str]] = {}
    for block in converted["lists"]:
        if block.startswith("Cara "):
            read[name := block] = []
        else:
            read[name].append(bare(block))
    assert len(read) == 11
    assert {name: items for name, items in read.items() if items != ITEMS} == {}


def test_items_in_two_columns_and_over_their_breaks(converted: dict[str, list[str]]) -> None:
    heading, *items = converted["columns"]
    assert heading == "RENCANA KERJA"
    assert [bare(item) for item in items] == ITEMS * 9
