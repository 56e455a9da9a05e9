"""Starting copies for rule authors: a new criterion, a new fiscal year, a packaged card to change."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from irmcheck.cards import find_criterion
from irmcheck.catalogue import load_catalogue
from irmcheck.catalogue.criteria import CRITERION_ID
from irmcheck.catalogue.files import SKELETONS
from irmcheck.errors import UsageError
from irmcheck.settings import data_folder


def new_criterion(identity: str, to: Path) -> Path:
    """Write a criterion skeleton into the overlay folder `to`; the path written. Raises UsageError for a used or odd id."""
    shape = CRITERION_ID.match(identity)
    if shape is None:
        raise UsageError(f"ID '{identity}' harus berbentuk seperti PRB-07.")
    if any(one.id == identity for one in load_catalogue(lenient=True).criteria):
        raise UsageError(f"Kriteria {identity} sudah ada. Untuk mengubahnya: irmcheck rules copy {identity} --to {to}")
    text = _skeleton("kriteria").replace("{id}", identity).replace("{kelompok}", shape[1])
    return _write(to / shape[1].lower() / f"{identity}-baru.yaml", text)


def new_pack(year: int, to: Path) -> Path:
    """Write the skeleton of a fiscal year's pack into `to`; the path written. Raises UsageError when the year is there."""
    if load_catalogue(lenient=True).pack(year):
        raise UsageError(f"Paket tahun {year} sudah ada. Tulis hanya isian yang berubah di {to / 'packs' / f'{year}.yaml'}.")
    return _write(to / "packs" / f"{year}.yaml", _skeleton("paket").replace("{tahun}", str(year)))


def copy_criterion(identity: str, to: Path) -> Path:
    """Copy a packaged card into `to`; the path written. Raises UsageError for an unknown id or an existing copy."""
    criterion = find_criterion(load_catalogue(lenient=True), identity)
    rules = data_folder("rules")
    name = Path(criterion.file).relative_to(rules.name)
    return _write(to / name, (rules / name).read_text(encoding="utf-8"))


def _skeleton(name: str) -> str:
    return (data_folder("rules") / SKELETONS / f"{name}.yaml").read_text(encoding="utf-8")


def _write(path: Path, text: str) -> Path:
    """Write a new file, never over an existing one, whole or not at all."""
    if path.exists():
        raise UsageError(f"{path} sudah ada. Ubah berkas itu, atau pindahkan dahulu.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        raise UsageError(f"{path} tidak dapat ditulis ({error.strerror}). Pilih folder lain dengan --to.") from error
    return path
