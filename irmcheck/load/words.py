"""Words broken inside narrow cells without a hyphen ("Jumla|h"), mended with the document's own vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from irmcheck.load.lines import CellText
from irmcheck.load.repair import clean_text, join_lines

_WORD = re.compile(r"[^\W\d_]+")
_AMOUNT = re.compile(r"(?:[Rr]p\.? ?)?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{2}|,-)?")
_DIGITS = re.compile(r"[\d.,]+")


class Mender:
    """Turns cells' lines into text. The vocabulary is collected only when a cell first needs it."""

    def __init__(self, cells: Sequence[CellText], prose: Iterable[str]) -> None:
        self._cells = cells
        self._prose = prose
        self._known: set[str] | None = None

    def text(self, cell: str | CellText) -> str:
        """The cell's text in one line; one that is a text already stays."""
        if isinstance(cell, str):
            return cell
        if len(cell.lines) == 1:
            return clean_text(cell.lines[0])
        lines = [clean_text(line) for line in cell.lines]
        for number in range(len(lines) - 1, 0, -1):
            if self._broken(lines[number - 1], lines[number], cell.slack[number - 1]):
                lines[number - 1] += lines.pop(number)
        return join_lines(lines)[0]

    def _broken(self, head: str, tail: str, slack: float) -> bool:
        """True when a line that is one word, and fills its cell, goes on with the rest of that word."""
        if not head or not tail or " " in head or slack >= 2:
            return False
        if (tail[0].isdigit() and head[-1].isdigit()) or (tail[0] in ".," and head[-1].isdigit()):
            digits = _DIGITS.match(tail)
            return bool(digits and _AMOUNT.fullmatch(head + digits[0]))
        rest = _WORD.match(tail)
        if not (rest and rest[0].islower() and _WORD.fullmatch(head)):
            return False
        whole, known = (head + rest[0]).lower(), self._vocabulary()
        return whole in known or (slack < 1 and head.lower() not in known)

    def _vocabulary(self) -> set[str]:
        """Words of the document that no line break can have cut."""
        if self._known is None:
            self._known = {word.lower() for text in self._prose for word in _WORD.findall(text)}
            for cell in self._cells:
                for number, line in enumerate(cell.lines):
                    words = _WORD.findall(clean_text(line))
                    cut = slice(int(number > 0), len(words) - int(number < len(cell.lines) - 1))
                    self._known.update(word.lower() for word in words[cut])
        return self._known
