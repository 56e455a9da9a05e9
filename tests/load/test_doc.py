"""Old Word files, by the optional extra `doc`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from irmcheck.errors import InputError
from irmcheck.load.doc import read_doc
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
    assert [problem.code for problem in document.problems] == ["doc-tables"]
    for item in json.loads(truth.read_text(encoding="utf-8")):
        assert "x" not in item or " ".join(item["x"].split()) in blocks
        for row in item.get("rows", []):
            # Rows of five cells come with their vertically merged cell missing; the Problem above says so.
            if row["kind"] == "row" and len(row["cells"]) == 11:
                assert tuple("".join(cell.split()) for cell in row["cells"]) in found
