"""Walks compiled phrases over the words of a sentence: from a rare word of the phrase (its anchor) outwards."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from irmcheck.catalogue.phrases import Linear, Pattern, Ref, Slot, Word, references, slot_words
from irmcheck.catalogue.words import Reach

_EVERYWHERE = 1 << 20  # weight of a word that every text is full of

# A slot compiled: the NORM hashes that fit it; a reference compiled: the concept's number.
CompiledElement = frozenset[int] | int


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A linear pattern ready to walk. `anchor` is the element that is looked up first."""

    elements: tuple[CompiledElement, ...]
    gaps: tuple[int, ...]
    anchor: int


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A pattern of a concept (or of its look-alikes). `phrase` is the index of the phrase it comes from.

    `before` and `after` are what must stand right beside the anchor, None where it is open; they save most walks. `sure` says
    how far left and right of the anchor the pattern reaches where these two decide it, else None. `head` is the part that is
    written first: the thing itself, the others are what it has to do with.
    """

    concept: int
    parts: tuple[Part, ...]
    phrase: int
    negative: bool
    sure: tuple[int, int] | None
    before: frozenset[int] | None
    after: frozenset[int] | None
    head: int = 0


class Hit(NamedTuple):
    """Words start..end of the sentence match a pattern; `head` is where its first part stands, if it has several."""

    start: int
    end: int
    pattern: Compiled
    head: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A concept to compile: its patterns with the index of their phrase, and whether they are look-alikes."""

    patterns: tuple[tuple[Pattern, int, bool], ...]


Spans = Mapping[int, Sequence[tuple[int, int]]]


@dataclass
class Engine:
    """Compiled patterns by anchor: `by_key[hash][level]`, and `by_concept[level][number]` for phrases of references only.

    A concept's level is one above the highest concept it refers to, so lower levels are found first.
    """

    levels: tuple[int, ...]
    referred: frozenset[int] = frozenset()  # concepts that phrases refer to; where the others stand need not be kept
    unasked: frozenset[int] = frozenset()  # concepts that serve phrases only; their hits are not told
    by_key: dict[int, dict[int, list[Compiled]]] = field(default_factory=dict)
    by_concept: list[dict[int, list[Compiled]]] = field(default_factory=list)

    def search(self, keys: Sequence[int], low: int, high: int, anchors: Sequence[int]) -> dict[int, list[Hit]]:
        """Hits by concept number among words low..high; `anchors` are the positions there that hold an anchor word."""
        found: dict[int, list[Hit]] = {}
        spans: dict[int, list[tuple[int, int]]] = {}
        waiting: list[list[tuple[int, list[Compiled]]]] = [[] for _ in self.by_concept]
        for at in anchors:
            for level, patterns in self.by_key[keys[at]].items():
                waiting[level].append((at, patterns))
        for words, by_concept in zip(waiting, self.by_concept, strict=True):
            if not words and not spans:
                continue
            raw: dict[int, list[Hit]] = {}
            for at, patterns in words:
                _try_word(patterns, keys, low, high, at, spans, raw)
            for concept in [concept for concept in spans if concept in by_concept]:
                for start, end in spans[concept]:
                    for pattern in by_concept[concept]:
                        _try(pattern, keys, low, high, start, end, spans, raw)
            for concept, hits in raw.items():
                if kept := _settle(hits):
                    if concept not in self.unasked:
                        found[concept] = kept
                    if concept in self.referred:
                        spans[concept] = [(hit.start, hit.end) for hit in kept]
        return found


def _try_word(
    patterns: Sequence[Compiled], keys: Sequence[int], low: int, high: int, at: int, spans: Spans, raw: dict[int, list[Hit]]
) -> None:
    """Try the patterns of the anchor word at a position; most fall at a look at its neighbours."""
    left = keys[at - 1] if at > low else 0
    right = keys[at + 1] if at + 1 < high else 0
    for pattern in patterns:
        if (pattern.after is not None and right not in pattern.after) or (
            pattern.before is not None and left not in pattern.before
        ):
            continue
        if pattern.sure is not None:
            raw.setdefault(pattern.concept, []).append(Hit(at + pattern.sure[0], at + pattern.sure[1], pattern))
        else:
            _try(pattern, keys, low, high, at, at + 1, spans, raw)


def _try(
    pattern: Compiled, keys: Sequence[int], low: int, high: int, start: int, end: int, spans: Spans, raw: dict[int, list[Hit]]
) -> None:
    """Add the hit of a pattern around an anchor at start..end, if there is one."""
    first = pattern.parts[0]
    left = _backward(first, keys, low, first.anchor - 1, start, spans)
    if left < 0:
        return
    right = _forward(first, keys, high, first.anchor + 1, end, spans)
    if right < 0:
        return
    places = [(left, right)]
    for part in pattern.parts[1:]:
        other = _anywhere(part, keys, low, high, spans)
        if other is None:
            return
        places.append(other)
        left, right = min(left, other[0]), max(right, other[1])
    head = places[pattern.head] if len(places) > 1 else None
    raw.setdefault(pattern.concept, []).append(Hit(left, right, pattern, head))


def _forward(part: Part, keys: Sequence[int], high: int, number: int, at: int, spans: Spans) -> int:
    """End of the match of elements number.. that begin at `at` or after the gap; -1 if they do not."""
    if number == len(part.elements):
        return at
    element = part.elements[number]
    for begin in range(at, min(at + part.gaps[number - 1] + 1, high)):
        if isinstance(element, frozenset):
            ends: Sequence[int] = (begin + 1,) if keys[begin] in element else ()
        else:
            ends = [e for s, e in spans.get(element, ()) if s == begin and e <= high]
        for end in ends:
            if (right := _forward(part, keys, high, number + 1, end, spans)) >= 0:
                return right
    return -1


def _backward(part: Part, keys: Sequence[int], low: int, number: int, at: int, spans: Spans) -> int:
    """Start of the match of elements ..number that end at `at` or before the gap; -1 if they do not."""
    if number < 0:
        return at
    element = part.elements[number]
    for end in range(at, max(at - part.gaps[number] - 1, low), -1):
        if isinstance(element, frozenset):
            starts: Sequence[int] = (end - 1,) if keys[end - 1] in element else ()
        else:
            starts = [s for s, e in spans.get(element, ()) if e == end and s >= low]
        for start in starts:
            if (left := _backward(part, keys, low, number - 1, start, spans)) >= 0:
                return left
    return -1


def _anywhere(part: Part, keys: Sequence[int], low: int, high: int, spans: Spans) -> tuple[int, int] | None:
    """First match of a part among words low..high."""
    element = part.elements[0]
    if isinstance(element, frozenset):
        begins = [(at, at + 1) for at in range(low, high) if keys[at] in element]
    else:
        begins = list(spans.get(element, ()))
    for start, end in begins:
        if (right := _forward(part, keys, high, 1, end, spans)) >= 0:
            return start, right
    return None


def _settle(hits: list[Hit]) -> list[Hit]:
    """Cancel hits that a look-alike overlaps; of hits inside one another keep the longest."""
    if len(hits) == 1:
        return [] if hits[0].pattern.negative else hits
    against = [hit for hit in hits if hit.pattern.negative]
    kept: list[Hit] = []
    for hit in sorted((h for h in hits if not h.pattern.negative), key=lambda h: (h.start - h.end, h.start)):
        if any(hit.start < other.end and other.start < hit.end for other in against):
            continue
        if any(other.start <= hit.start and hit.end <= other.end for other in kept):
            continue
        kept.append(hit)
    return sorted(kept, key=lambda h: (h.start, h.end))


class EngineBuilder:
    """Compiles concepts against a word index. `hashes[word]` are the NORM hashes of the forms a word matches."""

    def __init__(self, hashes: Mapping[Word, frozenset[int]], frequent: Collection[str] = ()) -> None:
        self._hashes = hashes
        self._frequent = frozenset(frequent)
        self._slots: dict[tuple[Word, ...], frozenset[int]] = {}

    def build(
        self, sources: Sequence[Source], levels: Sequence[int], numbers: Mapping[str, int], asked: Collection[int] | None = None
    ) -> Engine:
        """An engine of the sources. `levels[i]` is the level of source i, `numbers` the number of a concept by id.

        Of `asked` sources the hits are told (None: of all); the others are found where a phrase refers to them, else left out.
        """
        needed = _needed(sources, numbers, range(len(sources)) if asked is None else asked)
        sources = [source if number in needed else Source(()) for number, source in enumerate(sources)]
        patterns = (pattern for source in sources for pattern, _, _ in source.patterns)
        referred = frozenset(numbers[ref.concept] for ref in references(patterns))
        engine = Engine(tuple(levels), referred, frozenset() if asked is None else needed - set(asked))
        depth = max(levels, default=0) + 1
        engine.by_concept = [{} for _ in range(depth)]
        weights = self._weights(sources)
        for number, source in enumerate(sources):
            for pattern, phrase, negative in source.patterns:
                written = [self._part(p, numbers, weights) for p in pattern.parts]
                parts = tuple(sorted(written, key=_refs_last))
                self._file(_compiled(number, parts, phrase, negative, parts.index(written[0])), engine, levels[number])
        return engine

    def word_class(self, source: Source) -> frozenset[int]:
        """NORM hashes of all words of a source, for classes that only need to be present."""
        parts = (part for pattern, _, _ in source.patterns for part in pattern.parts)
        return frozenset().union(*(self._hashes[word] for part in parts for word in slot_words(part)))

    def _file(self, compiled: Compiled, engine: Engine, level: int) -> None:
        first = compiled.parts[0]
        element = first.elements[first.anchor]
        if isinstance(element, frozenset):
            for key in element:
                engine.by_key.setdefault(key, {}).setdefault(level, []).append(compiled)
        else:
            engine.by_concept[level].setdefault(element, []).append(compiled)

    def _weights(self, sources: Sequence[Source]) -> dict[Word, int]:
        """In how many patterns each word stands, and whether in nearly every text; the rarest of a phrase is its best anchor."""
        weights: dict[Word, int] = {}
        for source in sources:
            for pattern, _, _ in source.patterns:
                for part in pattern.parts:
                    for element in part.elements:
                        if isinstance(element, Slot):
                            for word in element.words:
                                weights[word] = weights.get(word, 0) + 1
        for word in weights:
            if word.reach is Reach.NUMBER or word.text in self._frequent:
                weights[word] += _EVERYWHERE
        return weights

    def _part(self, part: Linear, numbers: Mapping[str, int], weights: Mapping[Word, int]) -> Part:
        def cost(number: int) -> tuple[int, int]:
            element = part.elements[number]
            return (1 << 30, 0) if isinstance(element, Ref) else (sum(weights[w] for w in element.words), number)

        anchor = min(range(len(part.elements)), key=cost)
        return Part(tuple(self._element(e, numbers) for e in part.elements), part.gaps, anchor)

    def _element(self, element: Slot | Ref, numbers: Mapping[str, int]) -> CompiledElement:
        if isinstance(element, Ref):
            return numbers[element.concept]
        slot = self._slots.get(element.words)
        if slot is None:
            slot = self._slots[element.words] = frozenset().union(*(self._hashes[w] for w in element.words))
        return slot


def _needed(sources: Sequence[Source], numbers: Mapping[str, int], asked: Collection[int]) -> frozenset[int]:
    """The asked sources and all that their phrases refer to, at any depth."""
    needed, waiting = set(asked), list(asked)
    while waiting:
        patterns = (pattern for pattern, _, _ in sources[waiting.pop()].patterns)
        further = {numbers[ref.concept] for ref in references(patterns)} - needed
        needed |= further
        waiting += further
    return frozenset(needed)


def _compiled(concept: int, parts: tuple[Part, ...], phrase: int, negative: bool, head: int) -> Compiled:
    first = parts[0]
    beside: list[frozenset[int] | None] = []
    for number, gap in ((first.anchor - 1, first.anchor - 1), (first.anchor + 1, first.anchor)):
        element = first.elements[number] if 0 <= number < len(first.elements) and first.gaps[gap] == 0 else None
        beside.append(element if isinstance(element, frozenset) else None)
    decided = 1 + sum(one is not None for one in beside)
    sure = (-first.anchor, len(first.elements) - first.anchor) if len(parts) == 1 and len(first.elements) == decided else None
    return Compiled(concept, parts, phrase, negative, sure, beside[0], beside[1], head)


def _refs_last(part: Part) -> bool:
    return not isinstance(part.elements[part.anchor], frozenset)
