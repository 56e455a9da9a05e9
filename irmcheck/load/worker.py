"""The child process that reads one file for irmcheck.load.isolate.

It answers in frames on its standard output: a 4-byte length and a pickle of ("progress", done, total, what),
("done", Document or what further work made of it) or ("error", IrmError). Its standard input carries the request in one
line and then stays open: when it closes, the parent has gone and the child ends itself with its own children (tesseract).
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from irmcheck.errors import InputError, IrmError
from irmcheck.load import load
from irmcheck.load.child import end_all, limit_process, own_answers, write_frame
from irmcheck.load.guard import Limits
from irmcheck.model import Document


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
        document = load(path, limits, ocr=request["ocr"], progress=progress)
        frame = ("done", _worked_on(document, request))
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


def _worked_on(document: Document, request: Mapping[str, Any]) -> Any:
    """What the function that the request names makes of the document; the document itself where it names none."""
    if "work" not in request:
        return document
    module, _, name = request["work"].partition(":")
    return getattr(importlib.import_module(module), name)(document, **request["arguments"])


def _end_with_parent() -> None:
    while os.read(0, 1):
        continue
    end_all()


if __name__ == "__main__":
    main()
