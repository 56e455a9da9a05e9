"""Highlights and notes on the pages of a PDF."""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from irmcheck.errors import UsageError
from irmcheck.model import Block, Status
from irmcheck.report.notes import Note, key
from irmcheck.report.text import shortened
from irmcheck.text import printable

_COLOURS = {Status.MISSING: (255, 150, 130), Status.PARTIAL: (255, 214, 102), Status.MET: (140, 220, 160)}
_GREY = (205, 210, 215)
_ICON = 20.0  # points
_MARGIN = 14.0

Rect = tuple[float, float, float, float]  # left, bottom, right, top in points


def with_highlights(data: bytes, notes: Sequence[Note], author: str, blocks: Iterable[Block] = ()) -> bytes:
    """The PDF with quotes highlighted on their pages; a note whose text is not found there stands in the page's margin.

    `blocks` are the paragraphs as they were read: on a scanned page, which has no text of its own, their lines say where a quote
    stands. Raises UsageError when the file cannot be reopened.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UsageError(f"Berkas PDF ini tidak dapat diberi catatan ({error}). Simpan ulang dari program asalnya.") from error
    try:
        by_page: dict[int, list[Note]] = defaultdict(list)
        for note in notes:
            by_page[min(max((note.place.page or 1) - 1, 0), len(document) - 1)].append(note)
        read = _by_page(blocks)
        for number, found in sorted(by_page.items()):
            _write(document[number], found, author, read.get(number + 1, []))
        memory = io.BytesIO()
        document.save(memory)
    finally:
        document.close()
    return memory.getvalue()


def _by_page(blocks: Iterable[Block]) -> dict[int, list[Block]]:
    found: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        for page in {line.page for line in block.lines if line.page is not None}:
            found[page].append(block)
    return found


def _write(page: Any, notes: Sequence[Note], author: str, blocks: Sequence[Block]) -> None:
    letters = _Letters(page)
    loose = 0
    for anchor, group in _by_anchor(notes):
        text = "\n\n".join(dict.fromkeys(note.text for note in group))
        rects = letters.rects(anchor) or _read_rects(page, group[0], blocks)
        if rects and group[0].place.page is not None:
            _highlight(page, rects, text, author, _colour(group))
        else:
            quoted = f"“{shortened(group[0].anchor, 200)}”\n{text}" if anchor else text
            _icon(page, loose, quoted, author)
            loose += 1
    letters.close()


def _read_rects(page: Any, note: Note, blocks: Sequence[Block]) -> list[Rect]:
    """Boxes of the lines as read that hold the note's anchor, turned from the page as displayed into PDF coordinates."""
    anchor = key(note.anchor)
    if not anchor or page.get_rotation():
        return []
    left, _, _, top = page.get_cropbox()
    for block in blocks:
        letters = [key(part) for part in _line_texts(block)]
        at = "".join(letters).find(anchor)
        if at >= 0:
            ends = list(accumulate(map(len, letters)))
            boxes = [
                line.box
                for line, size, end in zip(block.lines, map(len, letters), ends, strict=True)
                if line.page == note.place.page and line.box and end - size < at + len(anchor) and at < end
            ]
            return [(left + x0, top - y1, left + x1, top - y0) for x0, y0, x1, y1 in boxes]
    return []


def _line_texts(block: Block) -> list[str]:
    starts = [line.start for line in block.lines]
    return [block.text[start:end] for start, end in zip(starts, [*starts[1:], len(block.text)], strict=True)]


def _colour(group: Sequence[Note]) -> tuple[int, int, int]:
    """The colour of the note that asks most; grey where all only explain."""
    found = {note.status for note in group}
    return next((_COLOURS[status] for status in _COLOURS if status in found), _GREY)


def _by_anchor(notes: Sequence[Note]) -> list[tuple[str, list[Note]]]:
    groups: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        groups[key(note.anchor)].append(note)
    return list(groups.items())


class _Letters:
    """A page's letters and digits, each with its index among PDFium's characters."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as raw

        self._raw, self._page = raw, page.get_textpage()
        signs = ((i, chr(raw.FPDFText_GetUnicode(self._page, i))) for i in range(raw.FPDFText_CountChars(self._page)))
        pairs = [(i, letter) for i, sign in signs for letter in key(sign)]
        self._index = [i for i, _ in pairs]
        self._text = "".join(letter for _, letter in pairs)

    def rects(self, letters: str) -> list[Rect]:
        """Boxes around the first place where `letters` stand, [] where they do not."""
        at = self._text.find(letters) if letters else -1
        if at < 0:
            return []
        first, last = self._index[at], self._index[at + len(letters) - 1]
        return [self._rect(i) for i in range(self._raw.FPDFText_CountRects(self._page, first, last - first + 1))]

    def _rect(self, number: int) -> Rect:
        left, top, right, bottom = (ctypes.c_double() for _ in range(4))
        self._raw.FPDFText_GetRect(self._page, number, left, top, right, bottom)
        return left.value, bottom.value, right.value, top.value

    def close(self) -> None:
        self._page.close()


def _highlight(page: Any, rects: Sequence[Rect], text: str, author: str, colour: tuple[int, int, int]) -> None:
    import pypdfium2.raw as raw

    annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_HIGHLIGHT)
    for left, bottom, right, top in rects:
        corners = raw.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
        raw.FPDFAnnot_AppendAttachmentPoints(annotation, corners)
    lefts, bottoms, rights, tops = zip(*rects, strict=True)
    _finish(annotation, (min(lefts), min(bottoms), max(rights), max(tops)), text, author, colour)


def _icon(page: Any, number: int, text: str, author: str) -> None:
    """A note icon down the right margin, `number` from the top."""
    import pypdfium2.raw as raw

    left, bottom, right, top = page.get_cropbox()
    rows = max(int((top - bottom - 2 * _MARGIN) // (_ICON + 4)), 1)
    column, row = divmod(number, rows)
    x = max(right - _MARGIN - _ICON - column * (_ICON + 4), left)
    y = max(top - _MARGIN - _ICON - row * (_ICON + 4), bottom)
    annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_TEXT)
    _finish(annotation, (x, y, x + _ICON, y + _ICON), text, author, _COLOURS[Status.PARTIAL])


def _finish(annotation: Any, rect: Rect, text: str, author: str, colour: tuple[int, int, int]) -> None:
    import pypdfium2.raw as raw

    left, bottom, right, top = rect
    raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(left=left, top=top, right=right, bottom=bottom))
    raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *colour, 255)
    raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_PRINT)
    for name, value in ((b"Contents", text), (b"T", author)):
        wide = (printable(value) + "\0").encode("utf-16-le")
        raw.FPDFAnnot_SetStringValue(annotation, name, ctypes.cast(ctypes.create_string_buffer(wide), raw.FPDF_WIDESTRING))
    raw.FPDFPage_CloseAnnot(annotation)
