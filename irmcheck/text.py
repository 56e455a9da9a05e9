"""Small text helpers for every room."""

from __future__ import annotations

import unicodedata

KEEP = "\n\t"


def printable(text: str) -> str:
    """`text` without control and direction characters, safe for a terminal."""
    return "".join(c for c in text if c in KEEP or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))


def fold(text: str) -> str:
    """White space folded to single blanks."""
    return " ".join(text.split())
