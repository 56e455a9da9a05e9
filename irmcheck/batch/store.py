"""Folders of plans and results: on this computer, or anywhere fsspec reaches (s3://, memory:// ...)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from irmcheck.errors import InputError, UsageError
from irmcheck.load.guard import sha256
from irmcheck.report.files import write_atomic

TEMPORARY = (".irmcheck-", ".tmp")  # names that write_atomic leaves behind when it is killed


@dataclass(frozen=True, slots=True)
class File:
    """A file of a store by its path relative to it, with forward slashes. `regular` is False for pipes and broken links."""

    name: str
    regular: bool = True


class Store(Protocol):
    """A folder. Names are relative, with forward slashes; writes are whole or not at all."""

    @property
    def label(self) -> str:
        """How the folder is called."""

    def files(self, skip: Store | None = None) -> Iterator[File]:
        """All files below, in order of name; hidden folders and folders that hold results of a batch are left out."""

    def names(self) -> set[str]:
        """Names of all files below, nothing left out."""

    def stamp(self, name: str) -> str:
        """What changes whenever the file does, without reading it; "" where only the content can tell."""

    def digest(self, name: str) -> str:
        """SHA-256 of a file's content. Raises InputError when it cannot be read."""

    def source(self, name: str, travels: bool) -> str | bytes:
        """What a worker opens the file by: a path or URL, or its bytes when it `travels` to where that means nothing."""

    def read(self, name: str) -> bytes | None:
        """A file's content, None when there is no such file."""

    def write(self, name: str, data: bytes) -> None:
        """Write a file in one step. Raises UsageError when it cannot be written."""

    def remove(self, name: str) -> None:
        """Remove a file; harmless when it is not there."""


class LocalStore:
    """A folder of this computer. `shared`: given as file:// URL, so every worker of a cluster sees it under the same path."""

    def __init__(self, folder: Path, shared: bool = False) -> None:
        self.folder, self._shared = folder.absolute(), shared

    @property
    def label(self) -> str:
        """The folder's path."""
        return str(self.folder)

    def files(self, skip: Store | None = None) -> Iterator[File]:
        """See Store."""
        avoid = skip.folder.resolve() if isinstance(skip, LocalStore) else None
        found = []
        for root, folders, names in os.walk(self.folder):
            here = Path(root)
            folders[:] = [n for n in folders if not n.startswith(".") and not _is_output(here / n, avoid)]
            found += [(path.relative_to(self.folder).as_posix(), path.is_file()) for path in (here / name for name in names)]
        for name, regular in sorted(found):
            yield File(name, regular)

    def names(self) -> set[str]:
        """See Store."""
        return {p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file()}

    def stamp(self, name: str) -> str:
        """Always "": a copy may keep time and size, and reading a local file costs little."""
        return ""

    def digest(self, name: str) -> str:
        """See Store."""
        path = self.folder / name
        try:
            return sha256(path)
        except OSError as error:
            raise InputError(
                f"Berkas {path.name} tidak dapat dibuka ({error.strerror}). Tutup program yang memakainya atau periksa izinnya."
            ) from error

    def source(self, name: str, travels: bool) -> str | bytes:
        """See Store."""
        path = self.folder / name
        return path.read_bytes() if travels and not self._shared else str(path)

    def read(self, name: str) -> bytes | None:
        """See Store."""
        try:
            return (self.folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, name: str, data: bytes) -> None:
        """See Store."""
        write_atomic(self.folder / name, data)

    def remove(self, name: str) -> None:
        """See Store."""
        (self.folder / name).unlink(missing_ok=True)


def _is_output(folder: Path, avoid: Path | None) -> bool:
    return folder.resolve() == avoid or (folder / ".irmcheck").is_dir()


class UrlStore:
    """A folder behind a URL, by fsspec. Object stores write whole objects only, so writes need no temporary file."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._system, self._root = _filesystem(self._url)

    @property
    def label(self) -> str:
        """The folder's URL."""
        return self._url

    def files(self, skip: Store | None = None) -> Iterator[File]:
        """See Store."""
        names = self.names()
        outputs = {name.split(".irmcheck/")[0] for name in names if f"/{name}".find("/.irmcheck/") >= 0}
        if isinstance(skip, UrlStore) and skip.label.startswith(f"{self._url}/"):
            outputs.add(skip.label.removeprefix(f"{self._url}/") + "/")
        for name in sorted(names):
            hidden = any(part.startswith(".") for part in name.split("/")[:-1])
            if not hidden and not any(name.startswith(output) for output in outputs):
                yield File(name)

    def names(self) -> set[str]:
        """See Store."""
        return {path[len(self._root) :].lstrip("/") for path in self._system.find(self._root)}

    def stamp(self, name: str) -> str:
        """The store's own mark of a version: ETag, or size and time."""
        return str(self._system.ukey(f"{self._root}/{name}"))

    def digest(self, name: str) -> str:
        """See Store."""
        try:
            with self._system.open(f"{self._root}/{name}", "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise InputError(f"Berkas {name} tidak dapat diunduh ({error}). Periksa izin dan jaringannya.") from error

    def source(self, name: str, travels: bool) -> str | bytes:
        """See Store. What lies in this process's memory travels as bytes always."""
        if self._url.startswith("memory://"):
            return bytes(self._system.cat_file(f"{self._root}/{name}"))
        return f"{self._url}/{name}"

    def read(self, name: str) -> bytes | None:
        """See Store."""
        try:
            return bytes(self._system.cat_file(f"{self._root}/{name}"))
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """See Store."""
        path = f"{self._root}/{name}"
        try:
            self._system.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            self._system.pipe_file(path, data)
        except OSError as error:
            raise UsageError(f"Hasil tidak dapat ditulis ke {self._url}: {error}. Pilih tempat lain dengan --out.") from error

    def remove(self, name: str) -> None:
        """See Store."""
        if self._system.exists(f"{self._root}/{name}"):
            self._system.rm_file(f"{self._root}/{name}")


def open_store(place: str) -> Store:
    """The store at a path or URL. Raises UsageError for a URL when fsspec or its driver is not installed."""
    parts = urlsplit(place)
    if parts.scheme == "file":
        return LocalStore(Path(unquote(parts.path)), shared=True)
    return UrlStore(place) if "://" in place else LocalStore(Path(place))


def download(url: str, target: Path) -> Path:
    """Fetch a URL into a file. Raises InputError when that fails."""
    system, path = _filesystem(url)
    try:
        system.get_file(path, str(target))
    except OSError as error:
        raise InputError(f"Berkas {target.name} tidak dapat diunduh ({error}). Periksa izin dan jaringannya.") from error
    return target


def _filesystem(url: str) -> tuple[Any, str]:
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise UsageError(
            f"Untuk alamat {url.split('://')[0]}:// pasang tambahannya (pip install 'irmcheck[cluster]'); kurang: {error.name}."
        ) from error
    except ValueError as error:
        raise UsageError(f"Alamat {url} tidak dikenal ({error}).") from error
    return system, str(path).rstrip("/")
