"""The text of a Word paragraph: every run that is shown, with tabs, breaks, boxes and notes; nothing that is not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from irmcheck.load.docx_styles import Look, Styles, W, on, over, run_look
from irmcheck.load.docx_symbols import TICK, plain, symbol

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_VML = "{urn:schemas-microsoft-com:vml}"
_VAL = W + "val"

PAGE, BREAK, TAB = "\f", "\n", "\t"  # marks inside `Inline.text`
_ALWAYS = {W + "tab": TAB, W + "ptab": TAB, W + "cr": BREAK, W + "noBreakHyphen": "-", W + "lastRenderedPageBreak": PAGE}
# Not shown, or no text: deleted and moved-away text, field codes, comments, properties, phonetic guides.
_SKIPPED_NAMES = """
del moveFrom delText instrText delInstrText rPr pPr sdtPr sdtEndPr fldData rt annotationRef commentReference footnoteRef
endnoteRef pgNum binData tblPr
"""
_SKIPPED = frozenset(W + name for name in _SKIPPED_NAMES.split())


@dataclass(slots=True)
class Inline:
    """What one paragraph shows. Weights count characters other than white space."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)  # w:txbxContent elements
    notes: list[tuple[str, str]] = field(default_factory=list)  # (footnote or endnote, id)
    objects: list[str] = field(default_factory=list)  # relation ids of pictures
    diagrams: list[str] = field(default_factory=list)  # relation ids of SmartArt
    weight: int = 0
    bold: int = 0
    sizes: Counter[float] = field(default_factory=Counter)
    hidden: int = 0
    prompts: int = 0  # content controls that show only what to fill in
    tracked: bool = False

    @property
    def text(self) -> str:
        """The text with the marks PAGE, BREAK and TAB."""
        return "".join(self.parts)


class Reader:
    """Reads paragraphs one after another; keeps what crosses paragraphs (fields still open)."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self._fields: list[bool] = []  # open fields; True while in the part that shows

    def paragraph(self, element: Any, look: Look) -> Inline:
        """The shown content of a w:p; `look` is what its style and the document's defaults say."""
        # Field codes never run over paragraphs in practice; an unclosed one must not swallow the rest of the plan.
        self._fields = [one for one in self._fields if one]
        inline = Inline()
        self._walk(element, inline, look)
        return inline

    def _walk(self, element: Any, inline: Inline, look: Look) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, inline, look)
            elif tag in _SKIPPED or not isinstance(tag, str):
                inline.tracked |= tag in (W + "del", W + "moveFrom")
            elif tag == W + "sdt":
                self._control(child, inline, look)
            elif tag == MC + "AlternateContent":
                self._alternate(child, inline, look)
            elif tag == _MATH_TEXT:
                _add(inline, child.text or "", look)
            elif tag not in (W + "p", W + "tbl"):
                inline.tracked |= tag == W + "ins"
                self._walk(child, inline, look)

    def _run(self, run: Any, inline: Inline, look: Look) -> None:
        properties = run.find(W + "rPr")
        if properties is not None and len(properties):
            own = run_look(properties)
            style = properties.find(W + "rStyle")
            if style is not None:
                own = over(own, self.styles.style(style.get(_VAL)).look)
            look = over(own, look)
        for child in run:
            self._content(child, inline, look)

    def _content(self, child: Any, inline: Inline, look: Look) -> None:
        tag = child.tag
        if tag == W + "fldChar":
            self._field(child, inline, look)
        elif self._fields and not all(self._fields):
            return
        elif tag == W + "t":
            _add(inline, plain(child.text or "", look.font), look)
        elif tag == W + "br":
            kind = child.get(W + "type")
            inline.parts.append(BREAK if kind in (None, "textWrapping", "page", "column") else "")
        elif tag in _ALWAYS:
            inline.parts.append(_ALWAYS[tag])
        elif tag == W + "sym":
            _add(inline, symbol(_hex(child.get(W + "char")), child.get(W + "font")), look)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            inline.notes.append((tag[len(W) : -len("Reference")], child.get(W + "id", "")))
        elif tag == MC + "AlternateContent":
            self._alternate(child, inline, look)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            self._drawing(child, inline)
        elif isinstance(tag, str) and tag not in _SKIPPED:
            self._walk(child, inline, look)
            if tag == W + "ruby":
                return

    def _field(self, mark: Any, inline: Inline, look: Look) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(False)
            box = mark.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                checked = on(box, "checked")
                _add(inline, TICK if (on(box, "default") if checked is None else checked) else "", look)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _control(self, control: Any, inline: Inline, look: Look) -> None:
        box = control.find(f"{W}sdtPr/{W14}checkbox")
        content = control.find(W + "sdtContent")
        if box is not None:
            checked = box.find(W14 + "checked")
            _add(inline, TICK if checked is not None and checked.get(W14 + "val", "1") in ("1", "true") else "", look)
        elif is_prompt(control):
            inline.prompts += 1
        elif content is not None:
            self._walk(content, inline, look)

    def _alternate(self, element: Any, inline: Inline, look: Look) -> None:
        for child in element:
            before = _seen(inline)
            if child.tag in (MC + "Choice", MC + "Fallback"):
                for one in child:
                    self._content(one, inline, look)
                if _seen(inline) > before:
                    return

    def _drawing(self, element: Any, inline: Inline) -> None:
        stack = [element]
        while stack:
            at = stack.pop()
            tag = at.tag
            if tag == W + "txbxContent":
                inline.boxes.append(at)
            elif tag == MC + "AlternateContent":
                stack.extend(list(at)[:1])
            elif tag == _VML + "textpath":
                inline.parts.append(f" {at.get('string', '')} ")
            elif isinstance(tag, str):
                if tag.endswith("}relIds"):
                    inline.diagrams.extend(value for key, value in at.items() if key.endswith("}dm"))
                elif tag.endswith(("}blip", "}imagedata")):
                    inline.objects.append(next((value for key, value in at.items() if key.endswith(("}embed", "}id"))), ""))
                stack.extend(reversed(at))


def is_prompt(element: Any) -> bool:
    """True for a content control nobody has filled in: it shows only what to write there."""
    properties = element.find(W + "sdtPr") if element.tag == W + "sdt" else None
    return properties is not None and bool(on(properties, "showingPlcHdr"))


def _seen(inline: Inline) -> int:
    return len(inline.parts) + len(inline.boxes) + len(inline.objects) + len(inline.diagrams)


def _add(inline: Inline, text: str, look: Look) -> None:
    if look.hidden or look.struck:
        inline.hidden += len(text.strip())
        return
    text = text.replace("\n", " ").replace("\r", " ").replace("\f", " ")
    inline.parts.append(text.upper() if look.capitals else text)
    if weight := len(text.replace(" ", "")):
        inline.weight += weight
        if look.bold:
            inline.bold += weight
        if look.size:
            inline.sizes[look.size] += weight


def _hex(text: str | None) -> int:
    try:
        return int(text or "", 16)
    except ValueError:
        return 0
