"""Word comments at the paragraphs and table cells that notes are about."""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from irmcheck.errors import UsageError
from irmcheck.report.notes import Note, key
from irmcheck.text import printable

_SHORTEST = 12  # letters of an anchor that is looked for by its beginning only


def with_comments(data: bytes, notes: Sequence[Note], author: str) -> bytes:
    """The DOCX with one comment per paragraph concerned, holding all its notes. Raises UsageError when it cannot be reopened."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree

    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = _Paragraphs(document)
        by_paragraph: dict[int, list[Note]] = defaultdict(list)
        for note in notes:
            by_paragraph[paragraphs.find(note)].append(note)
        for number, found in sorted(by_paragraph.items()):
            _comment(document, paragraphs.elements[number], found, author)
        memory = io.BytesIO()
        document.save(memory)
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise UsageError(
            f"Berkas Word ini tidak dapat diberi catatan ({error}). Buka di Word, simpan ulang sebagai DOCX, coba lagi."
        ) from error
    return memory.getvalue()


class _Paragraphs:
    """The body's paragraphs, tables and text boxes included, findable by their letters."""

    def __init__(self, document: Any) -> None:
        from docx.oxml.ns import qn

        self._text, self._row = qn("w:t"), qn("w:tr")
        box = qn("w:txbxContent")  # Word allows no comments in text boxes; the paragraph that holds the box has its letters too
        outside = (p for p in document.element.body.iter(qn("w:p")) if next(p.iterancestors(box), None) is None)
        found = [(element, self._letters(element)) for element in outside]
        self.elements = [element for element, letters in found if letters] or [document.add_paragraph()._p]
        keys = [letters for _, letters in found if letters]
        self._all, self._starts = "".join(keys), [0]
        for letters in keys:
            self._starts.append(self._starts[-1] + len(letters))

    def find(self, note: Note) -> int:
        """The paragraph where the note's anchor stands; the first paragraph where it stands nowhere."""
        letters = key(note.anchor)
        candidates = self._where(letters) or self._where(letters[: max(len(letters) // 2, _SHORTEST)])
        in_table = note.place.table is not None

        def fitness(number: int) -> tuple[int, bool, bool]:
            row = self._in_row(number)
            told = sum(key(cell) in row for cell in note.cells)
            return told, bool(row) == in_table, not in_table and self._whole(number) == letters

        return max(candidates, key=fitness, default=0)

    def _where(self, letters: str) -> list[int]:
        if not letters:
            return []
        found, at = [], self._all.find(letters)
        while at >= 0:
            found.append(bisect_right(self._starts, at) - 1)
            at = self._all.find(letters, at + len(letters))
        return found

    def _whole(self, number: int) -> str:
        return self._all[self._starts[number] : self._starts[number + 1]]

    def _in_row(self, number: int) -> str:
        """The letters of the table row around a paragraph, "" outside tables."""
        row = next(self.elements[number].iterancestors(self._row), None)
        return self._letters(row) if row is not None else ""

    def _letters(self, element: Any) -> str:
        return key("".join(t.text or "" for t in element.iter(self._text)))


def _comment(document: Any, element: Any, notes: Iterable[Note], author: str) -> None:
    from docx.text.paragraph import Paragraph

    paragraph = Paragraph(element, document._body)
    runs = paragraph.runs or [paragraph.add_run()]
    lines = [line for note in dict.fromkeys(note.text for note in notes) for line in printable(note).split("\n")]
    comment = document.add_comment(runs, lines[0], author=printable(author), initials="IRM")
    for line in lines[1:]:
        comment.add_paragraph(line)
