"""The long-lived child process of irmcheck.batch.pool: imports and rules are paid once, then one plan after the other.

It reads frames ("job", Job) once and ("task", Task) any number of times, and answers ("ready",), ("outcome", Outcome) or
("error", IrmError). When its standard input closes, the parent has gone, and it ends with all its own children.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from dataclasses import replace
from types import TracebackType
from typing import Any

from irmcheck.batch.task import Job, check_one
from irmcheck.errors import IrmError
from irmcheck.load.child import end_all, limit_process, own_answers, read_frame, write_frame
from irmcheck.pipeline import Rules, prepare


def main() -> None:
    """Serve tasks until the parent goes."""
    answers = own_answers()
    sys.excepthook = _die
    frames: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(frames,), daemon=True).start()
    job: Job = frames.get()[1]
    limit_process(job.memory_mb)
    try:
        rules = prepare(job.rules)
    except IrmError as error:
        write_frame(answers, "error", error)
        return
    write_frame(answers, "ready")
    while True:
        write_frame(answers, *_answer(frames.get()[1], job, rules))


def _answer(task: Any, job: Job, rules: Rules) -> tuple[str, Any]:
    try:
        return "outcome", replace(check_one(task, job, rules), peak_mb=_peak_mb())
    except IrmError as error:
        return "error", error


def _listen(frames: queue.SimpleQueue[tuple[Any, ...]]) -> None:
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        frames.put(frame)
    end_all()


def _die(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End at once after the traceback: the usual end would wait for the thread that listens."""
    sys.__excepthook__(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)


def _peak_mb() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1e6 if sys.platform == "darwin" else 1e3), 1)  # bytes on macOS, else KiB


if __name__ == "__main__":
    main()
