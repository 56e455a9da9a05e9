"""The YAML files of a rules folder, read within limits, with a hash that is the same on every platform."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from irmcheck.catalogue.yaml_nodes import Fault, Faults
from irmcheck.errors import UsageError

MAX_BYTES = 2_000_000
MAX_FILES = 5_000
ENDINGS = (".yaml", ".yml")
SKELETONS = "kerangka"  # starting copies for `rules new`, no rules themselves


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file: `name` relative to its rules folder with forward slashes, `shown` as told to people."""

    name: str
    shown: str
    text: str

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return Path(self.name).stem

    @property
    def top(self) -> str:
        """The first folder of the name, "" for a file at the top."""
        return self.name.split("/")[0] if "/" in self.name else ""


def read_folder(folder: Path, faults: Faults) -> tuple[RuleFile, ...]:
    """All YAML files of a rules folder in order of name. Raises UsageError when the folder cannot be used."""
    if not folder.is_dir():
        raise UsageError(f"Folder aturan {folder} tidak ada. Periksa penulisannya atau buat folder itu dahulu.")
    paths = []
    for count, path in enumerate(folder.rglob("*")):
        if count >= MAX_FILES:
            raise UsageError(f"Folder aturan {folder} berisi lebih dari {MAX_FILES} berkas. Tunjuk folder aturan yang benar.")
        if path.suffix in ENDINGS and _wanted(path, folder):
            paths.append((path.relative_to(folder).as_posix(), path))
    read = (_read(name, path, f"{folder.resolve().name}/{name}", faults) for name, path in sorted(paths))
    return tuple(one for one in read if one is not None)


def _wanted(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return path.is_file() and not any(part.startswith(".") for part in parts) and parts[0] != SKELETONS


def _read(name: str, path: Path, shown: str, faults: Faults) -> RuleFile | None:
    message = ""
    if path.suffix != ".yaml":
        message = "nama berkas aturan harus berakhir '.yaml'. Ganti namanya."
    elif path.stat().st_size > MAX_BYTES:
        message = f"berkas lebih besar dari {MAX_BYTES // 1_000_000} MB. Pecah menjadi beberapa berkas."
    else:
        try:
            text = path.read_bytes().decode("utf-8-sig")
            return RuleFile(name, shown, text.replace("\r\n", "\n").replace("\r", "\n"))
        except UnicodeDecodeError:
            message = "berkas bukan teks UTF-8. Simpan ulang dengan pengkodean UTF-8."
        except OSError as error:
            message = f"berkas tidak dapat dibuka ({error.strerror}). Periksa izinnya."
    faults.found.append(Fault(shown, 1, message))
    return None


def sha256_of(folders: Iterable[Iterable[RuleFile]]) -> str:
    """Hash over all files of all folders in force, in order."""
    digest = hashlib.sha256()
    for number, files in enumerate(folders):
        for one in files:
            content = one.text.encode("utf-8")
            digest.update(f"{number}\0{one.name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()
