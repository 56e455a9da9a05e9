"""A real Dask scheduler and two workers on this machine: same results as here, also when one of them is killed midway."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch_kit import posix, run, tree, villages

from irmcheck.batch import Job
from irmcheck.errors import UsageError

pytest.importorskip("distributed")
pytestmark = posix
NAMES = ("Oelbima", "Fatunaus", "Nekmese", "Tubuhue", "Bisene", "Oinlasi", "Kualeu", "Haumeni")


def dask(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """`dask ...` in the background, in a process group of its own."""
    log = (folder / f"{words[0]}-{time.monotonic_ns()}.log").open("wb")
    command = [sys.executable, "-m", "dask", *words]
    return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)


def worker(folder: Path, address: str) -> subprocess.Popen[bytes]:
    """A worker with one thread; without nanny, so that killing it is the loss of a machine."""
    return dask(folder, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")


def end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Address of the scheduler and its two workers."""
    folder = tmp_path_factory.mktemp("dask")
    told = folder / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show", "--scheduler-file", str(told))
    running = [dask(folder, "scheduler", *words)]
    try:
        deadline = time.monotonic() + 30
        while not told.is_file() and time.monotonic() < deadline:
            time.sleep(0.1)
        import json

        address = json.loads(told.read_text())["address"]
        running += [worker(folder, address), worker(folder, address)]
        yield address, running[1:]
    finally:
        for process in running:
            end(process)


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """Eight villages, a broken file, and the undisturbed results of a local batch."""
    base = tmp_path_factory.mktemp("plans")
    folder = villages(base / "rencana", NAMES)
    (folder / "rusak.pdf").write_bytes(b"%PDF-1.4 rusak")
    run(folder, base / "hasil")
    return folder, tree(base / "hasil")


def test_a_worker_killed_midway_loses_nothing_and_results_are_those_of_a_local_batch(cluster, plans, tmp_path):
    folder, wanted = plans
    address, workers = cluster

    def kill_one(done: int, total: int, name: str) -> None:
        if done == 2:
            end(workers[0])

    result = run(folder, tmp_path / "hasil", cluster=address, progress=kill_one)
    assert (result.judged, result.failed, result.done) == (8, 1, 9)
    assert workers[0].poll() is not None
    assert tree(tmp_path / "hasil") == wanted


def test_workers_read_a_shared_folder_themselves(cluster, plans, tmp_path):
    folder, wanted = plans
    result = run(folder.as_uri(), (tmp_path / "hasil").as_uri(), cluster=cluster[0])
    assert result.done == 9
    assert tree(tmp_path / "hasil") == wanted


def test_no_scheduler_is_said(plans, tmp_path, monkeypatch):
    monkeypatch.setattr("irmcheck.batch.cluster._WAIT", "1s")
    with pytest.raises(UsageError, match="tidak dapat dihubungi"):
        run(plans[0], tmp_path / "hasil", Job(), cluster="tcp://127.0.0.1:9")
