"""`irmcheck extract`: what was read, shown to people."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from irmcheck.model import (
    Activity,
    Block,
    Document,
    Identity,
    Page,
    Place,
    Plan,
    PlanKind,
    Quality,
    Section,
    SectionKind,
    SumCheck,
    Table,
    Volume,
)  # fmt: skip
from irmcheck.report.extract import write_extract
from irmcheck.settings import Settings


@pytest.fixture
def plan() -> Plan:
    document = Document(
        "rkp.pdf", "0" * 64, "pdf",
        (
            Block("# Bukan judul <b>", 1),
            Table((("No", "Kegiatan"), ("1", "=cmd|' /C calc'!A0"), ("", None)), 2, 1),
            Block("Penutup", 2),
        ),
        (Page(1), Page(2, "ocr", Quality.POOR, "miring"), Page(3, "unread", Quality.POOR, "terlalu pudar")),
    )  # fmt: skip
    rows = (
        Activity(
            1, Place(2, "Matriks", 1, 1), "=cmd|' /C calc'!A0", "3.1.04", bidang="Pembinaan", cost=5_000_000, sources=("DD",)
        ),
        Activity(
            2, Place(2, "Matriks", 1, 2), "Embung", bidang="Pembangunan", cost=7_000_000, volume=Volume("2 unit", 2, "unit")
        ),
    )
    return Plan(
        document, Identity(PlanKind.RKPDES, "Contoh"), (Section("BAB I", SectionKind.PREFACE, 1, (0, 1), 1),), (), rows, (),
        (SumCheck("Jumlah bidang III", 9, 8, 2),), 12_000_000,
    )  # fmt: skip


def test_workbook_has_activities_with_filter_and_sums_and_no_formula(plan: Plan, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    (path,) = write_extract(plan, ["xlsx"], tmp_path, stem="rkp", settings=Settings())
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    assert book.sheetnames == ["Kegiatan", "Jumlah", "Bab", "Tabel", "Halaman", "Catatan baca"]
    sheet = book["Kegiatan"]
    assert sheet.auto_filter.ref == "A1:P3"
    assert (sheet["E2"].data_type, sheet["E2"].value) == ("s", "=cmd|' /C calc'!A0")
    assert (sheet["M3"].value, sheet["G3"].value, sheet["P2"].value) == (7_000_000, "2 unit", "hal. 2, tabel 1 baris 1")
    sums = [[cell.value for cell in row] for row in book["Jumlah"].iter_rows(min_row=2)]
    assert ["Bidang", "Pembinaan", 5_000_000, None, 1] in sums
    assert ["Semua", None, 12_000_000, 12_000_000, 2] in sums
    assert ["Perlu dicek", "Jumlah bidang III", 8, 9, None] in sums
    assert [cell.value for cell in book["Halaman"][3]][:4] == [2, None, "pindaian (OCR)", "Buruk"]


def test_markdown_shows_pages_and_keeps_text_as_text(plan: Plan, tmp_path: Path) -> None:
    (path,) = write_extract(plan, ["md"], tmp_path, stem="rkp", settings=Settings())
    text = path.read_text(encoding="utf-8")
    assert "## Halaman 2 (Mutu baca: Buruk, miring)" in text
    assert text.startswith("# rkp.pdf\n\nMutu baca: Buruk\n")
    assert "## Halaman 3 (tidak terbaca, terlalu pudar)" in text
    assert "\\# Bukan judul &lt;b>" in text
    assert "|  |  |" in text
    assert "| 1 | \\=cmd\\|' /C calc'!A0 |" in text


def test_json_holds_every_item_in_order(plan: Plan, tmp_path: Path) -> None:
    (path,) = write_extract(plan, ["json"], tmp_path, stem="rkp", settings=Settings())
    data = json.loads(path.read_text(encoding="utf-8"))
    assert [item["type"] for item in data["items"]] == ["paragraph", "table", "paragraph"]
    assert data["activities"][1]["cost"] == 7_000_000
