"""`irmcheck doctor`: what is installed, what is missing, and what to do about it."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from irmcheck import __version__
from irmcheck.errors import IrmError
from irmcheck.settings import cache_folder, data_folder, read_settings

LIBRARIES = (
    "spacy",
    "pypdfium2",
    "pdfplumber",
    "python-docx",
    "python-calamine",
    "jinja2",
    "typer",
    "numpy",
    "lxml",
    "xlsxwriter",
)
EXTRAS = {
    "typst": "surat dalam bentuk PDF (pip install irmcheck[pdf])",
    "pyarrow": "tabel Parquet dari batch (pip install irmcheck[parquet])",
    "distributed": "batch di cluster (pip install irmcheck[cluster])",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at: what it is, what was found, whether it is as it should be, and what to do if not."""

    what: str
    found: str
    good: bool = True
    advice: str = ""
    required: bool = False


def examine() -> list[Line]:
    """Look at Python, libraries, OCR, rules, templates, cache folder and settings."""
    return [*_program(), *_libraries(), _ocr(), _rules(), _templates(), _cache(), _settings()]


def _program() -> Iterator[Line]:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    yield Line("irmcheck", __version__)
    yield Line("Python", version, good, "" if good else "Pasang Python 3.11 atau lebih baru.", required=True)


def _libraries() -> Iterator[Line]:
    for name in LIBRARIES:
        try:
            yield Line(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Line(name, "tidak ada", False, "Pasang ulang: pip install irmcheck", required=True)
    for name, use in EXTRAS.items():
        try:
            yield Line(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Line(name, f"tidak ada; hanya perlu untuk {use}")


def _ocr() -> Line:
    from irmcheck.load.ocr_engine import INSTALL, find_engine

    engine = find_engine()
    if engine is None:
        return Line("OCR (tesseract)", "tidak ada; halaman pindaian tidak dapat dibaca", False, INSTALL)
    found = f"{engine.version}, bahasa {engine.language}, {engine.program}"
    return Line("OCR (tesseract)", found, "ind" in engine.language, "" if "ind" in engine.language else INSTALL)


def _rules() -> Line:
    from irmcheck.catalogue import load_catalogue

    try:
        catalogue = load_catalogue(read_settings().rules)
    except IrmError as error:
        return Line("Aturan", "ada kesalahan", False, error.message, required=True)
    found = f"{len(catalogue.criteria)} kriteria, kumpulan aturan {catalogue.sha256[:12]}, {data_folder('rules')}"
    return Line("Aturan", found)


def _templates() -> Line:
    folder = data_folder("templates")
    good = (folder / "report.html.j2").is_file()
    return Line("Templat laporan", str(folder), good, "" if good else "Pasang ulang irmcheck.", required=True)


def _cache() -> Line:
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Line(
            "Folder simpanan",
            str(folder),
            False,
            f"Tidak dapat ditulisi ({error.strerror}). Setel IRMCHECK_CACHE ke folder lain.",
        )
    return Line("Folder simpanan", str(folder))


def _settings() -> Line:
    try:
        settings = read_settings()
    except IrmError as error:
        return Line("irmcheck.toml", "ada kesalahan", False, error.message, required=True)
    where = settings.source or f"tidak ada di {Path(os.curdir).resolve()} (boleh)"
    return Line("irmcheck.toml", str(where))
