"""Workers of this computer: child processes that check plans one after the other and are replaced when they crash or hang."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from typing import Any

from irmcheck.batch.task import Job, Outcome, Task, too_big
from irmcheck.errors import InputError, IrmError
from irmcheck.load.child import kill_tree, last_words, read_frame, spawn, write_frame

START_SECONDS = 180.0  # a cold, busy machine imports and compiles the rules in 10
_GRACE = 10.0
_TRIES = 2  # a worker can be killed from outside; a plan that kills two is to blame itself
_WORN_MB = 1200.0  # a worker that has grown beyond this is replaced before its next plan
_ROOM_MB = 900  # memory to count on for each worker


class Worker:
    """One worker process, started when first needed. Not for use by several threads at once."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._child: subprocess.Popen[bytes] | None = None
        self._errors: Any = None
        self._answers: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self._closed = False

    def check(self, task: Task) -> Outcome:
        """Check one plan. A crash is tried once more with a new process. Raises IrmError when the batch cannot go on."""
        outcome = Outcome()
        for _ in range(_TRIES):
            outcome = self._attempt(task)
            if outcome.failure not in ("crash", "memory") or self._closed:
                break
            self.stop()
        if outcome.peak_mb > _WORN_MB:
            self.stop()
        return outcome

    def close(self) -> None:
        """Stop for good, also from another thread while a plan is being checked."""
        self._closed = True
        self.stop()

    def stop(self) -> None:
        """End the process and all it started; harmless when there is none."""
        child, self._child = self._child, None
        if child is None:
            return
        kill_tree(child, _GRACE)
        for stream in (child.stdin, child.stdout, self._errors):
            if stream is not None:
                with contextlib.suppress(OSError, ValueError):  # a pipe whose other end is gone
                    stream.close()

    def _attempt(self, task: Task) -> Outcome:
        if self._child is None:
            self._start()
        self._send("task", task)
        try:
            answer = self._answers.get(timeout=self._job.timeout)
        except queue.Empty:
            self.stop()
            return Outcome("timeout", _too_long(task, self._job))
        if answer is None:
            return self._crashed(task)
        if answer[0] == "error":
            raise answer[1]
        outcome = answer[1]
        assert isinstance(outcome, Outcome)
        return outcome

    def _start(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in stop()
        self._answers = queue.SimpleQueue()
        self._child = spawn("irmcheck.batch.worker", self._errors)
        threading.Thread(target=_listen, args=(self._child.stdout, self._answers), daemon=True).start()
        self._send("job", self._job)
        try:
            answer = self._answers.get(timeout=START_SECONDS)
        except queue.Empty:
            answer = None
        if answer is not None and answer[0] == "error":
            raise answer[1]
        if answer is None:
            told = last_words(self._errors)
            self.stop()
            raise InputError(f"Proses pemeriksa tidak dapat dimulai ({told or 'tanpa keterangan'}). Jalankan `irmcheck doctor`.")

    def _send(self, *frame: Any) -> None:
        if self._child is not None and self._child.stdin is not None:
            with contextlib.suppress(OSError, ValueError):  # it died; the answer will say so
                write_frame(self._child.stdin, *frame)  # type: ignore[arg-type]

    def _crashed(self, task: Task) -> Outcome:
        if self._child is None:
            return Outcome("crash", "Dihentikan.")
        code = self._child.wait(_GRACE)
        last = last_words(self._errors) or f"kode {code}"
        if "MemoryError" in last or code == -getattr(signal, "SIGKILL", 9):
            return Outcome("memory", too_big(task, self._job))
        return Outcome(
            "crash",
            f"Berkas {task.file} tidak dapat diperiksa: program berhenti mendadak ({last}). "
            "Buka dan simpan ulang berkas itu, atau cetak ke PDF baru, lalu coba lagi.",
        )


def _listen(stream: Any, answers: queue.SimpleQueue[tuple[Any, ...] | None]) -> None:
    with contextlib.suppress(OSError, ValueError):  # closed while reading
        while (frame := read_frame(stream)) is not None:
            answers.put(frame)
    answers.put(None)


def _too_long(task: Task, job: Job) -> str:
    return (
        f"Berkas {task.file} tidak selesai diperiksa dalam {job.timeout:g} detik, jadi dihentikan. "
        "Pecah menjadi beberapa berkas, atau jalankan lagi dengan --timeout lebih besar."
    )


def run_local(tasks: Iterable[Task], job: Job, workers: int) -> Iterator[tuple[Task, Outcome]]:
    """Check the tasks on `workers` processes and yield each as it is done. Closing the iterator ends all processes.

    Raises IrmError when the batch cannot go on.
    """
    waiting = iter(tasks)
    taking = threading.Lock()
    done: queue.SimpleQueue[tuple[Task, Outcome] | IrmError | None] = queue.SimpleQueue()
    crew = [Worker(job) for _ in range(workers)]
    ending = threading.Event()

    def serve(worker: Worker) -> None:
        try:
            while not ending.is_set():
                with taking:
                    task = next(waiting, None)
                if task is None:
                    break
                outcome = worker.check(task)
                if not ending.is_set():
                    done.put((task, outcome))
        except IrmError as error:
            done.put(error)
        finally:
            worker.stop()
            done.put(None)

    threads = [threading.Thread(target=serve, args=(worker,), daemon=True) for worker in crew]
    for thread in threads:
        thread.start()
    try:
        left = len(threads)
        while left:
            answer = done.get()
            if answer is None:
                left -= 1
            elif isinstance(answer, IrmError):
                raise answer
            else:
                yield answer
    finally:
        ending.set()
        for worker in crew:
            worker.close()


def usual_workers() -> int:
    """A worker for each core this process may use, as far as the computer's memory goes."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = _memory_mb()
    return max(1, min(cores, memory // _ROOM_MB)) if memory else cores


def _memory_mb() -> int:
    """Memory of the computer; 0 where the system does not say."""
    if sys.platform == "win32" or "SC_PHYS_PAGES" not in os.sysconf_names:
        return 0
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1_000_000
