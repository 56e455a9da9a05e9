"""Lines to paragraphs: what belongs together on a page, and over a page break."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from irmcheck.load.lines import TextLine
from irmcheck.load.repair import clean_text

_MARKER = re.compile(
    # Bullets, also as symbol fonts code them and as the letters that stand for their signs.
    r"(?:[•▪●■○➢❖✓☐→◦\uf000-\uf0ff]\s*|[*–—»§ØüovqÿŸ-]\s+"
    r"|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s+|\(\d{1,2}\)\s*|\d{1,2}(?:\.\d{1,2}){1,4}\.?\s+)(?=\S)"
)
_LABEL = re.compile(r"\S.{0,28}?\s?:\s+(?=\S)")
_LEADER = re.compile(r"(?:\.{5,}|…{2,}|(?:\. ){4,})\s*\w{0,6}$")
_WORD = re.compile(r"\S+")
_NARROW = 150.0  # points; what is narrower shows nothing about where its lines are full
_ENDED = (".", ":", ";", "!", "?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make one paragraph, from the top down. `right` is the right margin of its column in points."""

    lines: tuple[TextLine, ...]
    right: float
    left: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The box around all lines."""
        boxes = [line.box for line in self.lines]
        return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))

    @property
    def marked(self) -> bool:
        """True when it begins with a bullet or a number."""
        return bool(_MARKER.match(clean_text(self.lines[0].text)))

    @property
    def centred(self) -> bool:
        """True when every line has the same, noticeable room on both sides."""
        if self.marked:
            return False
        for line in self.lines:
            before, after = line.box[0] - self.left, self.right - line.box[2]
            if abs(before - after) > 0.12 * (self.right - self.left) or min(before, after) < 0.06 * (self.right - self.left):
                return False
        return True


def is_marker(text: str) -> bool:
    """True when the text is nothing but a bullet or a number that opens a list item."""
    found = _MARKER.match(text + " x")
    return found is not None and found.end() == len(text) + 1


def leading(pages: Iterable[Sequence[TextLine]]) -> float:
    """The commonest distance of baselines in a document, as a multiple of the font size."""
    seen: Counter[float] = Counter()
    for lines in pages:
        for above, below in pairwise(lines):
            if above.size and 0.8 < (step := (below.base - above.base) / above.size) < 2.6:
                seen[round(step, 2)] += 1
    return max(seen, key=lambda step: (seen[step], -step)) if seen else 1.2


def right_margins(pages: Iterable[tuple[float, Sequence[TextLine]]]) -> dict[int, float]:
    """For each page width (rounded) where most lines end; `pages` gives width and lines of each page."""
    ends: dict[int, Counter[int]] = defaultdict(Counter)
    for width, lines in pages:
        ends[round(width)].update(round(line.box[2] / 2) for line in lines if line.box[2] > 0.6 * width)
    return {width: max(seen, key=lambda end: (seen[end], end)) * 2.0 for width, seen in ends.items() if seen}


def _margins(lines: Sequence[TextLine], usual: float) -> tuple[float, float]:
    """The left and right margin of a column of lines: where most long lines end, or `usual` where too few do."""
    lefts, rights = sorted(line.box[0] for line in lines), sorted(line.box[2] for line in lines)
    widest = rights[-1] - lefts[0]
    ends = Counter(round(line.box[2] / 2) for line in lines if line.box[2] > lefts[0] + 0.6 * widest)
    common, count = ends.most_common(1)[0]
    right = common * 2.0 if count >= 3 else max(rights[-1], usual)
    # A justified column ends sharply; ragged ones end at their longest line.
    return lefts[0], right if sum(x > right + 3 for x in rights) <= 0.1 * len(rights) else rights[-1]


def paragraphs(lines: Sequence[TextLine], step: float, usual: float = 0.0) -> list[Paragraph]:
    """Group the lines of one column. `step` is the document's usual leading, `usual` its right margin (0: not known)."""
    if not lines:
        return []
    left, right = _margins(lines, usual)
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, right, step):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Paragraph(tuple(group), right, left) for group in groups]


def _continues(group: list[TextLine], line: TextLine, right: float, step: float) -> bool:
    above = group[-1]
    size = above.size or above.box[3] - above.box[1]
    usual = group[-1].base - group[-2].base if len(group) > 1 else max(step, 1.0) * size
    distance = line.base - above.base
    if not 0 < distance <= usual * (1.12 if len(group) > 1 else 1.25) + 1.0:
        return False
    if abs(line.size - above.size) > 0.9 or (line.bold != above.bold and len(group) == 1):
        return False
    if len(line.parts) > 1 or _room(above, line, right) or _LEADER.search(above.text):
        return False
    if _MARKER.match(line.text) and not _inline(group, line, size):
        return False
    return _indent_fits(group, line, size)


def _inline(group: list[TextLine], line: TextLine, size: float) -> bool:
    """True when a number at the start of a line counts within a running sentence rather than opening a list item."""
    first, above = group[0], group[-1]
    if above.text.rstrip().endswith(":") or abs(line.box[0] - above.box[0]) > 0.6 * size:
        return False
    return len(group) > 1 and (abs(first.box[0] - above.box[0]) > 0.6 * size or not _MARKER.match(first.text))


def _indent_fits(group: list[TextLine], line: TextLine, size: float) -> bool:
    """Continuation lines stand under one another; under a first line they may hang right (lists) or lie left (indent)."""
    if len(group) > 1:
        return abs(line.box[0] - group[-1].box[0]) < 0.6 * size or _middle(line, group[-1])
    first = group[0]
    if any(abs(line.box[0] - stop) < 2.5 * size for stop in _stops(first)):
        return True
    return line.box[0] < first.box[0] + 0.6 * size or _middle(line, first)


def _stops(line: TextLine) -> list[float]:
    """Where continuation lines may hang: under its last tab part, or under what follows its label or its marker."""
    stops = [line.parts[-1][0]] if len(line.parts) > 1 else []
    letter = (line.box[2] - line.box[0]) / max(len(line.text), 1)
    end = 0
    for opening in (_LABEL, _MARKER):
        if found := opening.match(line.text, end):
            end = found.end()
            stops.append(line.box[0] + letter * end)
    return stops


def _middle(one: TextLine, other: TextLine) -> bool:
    return abs(one.box[0] + one.box[2] - other.box[0] - other.box[2]) < 6.0


def _room(above: TextLine, line: TextLine, right: float) -> bool:
    """True when the first word of `line` would have fitted at the end of the line above: a paragraph ended there."""
    word = _WORD.match(line.text)
    letter = (line.box[2] - line.box[0]) / max(len(line.text), 1)
    needed = letter * (len(word[0]) + 1 if word else 1)
    return right - above.box[2] > needed * 1.05 + 1.0


def runs_on(last: Paragraph, first: Paragraph) -> bool:
    """True when a paragraph at the foot of a page surely goes on in the one at the head of the next."""
    above, line = last.lines[-1], first.lines[0]
    if abs(line.size - above.size) > 0.5 or line.bold != above.bold or len(line.parts) > 1 or first.marked or last.centred:
        return False
    if len(above.parts) > 1 or abs((last.right - last.left) - (first.right - first.left)) > 0.25 * (last.right - last.left):
        return False
    width = last.right - last.left
    if _room(above, line, last.right) or width < _NARROW or above.box[2] - above.box[0] < 0.6 * width:
        return False
    text = above.text.rstrip()
    body = last.lines[-1].box[0] if len(last.lines) > 1 else None
    aligned = body is None or abs(line.box[0] - body) < 2.0
    if text.endswith(_ENDED) and not line.text[:1].islower():
        return len(last.lines) > 1 and aligned and abs(last.right - above.box[2]) < 2.0
    return aligned or line.text[:1].islower()


def merged(last: Paragraph, first: Paragraph) -> Paragraph:
    """The two as one paragraph."""
    return replace(last, lines=last.lines + first.lines)
