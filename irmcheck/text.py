"""Small text helpers for every room."""

from __future__ import annotations

import unicodedata

KEEP = "\n\t"
NONE = "\ufffe\uffff"  # no characters at all, and not allowed in XML


def printable(text: str) -> str:
    """`text` without control and direction characters and what XML forbids: safe for a terminal and for every report."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in KEEP or (unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs") and c not in NONE))


def fold(text: str) -> str:
    """White space folded to single blanks."""
    return " ".join(text.split())
