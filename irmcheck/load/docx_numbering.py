"""The numbers and bullets that Word computes for paragraphs from numbering.xml; they stand nowhere in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from irmcheck.load.docx_styles import W, on, value
from irmcheck.load.docx_symbols import bullet
from irmcheck.load.ooxml import whole

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def roman(number: int) -> str:
    """Lower-case Roman numeral of 1-3999; plain digits otherwise."""
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for size, letters in _ROMAN:
        while number >= size:
            text += letters
            number -= size
    return text


def letter(number: int) -> str:
    """a, b ... z, aa, bb ... as Word counts."""
    if not 0 < number <= 780:
        return str(number)
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def numeral(number: int, style: str) -> str:
    """A counter in one of Word's number formats; formats of other scripts fall back to digits."""
    if style in ("none", "bullet"):
        return ""
    if style == "decimalZero":
        return f"{number:02d}"
    if style in ("upperRoman", "lowerRoman"):
        return roman(number).upper() if style == "upperRoman" else roman(number)
    if style in ("upperLetter", "lowerLetter"):
        return letter(number).upper() if style == "upperLetter" else letter(number)
    return str(number)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbered list; `restart` is the level (1-based) after which it starts anew, 0 never, None any."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    digits: bool = False  # all places printed as digits ("isLgl")


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)  # start numbers not used yet


class Numbering:
    """Counts through a document: ask for each numbered paragraph in reading order."""

    def __init__(self, root: Any) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self.by_style: dict[str, int] = {}  # styleId -> level for lists tied to heading styles
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        style_links: dict[str, str] = {}  # name of a list style -> abstract list that defines it
        borrowed: dict[str, str] = {}
        for one in root.iterchildren(W + "abstractNum"):
            key = one.get(W + "abstractNumId", "")
            self._abstract[key] = {depth: level for raw in one.iterchildren(W + "lvl") for depth, level in self._level(raw)}
            if defined := value(one, "styleLink"):
                style_links[defined] = key
            if wanted := value(one, "numStyleLink"):
                borrowed[key] = wanted
        for key, wanted in borrowed.items():
            self._abstract[key] = self._abstract.get(style_links.get(wanted, ""), {})
        for one in root.iterchildren(W + "num"):
            key = value(one, "abstractNumId") or ""
            found = _List(key, dict(self._abstract.get(key, {})))
            for override in one.iterchildren(W + "lvlOverride"):
                depth = _whole(override.get(W + "ilvl"), 0)
                raw = override.find(W + "lvl")
                if raw is not None:
                    found.levels.update(self._level(raw))
                if (start := value(override, "startOverride")) is not None:
                    found.restarts[depth] = _whole(start, 1)
            self._lists[one.get(W + "numId", "")] = found

    def _level(self, raw: Any) -> list[tuple[int, Level]]:
        depth = _whole(raw.get(W + "ilvl"), 0)
        if tied := value(raw, "pStyle"):
            self.by_style[tied] = depth
        style = value(raw, "numFmt") or "decimal"
        text = value(raw, "lvlText") or ""
        if style == "bullet":
            fonts = raw.find(f"{W}rPr/{W}rFonts")
            text = bullet(text, "" if fonts is None else fonts.get(W + "ascii") or "")
        restart = value(raw, "lvlRestart")
        start = _whole(value(raw, "start"), 0 if value(raw, "start") is None else 1)
        return [(depth, Level(start, style, text, None if restart is None else _whole(restart, 0), bool(on(raw, "isLgl"))))]

    def next(self, list_id: str, depth: int) -> str | None:
        """The number or bullet of the next paragraph of that list at that level; None when there is no such list."""
        found = self._lists.get(list_id)
        if found is None or depth not in found.levels:
            return None
        counters = self._counters.setdefault(found.abstract, {})
        level = found.levels[depth]
        if depth in found.restarts:
            counters[depth] = found.restarts.pop(depth)
        else:
            counters[depth] = counters[depth] + 1 if depth in counters else level.start
        for deeper in [one for one in counters if one > depth]:
            restart = found.levels.get(deeper, level).restart
            if restart is None or depth < restart:
                del counters[deeper]
        if level.style == "bullet":
            return level.text

        def put(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            at = found.levels.get(place, Level())
            shown = replace(at, style="decimal") if level.digits else at
            return numeral(counters.setdefault(place, at.start), shown.style)

        return _PLACE.sub(put, level.text).strip()


def _whole(text: str | None, default: int) -> int:
    number = whole(text)
    return default if number is None else number
