"""The matrix page in a real browser: nothing refused by its policy, sorting, reading without colour."""

from importlib import resources

import browser
import pytest

from irmcheck.report.matrix import Criterion, Entry, Fix, Matrix, Note, Village
from irmcheck.report.matrix_page import matrix_html
from irmcheck.report.words import words_for
from irmcheck.settings import Settings

CRITERIA = (
    Criterion("RIS-01", "Ancaman", "RIS"),
    Criterion("RIS-02", "Riwayat", "RIS"),
    Criterion("PRB-03", "Peringatan dini", "PRB"),
)


def entry(file: str, score: float | None, *statuses: str) -> Entry:
    found = dict(zip((one.id for one in CRITERIA), statuses, strict=True))
    fix = Fix("PRB-03", "Peringatan dini", "Agar warga sempat lari.", "Pasang kentongan")
    money = {"prb": 5_000_000}
    return Entry(
        file, f"{file}.html", "rkpdes", "2026", 2026, None, "good", 0, score, "", True, found, 9_000_000, money, 3, (fix,), (), ()
    )


MATRIX = Matrix(
    "uji <b>",
    CRITERIA,
    (
        Village("Oelbima", "Nonohonis", "TTS", (entry("a.pdf", 71.5, "met", "partial", "missing"),)),
        Village("Fatunaus", "Nonohonis", "TTS", (entry("b.pdf", 20.0, "missing", "undetermined", "not_applicable"),)),
        Village("<script>alert(1)</script>", "", "", (entry("c d%.pdf", None, "met", "met", "met"),)),
    ),
    failed=(Note("rusak\x1b[31m.pdf", "Berkas rusak."),),
)


@pytest.fixture(scope="module", params=["id", "en"])
def page(request):
    settings = Settings()
    return matrix_html(MATRIX, words_for(request.param, settings), settings)


def test_names_from_plans_never_become_markup(page):
    assert "<script>alert" not in page
    assert "uji &lt;b&gt;" in page
    assert "\x1b" not in page
    assert 'href="c%20d%25.pdf.html"' in page


def test_each_status_has_a_letter_of_its_own():
    for language in ("id", "en"):
        letters = words_for(language, Settings()).strings["matriks"]["huruf"]
        assert len(set(letters.values())) == len(letters) == 5


def test_the_policy_refuses_nothing(page, tmp_path):
    file = tmp_path / "matriks.html"
    file.write_text(page, encoding="utf-8")
    assert browser.console(browser.run(tmp_path, file, "--dump-dom")) == []


def test_a_click_on_a_heading_sorts_and_a_second_turns_it_round(page, tmp_path):
    script = """
      const score = document.querySelectorAll(".heads button")[1];
      const order = () => [...document.querySelectorAll("#matriks tbody .score")].map((cell) => cell.textContent);
      const answer = [order()];
      score.click(); answer.push(order(), score.closest("th").getAttribute("aria-sort"));
      score.click(); answer.push(order());
      return answer;
    """
    first, up, told, down = browser.ask(tmp_path, page, script)
    assert first == ["72", "20", "–"]
    assert (up, told) == (["–", "20", "72"], "ascending")
    assert down == ["72", "20", "–"]


def test_axe_finds_nothing(page, tmp_path):
    axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
    library = (resources.files(axe) / "axe.min.js").read_text(encoding="utf-8")
    script = """
      const found = await axe.run(document);
      return found.violations.map((one) => [one.id, one.impact, one.nodes[0].html.slice(0, 150)]);"""
    assert browser.ask(tmp_path, page, script, library) == []
