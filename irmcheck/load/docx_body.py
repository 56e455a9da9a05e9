"""Walks a Word body in order and turns paragraphs, tables, boxes and notes into Blocks and Tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irmcheck.load.docx_numbering import Numbering
from irmcheck.load.docx_styles import Look, Style, Styles, W, on, over, paragraph_look
from irmcheck.load.docx_symbols import BULLET
from irmcheck.load.docx_tables import is_frame, read_grid
from irmcheck.load.docx_text import BREAK, MC, PAGE, TAB, Inline, Reader, is_prompt
from irmcheck.load.pieces import gather
from irmcheck.load.repair import clean_text
from irmcheck.model import Block, Line, Table

_DEEPEST = 12  # boxes and tables inside each other; deeper ones are not made by people
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CENTRED = ("center", "distribute")
_PLAIN_BULLETS = (BULLET, "-", "–")


class Body:
    """Collects `items` in reading order, and what the reader of the report should be told about.

    `notes` maps (footnote or endnote, id) to its element, `part` gives the root of a related part by its relation id.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        notes: dict[tuple[str, str], Any],
        part: Callable[[str], Any],
        has_pages: bool = False,
    ) -> None:
        self.items: list[Block | Table] = []
        self.page: int | None = 1 if has_pages else None
        self.hidden = self.embedded = self.letters = self.prompts = 0
        self.tracked = False
        self.pictures: set[str] = set()
        self._styles, self._numbering, self._notes, self._part = styles, numbering, notes, part
        self._reader = Reader(styles)
        self._tables = self._depth = 0
        self._last_style = ""
        self._carried: Inline | None = None  # a paragraph that runs on into the next: its mark was deleted, or it is a drop cap
        self._later: list[tuple[Any, str]] = []  # boxes and nested tables met in cells, read after their table

    def read(self, parent: Any, kind: str = "paragraph") -> None:
        """Read block-level children of `parent`; `kind` is that of plain paragraphs (textbox, footnote)."""
        if self._depth >= _DEEPEST:
            return
        self._depth += 1
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child, kind)
            elif tag == W + "tbl":
                self._table(child, kind)
            elif tag in (W + "altChunk", W + "subDoc"):
                self.embedded += 1
            elif tag == MC + "AlternateContent":
                self.read(next(iter(child), ()), kind)
            elif is_prompt(child):
                self.prompts += 1
            elif isinstance(tag, str) and tag not in (W + "del", W + "moveFrom", W + "sectPr", W + "sdtPr"):
                self.tracked |= tag == W + "ins"
                self.read(child, kind) if len(child) else None
        self._depth -= 1

    # ------------------------------------------------------------------------------------------ paragraphs

    def _inline(self, element: Any) -> tuple[Inline, Style, Look]:
        """Content, style and look of a paragraph; counts what was left out."""
        properties = element.find(W + "pPr")
        named = None if properties is None else properties.find(W + "pStyle")
        style = self._styles.style(None if named is None else named.get(W + "val"))
        look = over(paragraph_look(properties), style.look)
        inline = self._reader.paragraph(element, over(style.look, self._styles.defaults))
        self.hidden += inline.hidden
        self.prompts += inline.prompts
        self.letters += inline.weight
        self.tracked |= inline.tracked
        self.pictures.update(inline.objects)
        return inline, style, look

    def _numbered(self, style: Style, look: Look) -> str | None:
        """The number or bullet Word would print, counting on; None for a paragraph outside any list."""
        if look.number is None or look.number == "0":
            return None
        depth = look.depth if look.depth is not None else self._numbering.by_style.get(style.id, 0)
        return self._numbering.next(look.number, depth)

    def _paragraph(self, element: Any, kind: str) -> None:
        inline, style, look = self._inline(element)
        if self._carried is not None:
            inline.parts[:0] = self._carried.parts
            self._carried = None
        if element.find(f"{W}pPr/{W}rPr/{W}del") is not None or _is_drop_cap(element):
            self._carried = inline
            return
        raw = inline.text
        number = None if self._is_hidden(element, inline) else self._numbered(style, look)  # empty paragraphs count on, too
        if raw.strip():
            self._blocks(raw, kind, inline, style, look, number)
            self._last_style = style.name
        elif self.page is not None:
            self.page += raw.count(PAGE)
        for aside, aside_kind in self._asides(inline):
            self._aside(aside, aside_kind)

    def _is_hidden(self, element: Any, inline: Inline) -> bool:
        """True when nothing of the paragraph shows, not even its mark: Word does not number it."""
        mark = element.find(f"{W}pPr/{W}rPr")
        return not inline.text.strip() and mark is not None and bool(on(mark, "vanish"))

    def _asides(self, inline: Inline) -> list[tuple[Any, str]]:
        """Boxes, diagrams and notes of a paragraph, each note once."""
        diagrams = [(root, "textbox") for key in inline.diagrams if (root := self._part(key)) is not None]
        notes = [(self._notes.pop(key), "footnote") for key in inline.notes if key in self._notes]
        return [*((box, "textbox") for box in inline.boxes), *diagrams, *notes]

    def _aside(self, element: Any, kind: str) -> None:
        """Read a box, diagram or note; page breaks in it do not turn the page of the body."""
        if element.tag.endswith("}dataModel"):
            paragraphs = (clean_text("".join(one.itertext(_DRAWN + "t"))) for one in element.iter(_DRAWN + "p"))
            self.items.extend(Block(text, self.page, kind) for text in paragraphs if text)
            return
        page, carried = self.page, self._carried
        self._carried = None
        self.read(element, kind)
        self.page, self._carried = page, carried

    def _blocks(self, raw: str, kind: str, inline: Inline, style: Style, look: Look, number: str | None) -> None:
        level = style.level if look.outline is None else (look.outline + 1 if look.outline < 9 else None)
        if level is not None and kind == "paragraph":
            kind, pieces = "heading", [raw.replace(BREAK, " ")]
        else:
            level, pieces = None, self._pieces(raw, look)
            if number is not None and kind == "paragraph":
                kind = "list"
        size = inline.sizes.most_common(1)[0][0] if inline.sizes else None
        for index, piece in enumerate(pieces):
            text, lines = self._lines(piece)
            if not text:
                continue
            parts = tuple(clean_text(one) for one in piece.split(TAB)) if TAB in piece else ()
            self.items.append(
                Block(
                    text,
                    lines[0].page if lines else self.page,
                    kind,
                    level,
                    (number or "") if index == 0 else "",
                    inline.bold * 2 > inline.weight,
                    size,
                    look.align in _CENTRED,
                    lines,
                    parts,
                )
            )

    def _pieces(self, raw: str, look: Look) -> list[str]:
        """The items that typed line breaks part; lines of a centred title page stay apart."""
        if BREAK not in raw:
            return [raw]
        lines = raw.split(BREAK)
        if look.align in _CENTRED or TAB in raw:
            return [line for line in lines if line.strip(" \t") or PAGE in line]
        return gather(lines)

    def _lines(self, raw: str) -> tuple[str, tuple[Line, ...]]:
        """Cleaned text, and where it begins on which page."""
        if self.page is None:
            return clean_text(raw), ()
        text, lines, space = "", list[Line](), ""
        for index, part in enumerate(raw.split(PAGE)):
            self.page += index > 0
            shown = clean_text(part)
            if shown:
                space = " " if text and (space or part[0].isspace()) else ""
                lines.append(Line(len(text) + len(space), self.page))
                text += space + shown
                space = " " if part[-1].isspace() else ""
            elif part:
                space = " "
        return text, tuple(lines)

    # ------------------------------------------------------------------------------------------ tables

    def _table(self, element: Any, kind: str) -> None:
        if is_frame(element):
            for cell in element.iter(W + "tc"):
                self.read(cell, "textbox" if kind == "paragraph" else kind)
                return
        if self._depth >= _DEEPEST:
            return
        self._depth += 1
        later, self._later = self._later, []
        self._tables += 1
        number, first, caption = self._tables, self.page, self._caption()
        furthest = self.page

        def cell_text(cell: Any) -> str:
            nonlocal furthest
            before = self.page
            text = self._cell(cell)
            if self.page is not None and furthest is not None:
                furthest, self.page = max(furthest, self.page), before
            return text

        def row_done() -> None:
            self.page = furthest

        grid = read_grid(element, cell_text, row_done)
        rows = tuple(tuple(row) for row in grid.rows)
        if any(cell for row in rows for cell in row):
            self.items.append(Table(rows, first, number, spans=grid.spans or None, hidden=grid.hidden, caption=caption))
        else:
            self._tables -= 1
        mine, self._later = self._later, later
        for inner, inner_kind in mine:
            self._aside(inner, inner_kind) if inner.tag != W + "tbl" else self._table(inner, kind)
        self._depth -= 1

    def _caption(self) -> str:
        last = self.items[-1] if self.items else None
        return last.text if isinstance(last, Block) and self._last_style == "caption" else ""

    def _cell(self, cell: Any) -> str:
        pieces: list[str] = []
        around = next(cell.iterancestors(W + "sdt", W + "tr"), cell)
        if is_prompt(around):
            self.prompts += 1
            return ""
        for child in cell:
            self._cell_child(child, pieces)
        return "\n".join(filter(None, (clean_text(piece) for piece in gather(pieces))))

    def _cell_child(self, child: Any, pieces: list[str]) -> None:
        tag = child.tag
        if tag == W + "tbl":
            self._later.append((child, "paragraph"))
        elif tag == W + "p":
            inline, style, look = self._inline(child)
            raw = inline.text
            if self.page is not None:
                self.page += raw.count(PAGE)
            number = self._numbered(style, look) or ""
            shown = "" if number in _PLAIN_BULLETS else number
            lines = raw.replace(PAGE, "").split(BREAK)
            pieces.extend([f"{shown} {lines[0]}".strip() if shown else lines[0], *lines[1:]])
            self._later.extend(self._asides(inline))
        elif is_prompt(child):
            self.prompts += 1
        elif isinstance(tag, str) and tag not in (W + "tcPr", W + "sdtPr", W + "del", W + "moveFrom"):
            for inner in child:
                self._cell_child(inner, pieces)


def _is_drop_cap(element: Any) -> bool:
    """True for a large first letter, which Word keeps as a paragraph of its own."""
    frame = element.find(f"{W}pPr/{W}framePr")
    return frame is not None and frame.get(W + "dropCap", "none") != "none"
