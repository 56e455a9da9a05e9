"""Cut Indonesian prose into sentences: a small regular expression and the abbreviations that end in a stop."""

from __future__ import annotations

import re

# A stop after one of these never ends a sentence (titles, address and law abbreviations, degrees).
_ABBREVIATIONS = frozenset(
    """no nomor rp kec kab prov kel ds dsn jl jln gg rt rw tgl pkl hlm hal bpk sdr sdri drs dra ir h hj st s.p s.h s.e s.t s.ag
    s.pd s.si s.sos s.kom s.ip s.th s.km s.kep s.hut s.pt m.si m.pd m.h m.th m.m m.a m.p a.md amd a.n u.b u.p s.d d.a d/a tn ny nn
    pt cv ud tbk ps ay th thn bln tlp telp ttd dr prof kol lt pdt rm sr fr vol art min maks kl lk sbg yg dgn utk tsb an ub sd ta
    t.a dk dkk.h k.h cq c.q q.q""".split()
)
# These may end a sentence, and do when a capital follows.
_EITHER = frozenset("dll dst dsb dkk dls ha km org kg bh kk".split())
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|;(?=\s)|\n+")
_BEFORE = re.compile(r"[^\s(\[\"'“‘]+$")
_ROMAN_OR_LETTER = re.compile(r"(?:[A-Za-z]|[IVXLC]{1,6}|\d{1,3}(?:\.\d{1,2})*)$")
_LIST_START = re.compile(r"(?:^|[\n;:.])\s*$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets (start, end) of the sentences of a paragraph, blanks at the ends left out.

    A semicolon and a line break end a sentence too: items of a law list and lines of a letter stand for themselves.
    """
    bounds: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(text):
        if found[0][0] in ".!?…" and not _ends_here(text, start, found):
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


def _ends_here(text: str, start: int, found: re.Match[str]) -> bool:
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
    if token in _EITHER:
        return following.isupper() or not following.isalnum()
    if token in _ABBREVIATIONS or token.rpartition("/")[2] in _ABBREVIATIONS:
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
