"""Reports on disk: names, and writes that leave either the old file or the whole new one."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from irmcheck.errors import UsageError
from irmcheck.report.text import safe_stem


def write_atomic(path: Path, data: bytes) -> None:
    """Write `data` to `path` in one step; folders are made. Raises UsageError when the place cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".irmcheck-", suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"Laporan tidak dapat ditulis ke {path}: {reason}. Pilih folder lain dengan --out.") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def target(out: Path, stem: str, suffix: str, original: str) -> Path:
    """Where a report goes: `out/stem.suffix`, or beside it when that very file is the plan itself (SHA-256 `original`)."""
    path = out / f"{stem}.{suffix}"
    if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == original:
        return out / f"{stem}-laporan.{suffix}"
    return path


def report_stems(files: Sequence[Path]) -> dict[Path, str]:
    """What the reports of each file are called: its own stem; where two would share it with the ending, the folder, or both."""
    ways = (
        lambda file: file.stem,
        lambda file: f"{file.stem}-{file.suffix[1:]}",
        lambda file: f"{file.resolve().parent.name}-{file.stem}",
        lambda file: f"{file.resolve().parent.name}-{file.stem}-{file.suffix[1:]}",
        lambda file: f"{file.stem}-{hashlib.sha256(os.fsencode(file)).hexdigest()[:8]}",
    )
    found: dict[Path, str] = {}
    for way in ways:
        left = {file: safe_stem(way(file)) for file in files if file not in found}
        uses = Counter(stem.casefold() for stem in left.values())
        found |= {file: stem for file, stem in left.items() if uses[stem.casefold()] == 1 and stem not in found.values()}
    return {file: found[file] for file in files}
