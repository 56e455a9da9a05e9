"""The child process that reads one file for irmcheck.load.isolate.

It answers in frames on its standard output: a 4-byte length and a pickle of ("progress", done, total, what),
("done", Document) or ("error", IrmError). Its standard input carries the request in one line and then stays open: when
it closes, the parent has gone and the child ends itself with its own children (tesseract).
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import struct
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

from irmcheck.errors import InputError, IrmError
from irmcheck.load import load
from irmcheck.load.guard import MB, Limits


def main() -> None:
    """Read the request from standard input, the file it names, and answer on standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a native library prints must not mix with the frames
    request = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    limits = Limits(**request["limits"])
    _limit_process(limits)
    lock = threading.Lock()

    def progress(done: int, total: int, what: str) -> None:
        with lock:
            _write_frame(answers, "progress", done, total, what)

    path = Path(request["path"])
    frame: tuple[str, Any]
    try:
        frame = ("done", load(path, limits, ocr=request["ocr"], progress=progress))
    except IrmError as error:
        frame = ("error", error)
    except RecursionError:
        frame = (
            "error",
            InputError(f"Isi berkas {path.name} bersarang terlalu dalam untuk dibaca. Simpan ulang dari Word/Excel."),
        )
    _write_frame(answers, *frame)
    answers.close()
    os._exit(0)  # nothing to clean up, and a library's teardown must not hang


def _limit_process(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    import resource

    size = limits.memory_mb * MB
    cpu = int(limits.seconds + limits.ocr_seconds) + 30
    for what, most in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CPU, cpu), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (most, hard))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS
            continue


def _end_with_parent() -> None:
    while os.read(0, 1):
        continue
    if sys.platform != "win32":
        os.killpg(os.getpgid(0), signal.SIGKILL)
    os._exit(1)


def _write_frame(stream: BinaryIO, *frame: Any) -> None:
    body = pickle.dumps(frame, protocol=5)
    stream.write(struct.pack("<I", len(body)) + body)
    stream.flush()


if __name__ == "__main__":
    main()
