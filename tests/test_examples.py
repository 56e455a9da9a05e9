"""The invented villages in examples/: verdicts, evidence and figures as a person has read and accepted them.

IRMCHECK_REGEN=1 writes tests/golden/ anew; read the difference before committing it.
"""

import importlib.util
import json
import os
from pathlib import Path

import pytest

from irmcheck import pipeline
from irmcheck.report import to_json

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
GOLDEN = Path(__file__).parent / "golden"
UPLAND_WORD, UPLAND_PDF = EXAMPLES / "desa-oenunfatu" / "rpjmdes.docx", EXAMPLES / "desa-oenunfatu" / "rpjmdes.pdf"
UPLAND_SHEET = EXAMPLES / "desa-oenunfatu" / "rkpdes-2026.xlsx"
COAST_PDF = EXAMPLES / "desa-oelofe" / "rkpdes-2026.pdf"
FILES = (UPLAND_WORD, UPLAND_PDF, UPLAND_SHEET, COAST_PDF)
QUOTED = (
    "RIS-02",
    "PRB-01",
    "MER-02",
    "INK-01",
    "ANG-03",
    "SIAP-01",
)  # criteria whose first evidence is kept in the golden files


@pytest.fixture(scope="module")
def judged():
    """The JSON report of every example, read without OCR: the blurred page is unreadable with it, too."""
    rules = pipeline.prepare()
    return {file: to_json(pipeline.check(pipeline.Request(file, ocr=False), lambda: rules)) for file in FILES}


def statuses(data):
    return {finding["id"]: finding["status"] for finding in data["findings"]}


def first_evidence(data):
    """For each quoted criterion the place and words of its first evidence; what was seen and left out is marked by counts."""
    return {
        finding["id"]: {key: finding["evidence"][0][key] for key in ("quote", "page", "table", "row", "counts")}
        for finding in data["findings"]
        if finding["id"] in QUOTED and finding["evidence"]
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_verdicts_are_the_accepted_ones(judged, file):
    data = judged[file]
    found = {
        "plan": {key: data["plan"][key] for key in ("kind", "village", "subdistrict", "district", "year_start", "year_end")},
        "activities": len(data["activities"]),
        "total": data["budget"]["total"],
        "statuses": statuses(data),
        "evidence": first_evidence(data),
    }
    path = GOLDEN / f"{file.parent.name}-{file.stem}-{file.suffix[1:]}.json"
    if os.environ.get("IRMCHECK_REGEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(path.read_text(encoding="utf-8"))


def test_word_and_pdf_of_one_plan_are_judged_alike(judged):
    word, pdf = judged[UPLAND_WORD], judged[UPLAND_PDF]
    assert statuses(word) == statuses(pdf)
    keys = ("name", "location", "target", "years", "cost", "sources", "pillars", "hazards", "bidang")
    rows = [[{key: row[key] for key in keys} for row in data["activities"]] for data in (word, pdf)]
    assert rows[0] == rows[1] and len(rows[0]) == 23


def test_every_status_appears_in_the_examples(judged):
    seen = {status for data in judged.values() for status in statuses(data).values()}
    assert seen == {"met", "partial", "missing", "not_applicable", "undetermined"}


def letters(text):
    return "".join(char.casefold() for char in text if char.isalnum())


@pytest.mark.parametrize("file", [UPLAND_PDF, COAST_PDF], ids=lambda file: file.parent.name)
def test_every_quote_stands_on_the_page_it_names(judged, file):
    import pypdfium2

    with pypdfium2.PdfDocument(file) as pdf:
        pages = [letters(page.get_textpage().get_text_bounded()) for page in pdf]
    quotes = [evidence for finding in judged[file]["findings"] for evidence in finding["evidence"]]
    quotes += [evidence for hazard in judged[file]["hazards"] for evidence in hazard["evidence"]]
    assert len(quotes) > 20
    strays = [quote for quote in quotes if letters(quote["quote"]) not in pages[quote["page"] - 1]]
    assert strays == []


def test_no_false_all_clear_in_the_weak_plan(judged):
    """Its traps: laws, last year's mangroves and training, empty columns, names that look alike, a row without money."""
    found = statuses(judged[COAST_PDF])
    for trap in ("PRB-01", "PRB-02", "PRB-04", "MER-01", "MER-04", "SIAP-01", "ANG-03", "LIN-01", "LIN-02"):
        assert found[trap] in ("missing", "undetermined"), trap
    assert not judged[COAST_PDF]["summary"]["integrated"]


def test_an_unreadable_page_leaves_gaps_open_and_gives_no_score(judged):
    data = judged[COAST_PDF]
    assert data["plan"]["pages_unread"] == [4]
    assert "missing" not in statuses(data).values()
    assert data["summary"]["score"] is None and data["summary"]["integrated"] is None


def test_sums_of_the_workbook_are_right(judged):
    checks = judged[UPLAND_SHEET]["budget"]["checks"]
    assert [check["stated"] for check in checks] == [check["computed"] for check in checks]
    assert checks[-1]["computed"] == judged[UPLAND_SHEET]["budget"]["total"] == 612_480_000


def test_the_script_writes_the_word_file_and_the_workbook_in_the_repository(tmp_path, monkeypatch):
    """The examples are what their YAML says; PDFs differ by the LibreOffice at hand and are not made again here."""
    spec = importlib.util.spec_from_file_location("buat_contoh", EXAMPLES / "buat_contoh.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for folder in ("desa-oenunfatu", "desa-oelofe"):
        (tmp_path / folder).mkdir()
        for source in (EXAMPLES / folder).glob("*.yaml"):
            (tmp_path / folder / source.name).write_bytes(source.read_bytes())
    monkeypatch.setattr(script, "HERE", tmp_path)
    monkeypatch.setattr(script.shutil, "which", lambda _: None)
    script.main()
    assert word_text(tmp_path / "desa-oenunfatu" / "rpjmdes.docx") == word_text(UPLAND_WORD)
    assert sheet_rows(tmp_path / "desa-oenunfatu" / "rkpdes-2026.xlsx") == sheet_rows(UPLAND_SHEET)


def word_text(path):
    import docx

    return ["".join(node.itertext()) for node in docx.Document(str(path)).element.body]


def sheet_rows(path):
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
