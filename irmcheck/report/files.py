"""Reports on disk: names, and writes that leave either the old file or the whole new one."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from irmcheck.errors import UsageError


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
