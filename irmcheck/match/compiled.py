"""Phrase sets -> engine: parse, resolve references, order by level, make word forms. All faults are told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from irmcheck.catalogue.phrases import Pattern, PhraseFault, Word, inline, parse, references, single_words, slot_words
from irmcheck.catalogue.rules import Phrase, PhraseSet
from irmcheck.catalogue.words import Reach
from irmcheck.match.engine import Source


class ConceptBook:
    """Parsed concepts, numbered in order. `faults` lists what is wrong, each with file, line and column."""

    def __init__(
        self, concepts: Mapping[str, PhraseSet], default: Reach = Reach.INFLECTED, inflected: frozenset[str] = frozenset()
    ) -> None:
        self.ids = list(concepts)
        self.numbers = {concept: number for number, concept in enumerate(self.ids)}
        self.phrases = [(*concepts[c].phrases, *concepts[c].negatives) for c in self.ids]
        self.faults: list[str] = []
        parsed = [self._parse(concepts[c], Reach.INFLECTED if c in inflected else default) for c in self.ids]
        self._check_cycles(parsed)
        self.sources = [Source(())] * len(parsed) if self.faults else self._inlined(parsed)
        self.levels = [] if self.faults else self._levels()

    def words(self) -> list[Word]:
        """Every distinct word of every phrase, in order of first use."""
        seen: dict[Word, None] = {}
        for source in self.sources:
            for pattern, _, _ in source.patterns:
                seen.update(dict.fromkeys(word for part in pattern.parts for word in slot_words(part)))
        return list(seen)

    def source(self, concept: str) -> Source:
        """The source of a concept, empty if there is none of that name."""
        return self.sources[self.numbers[concept]] if concept in self.numbers else Source(())

    def _parse(self, concept: PhraseSet, default: Reach) -> list[tuple[Pattern, int, bool]]:
        out: list[tuple[Pattern, int, bool]] = []
        count = len(concept.phrases)
        for number, phrase in enumerate((*concept.phrases, *concept.negatives)):
            try:
                patterns = parse(phrase.text, default)
            except PhraseFault as fault:
                self.faults.append(fault.at(phrase))
                continue
            self._check_references(patterns, phrase)
            out += [(pattern, number, number >= count) for pattern in patterns]
        return out

    def _check_references(self, patterns: Sequence[Pattern], phrase: Phrase) -> None:
        for ref in dict.fromkeys(references(patterns)):
            if ref.concept not in self.numbers:
                near = get_close_matches(ref.concept, self.ids, n=1)
                hint = f"; mungkin maksudnya [{near[0]}]" if near else "; tambahkan konsep itu di rules/lexicon/ atau istilah"
                fault = PhraseFault(f"konsep [{ref.concept}] tidak ada{hint}", ref.column)
                self.faults.append(fault.at(phrase))

    def _check_cycles(self, parsed: Sequence[list[tuple[Pattern, int, bool]]]) -> None:
        """Report concepts that refer to themselves, directly or round a ring."""
        needs = [_needs(patterns, self.numbers) for patterns in parsed]
        state = [0] * len(parsed)  # 0 unseen, 1 on the way, 2 done

        def visit(number: int, way: list[int]) -> None:
            state[number] = 1
            for other in needs[number]:
                if state[other] == 1:
                    ring = [*way[way.index(other) :], other] if other in way else [number, other]
                    path = " -> ".join(self.ids[n] for n in ring)
                    self.faults.append(self._ring_fault(number, path))
                elif state[other] == 0:
                    visit(other, [*way, other])
            state[number] = 2

        for number in range(len(parsed)):
            if state[number] == 0:
                visit(number, [number])

    def _ring_fault(self, number: int, path: str) -> str:
        phrase = self.phrases[number][0] if self.phrases[number] else Phrase("")
        return PhraseFault(f"konsep saling menunjuk tanpa ujung: {path}; hapus salah satu tanda [..]", 1).at(phrase)

    def _inlined(self, parsed: Sequence[list[tuple[Pattern, int, bool]]]) -> list[Source]:
        """Put the words of one-word concepts without look-alikes straight into the slots that refer to them."""
        singles: dict[str, tuple[Word, ...]] = {}
        for number, patterns in enumerate(parsed):
            if patterns and not any(negative for _, _, negative in patterns):
                words = single_words([pattern for pattern, _, _ in patterns])
                if words:
                    singles[self.ids[number]] = tuple(dict.fromkeys(words))
        return [Source(tuple((inline([p], singles)[0], n, neg) for p, n, neg in patterns)) for patterns in parsed]

    def _levels(self) -> list[int]:
        needs = [_needs(source.patterns, self.numbers) for source in self.sources]
        levels: dict[int, int] = {}

        def level(number: int) -> int:
            if number not in levels:
                levels[number] = 1 + max((level(other) for other in needs[number]), default=-1)
            return levels[number]

        return [level(number) for number in range(len(needs))]


def _needs(patterns: Iterable[tuple[Pattern, int, bool]], numbers: Mapping[str, int]) -> set[int]:
    return {numbers[ref.concept] for pattern, _, _ in patterns for ref in references([pattern]) if ref.concept in numbers}
