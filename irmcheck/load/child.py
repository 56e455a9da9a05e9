"""Child processes that can be killed whole: frames over pipes, an own process group, an end when the parent ends.

A frame is a 4-byte length and a pickle; both ends are our own program.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO

from irmcheck.load.guard import MB

_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])


def spawn(module: str, errors: Any) -> subprocess.Popen[bytes]:
    """Start `module` as a child with pipes for frames; what it says on standard error goes to the file `errors`."""
    paths = [_PACKAGE_PARENT, *filter(None, [os.environ.get("PYTHONPATH")])]
    # One thread each for numpy and tesseract: pages are what runs side by side.
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    # -P: the user's folder must not lend its modules to the child.
    command = [sys.executable, "-P", "-m", module]
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=environment, creationflags=flags
        )
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=environment, start_new_session=True
    )


def kill_tree(child: subprocess.Popen[bytes], seconds: float) -> None:
    """Kill the child and its own children; the child leads its process group. Waits at most `seconds` for it to be gone."""
    if sys.platform == "win32":
        if child.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(child.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # all gone
            os.killpg(child.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):  # one that hangs in a driver is left to the system
        child.wait(seconds)


def last_words(errors: Any) -> str:
    """The last line a dead child left in its file of errors, "" when it left none."""
    errors.seek(0, os.SEEK_END)
    errors.seek(max(0, errors.tell() - 20_000))
    lines = errors.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else ""


def read_frame(stream: Any) -> tuple[Any, ...] | None:
    """The next frame, None at the end. The bytes come from our own program only."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (size,) = struct.unpack("<I", head)
    body = stream.read(size)
    if len(body) < size:
        return None
    frame = pickle.loads(body)
    assert isinstance(frame, tuple)
    return frame


def write_frame(stream: BinaryIO, *frame: Any) -> None:
    """Send a frame and flush it."""
    body = pickle.dumps(frame, protocol=5)
    stream.write(struct.pack("<I", len(body)) + body)
    stream.flush()


def own_answers() -> BinaryIO:
    """In the child: the stream for answers. Whatever a native library prints goes to standard error from now on."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def end_all() -> None:
    """In the child: end at once, with every process it started; the parent has gone."""
    if sys.platform != "win32":
        os.killpg(os.getpgid(0), signal.SIGKILL)
    os._exit(1)


def limit_process(memory_mb: int, cpu_seconds: int | None = None) -> None:
    """In the child: bound address space (MB of 1,000,000 bytes) and CPU time where the system can."""
    if sys.platform == "win32":
        return
    import resource

    wanted = [(resource.RLIMIT_AS, memory_mb * MB), (resource.RLIMIT_CORE, 0)]
    if cpu_seconds is not None:
        wanted.append((resource.RLIMIT_CPU, cpu_seconds))
    for what, most in wanted:
        hard = resource.getrlimit(what)[1]
        bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (bounded, hard))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS
            continue
