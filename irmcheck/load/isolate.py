"""A file read in a process of its own (irmcheck.load.worker), which can crash or hang without harm to the command."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Generic, TypeVar

from irmcheck.errors import InputError
from irmcheck.load.child import kill_tree, last_words, read_frame, spawn
from irmcheck.load.guard import Limits

Result = TypeVar("Result")
Progress = Callable[[int, int, str], None]

_GRACE = 10.0  # seconds a child may take to start and to hand over its result


class Loading(Generic[Result]):
    """A file being read by a child process, and perhaps worked on there; see `start_load`."""

    def __init__(self, path: Path, limits: Limits, ocr: bool, progress: Progress | None, work: Mapping[str, Any]) -> None:
        self._path, self._limits, self._progress = path, limits, progress
        self._outcome: tuple[str, Any] | None = None
        self._started = time.monotonic()
        self._recognising = False
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed in stop()
        self._child = _spawn(self._errors)
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        request = json.dumps({"path": str(path), "ocr": ocr, "limits": asdict(limits), **work}) + "\n"
        assert self._child.stdin is not None
        with contextlib.suppress(OSError):  # it died at once; result() says so
            self._child.stdin.write(request.encode())
            self._child.stdin.flush()

    def result(self) -> Result:
        """Wait for what the child makes of the file.

        Raises InputError when the file cannot be read, or reading it crashed or took too long.
        """
        try:
            while self._reader.is_alive():
                left = self._deadline() - time.monotonic()
                if left <= 0:
                    raise InputError(self._too_long())
                self._reader.join(min(left, 1.0))
            return self._unpack()
        finally:
            self.stop()

    def stop(self) -> None:
        """End the child and everything it started; harmless when it is done already."""
        if self._errors.closed:
            return
        kill_tree(self._child, _GRACE)
        self._reader.join(_GRACE)
        for stream in (self._child.stdin, self._child.stdout, self._errors):
            if stream is not None:
                with contextlib.suppress(OSError):  # a pipe whose other end is gone
                    stream.close()

    def _deadline(self) -> float:
        extra = self._limits.ocr_seconds + self._limits.page_seconds if self._recognising else 0.0
        return self._started + self._limits.seconds + extra + _GRACE

    def _too_long(self) -> str:
        return (
            f"Berkas {self._path.name} tidak selesai dibaca dalam {time.monotonic() - self._started:.0f} detik, jadi dihentikan. "
            "Simpan ulang sebagai PDF baru atau pecah menjadi beberapa berkas, lalu coba lagi."
        )

    def _listen(self) -> None:
        assert self._child.stdout is not None
        while (frame := read_frame(self._child.stdout)) is not None:
            if frame[0] == "progress":
                self._recognising = True
                if self._progress is not None:
                    self._progress(*frame[1:])
            else:
                self._outcome = (frame[0], frame[1])
                return

    def _unpack(self) -> Result:
        if self._outcome is None:
            raise InputError(self._crashed())
        what, value = self._outcome
        if what == "error":
            raise value
        result: Result = value
        return result

    def _crashed(self) -> str:
        if self._errors.closed:
            return f"Pembacaan berkas {self._path.name} dihentikan sebelum selesai. Jalankan lagi."
        code = self._child.wait(_GRACE)
        last = last_words(self._errors) or f"kode {code}"
        if "MemoryError" in last or code == -getattr(signal, "SIGKILL", 9):
            return (
                f"Berkas {self._path.name} butuh memori lebih dari {self._limits.memory_mb} MB, jadi tidak dibaca. "
                "Pecah menjadi beberapa berkas atau perkecil gambarnya."
            )
        return (
            f"Berkas {self._path.name} tidak dapat dibaca: program pembacanya berhenti mendadak ({last}). "
            "Buka dan simpan ulang berkas itu, atau cetak ke PDF baru, lalu coba lagi."
        )


def start_load(
    path: Path,
    limits: Limits = Limits(),  # noqa: B008
    *,
    ocr: bool = True,
    progress: Progress | None = None,
    work: tuple[str, Mapping[str, Any]] | None = None,
) -> Loading[Any]:
    """Begin to read `path` in a child process and return at once. `progress` is called from another thread.

    The result is the Document, or what `work` makes of it there: ("module:function" of irmcheck, its further arguments as
    plain JSON); what the function raises (an IrmError) comes back too.
    """
    asked = {"work": work[0], "arguments": dict(work[1])} if work else {}
    return Loading(path.absolute(), limits, ocr, progress, asked)


def _spawn(errors: Any) -> subprocess.Popen[bytes]:
    return spawn("irmcheck.load.worker", errors)
