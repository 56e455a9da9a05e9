"""Words broken at line ends, mended by evidence: the same word stands elsewhere in the document, or is a common one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from irmcheck.load.lines import CellText
from irmcheck.load.repair import clean_text, join_lines

# Words of laws on villages and disasters and of village plans, one a line, in small letters.
_COMMON = Path(__file__).with_name("words.txt")
_MOST_PIECES = 4
# Fewer than four letters may be an ending that stands alone because a line was cut there.
_LONG = re.compile(r"[^\W\d_]{4,}")
_WORD = re.compile(r"[^\W\d_]+")
_LAST = re.compile(r"(?<![\w-])[^\W\d_]+$")
_AMOUNT = re.compile(r"(?:[Rr]p\.? ?)?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{2}|,-)?")
_DIGITS = re.compile(r"[\d.,]+")


class Vocabulary:
    """The words, in small letters, of a document that no line end can have cut, and common ones. Collected at first use."""

    def __init__(self, cells: Sequence[CellText], prose: Iterable[Sequence[str]]) -> None:
        self._cells = cells
        self._prose = prose
        self._words: set[str] | None = None

    def __contains__(self, word: object) -> bool:
        """Whether the word, in small letters, is known."""
        if self._words is None:
            self._words = set(_COMMON.read_text(encoding="utf-8").split())
            units = [*(cell.lines for cell in self._cells), *self._prose]
            # Parted at blanks only, what a line end may have cut is a piece with a line end in it.
            for piece in set(" ".join("\n".join(lines) for lines in units).split(" ")):
                if "\n" not in piece:
                    self._words.update(word.lower() for word in _LONG.findall(clean_text(piece)))
        return word in self._words


class Mender:
    """Turns the lines of cells and paragraphs into text."""

    def __init__(self, cells: Sequence[CellText], prose: Iterable[Sequence[str]]) -> None:
        self._known = Vocabulary(cells, prose)

    def cell(self, cell: str | CellText) -> str:
        """The cell's text in one line; one that is a text already stays."""
        if isinstance(cell, str):
            return cell
        if len(cell.lines) < 2:
            return clean_text(cell.lines[0]) if cell.lines else ""
        lines = [clean_text(line) for line in cell.lines]
        joined = lines[:1]
        for number in range(1, len(lines)):
            if self._broken(joined[-1], lines[number:], cell.slack[number - 1]):
                joined[-1] += lines[number]
            else:
                joined.append(lines[number])
        return self.lines(joined)[0]

    def lines(self, lines: Sequence[str]) -> tuple[str, tuple[int, ...]]:
        """Cleaned lines as one, and for each the offset where it starts."""
        return join_lines(lines, self._known)

    def _broken(self, head: str, tails: Sequence[str], slack: float) -> bool:
        """True when a line that fills its cell ends within a word, or within an amount, that the next one goes on with."""
        tail = tails[0]
        if not head or not tail:
            return False
        if (tail[0].isdigit() and head[-1].isdigit()) or (tail[0] in ".," and head[-1].isdigit()):
            digits = _DIGITS.match(tail)
            return slack < 2 and " " not in head and bool(digits and _AMOUNT.fullmatch(head + digits[0]))
        last, rest = _LAST.search(head), _WORD.match(tail)
        if not last or not rest or not (rest[0].islower() or (last[0] + rest[0]).isupper()):
            return False
        one, other = last[0].lower(), rest[0].lower()
        if slack >= len(other) + 0.5:
            return False  # the rest would have fitted beside it
        if one in self._known and other in self._known:
            return False
        if any(whole in self._known for whole in _wholes(one, tails)):
            return True
        # A word that nobody knows, alone in its line and as wide as the cell, as names are.
        return slack < 1 and last[0] == head and rest[0].islower() and one not in self._known and other not in self._known


def _wholes(one: str, tails: Sequence[str]) -> Iterator[str]:
    """The words that `one` may begin, cut once, or again at the ends of lines that hold nothing but a piece of it."""
    for tail in tails[:_MOST_PIECES]:
        rest = _WORD.match(tail)
        if not rest:
            return
        one += rest[0].lower()
        yield one
        if rest[0] != tail:
            return
