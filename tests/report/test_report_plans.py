"""Every report of every reviewed plan: fits the schema, the letter two pages, notes stand in a copy of the draft."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import jsonschema
import pypdfium2
import pytest

from irmcheck.model import Assessment
from irmcheck.pipeline import Request, check, prepare
from irmcheck.report import FORMATS, annotate, write_reports
from irmcheck.settings import Settings

PLANS = Path(__file__).parents[2].parent / "shared" / "plans"
FILES = (
    "alor-rpjmdes/rpjmdes.docx",
    "kupang-pesisir-rkpdes-2025/rkpdes.pdf",
    "kupang-pesisir-rpjmdes/rpjmdes.pdf",
    "pandanlandung-rpjmdes/rpjmdes.pdf",
    "tts-rkpdes-2026/rkpdes.xlsx",
    "tts-rpjmdes/rpjmdes.docx",
)
SETTINGS = Settings(facilitator="Maria Tefa", organisation="Yayasan Contoh", contact="0812 0000 0000")


@pytest.fixture(scope="module", params=FILES)
def judged(request: pytest.FixtureRequest) -> tuple[Path, Assessment]:
    path = PLANS / request.param
    if not path.is_file():
        pytest.skip("the reviewed plans are not beside this checkout")
    return path, check(Request(path), prepare)


def test_all_formats(judged: tuple[Path, Assessment], tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="typst is not installed")
    path, assessment = judged
    paths = dict(
        zip(FORMATS, write_reports(assessment, tuple(FORMATS), tmp_path, stem=path.stem, settings=SETTINGS), strict=True)
    )
    schema = json.loads((resources.files("irmcheck.report") / "assessment.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(paths["json"].read_text(encoding="utf-8")))
    letter = pypdfium2.PdfDocument(paths["pdf"])
    assert len(letter) <= 2
    letter.close()
    html = paths["html"].read_text(encoding="utf-8")
    assert all(f'id="{finding.id}"' in html for finding in assessment.findings)


def test_annotated_copy(judged: tuple[Path, Assessment], tmp_path: Path) -> None:
    path, assessment = judged
    if path.suffix == ".xlsx":
        pytest.skip("notes are written on DOCX and PDF only")
    before = path.read_bytes()
    made = annotate(assessment, path, tmp_path, settings=SETTINGS)
    assert made.stat().st_size > 0
    assert path.read_bytes() == before
