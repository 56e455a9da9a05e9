from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
import sample
from browser import ask, console, run

from irmcheck.report import write_reports
from irmcheck.settings import Settings

HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">\u202e{{ 7*7 }}" + "x" * 3000


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("laporan")
    return write_reports(sample.assessment(), ["html"], out, stem="contoh", settings=Settings())[0]


def test_page_runs_without_console_messages(report: Path, tmp_path: Path) -> None:
    result = run(tmp_path, report, "--dump-dom")
    assert console(result) == []
    assert "21 temuan tampil" in result.stdout


def test_filter_by_status_group_and_word(report: Path, tmp_path: Path) -> None:
    script = """
      const form = document.getElementById("saring");
      const shown = () => [...document.querySelectorAll("details.finding:not([hidden])")].map((one) => one.id);
      const change = () => form.dispatchEvent(new Event("input"));
      const answers = [];
      for (const box of form.querySelectorAll("input[name=status]")) box.checked = box.value === "missing";
      change(); answers.push(shown());
      form.elements.group.value = "SIAP"; change(); answers.push(shown());
      for (const box of form.querySelectorAll("input[name=status]")) box.checked = true;
      form.elements.group.value = ""; form.elements.q.value = "bronjong oelmuti"; change(); answers.push(shown());
      return answers;"""
    missing, siap, word = ask(tmp_path, report.read_text(encoding="utf-8"), script)
    assert missing == ["RIS-03", "KEB-02", "PRB-02", "PRB-04", "MER-01", "SIAP-01"]
    assert siap == ["SIAP-01"]
    assert word == ["PRB-01"]


def test_copy_gives_the_row_in_matrix_order(report: Path, tmp_path: Path) -> None:
    script = """
      let copied = "";
      Object.defineProperty(navigator, "clipboard", {value: {writeText: async (text) => { copied = text; }}});
      const button = document.querySelector("#perbaikan button.copy");
      button.click();
      await new Promise((done) => setTimeout(done, 100));
      return [copied, button.textContent];"""
    copied, label = ask(tmp_path, report.read_text(encoding="utf-8"), script)
    row = ("", "3.1.04", "Pembentukan dan pelatihan Tim Siaga Bencana Desa", "Dusun II dan III", "... orang")
    assert copied == "\t".join((*row, "", "", "", "DD", "Kasi Pemerintahan"))
    assert label == "Sudah disalin"


def test_link_opens_a_finding_the_filter_hides(report: Path, tmp_path: Path) -> None:
    script = """
      const form = document.getElementById("saring");
      for (const box of form.querySelectorAll("input[name=status]")) box.checked = false;
      form.dispatchEvent(new Event("input"));
      location.hash = "#MER-01";
      await new Promise((done) => setTimeout(done, 100));
      const one = document.getElementById("MER-01");
      return [one.open, one.hidden];"""
    assert ask(tmp_path, report.read_text(encoding="utf-8"), script) == [True, False]


@pytest.mark.parametrize("language", ["id", "en"])
def test_axe_finds_nothing(tmp_path: Path, language: str) -> None:
    axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
    library = (resources.files(axe) / "axe.min.js").read_text(encoding="utf-8")
    path = write_reports(sample.assessment(), ["html"], tmp_path, stem="contoh", settings=Settings(), language=language)[0]
    script = """
      document.querySelectorAll("details").forEach((one) => { one.open = true; });
      const found = await axe.run(document);
      return found.violations.map((one) => [one.id, one.impact, one.nodes[0].html.slice(0, 150)]);"""
    assert ask(tmp_path, path.read_text(encoding="utf-8"), script, library) == []


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    path = write_reports(sample.hostile(HOSTILE), ["html"], tmp_path, stem="jahat", settings=Settings())[0]
    result = run(tmp_path, path, "--virtual-time-budget=2000", "--dump-dom")
    assert console(result) == []
    assert "<title>taken" not in result.stdout
    wide = ask(tmp_path, path.read_text(encoding="utf-8"), "return document.documentElement.scrollWidth - innerWidth;")
    assert wide <= 0


def test_paper_is_a4_and_shows_every_finding(report: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "cetak.pdf"
    run(tmp_path, report, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert sizes == {(595, 842)}
    assert 8 <= len(document) <= 12
    assert "Ini kegiatan masa lalu, bukan rencana." in re.sub(r"\s+", " ", text)
    document.close()


def test_browser_is_asked_for_no_other_file(report: Path) -> None:
    html = report.read_text(encoding="utf-8")
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', html)
    assert "default-src 'none'" in html
