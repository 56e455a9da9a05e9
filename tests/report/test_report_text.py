from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
import sample
import yaml
from golden import same

from irmcheck.errors import UsageError
from irmcheck.model import Place
from irmcheck.report import render_terminal, to_json, write_reports
from irmcheck.report.letter import Grid, letter
from irmcheck.report.text import safe_stem, shortened, tab_separated
from irmcheck.report.view import View
from irmcheck.report.words import ranges, words_for
from irmcheck.settings import Settings, data_folder


def view(language: str = "id", settings: Settings | None = None) -> View:
    chosen = settings or Settings()
    return View(sample.assessment(), words_for(language, chosen), chosen)


def letter_text(of: View) -> str:
    def one(block: Any) -> str:
        if isinstance(block, Grid):
            return "\n".join(" | ".join(row) for row in block.rows)
        return "".join(run.text for run in block.runs)

    return "\n".join(map(one, letter(of))) + "\n"


@pytest.mark.parametrize("language", ["id", "en"])
def test_markdown_is_the_golden_text(tmp_path: Path, language: str) -> None:
    path = write_reports(sample.assessment(), ["md"], tmp_path, stem="contoh", settings=Settings(), language=language)[0]
    same(f"contoh.{language}.md", path.read_text(encoding="utf-8"))


def test_json_is_the_golden_text() -> None:
    same("contoh.json", json.dumps(to_json(sample.assessment()), ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("language", ["id", "en"])
def test_letter_is_the_golden_text(language: str) -> None:
    same(f"surat.{language}.txt", letter_text(view(language)))


def test_terminal_in_a_pipe_is_plain() -> None:
    stream = io.StringIO()
    render_terminal(sample.assessment(), stream)
    same("terminal.txt", stream.getvalue())


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_terminal_colours_only_without_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured, plain = Screen(), Screen()
    render_terminal(sample.assessment(), coloured)
    monkeypatch.setenv("NO_COLOR", "1")
    render_terminal(sample.assessment(), plain)
    assert "\x1b[31m" in coloured.getvalue()
    assert "\x1b[3" not in plain.getvalue()
    assert "Pengurangan risiko bencana" in plain.getvalue()


def test_terminal_writes_what_the_screen_cannot_show_as_question_marks() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    render_terminal(sample.assessment(), stream)
    stream.flush()
    assert b"Terpenuhi 7 ? Sebagian 6" in raw.getvalue()


def test_a_file_that_is_no_plan_gets_no_verdict(tmp_path: Path) -> None:
    formats = ["html", "md", "xlsx", "docx"]
    paths = write_reports(sample.not_a_plan(), formats, tmp_path, stem="skripsi", settings=Settings())
    html = paths[0].read_text(encoding="utf-8")
    assert "bukan rencana desa yang dapat dinilai" in html
    assert "dari 100" not in html
    stream = io.StringIO()
    render_terminal(sample.not_a_plan(), stream)
    assert "Nilai" not in stream.getvalue()


def test_both_languages_have_the_same_sentences() -> None:
    def keys(data: dict[str, Any], path: str = "") -> set[str]:
        inner = [keys(value, f"{path}{key}.") for key, value in data.items() if isinstance(value, dict)]
        return {f"{path}{key}" for key, value in data.items() if not isinstance(value, dict)}.union(*inner)

    texts = {one: yaml.safe_load((data_folder("templates") / f"strings.{one}.yaml").read_text("utf-8")) for one in ("id", "en")}
    titles = set(texts["en"].pop("ukuran"))
    assert keys(texts["id"]) == keys(texts["en"])
    assert len(titles) == 45


def test_every_blank_in_a_sentence_is_the_same_in_both_languages() -> None:
    import re

    id_, en = (words_for(one, Settings()).strings for one in ("id", "en"))

    def blanks(data: Any) -> Any:
        return (
            {key: blanks(value) for key, value in data.items()}
            if isinstance(data, dict)
            else set(re.findall(r"{\w+}", str(data)))
        )

    found = blanks(dict(id_)), {key: value for key, value in blanks(dict(en)).items() if key != "ukuran"}
    assert found[0] == found[1]


def test_place_says_page_sheet_or_chapter() -> None:
    from dataclasses import replace

    from irmcheck.model import Page

    words, page = words_for("id", Settings()), sample.document()
    assert words.place(page, Place(14, "BAB II", 3, 5)) == "hal. 14, tabel 3 baris 5"
    assert words.place(replace(page, unit="approximate"), Place(3)) == "kira-kira hal. 3"
    sheet = replace(page, unit="sheet", pages=(Page(1, label="RKPDESA 2026"),))
    assert words.place(sheet, Place(1, "", 1, 12)) == "lembar RKPDESA 2026, tabel 1 baris 12"
    assert words.place(page, Place(None, "BAB IV > 4.2", 3, 5)) == "BAB IV > 4.2, tabel 3 baris 5"
    assert words.place(page, Place()) == "tempat tidak diketahui"


def test_figures_in_both_languages() -> None:
    id_, en = words_for("id", Settings()), words_for("en", Settings())
    assert id_.rupiah(12_500_000) == "Rp 12.500.000"
    assert en.rupiah(12_500_000) == "Rp 12,500,000"
    assert id_.percent(13.72) == "13,7%"
    assert en.percent(13.72) == "13.7%"
    assert id_.percent(100.0) == "100%"
    assert id_.rupiah(None) == "tidak ditulis"
    assert ranges([3, 5, 6, 7, 9]) == "3, 5-7, 9"


def test_rows_to_paste_follow_the_matrix() -> None:
    table = view().row_table([{"kegiatan": "Tanam bambu", "lokasi": "Dusun II", "volume": "... anakan", "sumber": "DD"}])
    assert table is not None
    assert table.header == ("Kegiatan", "Lokasi", "Volume", "Sumber")
    assert table.clip == "\t\tTanam bambu\tDusun II\t... anakan\t\t\t\tDD\t"


def test_clipboard_cell_never_starts_a_formula() -> None:
    assert tab_separated(["=1+1", "a\tb\nc", "-", "+62"]) == "'=1+1\ta b c\t-\t'+62"


def test_file_names_are_safe_on_every_system() -> None:
    assert safe_stem("../../etc/passwd") == "etc-passwd"
    assert safe_stem('RPJM "Desa" <x>|2026?.') == "RPJM -Desa- -x-2026"
    assert safe_stem("con") == "con-"
    assert safe_stem("\u202e\x00 .") == "laporan"
    assert len(safe_stem("é" * 300).encode()) <= 120
    assert shortened("satu dua tiga empat", 12) == "satu dua…"


def test_unknown_format_and_language_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="html2"):
        write_reports(sample.assessment(), ["json", "html2"], tmp_path, stem="a", settings=Settings())
    with pytest.raises(UsageError, match="'fr'"):
        write_reports(sample.assessment(), ["json"], tmp_path, stem="a", settings=Settings(), language="fr")
    assert list(tmp_path.iterdir()) == []


def test_the_plan_itself_is_never_overwritten(tmp_path: Path) -> None:
    import hashlib
    from dataclasses import replace

    rich = sample.assessment()
    original = tmp_path / "rkpdes.xlsx"
    original.write_bytes(b"the plan")
    document = replace(rich.plan.document, sha256=hashlib.sha256(b"the plan").hexdigest())
    paths = write_reports(
        replace(rich, plan=replace(rich.plan, document=document)), ["xlsx"], tmp_path, stem="rkpdes", settings=Settings()
    )
    assert original.read_bytes() == b"the plan"
    assert [path.name for path in paths] == ["rkpdes-laporan.xlsx"]


def test_same_assessment_same_bytes(tmp_path: Path) -> None:
    formats = ["json", "html", "md", "xlsx", "docx"]
    first = write_reports(sample.assessment(), formats, tmp_path / "1", stem="a", settings=Settings())
    again = write_reports(sample.assessment(), formats, tmp_path / "2", stem="a", settings=Settings())
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert not list(tmp_path.rglob("*.tmp"))


def test_user_templates_and_sentences_shadow_ours(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "_foot.j2").write_text("<footer>CIS {{ v.version }}</footer>")
    (tmp_path / "strings.id.yaml").write_text("ringkasan: {judul: Ikhtisar}\n")
    settings = Settings(templates=(tmp_path,))
    html = write_reports(sample.assessment(), ["html"], tmp_path / "out", stem="a", settings=settings)[0].read_text("utf-8")
    assert "<footer>CIS" in html
    assert '<h2 id="h-ringkasan">Ikhtisar</h2>' in html
    assert "Mulai dari sini" in html


def test_faulty_user_template_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "report.md.j2").write_text("# {{ v.titel }}")
    with pytest.raises(UsageError, match=r"report\.md\.j2"):
        write_reports(sample.assessment(), ["md"], tmp_path / "out", stem="a", settings=Settings(templates=(tmp_path,)))


@pytest.mark.parametrize(
    ("strings", "fault"),
    [
        ("ringkasan: {nilai: 'Nilai {skor}'}", "ringkasan: nilai"),
        ("kaki: {dibuat: 'Dibuat {versi'}", "kurung kurawal"),
        ("ringkasan: Ikhtisar", "bentuknya tidak cocok"),
        ("a: [1", "tidak dapat dibaca"),
    ],
)
def test_faulty_sentences_are_a_clear_error(tmp_path: Path, strings: str, fault: str) -> None:
    (tmp_path / "strings.id.yaml").write_text(strings)
    with pytest.raises(UsageError, match=fault):
        write_reports(sample.assessment(), ["json"], tmp_path / "out", stem="a", settings=Settings(templates=(tmp_path,)))


def test_faulty_letter_template_is_a_clear_error(tmp_path: Path) -> None:
    for text, fault in (
        ("<letter><p>", "tidak tersusun baik"),
        ("<letter><table><row/><row><cell/></row></table></letter>", "baris tabel"),
    ):
        (tmp_path / "letter.xml.j2").write_text(text)
        with pytest.raises(UsageError, match=fault):
            write_reports(sample.assessment(), ["docx"], tmp_path / "out", stem="a", settings=Settings(templates=(tmp_path,)))


def test_hostile_text_in_markdown_and_terminal(tmp_path: Path) -> None:
    bad = "<script>a</script> | [x](javascript:1) `b` # {{ 7*7 }}\n# judul\x1b[31m\u202e"
    text = write_reports(sample.hostile(bad), ["md"], tmp_path, stem="a", settings=Settings())[0].read_text("utf-8")
    assert "<script>" not in text
    assert "\\[x\\](javascript:1)" in text
    assert "{{ 7\\*7 }}" in text
    assert "\n# judul" not in text
    tables = [line for line in text.splitlines() if line.startswith("| ") and "script" in line]
    assert {line.replace("\\|", "").count("|") for line in tables} <= {2, 3, 5}
    stream = Screen()
    render_terminal(sample.hostile(bad), stream)
    assert "\x1b[31m&" not in stream.getvalue()
    assert "\u202e" not in stream.getvalue()


def test_without_scripts_the_page_shows_everything_and_no_dead_controls(tmp_path: Path) -> None:
    html = write_reports(sample.assessment(), ["html"], tmp_path, stem="a", settings=Settings())[0].read_text("utf-8")
    assert 'id="saring" class="filter" role="search" aria-label="Saring temuan" hidden' in html
    assert html.count('class="copy" hidden') == html.count('class="copy"') == 7
    assert html.count('<details class="finding') == 21


def test_a_place_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, not a folder")
    with pytest.raises(UsageError, match="tidak dapat ditulis"):
        write_reports(sample.assessment(), ["json"], tmp_path / "out", stem="a", settings=Settings())
