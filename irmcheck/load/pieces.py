"""Typed line breaks: where one ends an item, the pieces stay apart; where it only wraps a line, they are joined."""

from __future__ import annotations

import re

from irmcheck.load.repair import join_lines

# A piece that opens like a list item: "1.", "2)", "a.", "(3)", "-", a bullet, a tick.
_ITEM = re.compile(r"\s*(?:\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)](?=\s|\t|$)|[-–•✓✗*·○●▪➢](?=\s|\w))")
_CLOSED = (".", ";", ":", "!", "?")


def gather(pieces: list[str]) -> list[str]:
    """Join the lines of one paragraph or cell to items; empty lines part items, too.

    A line starts a new item when it opens like a list item or the line before it ends a sentence or clause.
    """
    items: list[str] = []
    fresh = True
    for piece in pieces:
        if not piece.strip():
            fresh = True
            continue
        if fresh or _ITEM.match(piece) or items[-1].rstrip().endswith(_CLOSED):
            items.append(piece)
        else:
            items[-1] = join_lines((items[-1].rstrip(), piece.lstrip()))[0]
        fresh = False
    return items
