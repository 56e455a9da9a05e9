"""Running headers, footers and page numbers: lines that repeat, or count the pages, beyond the body of the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from irmcheck.load.lines import TextLine
from irmcheck.load.repair import clean_text

_NUMBER = re.compile(r"\d+|(?<![^\W\d_])[ivxl]+(?![^\W\d_])")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_LAYERS = 3  # lines from an edge
_ZONE = 0.14  # of the page's height, for repeated words
_NUMBER_ZONE = 0.22  # for a number that counts the pages, as below a letterhead
_FEWEST = 3  # pages on which the same words must stand; two are enough for a number that counts them
_MOST_PARTS = 3  # left, middle, right; a line of more parts is a table's header
_KEPT = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as this module sees it: its lines, its other items' (top, bottom) edges, and its height, in points."""

    lines: Sequence[TextLine]
    others: Sequence[tuple[float, float]]
    height: float


@dataclass(frozen=True, slots=True)
class _Edge:
    """The line of a page that is nearest to an edge, `distance` points from it, and the gap to what comes next."""

    page: int
    index: int
    distance: float
    gap: float


def running_lines(sheets: Sequence[Sheet]) -> tuple[list[set[int]], tuple[str, ...]]:
    """For each page the indices of its running lines, and their texts, of those that differ in numbers only the first."""
    cut: list[set[int]] = [set() for _ in sheets]
    texts: dict[str, str] = {}
    usual = Counter(line.size for sheet in sheets for line in sheet.lines if line.size)
    body = max(usual, key=lambda size: usual[size]) if usual else 0.0
    for foot in (False, True):
        for _ in range(_LAYERS):
            edges = [edge for page, sheet in enumerate(sheets) if (edge := _outermost(page, sheet, cut[page], foot))]
            found = _running(edges, sheets, body)
            for edge in found:
                cut[edge.page].add(edge.index)
                text = clean_text(sheets[edge.page].lines[edge.index].text)
                texts.setdefault(_NUMBER.sub("#", text), text)
            if not found:
                break
    return cut, tuple(texts.values())[:_KEPT]


def _outermost(page: int, sheet: Sheet, cut: set[int], foot: bool) -> _Edge | None:
    """What is left nearest to the edge; None where that is a table or nothing."""
    spans = [
        (sheet.height - line.box[3], sheet.height - line.box[1]) if foot else (line.box[1], line.box[3]) for line in sheet.lines
    ]
    left = sorted((near, far, index) for index, (near, far) in enumerate(spans) if index not in cut)
    others = [(sheet.height - bottom, sheet.height - top) if foot else (top, bottom) for top, bottom in sheet.others]
    if not left:
        return None
    near, far, index = left[0]
    beyond = [other[0] for other in others]
    if beyond and min(beyond) < near:
        return _Edge(page, -1, min(beyond), 0.0)
    rest = [other for other, _, _ in left[1:] if other > near + 1] + beyond
    return _Edge(page, index, near, min(rest) - far if rest else sheet.height)


def _running(edges: Sequence[_Edge], sheets: Sequence[Sheet], body: float) -> list[_Edge]:
    """Edge lines that repeat or count, stand in the edge zone and lie beyond the body of the other pages."""
    groups: dict[tuple[object, ...], list[_Edge]] = defaultdict(list)
    for edge in edges:
        share = edge.distance / max(sheets[edge.page].height, 1.0)
        if edge.index < 0 or share > _NUMBER_ZONE:
            continue
        line = sheets[edge.page].lines[edge.index]
        if len(line.parts) <= _MOST_PARTS:
            for key in _keys(clean_text(line.text), edge.page):
                if share <= (_NUMBER_ZONE if key[0] == "count" else _ZONE):
                    groups[key].append(edge)
    good = [group for key, group in groups.items() if _often(key[0] == "count", group, sheets, body)]
    candidates = {(edge.page, edge.index) for group in good for edge in group}
    bodies = sorted(edge.distance for edge in edges if (edge.page, edge.index) not in candidates)
    # A cover or a full-page picture may reach further out than the text does.
    allowed = len(edges) // 20
    limit = bodies[allowed] if len(bodies) > allowed else float("inf")
    chosen: dict[tuple[int, int], _Edge] = {}
    for group in good:
        apart = sum(edge.gap > sheets[edge.page].lines[edge.index].size for edge in group) * 2 > len(group)
        if max(edge.distance for edge in group) > limit - 1.0:
            continue
        if not apart and len(bodies) > len(group) // 3:
            continue
        for edge in sorted(group, key=lambda edge: edge.page)[_titles(group, sheets, body) :]:
            chosen[edge.page, edge.index] = edge
    return list(chosen.values())


def _often(counts: bool, group: Sequence[_Edge], sheets: Sequence[Sheet], body: float) -> bool:
    """True when a group stands on enough pages. Large or bold counting lines are chapters, not page numbers."""
    line = sheets[group[0].page].lines[group[0].index]
    if counts and (line.bold or line.size > body + 1.0) and any(letter.isalpha() for letter in line.text):
        return False
    return len({edge.page for edge in group}) >= (2 if counts else _FEWEST)


def _titles(group: Sequence[_Edge], sheets: Sequence[Sheet], body: float) -> int:
    """How many of a group to leave in the text: the first of a bold or large line, which may be a title."""
    first = min(group, key=lambda edge: edge.page)
    line = sheets[first.page].lines[first.index]
    return int(line.size > body + 1.0 or line.bold) if not _NUMBER.search(line.text) else 0


def _keys(text: str, page: int) -> Iterator[tuple[object, ...]]:
    """What a running line has in common with its like: the words, or the words and a number that counts the pages."""
    words = _NUMBER.sub("#", text.lower())
    yield "same", text
    for place, found in enumerate(_NUMBER.findall(text.lower())):
        value = int(found) if found.isdigit() and len(found) < 5 else _roman(found)
        if value is not None:
            yield "count", words, place, value - page


def _roman(text: str) -> int | None:
    if not text.isalpha():
        return None
    values = [_ROMAN[letter] for letter in text]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))
