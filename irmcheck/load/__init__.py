"""bytes -> Document: find out what a file is, guard against what it might do, read it.

`load` reads in this process; `start_load` reads in a process of its own, so that a crash or a hang in a native library
cannot take the command down, and so that the caller can prepare (spaCy, rules) while the file is read.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from irmcheck.errors import InputError, Problem, Severity
from irmcheck.load.guard import Limits, check_file, check_zip, sha256
from irmcheck.load.isolate import Loading, Progress, start_load
from irmcheck.load.sniff import NAMES, expected, sniff
from irmcheck.model import Document

__all__ = ["Limits", "Loading", "Progress", "load", "load_isolated", "start_load"]


def load(path: Path, limits: Limits = Limits(), *, ocr: bool = True, progress: Progress | None = None) -> Document:  # noqa: B008
    """Read one file in this process.

    `progress(done, total, what)` is called as pages are recognised by OCR. Raises InputError, with what to do, for whatever
    cannot be read at all; a single page that cannot be read is a Problem and a Page with source "unread".
    """
    check_file(path, limits)
    kind = sniff(path)
    promised = expected(path)
    if kind == "image" and promised not in ("", "image"):
        raise InputError(
            f"Berkas {path.name} sebenarnya sebuah gambar, bukan {NAMES[promised]}. "
            "Ganti akhiran namanya menjadi .png atau .jpg, atau pindai ulang halamannya sebagai PDF."
        )
    if kind in ("docx", "xlsx", "xlsb", "ods"):
        check_zip(path, limits)
    document = _read(path, kind, limits, ocr, progress)
    if promised in ("", kind):
        return document
    told = Problem(
        "load",
        "name-differs",
        f"Berkas {path.name} sebenarnya {NAMES[kind]} dan dibaca sebagai itu. Ganti akhiran namanya agar tidak membingungkan.",
        severity=Severity.INFO,
    )
    return replace(document, problems=(told, *document.problems))


def load_isolated(path: Path, limits: Limits = Limits(), *, ocr: bool = True, progress: Progress | None = None) -> Document:  # noqa: B008
    """Like `load`, in a child process that is killed when it takes too long. Raises InputError when it crashes or hangs."""
    document: Document = start_load(path, limits, ocr=ocr, progress=progress).result()
    return document


def _read(path: Path, kind: str, limits: Limits, ocr: bool, progress: Progress | None) -> Document:
    digest = sha256(path)
    # Each reader's libraries are heavy, so only the one that is needed is imported.
    if kind == "docx":
        from irmcheck.load.docx import read_docx

        return read_docx(path, digest)
    if kind == "doc":
        from irmcheck.load.doc import read_doc

        return read_doc(path, digest)
    if kind in ("xlsx", "xlsb", "xls", "ods", "csv"):
        from irmcheck.load.xlsx import read_workbook

        return read_workbook(path, digest, kind)
    if kind == "image":
        from irmcheck.load.image import read_image

        return read_image(path, digest, limits, ocr=ocr, progress=progress)
    from irmcheck.load.pdf import open_pdf, read_pdf

    pdf = open_pdf(path)
    pages = len(pdf)
    pdf.close()
    if pages > limits.max_pages:
        raise InputError(
            f"Berkas {path.name} berisi {pages} halaman, batasnya {limits.max_pages}. Pecah menjadi beberapa berkas."
        )
    document = read_pdf(path, digest)
    if not any(page.source == "unread" for page in document.pages):
        return document
    from irmcheck.load.ocr import read_scanned_pages

    return read_scanned_pages(path, document, limits, ocr=ocr, progress=progress)
