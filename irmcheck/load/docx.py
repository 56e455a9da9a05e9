"""DOCX to Document: body order, computed numbering, tables cell by cell, boxes and notes; nothing deleted or hidden."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from irmcheck.errors import InputError, Problem, Severity
from irmcheck.load.docx_body import Body
from irmcheck.load.docx_numbering import Numbering
from irmcheck.load.docx_styles import Styles, W
from irmcheck.load.native import broken
from irmcheck.load.ooxml import Package, Relation
from irmcheck.model import Block, Document, Page

_CORE = (("title", "title"), ("subject", "subject"), ("language", "language"), ("created", "created"), ("modified", "modified"))


def read_docx(path: Path, sha256: str) -> Document:
    """Read a Word file (DOCX, DOCM, DOTX).

    Pages are those Word left as rendered breaks (`unit` "approximate"); without them every page is None. Raises InputError
    when the file cannot be opened as a Word file.
    """
    with Package(path) as package:
        main = _main_part(package)
        root = package.xml(main)
        content = None if root is None else next(root.iterchildren(W + "body"), None)
        if content is None:
            raise InputError(broken(path))
        relations = package.relations(main)
        styles = Styles(_part(package, relations, "styles"))
        targets = {one.id: one.target for one in relations if not one.external}
        body = Body(
            styles,
            Numbering(_part(package, relations, "numbering")),
            _notes(package, relations),
            lambda key: package.xml(targets.get(key, "")),
            _breaks(root),
        )
        body.read(content)
        running = _running(package, relations, styles)
        properties = _properties(package, styles)
        pictures = len(body.pictures)
    last = body.page or 0
    return Document(
        file=path.name,
        sha256=sha256,
        format="docx",
        items=tuple(body.items),
        pages=tuple(Page(number) for number in range(1, last + 1)),
        unit="approximate" if last else "page",
        properties=properties,
        running=running,
        problems=tuple(_problems(body, pictures)),
    )


def _main_part(package: Package) -> str:
    named = [one.target for one in package.relations("") if one.kind == "officeDocument"]
    for part in (*named, "word/document.xml"):
        if part in package:
            return part
    raise InputError(broken(package.path))


def _part(package: Package, relations: list[Relation], kind: str) -> Any:
    target = next((one.target for one in relations if one.kind == kind and not one.external), None)
    return None if target is None else package.xml(target)


def _breaks(root: Any) -> bool:
    return next(root.iter(W + "lastRenderedPageBreak"), None) is not None


def _notes(package: Package, relations: list[Relation]) -> dict[tuple[str, str], Any]:
    notes = {}
    for kind in ("footnote", "endnote"):
        root = _part(package, relations, kind + "s")
        for note in root.iterchildren(W + kind) if root is not None else ():
            notes[kind, note.get(W + "id", "")] = note
    return notes


def _running(package: Package, relations: list[Relation], styles: Styles) -> tuple[str, ...]:
    texts: dict[str, None] = {}
    for one in relations:
        root = package.xml(one.target) if one.kind in ("header", "footer") and not one.external else None
        if root is not None:
            body = Body(styles, Numbering(None), {}, lambda _: None)
            body.read(root)
            blocks = [item.text for item in body.items if isinstance(item, Block)]
            cells = [cell for item in body.items if not isinstance(item, Block) for row in item.rows for cell in row if cell]
            texts.update(dict.fromkeys(text for text in (*blocks, *cells) if any(map(str.isalpha, text))))
    return tuple(texts)


def _properties(package: Package, styles: Styles) -> tuple[tuple[str, str], ...]:
    """What the file says of itself, without names of people."""
    found = []
    core = package.xml("docProps/core.xml")
    for element in core if core is not None else ():
        name = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
        if (key := dict(_CORE).get(name)) and (element.text or "").strip():
            found.append((key, element.text.strip()))
    application = package.xml("docProps/app.xml")
    for element in application if application is not None else ():
        name = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
        if name in ("Template", "Application") and (element.text or "").strip():
            found.append((name.lower(), element.text.strip()))
    if styles.language and "language" not in dict(found):
        found.append(("language", styles.language))
    return tuple(found)


def _problems(body: Body, pictures: int) -> list[Problem]:
    told = []

    def tell(code: str, message: str, severity: Severity = Severity.INFO) -> None:
        told.append(Problem("load", code, message, severity=severity))

    if body.tracked:
        tell("tracked-changes", "Ada perubahan yang dilacak (track changes): sisipan dihitung, teks yang dihapus tidak.")
    if body.hidden:
        tell("hidden-text", f"Ada teks tersembunyi atau dicoret ({body.hidden} huruf) yang tidak ikut dinilai.")
    if body.prompts:
        tell(
            "unfilled",
            f"Ada {body.prompts} isian yang belum diisi (masih berupa petunjuk bawaan templat); petunjuk itu tidak ikut dinilai.",
            Severity.WARNING,
        )
    if body.embedded:
        tell(
            "embedded-file",
            f"Ada {body.embedded} berkas lain yang ditempel di dalam dokumen ini dan tidak terbaca. "
            "Buka di Word, simpan ulang sebagai DOCX, lalu periksa lagi.",
            Severity.WARNING,
        )
    if pictures:
        few = body.letters < 400 * pictures
        tell(
            "pictures-unread",
            f"Ada {pictures} gambar di dalam dokumen; tulisan di dalam gambar tidak terbaca."
            + (" Bila gambar itu hasil pindai halaman, simpan dokumen sebagai PDF lalu periksa PDF-nya." if few else ""),
            Severity.WARNING if few else Severity.INFO,
        )
    if not body.letters:
        tell("no-text", "Dokumen ini tidak berisi teks yang dapat dibaca.", Severity.ERROR)
    return told
