"""Characters of Word's symbol fonts as Unicode: ticks become ✓, bullets •, boxes ☐."""

from __future__ import annotations

TICK, CROSS, BULLET = "✓", "✗", "•"

_WINGDINGS = dict.fromkeys((0xA8, 0x6F, 0x71, 0x72), "☐") | dict.fromkeys((0xE0, 0xE8, 0xF0), "→")
_WINGDINGS |= {0xFC: TICK, 0xFE: "☑", 0xFB: CROSS, 0xFD: "☒", 0xD8: "➢"}
_WINGDINGS2 = {0x50: TICK, 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x4F: CROSS, 0x51: "☒", 0xA3: "☐", 0x2A: "☐"}
_WEBDINGS = {0x61: TICK, 0x72: CROSS, 0x63: "☐"}
_SYMBOL = {0xD6: TICK, 0xB7: BULLET, 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB0: "°", 0xB4: "×", 0xB8: "÷"}
_SYMBOL |= {0xAE: "→", 0x2D: "-"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS2, "webdings": _WEBDINGS, "symbol": _SYMBOL}
_PRIVATE = range(0xF000, 0xF100)


def is_symbol_font(font: str | None) -> bool:
    """True for fonts whose letters are pictures."""
    return font is not None and font.lower() in _FONTS


def symbol(code: int, font: str | None) -> str:
    """The Unicode text of character `code` in a symbol font; "•" for ornaments."""
    table = _FONTS.get((font or "").lower(), _WINGDINGS)
    code = code & 0xFF if code in _PRIVATE else code
    return table.get(code) or (chr(code) if table is _SYMBOL or 0xFF < code < 0x110000 else BULLET)


def plain(text: str, font: str | None) -> str:
    """`text` of a run with symbol characters replaced, whether by its font or by private code points."""
    if is_symbol_font(font):
        return "".join(one if one.isspace() else symbol(ord(one), font) for one in text)
    if not text.isascii() and any("\uf000" <= one <= "\uf0ff" for one in text):
        return "".join(symbol(ord(one), font) if ord(one) in _PRIVATE else one for one in text)
    return text


def bullet(text: str, font: str) -> str:
    """What a bullet looks like: ✓ for ticks, otherwise "•" ("-" stays)."""
    shown = plain(text, font).strip()
    return shown if shown in (TICK, "-", "–") else BULLET
