"""`irmcheck batch` on the command line: exit codes, what is printed, progress."""

import io
import json
import random
import subprocess
import sys
import zipfile

import pytest
from batch_kit import here, villages
from typer.testing import CliRunner

from irmcheck import cli_batch
from irmcheck.cli import app
from irmcheck.errors import UsageError


@pytest.fixture(autouse=True)
def in_process(monkeypatch):
    monkeypatch.setattr("irmcheck.batch.run.run_local", here)


def batch(*words):
    return CliRunner().invoke(app, ["batch", *map(str, words)])


def test_exit_codes_tell_how_it_went(tmp_path):
    folder = villages(tmp_path / "rencana", ("Oelbima",))
    good = batch(folder, "--out", tmp_path / "hasil")
    assert good.exit_code == 0
    assert "1 rencana dinilai, 0 bukan rencana terisi, 0 gagal, 0 dilewati (1 diperiksa sekarang, 0 sudah ada)." in good.stdout
    assert f"{tmp_path}/hasil/matriks.html" in good.stdout
    (folder / "rusak.pdf").write_bytes(b"%PDF-1.4 rusak")
    assert batch(folder, "--out", tmp_path / "hasil").exit_code == 4
    (folder / "Oelbima" / "rkp.docx").unlink()
    assert batch(folder, "--out", tmp_path / "hasil").exit_code == 5


def test_limits_of_irmcheck_toml_hold_for_a_folder_too(tmp_path, monkeypatch):
    folder = villages(tmp_path / "rencana", ("Oelbima",))
    with zipfile.ZipFile(folder / "Oelbima" / "rkp.docx", "a") as archive:
        archive.writestr("docProps/besar.bin", random.Random(1).randbytes(1_100_000))
    monkeypatch.chdir(tmp_path)
    assert batch(folder, "--out", tmp_path / "hasil").exit_code == 0
    (tmp_path / "irmcheck.toml").write_text("[limits]\nmax_mb = 1\n")
    assert batch(folder, "--out", tmp_path / "hasil").exit_code == 5
    (note,) = json.loads((tmp_path / "hasil" / "matriks.json").read_text(encoding="utf-8"))["failed"]
    assert note["file"] == "Oelbima/rkp.docx" and "1 MB" in note["text"]


@pytest.mark.parametrize("words", [("--format", "html,ppt"), ("--kind", "perda")])
def test_wrong_options_are_said_before_any_work(tmp_path, words):
    done = batch(tmp_path, "--out", tmp_path / "hasil", *words)
    assert isinstance(done.exception, UsageError)
    assert not (tmp_path / "hasil").exists()


def test_it_is_quiet_when_piped_and_tells_the_time_left_on_a_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert cli_batch.progress_line() is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    show = cli_batch.progress_line()
    show(0, 4, "")
    show(2, 4, "desa/rkp\x1b[31m.pdf")
    show(4, 4, "a.pdf")
    told = sys.stderr.getvalue()
    assert "0/4  mulai" in told
    assert "2/4  sisa 0 detik  desa/rkp?[31m.pdf" in told
    assert told.endswith("4/4  sisa 0 detik  a.pdf\n")


@pytest.mark.parametrize(("seconds", "told"), [(20, "20 detik"), (600, "10 menit"), (9000, "2,5 jam")])
def test_time_is_told_as_people_say_it(seconds, told):
    assert cli_batch.time_told(seconds) == told


def test_the_command_line_stays_light():
    code = "import sys, irmcheck.cli_batch; print([m for m in ('fsspec', 'distributed', 'pyarrow', 'spacy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
