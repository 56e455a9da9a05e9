"""One way in for every format, in this process or in one that may crash, hang or be killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from docx import Document as Word
from PIL import Image

from irmcheck.errors import InputError
from irmcheck.load import Limits, isolate, load, load_isolated, start_load
from irmcheck.load.child import kill_tree, spawn
from irmcheck.model import Document

posix = pytest.mark.skipif(sys.platform == "win32", reason="process groups and limits are checked on POSIX systems")


@pytest.fixture
def docx(tmp_path):
    word = Word()
    word.add_paragraph("Pembangunan embung desa di Dusun Oesena")
    path = tmp_path / "rkp.docx"
    word.save(str(path))
    return path


@pytest.fixture
def slow_tesseract(tmp_path, monkeypatch):
    """A tesseract that never finishes a page and writes its process number to `pid`."""
    program = tmp_path / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        'case "$1" in --list-langs) echo ind;; --version) echo tesseract 5;; '
        f"*) echo $$ > {tmp_path / 'pid'}; exec sleep 60;; esac\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("TESSERACT", str(program))
    monkeypatch.setenv("IRMCHECK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "pid"


@pytest.fixture
def photo(tmp_path):
    image = Image.new("L", (800, 1100), 255)
    for top in range(100, 1000, 40):
        image.paste(0, (100, top, 700, top + 12))
    path = tmp_path / "foto.png"
    image.save(path, dpi=(100, 100))
    return path


def gone(pid: int) -> bool:
    """True when the process has ended or is only waiting to be reaped."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and state.read_text().split()[2] == "Z":
            return True
        time.sleep(0.1)
    return False


def wait_for(path: Path) -> int:
    for _ in range(100):
        if path.exists() and path.read_text().strip():
            return int(path.read_text())
        time.sleep(0.1)
    raise AssertionError(f"{path} did not appear")


def test_the_child_reads_what_this_process_reads(docx):
    assert load_isolated(docx) == load(docx)
    assert isinstance(load(docx), Document)


def test_a_child_that_is_slow_to_die_is_no_error():
    child = spawn("irmcheck.load.worker", subprocess.DEVNULL)
    kill_tree(child, 0.0)
    assert child.wait(10) != 0
    child.stdin.close()
    child.stdout.close()


def test_the_caller_may_prepare_meanwhile_and_give_up(docx):
    loading = start_load(docx)
    loading.stop()
    loading.stop()
    with pytest.raises(InputError):
        loading.result()


def test_a_wrong_suffix_is_told_and_read_all_the_same(docx):
    renamed = docx.rename(docx.with_suffix(".doc"))
    document = load(renamed)
    assert document.format == "docx"
    assert [problem.code for problem in document.problems] == ["name-differs"]
    assert "Word (.docx)" in document.problems[0].message


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_a_picture_in_disguise_gets_one_sentence(tmp_path, suffix):
    path = tmp_path / f"rkp{suffix}"
    Image.new("L", (10, 10)).save(path, format="PNG")
    with pytest.raises(InputError, match=r"sebenarnya sebuah gambar.*\.png.*pindai ulang"):
        load_isolated(path)


def test_errors_of_the_child_come_back_as_they_are(tmp_path):
    with pytest.raises(InputError, match="tidak ada"):
        load_isolated(tmp_path / "tidak-ada.pdf")


def test_names_with_blanks_quotes_and_other_letters(docx):
    strange = docx.rename(docx.with_name("RKP 'Désa' \"2026\" – akhir.docx" if os.name != "nt" else "RKP 'Désa' – akhir.docx"))
    assert load_isolated(strange).items[0].text.startswith("Pembangunan")


def test_too_long_is_stopped(docx):
    started = time.monotonic()
    with pytest.raises(InputError, match="tidak selesai dibaca"):
        load_isolated(docx, Limits(seconds=-isolate._GRACE))
    assert time.monotonic() - started < 5


@posix
def test_too_much_memory_is_one_sentence(docx):
    with pytest.raises(InputError, match="butuh memori lebih dari 25 MB"):
        load_isolated(docx, Limits(memory_mb=25))


@posix
@pytest.mark.parametrize("death", ["os.kill(os.getpid(), 11)", "os.abort()", "raise SystemError('x')", "os._exit(0)"])
def test_a_crash_is_one_sentence(docx, monkeypatch, death):
    code = f"import os, sys; sys.stdin.readline(); {death}"
    crashing = lambda errors: subprocess.Popen(  # noqa: E731
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        start_new_session=True,
    )
    monkeypatch.setattr(isolate, "_spawn", crashing)
    with pytest.raises(InputError, match=r"rkp\.docx tidak dapat dibaca: program pembacanya berhenti mendadak") as crash:
        load_isolated(docx)
    assert "Traceback" not in crash.value.message


@posix
def test_modules_lying_in_the_users_folder_are_not_imported(docx, monkeypatch):
    (docx.parent / "zipfile.py").write_text("raise SystemExit('stolen')")
    monkeypatch.chdir(docx.parent)
    assert load_isolated(Path(docx.name)).format == "docx"


@posix
def test_a_page_that_hangs_in_tesseract_stays_unread(photo, slow_tesseract):
    document = load_isolated(photo, Limits(page_seconds=0.3))
    assert [page.source for page in document.pages] == ["unread"]
    assert gone(wait_for(slow_tesseract))


@posix
def test_stopping_ends_tesseract_too(photo, slow_tesseract):
    loading = start_load(photo)
    pid = wait_for(slow_tesseract)
    loading.stop()
    assert gone(pid)


@posix
def test_nothing_is_left_when_the_command_is_killed(photo, slow_tesseract):
    code = f"from pathlib import Path\nfrom irmcheck.load import load_isolated\nload_isolated(Path({str(photo)!r}))"
    command = subprocess.Popen([sys.executable, "-c", code])
    pid = wait_for(slow_tesseract)
    command.send_signal(signal.SIGKILL)
    command.wait(10)
    assert gone(pid)


def test_the_child_starts_light(docx):
    code = (
        "import sys; from pathlib import Path; from irmcheck.load import load; load(Path(sys.argv[1]));"
        "print([name for name in ('spacy', 'numpy', 'pypdfium2', 'PIL', 'python_calamine') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(docx)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
