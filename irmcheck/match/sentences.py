"""Cut Indonesian prose into sentences: a small regular expression, and the abbreviations of rules/lexicon/singkatan.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|;(?=\s)|\n+")
_BEFORE = re.compile(r"[^\s(\[\"'“‘]+$")
_ROMAN_OR_LETTER = re.compile(r"(?:[A-Za-z]|[IVXLC]{1,6}|\d{1,3}(?:\.\d{1,2})*)$")
_LIST_START = re.compile(r"(?:^|[\n;:.])\s*$")


class Abbreviations(NamedTuple):
    """Abbreviations written with a stop (lower case, without it): those that never end a sentence, those that may."""

    never: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()

    @classmethod
    def from_lexicon(cls, data: Mapping[str, Any]) -> Abbreviations:
        """Read the raw mapping of rules/lexicon/singkatan.yaml."""
        return cls(*(frozenset(str(data.get(key, "")).split()) for key in ("tidak_mengakhiri", "boleh_mengakhiri")))


NONE = Abbreviations()


def sentences(text: str, known: Abbreviations = NONE) -> list[tuple[int, int]]:
    """Offsets (start, end) of the sentences of a paragraph, blanks at the ends left out.

    A semicolon and a line break end a sentence too: items of a law list and lines of a letter stand for themselves.
    """
    bounds: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        if found[0][0] in ".!?…" and not _ends_here(text, start, found, known):
            continue
        _add(bounds, text, start, found.end())
        start = found.end()
    _add(bounds, text, start, len(text))
    return bounds


def _add(bounds: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if stripped := piece.strip():
        left = start + len(piece) - len(piece.lstrip())
        bounds.append((left, left + len(stripped)))


def _ends_here(text: str, start: int, found: re.Match[str], known: Abbreviations) -> bool:
    """Whether this stop ends a sentence."""
    following = text[found.end() :].lstrip()[:1]
    if following.islower():
        return False
    if not found[0].startswith(".") or len(found[0].rstrip("\"'”’)]")) > 1:
        return True
    word = _BEFORE.search(text, start, found.start())
    if word is None:
        return True
    token = word[0].lower()
    if token in known.may:
        return following.isupper() or not following.isalnum()
    if token in known.never or token.rpartition("/")[2] in known.never:
        return False
    if _ROMAN_OR_LETTER.fullmatch(word[0]):
        return _number_ends(text, start, word, following)
    return True


def _number_ends(text: str, start: int, word: re.Match[str], following: str) -> bool:
    """A figure ends a sentence (tahun 2020.) unless it opens one (1. Jalan) or is an initial or a roman numeral."""
    if not word[0][0].isdigit():
        return False
    opens = not text[start : word.start()].strip() or _LIST_START.search(text, start, word.start()) is not None
    return not opens and following.isupper()
