"""What Word's styles say about a paragraph or run: heading level, numbering, bold, size, hidden, centred."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from irmcheck.load.ooxml import whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_BOLD, _SIZE, _FONTS, _VANISH, _CAPS = (W + name for name in ("b", "sz", "rFonts", "vanish", "caps"))
_STRIKES = (W + "strike", W + "dstrike")
_ALIGN, _OUTLINE, _NUMBERING = (W + name for name in ("jc", "outlineLvl", "numPr"))
_ASCII, _ANSI = W + "ascii", W + "hAnsi"
_HEADING = re.compile(r"(?:heading|judul)\s*([1-9])$")
_OFF = frozenset(("0", "false", "off", "none"))


def on(parent: Any, name: str) -> bool | None:
    """A Word on/off property of `parent`: True, False, or None when it is not stated."""
    found = parent.find(W + name)
    return None if found is None else _is_on(found)


def _is_on(element: Any) -> bool:
    return element.get(_VAL, "1") not in _OFF


def value(parent: Any, name: str) -> str | None:
    """The w:val of a child of `parent`, or None."""
    found = parent.find(W + name)
    return None if found is None else found.get(_VAL)


@dataclass(frozen=True, slots=True)
class Look:
    """Properties that styles and direct formatting add up to; None means not stated. `size` in points."""

    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    font: str | None = None
    align: str | None = None
    outline: int | None = None  # 0 = chapter, 9 = body text
    number: str | None = None
    depth: int | None = None
    struck: bool | None = None


_NO_LOOK = Look()
_FIELDS = tuple(Look.__dataclass_fields__)


@lru_cache(maxsize=4096)  # few looks in a document, added up for each of its thousands of runs
def over(upper: Look, lower: Look) -> Look:
    """`upper`, and what it leaves unsaid from `lower`."""
    return Look(*(getattr(lower, one) if getattr(upper, one) is None else getattr(upper, one) for one in _FIELDS))


def run_look(properties: Any) -> Look:
    """What a w:rPr states."""
    if properties is None or not len(properties):
        return _NO_LOOK
    bold = hidden = capitals = size = font = struck = None
    for one in properties:
        tag = one.tag
        if tag == _BOLD:
            bold = _is_on(one)
        elif tag == _SIZE:
            half_points = whole(one.get(_VAL))
            size = half_points / 2 if half_points else None
        elif tag == _FONTS:
            font = one.get(_ASCII) or one.get(_ANSI)
        elif tag == _VANISH:
            hidden = _is_on(one)
        elif tag == _CAPS:
            capitals = _is_on(one)
        elif tag in _STRIKES:
            struck = struck or _is_on(one)
    return Look(bold, size, hidden, capitals, font, struck=struck)


def paragraph_look(properties: Any) -> Look:
    """What a w:pPr states about the paragraph itself."""
    if properties is None or not len(properties):
        return _NO_LOOK
    align = outline = number = depth = None
    for one in properties:
        tag = one.tag
        if tag == _ALIGN:
            align = one.get(_VAL)
        elif tag == _OUTLINE:
            outline = whole(one.get(_VAL))
        elif tag == _NUMBERING:
            number, depth = value(one, "numId"), whole(value(one, "ilvl"))
    return Look(align=align, outline=outline, number=number, depth=depth)


@dataclass(frozen=True, slots=True)
class Style:
    """A style with everything it inherits. `level` is the heading level 1-9 or None."""

    id: str
    name: str
    look: Look
    level: int | None


class Styles:
    """The styles of a document."""

    def __init__(self, root: Any) -> None:
        self._raw: dict[str, Any] = {}
        self._done: dict[str, Style] = {}
        self.defaults, self.language, default_id = _NO_LOOK, "", ""
        if root is not None:
            for one in root.iterchildren(W + "style"):
                self._raw[one.get(W + "styleId", "")] = one
                if one.get(W + "type") == "paragraph" and one.get(W + "default", "0") not in _OFF:
                    default_id = one.get(W + "styleId", "")
            stated = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
            self.defaults = run_look(stated)
            language = None if stated is None else stated.find(W + "lang")
            self.language = "" if language is None else language.get(_VAL, "")
        self.normal = self.style(default_id)

    def style(self, style_id: str | None) -> Style:
        """The style of that id; the default paragraph style when there is none."""
        if style_id is None:
            return self.normal
        if style_id not in self._done:
            self._done[style_id] = self._resolve(style_id)
        return self._done[style_id]

    def _resolve(self, style_id: str) -> Style:
        look, name, level, seen, at = _NO_LOOK, "", None, set[str](), style_id
        while at in self._raw and at not in seen:
            seen.add(at)
            raw = self._raw[at]
            look = over(look, over(paragraph_look(raw.find(W + "pPr")), run_look(raw.find(W + "rPr"))))
            own = (value(raw, "name") or at).strip().lower()
            name = name or own
            if level is None and (found := _HEADING.match(own)):
                level = int(found[1])
            at = value(raw, "basedOn") or ""
        if look.outline is not None:
            level = look.outline + 1 if look.outline < 9 else None
        return Style(style_id, name, replace(look, outline=None), level)
