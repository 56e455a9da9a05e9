"""A second look at single pages with pdfplumber, in a child process, for tables whose rules our lattice cannot explain.

pdfplumber takes a hundred times as long as we do and may hang on a drawing, so it is started only for a page in doubt, is
given a few seconds for it, and says only where it sees cells; the text in them stays our own.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from irmcheck.load.child import end_all, kill_tree, limit_process, own_answers, read_frame, spawn, write_frame

Cells = list[tuple[float, float, float, float]]

_PAGE_SECONDS = 15.0
_FILE_SECONDS = 45.0
_IN_VAIN = 5  # pages in a row on which the second look was no better; such files gain nothing from more
_MEMORY_MB = 1_500
# As it comes, and with more patience for rules that do not quite meet.
_WAYS: tuple[dict[str, Any], ...] = ({}, {"snap_tolerance": 5, "join_tolerance": 6, "intersection_tolerance": 6})


class SecondLook:
    """Asks pdfplumber for the cells on pages of one file; starts it with the first question. Close it when done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._child: subprocess.Popen[bytes] | None = None
        self._left = _FILE_SECONDS
        self._in_vain = 0

    def cells(self, number: int) -> list[Cells]:
        """For each way of looking the boxes of the cells on page `number` (from 1); [] when it takes too long or fails.

        Points from the top left corner of the page as displayed.
        """
        if self._left <= 0 or self._in_vain >= _IN_VAIN:
            return []
        started = time.monotonic()
        try:
            child = self._child or self._start()
        except OSError:  # the system lends no more processes or memory; our own reading stands
            self._left = 0.0
            return []
        answer: list[Any] = []
        with contextlib.suppress(OSError):  # it died; the listener gets no answer
            assert child.stdin is not None
            child.stdin.write(f"{number}\n".encode())
            child.stdin.flush()
        listener = threading.Thread(target=lambda: answer.append(read_frame(child.stdout)), daemon=True)
        listener.start()
        listener.join(min(_PAGE_SECONDS, self._left))
        self._left -= time.monotonic() - started
        if not answer or answer[0] is None:
            kill_tree(child, 10.0)
            listener.join()
            self.close()
            return []
        return list(answer[0])

    def judged(self, better: bool) -> None:
        """Say whether the last answer explained its page better."""
        self._in_vain = 0 if better else self._in_vain + 1

    def close(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            kill_tree(self._child, 10.0)
            for stream in (self._child.stdin, self._child.stdout):
                with contextlib.suppress(OSError):  # a pipe whose other end is gone
                    if stream is not None:
                        stream.close()
            self._child = None

    def _start(self) -> subprocess.Popen[bytes]:
        with tempfile.TemporaryFile() as errors:
            self._child = spawn("irmcheck.load.second", errors)
        assert self._child.stdin is not None
        with contextlib.suppress(OSError):  # it died at once; cells() says so
            self._child.stdin.write((json.dumps(str(self._path.absolute())) + "\n").encode())
        return self._child


def main() -> None:
    """The child: the file's path, then page numbers, in lines on standard input; a frame of the cells for each page."""
    answers = own_answers()
    limit_process(_MEMORY_MB, int(_FILE_SECONDS) + 15)
    path = Path(json.loads(sys.stdin.buffer.readline()))
    wanted: list[int] = []
    asked = threading.Semaphore(0)

    def listen() -> None:
        for line in sys.stdin.buffer:
            wanted.append(int(line))
            asked.release()
        end_all()  # the parent has gone

    threading.Thread(target=listen, daemon=True).start()
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        while asked.acquire():
            page = pdf.pages[wanted.pop(0) - 1]
            left, top = page.bbox[:2]
            found = []
            for way in _WAYS:
                cells = [cell for table in page.find_tables(way) for cell in table.cells]
                found.append([(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in cells])
            page.close()
            write_frame(answers, *found)


if __name__ == "__main__":
    try:
        main()
    finally:
        os._exit(1)
