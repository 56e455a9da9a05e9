"""What a file really is, by its content; the name only settles what content leaves open (plain text)."""

from __future__ import annotations

import zipfile
from pathlib import Path

from irmcheck.errors import InputError

FORMATS = ("pdf", "docx", "xlsx", "xlsb", "xls", "ods", "csv", "doc", "image")
SUFFIXES = {
    "pdf": (".pdf",),
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xlsb": (".xlsb",),
    "xls": (".xls", ".xlt"),
    "ods": (".ods", ".ots"),
    "csv": (".csv", ".tsv", ".txt"),
    "doc": (".doc", ".dot"),
    "image": (".jpg", ".jpeg", ".jpe", ".png", ".tif", ".tiff", ".bmp", ".webp"),
}
NAMES = {
    "pdf": "PDF",
    "docx": "Word (.docx)",
    "xlsx": "Excel (.xlsx)",
    "xlsb": "Excel biner (.xlsb)",
    "xls": "Excel lama (.xls)",
    "ods": "lembar kerja OpenDocument (.ods)",
    "csv": "teks CSV",
    "doc": "Word lama (.doc)",
    "image": "gambar",
}
HEAD = 8192  # bytes read to tell the type
_BINARY = 0.05  # share of control characters; text has hardly any

_WORD = "Buka di Word atau LibreOffice, simpan sebagai .docx, lalu periksa berkas baru itu."
_EXCEL = "Buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu periksa berkas baru itu."
_PASSWORD = "Buka dengan kata sandinya, simpan tanpa kata sandi, lalu periksa lagi."
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"BM")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Main part types of an Office package, as its [Content_Types].xml names them (ECMA-376 part 1 and Microsoft's macro types).
_OOXML = {
    b"wordprocessingml.document.main": "docx",
    b"wordprocessingml.template.main": "docx",
    b"ms-word.document.macroEnabled.main": "docx",
    b"ms-word.template.macroEnabledTemplate.main": "docx",
    b"spreadsheetml.sheet.main": "xlsx",
    b"spreadsheetml.template.main": "xlsx",
    b"ms-excel.sheet.macroEnabled.main": "xlsx",
    b"ms-excel.template.macroEnabled.main": "xlsx",
    b"ms-excel.sheet.binary": "xlsb",
    b"presentationml.": "pptx",
    b"ms-powerpoint.": "pptx",
}
_OTHER = {
    "pptx": "adalah presentasi PowerPoint, bukan dokumen rencana. Simpan sebagai PDF bila isinya memang rencana desa.",
    "odt": f"adalah dokumen OpenDocument (.odt). {_WORD}",
    "zip": "adalah arsip ZIP. Buka arsip itu dan periksa berkas di dalamnya.",
    "rar": "adalah arsip RAR atau 7z. Buka arsip itu dan periksa berkas di dalamnya.",
    "html": "adalah halaman web (HTML). Buka di Word atau Excel, simpan sebagai .docx atau .xlsx, lalu periksa berkas baru itu.",
    "rtf": f"adalah berkas RTF. {_WORD}",
    "xml": "adalah berkas XML. Buka di Word atau Excel, simpan sebagai .docx atau .xlsx, lalu periksa berkas baru itu.",
    "biff": f"adalah Excel yang sangat lama. {_EXCEL}",
    "gif": "adalah gambar yang tidak didukung. Simpan sebagai PNG atau JPG, lalu periksa lagi.",
    "mail": "adalah surel Outlook. Simpan lampirannya, lalu periksa lampiran itu.",
    "locked": f"terkunci dengan kata sandi. {_PASSWORD}",
    "text": f"hanya berisi teks biasa tanpa tabel. {_WORD}",
    "unknown": "bukan jenis yang dikenal. Yang dapat dibaca: PDF, DOCX, XLSX, XLS, ODS, CSV, dan gambar JPG, PNG atau TIFF.",
}


def sniff(path: Path) -> str:
    """The format of a readable, non-empty file: one of FORMATS.

    Raises InputError for any other content, with the real type and what to do.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    kind = _by_magic(path, head)
    if kind not in FORMATS:
        raise InputError(f"Berkas {path.name} {_OTHER[kind]}")
    return kind


def expected(path: Path) -> str:
    """The format that the file's name promises, "" when the name says nothing."""
    suffix = path.suffix.lower()
    return next((kind for kind, suffixes in SUFFIXES.items() if suffix in suffixes), "")


def _by_magic(path: Path, head: bytes) -> str:
    if head.startswith(_IMAGES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "image"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path)
    if head.startswith(_OLE):
        return _ole_kind(path)
    if head.startswith((b"Rar!", b"7z\xbc\xaf")):
        return "rar"
    if head.startswith(b"GIF8") or head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return "gif"
    if head[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08") and head[2:4] in (
        b"\x04\0",
        b"\x06\0",
        b"\x08\0",
        b"\x10\0",
    ):
        return "biff"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _text_kind(path, head)


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            types = _member(archive, "[Content_Types].xml", names)
            mime = _member(archive, "mimetype", names)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise InputError(
            f"Berkas {path.name} rusak atau terpotong. Salin ulang dari asalnya, atau buka di Word/Excel dan simpan kembali."
        ) from error
    found = next((kind for marker, kind in _OOXML.items() if marker in types), "")
    if found:
        return found
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    if b"opendocument." in mime:
        return "odt"
    if "word/document.xml" in names:
        return "docx"
    return "xlsx" if "xl/workbook.xml" in names else "zip"


def _member(archive: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    """The first megabyte of a member, b"" where there is none."""
    if name not in names:
        return b""
    with archive.open(name) as file:
        return file.read(1_000_000)


def _ole_kind(path: Path) -> str:
    """Tell old Office files by the names in their OLE directory, whose entries are 128 bytes and aligned to that."""
    data = path.read_bytes().lower()  # the container does not tell capitals apart

    def has(name: str) -> bool:
        wanted = name.lower().encode("utf-16-le") + b"\0\0"
        at = data.find(wanted)
        while at >= 0:
            if at % 128 == 0:
                return True
            at = data.find(wanted, at + 1)
        return False

    if has("EncryptedPackage"):
        return "locked"
    word, excel = has("WordDocument"), has("Workbook") or has("Book")
    if word and excel:  # one is embedded in the other
        return "xls" if expected(path) == "xls" else "doc"
    if word or excel:
        return "doc" if word else "xls"
    if has("PowerPoint Document"):
        return "pptx"
    return "mail" if has("__properties_version1.0") else "unknown"


def _text_kind(path: Path, head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<table")) or (start.startswith(b"<") and b"<html" in start):
        return "html"
    if start.startswith((b"<?xml", b"<")):
        return "xml"
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if not utf16 and (b"\0" in head or controls > _BINARY * len(head)):
        return "unknown"
    text = head.decode("utf-16" if utf16 else "utf-8", "replace")
    return "csv" if (expected(path) == "csv" and path.suffix.lower() != ".txt") or _is_csv(text) else "text"


def _is_csv(text: str) -> bool:
    """True when most lines hold the same separator equally often."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    if len(lines) < 2:
        return False
    for separator in (";", "\t", ",", "|"):
        counts = [line.count(separator) for line in lines[:-1] or lines]
        usual = max(set(counts), key=counts.count)
        if usual and counts.count(usual) >= 0.8 * len(counts):
            return True
    return False
