"""Running headers, footers and page numbers: lines that repeat at the edge of pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from irmcheck.load.lines import TextLine
from irmcheck.load.repair import clean_text

_NUMBER = re.compile(r"\d+|(?<![^\W\d_])[ivxl]+(?![^\W\d_])")
_DEEPEST = 3  # lines from an edge
_ZONE = 0.16  # of the page's height
_FEWEST = 3  # pages
_MOST_PARTS = 3  # left, middle, right; a line of more parts is a table's header


class RunningLines:
    """Finds the repeated edge lines of a document; `heights` are the pages' heights in points."""

    def __init__(self, pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> None:
        self.cut: list[set[int]] = [set() for _ in pages]  # per page, indices of lines to leave out
        self.texts: tuple[str, ...] = ()
        seen: dict[str, None] = {}
        for foot in (False, True):
            for _ in range(_DEEPEST):
                found = self._layer(pages, heights, foot)
                if not found:
                    break
                for page, index in found:
                    self.cut[page].add(index)
                    seen.setdefault(clean_text(pages[page][index].text))
        self.texts = tuple(list(seen)[:50])

    def _layer(self, pages: Sequence[Sequence[TextLine]], heights: Sequence[float], foot: bool) -> list[tuple[int, int]]:
        """The outermost remaining line of each page where it repeats at the same distance from the edge."""
        groups: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
        edges: list[float] = []
        for page, lines in enumerate(pages):
            index = self._outermost(page, lines, foot)
            if index is None:
                continue
            box = lines[index].box
            distance = heights[page] - box[3] if foot else box[1]
            edges.append(distance)
            if distance < _ZONE * heights[page] and len(lines[index].parts) <= _MOST_PARTS:
                key = _NUMBER.sub("#", clean_text(lines[index].text).lower())
                groups[key, round(distance / 12)].append((page, index))
        return [place for (key, _), places in _close(groups).items() if _repeats(key, places, pages) for place in places]

    def _outermost(self, page: int, lines: Sequence[TextLine], foot: bool) -> int | None:
        left = [index for index in range(len(lines)) if index not in self.cut[page]]
        if not left:
            return None
        return max(left, key=lambda at: lines[at].box[3]) if foot else min(left, key=lambda at: lines[at].box[1])


def _close(groups: dict[tuple[str, int], list[tuple[int, int]]]) -> dict[tuple[str, int], list[tuple[int, int]]]:
    """Groups of one text whose distances fell into neighbouring steps, joined."""
    joined: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for key in sorted(groups):
        below = (key[0], key[1] - 1)
        if below in joined:
            joined[key] = joined.pop(below) + groups[key]
        else:
            joined[key] = groups[key]
    return joined


def _repeats(key: str, places: Sequence[tuple[int, int]], pages: Sequence[Sequence[TextLine]]) -> bool:
    if len(places) >= _FEWEST:
        return True
    if "#" not in key or len(places) < 2:
        return False
    # Two pages are enough for a number that counts them.
    (one, first), (other, second) = sorted(places)[:2]
    before, after = (re.findall(r"\d+", pages[page][index].text) for page, index in ((one, first), (other, second)))
    return any(int(b) - int(a) == other - one for a, b in zip(before, after, strict=False) if len(a) < 5 > len(b))
