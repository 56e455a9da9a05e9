"""What a file may cost, and the checks made before any reader touches it."""

from __future__ import annotations

import errno
import hashlib
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from irmcheck.errors import InputError

MB = 1_000_000
_CHUNK = 1 << 18
_ENTITIES = (b"<!ENTITY", "<!ENTITY".encode("utf-16-le"), "<!ENTITY".encode("utf-16-be"))
_DAMAGED = "Salin ulang dari asalnya, atau buka di Word/Excel dan simpan kembali."


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost. Seconds are wall time; MB are 1,000,000 bytes; pixels are width times height."""

    max_bytes: int = 200 * MB
    max_pages: int = 2000
    seconds: float = 300.0  # the reading itself, without OCR
    ocr_seconds: float = 1800.0  # OCR of all pages together, on top of `seconds`
    page_seconds: float = 60.0  # OCR of one page
    memory_mb: int = 3000  # address space of the reading process, where the system can limit it
    max_unzipped_mb: int = 1000
    max_ratio: int = 250  # unpacked to packed, for archives that unpack to more than 50 MB
    max_members: int = 20_000
    max_pixels: int = 120_000_000  # an A3 page scanned at 600 dpi has 70 million


def limits_from(stated: Iterable[tuple[str, int]]) -> Limits:
    """The usual limits with those of irmcheck.toml in their place; `max_mb` there is `max_bytes` here."""
    values = dict(stated)
    if "max_mb" in values:
        values["max_bytes"] = values.pop("max_mb") * MB
    return replace(Limits(), **values)


def check_file(path: Path, limits: Limits) -> None:
    """Raise InputError unless `path` is a readable, non-empty regular file within the size limit."""
    try:
        if path.is_dir():
            raise InputError(
                f"{path.name} adalah folder, bukan berkas. Untuk memeriksa satu folder pakai perintah `irmcheck batch`."
            )
        if not path.exists():
            raise InputError(f"Berkas {path} tidak ada. Periksa penulisan nama dan foldernya.")
        if not path.is_file():
            raise InputError(f"{path.name} bukan berkas biasa. Salin isinya ke sebuah berkas, lalu periksa berkas itu.")
        size = path.stat().st_size
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        raise InputError(_unreadable(path, error)) from error
    except ValueError as error:  # a NUL in the name
        raise InputError("Nama berkas tidak sah. Ganti namanya, lalu periksa lagi.") from error
    if path.name.startswith("~$"):
        raise InputError(
            f"Berkas {path.name} adalah berkas sementara Word/Excel. Periksa berkas aslinya, tanpa tanda ~$ di depan nama."
        )
    if size == 0:
        raise InputError(f"Berkas {path.name} kosong (0 byte). Minta atau salin ulang berkasnya.")
    if size > limits.max_bytes:
        raise InputError(
            f"Berkas {path.name} terlalu besar ({size // MB} MB, batas {limits.max_bytes // MB} MB). "
            "Pecah menjadi beberapa berkas atau perkecil gambarnya."
        )


def _unreadable(path: Path, error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Berkas {path.name} tidak boleh dibaca (izin ditolak). Tutup program yang memakainya atau ubah izinnya."
    if error.errno in (errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL):
        return f"Nama atau alamat berkas {path.name[:60]} tidak sah. Ganti namanya atau pindahkan, lalu periksa lagi."
    return f"Berkas {path.name} tidak dapat dibuka ({error.strerror}). Salin ke folder lain di komputer ini, lalu periksa lagi."


def sha256(path: Path) -> str:
    """Hex digest of the file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_zip(path: Path, limits: Limits) -> None:
    """Refuse an Office package that is a bomb, encrypted, damaged in its XML, or declares XML entities.

    XML parts are unpacked once in small chunks, so that sizes the archive lies about are found out here.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_sizes(path, members, limits)
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_part(path, archive, member)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise InputError(f"Berkas {path.name} rusak atau terpotong. {_DAMAGED}") from error
    except (NotImplementedError, RuntimeError) as error:  # unknown packing, or a password
        raise InputError(f"Isi berkas {path.name} terkunci atau dikemas dengan cara yang tidak dikenal. {_DAMAGED}") from error


def _check_sizes(path: Path, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = sum(member.file_size for member in members)
    bomb = total > 50 * MB and total > limits.max_ratio * path.stat().st_size
    if bomb or total > limits.max_unzipped_mb * MB or len(members) > limits.max_members:
        raise InputError(
            f"Isi berkas {path.name} mengembang menjadi {total // MB} MB saat dibuka; itu tidak wajar dan mungkin berkas jahat. "
            "Buka di Word/Excel, hapus isi yang tidak perlu, lalu simpan sebagai berkas baru."
        )


def _check_part(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    with archive.open(member) as part:
        tail = b""
        while chunk := part.read(_CHUNK):
            if any(mark in tail + chunk for mark in _ENTITIES):
                raise InputError(
                    f"Berkas {path.name} memuat entitas XML, yang tidak dipakai Word/Excel dan mungkin jahat, jadi tidak dibuka. "
                    "Simpan ulang dari Word/Excel."
                )
            tail = chunk[-16:]
