"""The child process that reads one file for irmcheck.load.isolate.

It answers in frames on its standard output: a 4-byte length and a pickle of ("progress", done, total, what),
("done", Document) or ("error", IrmError). Its standard input carries the request in one line and then stays open: when
it closes, the parent has gone and the child ends itself with its own children (tesseract).
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from irmcheck.errors import InputError, IrmError
from irmcheck.load import load
from irmcheck.load.child import end_all, limit_process, own_answers, write_frame
from irmcheck.load.guard import Limits


def main() -> None:
    """Read the request from standard input, the file it names, and answer on standard output."""
    answers = own_answers()
    request = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    limits = Limits(**request["limits"])
    limit_process(limits.memory_mb, int(limits.seconds + limits.ocr_seconds) + 30)
    lock = threading.Lock()

    def progress(done: int, total: int, what: str) -> None:
        with lock:
            write_frame(answers, "progress", done, total, what)

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
    write_frame(answers, *frame)
    answers.close()
    os._exit(0)  # nothing to clean up, and a library's teardown must not hang


def _end_with_parent() -> None:
    while os.read(0, 1):
        continue
    end_all()


if __name__ == "__main__":
    main()
