"""The zip package around a Word file: its parts, their relations, and XML read without entities or network."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from irmcheck.errors import InputError
from irmcheck.load.native import broken

PART_LIMIT = 96_000_000  # bytes of one unpacked part; a 773-page plan needs about 10 million
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Strict OOXML uses other namespace names for the same elements.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A link of a part to another: id, last word of its type ("footnotes"), target part, and whether it lies outside."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """An opened zip package of XML parts. Use as a context manager.

    Raises InputError for files that are no readable zip package (locked, cut short, renamed).
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as handle:
                head = handle.read(8)
            if head == OLE_MAGIC:
                raise InputError(
                    f"{path.name}: berkas ini terkunci kata sandi atau berformat Word/Excel lama. "
                    "Buka di Word atau Excel, hilangkan kata sandinya, lalu simpan sebagai DOCX atau XLSX."
                )
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise InputError(broken(path)) from error
        self.path = path
        self._names = {_plain(name): name for name in self._zip.namelist()}

    def __enter__(self) -> Package:
        """The package itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._zip.close()

    def __contains__(self, part: str) -> bool:
        """True when the package has that part."""
        return _plain(part) in self._names

    def parts(self, prefix: str) -> list[str]:
        """Names of the parts in a folder of the package, sorted."""
        return sorted(name for name in self._names if name.startswith(prefix.lower()))

    def read(self, part: str) -> bytes | None:
        """The bytes of a part; None when it is absent. Raises InputError when it is damaged or larger than PART_LIMIT."""
        name = self._names.get(_plain(part))
        if name is None:
            return None
        try:
            with self._zip.open(name) as handle:
                data = handle.read(PART_LIMIT + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise InputError(broken(self.path)) from error
        if len(data) > PART_LIMIT:
            raise InputError(
                f"{self.path.name}: isi berkas ini terlalu besar untuk dibaca dengan aman. Bagi menjadi beberapa berkas."
            )
        return data

    def xml(self, part: str) -> Any:
        """The root element of an XML part, or None when it is absent or not XML."""
        data = self.read(part)
        return None if data is None else parse_xml(data)

    def copy(self, changed: dict[str, Any]) -> BytesIO:
        """The package in memory with some XML parts replaced by these root elements."""
        from lxml import etree

        new = {_plain(part): etree.tostring(root) for part, root in changed.items()}
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for plain, name in self._names.items():
                archive.writestr(name, new[plain] if plain in new else self.read(plain) or b"")
        target.seek(0)
        return target

    def relations(self, part: str) -> list[Relation]:
        """What a part links to; "" asks for the package itself."""
        folder, base = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
        found = []
        for one in root if root is not None else ():
            if not isinstance(one.tag, str):
                continue
            external = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            if not external:
                target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append(Relation(one.get("Id", ""), one.get("Type", "").rsplit("/", 1)[-1], target, external))
        return found


def parse_xml(data: bytes) -> Any:
    """Root element of XML bytes, entities left alone; a damaged tail is dropped. None when nothing can be read."""
    from lxml import etree

    for strict, usual in _STRICT:
        if strict in data:
            data = data.replace(strict, usual)
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True}
    try:
        return etree.fromstring(data, etree.XMLParser(**options))
    except (etree.XMLSyntaxError, ValueError):
        try:
            return etree.fromstring(data, etree.XMLParser(recover=True, **options))
        except (etree.XMLSyntaxError, ValueError):
            return None


def whole(text: str | None) -> int | None:
    """A number of at most nine digits as written in an attribute, else None."""
    return int(text) if text and len(text) < 10 and text.isdecimal() else None


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
