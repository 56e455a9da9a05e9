"""Old Word files, by the optional extra `doc`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irmcheck.errors import InputError
from irmcheck.load.doc import read_doc
from irmcheck.load.doc_binary import Layout, RowShape, read_layout
from irmcheck.load.doc_tables import lay
from irmcheck.model import Block, Table

SHARED = Path(__file__).resolve().parents[3] / "shared"


def test_without_the_extra_the_way_to_docx_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "office_oxide", None)
    with pytest.raises(InputError, match=r"a\.doc .*Simpan Sebagai .*\.docx"):
        read_doc(tmp_path / "a.doc", "")


def test_a_broken_file_is_a_sentence(tmp_path: Path) -> None:
    pytest.importorskip("office_oxide", reason="extra doc is not installed")
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(InputError, match=r"a\.doc: berkas rusak"):
        read_doc(tmp_path / "a.doc", "")


def test_headings_text_and_matrix_rows() -> None:
    pytest.importorskip("office_oxide", reason="extra doc is not installed")
    path, truth = SHARED / "bench" / "lo_60.doc", SHARED / "bench" / "truth_60.json"
    if not path.exists():
        pytest.skip("shared/bench is not here")
    document = read_doc(path, "")
    blocks = {item.text for item in document.items if isinstance(item, Block)}
    tables = [item for item in document.items if isinstance(item, Table)]
    found = {tuple("".join((cell or "").split()) for cell in row) for table in tables for row in table.rows}
    assert document.running == ("RPJMDes Desa Contoh 2022-2029",)
    assert document.problems == ()
    heads = [(item.level, item.text) for item in document.items if isinstance(item, Block) and item.kind == "heading"]
    assert heads[1:3] == [(1, "BAB I PENDAHULUAN"), (2, "1.1 Rencana kontinjensi menghadapi el nino bagian 04")]
    for item in json.loads(truth.read_text(encoding="utf-8")):
        assert "x" not in item or " ".join(item["x"].split()) in blocks
        for row in item.get("rows", []):
            if row["kind"] == "row" and len(row["cells"]) == 11:
                assert tuple("".join(cell.split()) for cell in row["cells"]) in found


def test_merged_cells_stand_as_in_the_docx_it_was_made_from(tmp_path: Path) -> None:
    pytest.importorskip("office_oxide", reason="extra doc is not installed")
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    draft = docx.Document()
    draft.add_paragraph("SMP\tA")
    draft.add_paragraph("DESA CONTOH\nKABUPATEN MALANG").alignment = 1
    table = draft.add_table(3, 5)
    for row, texts in enumerate(
        (["No", "Tahun", "", "Biaya", ""], ["", "2025", "2026", "Rp", "Sumber"], ["1", "v", "", "5.000", "DD"])
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for corner, end in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (0, 4))):
        table.cell(*corner).merge(table.cell(*end))
    draft.add_paragraph("Akhir")
    draft.save(str(tmp_path / "a.docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    document = read_doc(tmp_path / "a.doc", "")
    (one,) = [item for item in document.items if isinstance(item, Table)]
    assert one.rows == (
        ("No", "Tahun", None, "Biaya", None),
        (None, "2025", "2026", "Rp", "Sumber"),
        ("1", "v", "", "5.000", "DD"),
    )
    assert one.spans == {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (1, 2)}
    blocks = [(item.kind, item.text) for item in document.items if isinstance(item, Block)]
    titles = ["SMP A", "DESA CONTOH", "KABUPATEN MALANG", "Akhir"]
    assert blocks == [("paragraph", text) for text in titles]
    assert document.problems == ()


@given(st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=6), min_size=1, max_size=6), st.data())
@settings(max_examples=100, deadline=None)
def test_cells_stand_under_their_borders(widths: list[list[int]], data: st.DataObject) -> None:
    shapes, texts = [], []
    for at, row in enumerate(widths):
        jitter = data.draw(st.integers(0, 20))
        edges = tuple(1000 * sum(row[:cell]) + jitter for cell in range(len(row) + 1))
        shapes.append(RowShape(edges, (0,) * len(row)))
        texts.append([f"{at}.{cell}" for cell in range(len(row))])
    table = lay(texts, shapes, 1)
    assert [[cell for cell in row if cell] for row in table.rows] == texts
    seen = {sum(row[:cell]) for row in widths for cell in range(len(row) + 1)}
    columns = sorted(seen)
    for at, row in enumerate(widths):
        for cell in range(len(row)):
            assert table.rows[at][columns.index(sum(row[:cell]))] == f"{at}.{cell}"


def test_a_line_of_marks_is_no_heading_because_an_empty_one_is(tmp_path: Path) -> None:
    pytest.importorskip("office_oxide", reason="extra doc is not installed")
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    draft = docx.Document()
    draft.add_heading("Bab satu", 1)
    draft.add_heading("", 1)
    draft.add_paragraph("------")
    draft.save(str(tmp_path / "a.docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    blocks = [item for item in read_doc(tmp_path / "a.doc", "").items if isinstance(item, Block)]
    assert [(block.text, block.level) for block in blocks] == [("Bab satu", 1), ("------", None)]


def test_a_damaged_file_gives_an_empty_layout(tmp_path: Path) -> None:
    path = SHARED / "bench" / "lo_60.doc"
    if not path.exists():
        pytest.skip("shared/bench is not here")
    whole = path.read_bytes()
    for cut in (0, 40, 600, 5_000, len(whole) // 2):
        (tmp_path / "a.doc").write_bytes(whole[:cut])
        assert isinstance(read_layout(tmp_path / "a.doc"), Layout)
