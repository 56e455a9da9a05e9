"""Text repair shared by all readers: odd characters folded, lines joined, letter-spaced capitals closed.

What stays: en and em dashes, curly quotes, superscripts and fractions (m² is a unit), so that quotes remain verbatim.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence

_PLAIN = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*")
_SPACES = re.compile(r"\s+")
# Anything outside ASCII except characters that NFKC would change in meaning or that belong in a quote as they stand.
_FOLDABLE = re.compile(r"[^\x00-\x7f¹²³ªº¼-¾⁰-₟⅐-↉–—‘’“”…™№]+")
# Letter-spaced capitals: five or more, because a few single letters may be labels of their own (L P, A B C).
_SPACED = re.compile(r"(?<!\S)(?:[A-Z]\s+){4,}[A-Z](?!\S)")
_SPACED_GAP = re.compile(r"\s{2,}")

# Symbol fonts put their glyphs into the private use area at U+F000 + code; only shapes that carry meaning are named.
_SYMBOLS = {
    0xF020: " ", 0xF04F: "✗", 0xF050: "✓", 0xF051: "☒", 0xF052: "☑", 0xF06C: "●", 0xF06E: "■", 0xF06F: "☐", 0xF071: "☐",
    0xF072: "☐", 0xF076: "❖", 0xF0A7: "▪", 0xF0A8: "☐", 0xF0B7: "•", 0xF0D6: "√", 0xF0D8: "➢", 0xF0E0: "→", 0xF0FB: "✗",
    0xF0FC: "✓", 0xF0FD: "☒", 0xF0FE: "☑", 0xF02D: "-", 0xF0A1: "○", 0xF06D: "○", 0xF0FA: "☐",
}  # fmt: skip
_TICKS = {"✔": "✓", "🗸": "✓", "✅": "✓", "✘": "✗", "🗹": "☑", "☓": "✗"}
_DASHES = dict.fromkeys("‐‑‒−﹣－", "-") | {"―": "—"}


def _character(code: int) -> str | None:
    """What a character becomes: None to drop it (controls, invisible marks, lone surrogates, non-characters)."""
    letter = chr(code)
    if letter in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85":
        return " "
    category = unicodedata.category(letter)
    dropped = category in ("Cc", "Cf", "Cs") or code & 0xFFFE == 0xFFFE
    return None if dropped else letter


class _Table(dict[int, str | None]):
    """A translation table that works out each character once."""

    def __missing__(self, code: int) -> str | None:
        self[code] = value = _character(code)
        return value


_TABLE = _Table({ord(k): v for k, v in (_TICKS | _DASHES).items()} | _SYMBOLS)


def clean_text(text: str) -> str:
    """One line of readable text: ligatures and odd dashes folded, controls dropped, white space folded and stripped.

    Symbol font ticks become "✓", symbol font blanks nothing. A soft hyphen at the end stays as "-" (a broken word).
    Letter-spaced capitals are closed; two or more blanks between them part words. Works on any string, raises nothing.
    """
    if _PLAIN.fullmatch(text):
        return _SPACED.sub(_close, text) if text.isupper() else text
    if not text.isascii() or not text.isprintable():
        if text.rstrip().endswith("\u00ad"):
            text = text.rstrip()[:-1] + "-"
        text = unicodedata.normalize("NFC", text).translate(_TABLE)
        if not text.isascii():
            text = _FOLDABLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _SPACED.sub(_close, text)
    return _SPACES.sub(" ", text).strip()


def _close(found: re.Match[str]) -> str:
    return " ".join(_SPACES.sub("", word) for word in _SPACED_GAP.split(found[0]))


_BROKEN = re.compile(r"([^\W\d_]+)-$")
_WORD = re.compile(r"[^\W\d_]+")
_AMOUNT_HEAD = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|[Rr]p\.? ?\d{1,3})\.$")
_GROUP = re.compile(r"\d{3}(?!\d)")
_LONGEST = 48  # characters; how far back a word or an amount at a line end may begin
_AMOUNT_TAIL = re.compile(r"[.,]\d{3}(?!\d)")


def join_lines(lines: Sequence[str], known: Container[str] = frozenset()) -> tuple[str, tuple[int, ...]]:
    """Join cleaned lines (empty ones add nothing) of a paragraph or cell into one line.

    Words hyphenated at a line end are joined; a hyphen that belongs (anak-anak, Undang-Undang, 2020-2026) stays, without a
    blank after it. What is among the `known` words, all in small letters, settles which it is. Returns the text and, for each
    line, the offset in it where that line starts.
    """
    text = ""
    offsets = []
    for line in lines:
        if text and line:
            if text[-1] == "-" and _is_broken(text, line, known):
                text = text[:-1]
            else:
                text += _glue(text, line)
        offsets.append(len(text))
        text += line
    return text, tuple(offsets)


def _is_broken(text: str, line: str, known: Container[str]) -> bool:
    """True when the hyphen at the end of `text` only breaks a word."""
    broken, word = _BROKEN.search(text, max(0, len(text) - _LONGEST)), _WORD.match(line)
    if not broken or not word or (not line[0].islower() and not (broken[1] + word[0]).isupper()):
        return False
    head, tail = broken[1].lower(), word[0].lower()
    if head + tail in known and head != tail:
        return True
    two_words = min(len(head), len(tail)) > 3 and head in known and tail in known
    return line[0].islower() and not two_words and not _belongs(broken[1], word[0])


def _glue(text: str, line: str) -> str:
    """What stands between a text and its next line: nothing inside "dan/atau", "2020-2026", "1.612.800.000"; else a blank."""
    last, first = text[-1], line[0]
    if last in "-/" and text[-2:-1].isalnum() and first.isalnum():
        return ""
    if last == "." and first.isdigit() and _AMOUNT_HEAD.search(text, max(0, len(text) - _LONGEST)) and _GROUP.match(line):
        return ""
    return "" if first in ".," and last.isdigit() and _AMOUNT_TAIL.match(line) else " "


def _belongs(before: str, after: str) -> bool:
    """True when a hyphen between the two is spelling, not hyphenation: repeated or rhyming words, or capitals before it."""
    head, tail = before.lower(), after.lower()
    if before.isupper() and len(before) > 1:
        return True
    if len(head) < 3:
        return False
    if len(head) > 3 and len(tail) > 3 and head[-4:] == tail[-4:]:
        return True
    # The second word repeats the end of the first: anak-anaknya, perundang-undangan.
    return any(head.endswith(tail[:shared]) for shared in range(max(3, (len(tail) + 1) // 2), len(tail) + 1))
