"""The command line from the outside: exit codes, one sentence for every trouble, files written, words in Indonesian."""

import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from PIL import Image

from irmcheck import __version__, cli
from irmcheck.cli_words import indonesian_help

EXAMPLES = Path(__file__).parents[1] / "examples"
WORD = EXAMPLES / "desa-oenunfatu" / "rpjmdes.docx"
SHEET = EXAMPLES / "desa-oenunfatu" / "rkpdes-2026.xlsx"
COAST = EXAMPLES / "desa-oelofe" / "rkpdes-2026.pdf"
LOCKED = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n%%%%EOF\n" % (b"41" * 32, b"42" * 32)
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(tmp_path, monkeypatch, capsys, cache):
    """Run the command in an empty folder; its exit code, output and error output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IRMCHECK_CACHE", str(cache))

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["irmcheck", *map(str, words)])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code or 0
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def python(*words, **more):
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, encoding="utf-8", timeout=120, **more)


def test_version_and_help_as_a_module(tmp_path):
    shown = python("-m", "irmcheck", "--version", cwd=tmp_path)
    assert (shown.returncode, shown.stdout) == (0, f"irmcheck {__version__}\n")
    helped = python("-m", "irmcheck", "-h", cwd=tmp_path)
    assert helped.returncode == 0 and helped.stdout.startswith("Pakai: ") and "Perintah:\n" in helped.stdout


def test_check_writes_every_format_and_ends_with_0(run, tmp_path):
    code, out, err = run("check", WORD, "--format", "html,json,md,xlsx,docx", "--out", "hasil")
    assert (code, err) == (0, "")
    assert sorted(p.name for p in (tmp_path / "hasil").iterdir()) == [
        f"rpjmdes.{e}" for e in ("docx", "html", "json", "md", "xlsx")
    ]
    data = json.loads((tmp_path / "hasil" / "rpjmdes.json").read_text(encoding="utf-8"))
    assert data["schema_version"] == "1" and data["plan"]["village"] == "Oenunfatu" and len(data["findings"]) == 45
    assert "RPJMDes Desa Oenunfatu 2025–2033" in out and str(Path("hasil") / "rpjmdes.json") in out
    page = (tmp_path / "hasil" / "rpjmdes.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>") and 'lang="id"' in page and 'src="http' not in page


def test_reports_of_plans_with_one_name_are_kept_apart(run, tmp_path):
    other = tmp_path / "desa-lain" / WORD.name
    other.parent.mkdir()
    other.write_bytes(WORD.read_bytes())
    code, _, _ = run("check", WORD, SHEET, other, SHEET, "--format", "json")
    assert code == 0
    names = sorted(p.name for p in (tmp_path / "laporan").iterdir())
    assert names == ["desa-lain-rpjmdes.json", "desa-oenunfatu-rpjmdes.json", "rkpdes-2026.json"]


def test_fail_on_gives_1_at_or_above_the_gap(run):
    assert run("check", SHEET, "--fail-on", "missing")[0] == 1
    assert run("check", COAST, "--no-ocr", "--fail-on", "missing")[0] == 0, "open questions are no gaps"
    assert run("check", COAST, "--no-ocr", "--fail-on", "partial")[0] == 1
    assert run("check", SHEET, "--fail-on", "never")[0] == 0


def test_english_reports(run, tmp_path):
    assert run("check", SHEET, "--lang", "en")[0] == 0
    assert 'lang="en"' in (tmp_path / "laporan" / "rkpdes-2026.html").read_text(encoding="utf-8")


def test_kind_and_year_of_the_user_win(run, tmp_path):
    assert run("check", SHEET, "--kind", "rpjmdes", "--year", "2025", "--format", "json")[0] == 0
    data = json.loads((tmp_path / "laporan" / "rkpdes-2026.json").read_text(encoding="utf-8"))
    assert data["plan"]["kind"] == "rpjmdes" and data["dana_desa"]["year"] == 2025


def broken(folder, name):
    """A file that cannot be checked, by name."""
    path = folder / name
    if name == "kosong.pdf":
        path.write_bytes(b"")
    elif name == "gambar.pdf":
        Image.new("RGB", (40, 40), "white").save(folder / "gambar.png")
        path.write_bytes((folder / "gambar.png").read_bytes()[:60])
    elif name == "terkunci.pdf":
        path.write_bytes(LOCKED)
    elif name == "folder":
        path.mkdir()
    return path


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("tidak-ada.pdf", "tidak ada"),
        ("folder", "folder"),
        ("kosong.pdf", "kosong"),
        ("gambar.pdf", "gambar"),
        ("terkunci.pdf", "kata sandi"),
    ],
)
def test_a_file_that_cannot_be_checked_is_one_line_and_5(run, tmp_path, name, told):
    code, out, err = run("check", broken(tmp_path, name))
    assert (code, out) == (5, "")
    assert told in err and name.split(".")[0] in err
    assert err.startswith("irmcheck: ") and err.count("\n") == 1 and "Traceback" not in err
    assert err.rstrip().endswith((".", "`."))


def test_a_real_picture_named_pdf_is_read_as_a_picture_or_refused(run, tmp_path):
    path = tmp_path / "renamed.pdf"
    Image.new("RGB", (600, 800), "white").save(path, "PNG")
    code, out, err = run("check", path)
    assert "Traceback" not in err
    assert code == 5 or "Bukan rencana desa" in out or "tidak dapat" in out.lower()


def test_one_bad_file_among_good_ones_gives_4_and_all_reports(run, tmp_path):
    code, _, err = run("check", tmp_path / "tidak-ada.pdf", SHEET, "--format", "json")
    assert code == 4 and "tidak-ada.pdf" in err
    assert (tmp_path / "laporan" / "rkpdes-2026.json").is_file()


def test_a_paper_about_villages_is_no_plan(run, tmp_path):
    paper = docx.Document()
    paper.add_paragraph("PENGARUH DANA DESA TERHADAP KETANGGUHAN BENCANA").runs[0].bold = True
    for _ in range(30):
        paper.add_paragraph("Penelitian ini membahas bagaimana desa menyusun RPJM Desa dan menanam mangrove di pesisir.")
    paper.save(str(tmp_path / "makalah.docx"))
    code, out, _ = run("check", "makalah.docx", "--format", "json,html")
    data = json.loads((tmp_path / "laporan" / "makalah.json").read_text(encoding="utf-8"))
    assert code == 0 and data["plan"]["kind"] == "not_a_plan" and data["summary"]["score"] is None
    assert "Bukan rencana desa" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check"], "BERKAS... belum ditulis"),
        (["chek", "x"], 'Perintah "chek" tidak dikenal. Mungkin maksudnya:'),
        (["check", "x", "--yaer", "2026"], "Pilihan --yaer tidak dikenal. Mungkin maksudnya: --year"),
        (["check", "x", "--year", "abc"], "Isi --year tidak dapat dipakai"),
        (["check", "x", "--year"], "Pilihan --year perlu diikuti isinya"),
        (["check", "x", "--lang", "fr"], '"fr" tidak dikenal, pilih dari'),
        (["check", "x", "--format", "exe"], "Bentuk exe tidak dikenal"),
        (["doctor", "x"], '"x" tidak dipakai di sini'),
        (["rules", "show", "XYZ-99"], "XYZ-99"),
        (["rules", "new"], "Tulis ID kriteria baru"),
        (["annotate", "x.txt"], "x.txt"),
    ],
)
def test_wrong_use_is_one_indonesian_sentence_and_2(run, words, told):
    code, out, err = run(*words)
    assert code == (5 if words[0] == "annotate" else 2) and out == ""
    assert told in err and err.startswith("irmcheck: ") and err.count("\n") == 1
    for english in ("Missing", "Invalid", "such", "should", "Error", "Try "):
        assert english not in err


def test_faulty_rules_give_3_with_file_and_line(run, tmp_path):
    folder = tmp_path / "aturan" / "prb"
    folder.mkdir(parents=True)
    (folder / "x.yaml").write_text("id: PRB-99\njudul: [\n", encoding="utf-8")
    code, _, err = run("check", SHEET, "--rules", tmp_path / "aturan")
    assert code == 3 and "x.yaml:" in err and "Traceback" not in err


def test_no_command_shows_the_help(run):
    code, out, err = run()
    assert code == 2 and (out + err).startswith("Pakai: irmcheck")


def test_extract_shows_what_was_read(run, tmp_path):
    code, out, _ = run("extract", SHEET, "--format", "json,md,xlsx")
    assert code == 0 and len(out.splitlines()) == 3
    read = json.loads((tmp_path / "laporan" / "rkpdes-2026-isi.json").read_text(encoding="utf-8"))
    assert "Pengadaan bak penampung air hujan untuk musim kemarau" in json.dumps(read, ensure_ascii=False)


@pytest.mark.parametrize("file", [WORD, COAST], ids=["docx", "pdf"])
def test_annotate_writes_a_copy_and_leaves_the_plan_alone(run, file):
    before = file.read_bytes()
    code, out, _ = run("annotate", file, "--no-ocr")
    written = Path(out.strip())
    assert code == 0 and written.is_file() and written.suffix == file.suffix and written.read_bytes() != before
    assert file.read_bytes() == before


def test_rules_and_doctor_answer(run):
    code, out, _ = run("rules", "list", "--group", "prb")
    assert code == 0 and "PRB-03" in out
    assert "peringatan dini" in run("rules", "show", "prb-03")[1].lower()
    code, out, _ = run("rules", "explain", "Belum ada tim siaga bencana di desa")
    assert code == 0 and "SIAP-01" in out
    code, out, _ = run("doctor")
    assert code == 0 and __version__ in out and "45 kriteria" in out


def test_closed_output_and_odd_names_do_no_harm(tmp_path, cache):
    """A plan whose name is not UTF-8, on a terminal that is not UTF-8."""
    path = tmp_path / "rkp désa \u202e 2026.xlsx"
    path.write_bytes(SHEET.read_bytes())
    env = {**os.environ, "IRMCHECK_CACHE": str(cache), "PYTHONIOENCODING": "ascii:backslashreplace"}
    done = python("-m", "irmcheck", "check", path.name, "--format", "json", cwd=tmp_path, env=env)
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert len(list((tmp_path / "laporan").glob("*.json"))) == 1


def test_help_words_of_either_typer_are_replaced():
    old = "Usage: irmcheck check [OPTIONS] BERKAS...\n\nOptions:\n  --year INTEGER RANGE  Tahun.  [2015<=x<=2100; required]\n"
    assert indonesian_help(old) == (
        "Pakai: irmcheck check [PILIHAN] BERKAS...\n\nPilihan:\n  --year ANGKA          Tahun.  [2015<=x<=2100; wajib]\n"
    )
