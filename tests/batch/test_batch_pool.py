"""A plan that crashes, hangs or eats memory is a result with a reason; the next plan goes on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from batch_kit import posix, run, tree, villages

from irmcheck.batch import Job, pool
from irmcheck.batch.task import Outcome
from irmcheck.errors import CatalogueError

pytestmark = posix
# A worker whose reader misbehaves on files called like their misbehaviour.
BAD = """
import os, sys, time
import irmcheck.load as loading
good = loading.load
def load(path, *args, **options):
    if "hang" in path.name: time.sleep(600)
    if "mati" in path.name: os.kill(os.getpid(), 11)
    if "gila" in path.name: raise ZeroDivisionError("tak terduga")
    if "memori" in path.name: bytearray(10**11)
    return good(path, *args, **options)
loading.load = load
from irmcheck.batch.worker import main
main()
"""


def use_bad_reader(folder: Path, monkeypatch) -> None:
    script = folder / "pembaca.py"
    script.write_text(BAD)

    def spawn(module, errors):
        command = [sys.executable, str(script)]
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=os.environ, start_new_session=True
        )

    monkeypatch.setattr(pool, "spawn", spawn)


def reasons(out: Path) -> dict[str, str]:
    return {note["file"]: note["text"] for note in json.loads((out / "matriks.json").read_text())["failed"]}


def test_crash_hang_and_hunger_do_not_stop_the_rest(tmp_path, monkeypatch):
    folder, out = villages(tmp_path / "rencana", ("Oelbima", "Tubuhue")), tmp_path / "hasil"
    for name in ("hang", "mati", "gila", "memori"):
        (folder / f"{name}.docx").write_bytes((folder / "Oelbima" / "rkp.docx").read_bytes() + name.encode())
    use_bad_reader(tmp_path, monkeypatch)
    result = run(folder, out, Job(timeout=2))
    told = reasons(out)
    assert (result.judged, result.failed) == (2, 4)
    assert "tidak selesai diperiksa dalam 2 detik" in told["hang.docx"]
    assert "berhenti mendadak (kode -11)" in told["mati.docx"]
    assert "berhenti mendadak (ZeroDivisionError: tak terduga)" in told["gila.docx"]
    assert "butuh memori lebih dari 3000 MB" in told["memori.docx"]
    before = tree(out)
    assert run(folder, out, Job(timeout=2)).done == 0, "a failure is a result too"
    assert tree(out) == before
    monkeypatch.setattr("irmcheck.batch.run.run_local", lambda tasks, *_: ((one, Outcome("timeout")) for one in tasks))
    assert run(folder, out, Job(timeout=3)).done == 1, "only the hung one: a longer time may cure it"


def test_rules_that_differ_from_the_start_stop_the_batch(tmp_path, monkeypatch):
    folder = villages(tmp_path / "rencana", ("Oelbima",))
    monkeypatch.setattr("irmcheck.batch.run.rules_sha256", lambda folders: "0" * 64)
    with pytest.raises(CatalogueError, match="berbeda dari aturan saat batch dimulai"):
        run(folder, tmp_path / "hasil")


def test_faulty_rules_stop_the_batch_with_the_fault(tmp_path):
    folder = villages(tmp_path / "rencana", ("Oelbima",))
    (tmp_path / "aturan" / "prb").mkdir(parents=True)
    (tmp_path / "aturan" / "prb" / "PRB-77-uji.yaml").write_text("id: PRB-77\n")
    with pytest.raises(CatalogueError, match=r"PRB-77-uji\.yaml:1"):
        run(folder, tmp_path / "hasil", Job(rules=(tmp_path / "aturan",)))
