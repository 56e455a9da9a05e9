"""What Word's styles say about a paragraph or run: heading level, numbering, bold, size, hidden, centred."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_HEADING = re.compile(r"(?:heading|judul)\s*([1-9])$")
_OFF = frozenset(("0", "false", "off", "none"))


def on(parent: Any, name: str) -> bool | None:
    """A Word on/off property of `parent`: True, False, or None when it is not stated."""
    found = parent.find(W + name)
    return None if found is None else found.get(_VAL, "1") not in _OFF


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


_NO_LOOK = Look()
_FIELDS = tuple(Look.__dataclass_fields__)


def over(upper: Look, lower: Look) -> Look:
    """`upper`, and what it leaves unsaid from `lower`."""
    if upper is _NO_LOOK:
        return lower
    if lower is _NO_LOOK:
        return upper
    return Look(*(getattr(lower, one) if getattr(upper, one) is None else getattr(upper, one) for one in _FIELDS))


def run_look(properties: Any) -> Look:
    """What a w:rPr states."""
    if properties is None or not len(properties):
        return _NO_LOOK
    size, fonts = value(properties, "sz"), properties.find(W + "rFonts")
    return Look(
        bold=on(properties, "b"),
        size=int(size) / 2 if size and size.isdecimal() else None,
        hidden=on(properties, "vanish"),
        capitals=on(properties, "caps"),
        font=None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi"),
    )


def paragraph_look(properties: Any) -> Look:
    """What a w:pPr states about the paragraph itself."""
    if properties is None or not len(properties):
        return _NO_LOOK
    outline, numbering = value(properties, "outlineLvl"), properties.find(W + "numPr")
    depth = None if numbering is None else value(numbering, "ilvl")
    return Look(
        align=value(properties, "jc"),
        outline=int(outline) if outline and outline.isdecimal() else None,
        number=None if numbering is None else value(numbering, "numId"),
        depth=int(depth) if depth and depth.isdecimal() else None,
    )


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
