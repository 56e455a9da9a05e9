"""kill -9 at any moment, Ctrl-C, workers that die or hang: nothing is lost and the end is always the same."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from batch_kit import alive, command, posix, run, start, tree, villages

from irmcheck.batch import Job

pytestmark = posix
NAMES = ("Oelbima", "Fatunaus", "Nekmese", "Tubuhue", "Bisene")
ROUNDS = 3


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    base = tmp_path_factory.mktemp("kill")
    folder = villages(base / "rencana", NAMES)
    (folder / "rusak.pdf").write_bytes(b"%PDF-1.4 rusak")
    run(folder, base / "hasil", Job(formats=("html", "xlsx", "docx")), workers=2)
    return folder, tree(base / "hasil")


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_killed_at_random_moments_it_ends_the_same(undisturbed, tmp_path, seed):
    folder, wanted = undisturbed
    chance = random.Random(seed)
    options = ("--format", "html,xlsx,docx", "--workers", str(1 + seed % 2))
    out = tmp_path / "hasil"
    for _ in range(2):
        running = start(folder, out, *options)
        time.sleep(chance.uniform(0.3, 2.5))
        workers = children(running.pid)
        running.kill()
        running.wait(10)
        running.stdout.close()
        running.stderr.close()
        deadline = time.monotonic() + 5
        while any(map(alive, workers)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(alive, workers)), "workers end with their parent"
    done = subprocess.run(command(folder, out, *options), capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 4, done.stderr
    assert tree(out) == wanted


def test_a_worker_killed_from_outside_is_replaced(undisturbed, tmp_path):
    folder, wanted = undisturbed
    running = start(folder, tmp_path / "hasil", "--format", "html,xlsx,docx", "--workers", "1")
    deadline = time.monotonic() + 30
    while not list((tmp_path / "hasil").rglob("*.json.gz")) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(children(running.pid)[0], signal.SIGKILL)
    running.communicate(timeout=100)
    assert running.returncode == 4
    assert tree(tmp_path / "hasil") == wanted


def test_ctrl_c_leaves_everything_whole(undisturbed, tmp_path):
    folder, wanted = undisturbed
    running = start(folder, tmp_path / "hasil", "--format", "html,xlsx,docx", "--workers", "1")
    deadline = time.monotonic() + 30
    while not list((tmp_path / "hasil").rglob("*.json.gz")) and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode in (130, 4), "stopped, or on a loaded machine done (4: one locked file) before the signal came"
    assert "Traceback" not in told
    stored = tree(tmp_path / "hasil")
    assert all(stored[name] == wanted[name] for name in stored), "what is there is whole"
    assert running.returncode == 130 or stored == wanted, "4 only for a batch that was done"
    run(folder, tmp_path / "hasil", Job(formats=("html", "xlsx", "docx")))
    assert tree(tmp_path / "hasil") == wanted


def test_a_second_batch_on_the_same_results_waits_its_turn(undisturbed, tmp_path):
    folder, _ = undisturbed
    code = (
        "import sys; from irmcheck.batch.ledger import held; from irmcheck.batch.store import open_store\n"
        "with held(open_store(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "hasil")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    holder.stdout.readline()
    refused = subprocess.run(command(folder, tmp_path / "hasil"), capture_output=True, text=True, timeout=60, check=False)
    holder.communicate("")
    assert refused.returncode == 2
    assert "Batch lain sedang menulis" in refused.stderr
