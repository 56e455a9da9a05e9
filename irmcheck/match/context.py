"""What a hit says: its place first (chapter, column), then the trigger words around it in the same sentence or cell.

Both are data (rules/lexicon/pemicu.yaml). In doubt a hit is a mention, never a commitment: an overlooked "belum ada" would
be a false all-clear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from irmcheck.catalogue.rules import Phrase, PhraseSet
from irmcheck.catalogue.words import Reach
from irmcheck.match.compiled import ConceptBook
from irmcheck.match.place import Place, Situation, Verdict
from irmcheck.match.triggers import Cue, Sentence, Span, TriggerRule, nearest_cue

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from irmcheck.match.engine import Engine, EngineBuilder

__all__ = ["Context", "Scene", "Situation"]


class Context:
    """Compiled triggers and places. `book` holds the trigger phrases; `bind` makes them searchable."""

    def __init__(self, rules: Sequence[TriggerRule], book: ConceptBook, place: Place) -> None:
        self.book = book
        self._rules = rules
        self._place = place
        self._engine: Engine | None = None

    @classmethod
    def from_lexicon(cls, data: Mapping[str, Any]) -> Context:
        """Read the raw mapping of pemicu.yaml."""
        sets: dict[str, PhraseSet] = {}
        rules: list[TriggerRule] = []
        inflected = data.get("kelas_kerja") or {}
        for name, phrases in {**(data.get("kelas") or {}), **inflected}.items():
            sets[name] = _phrase_set(name, phrases)
        for number, entry in enumerate(data.get("pemicu") or ()):
            rule = TriggerRule.from_yaml(f"pemicu-{number}", entry)
            sets[rule.id] = _phrase_set(rule.id, entry["frasa"])
            rules.append(rule)
        book = ConceptBook(sets, Reach.EXACT, inflected=frozenset(inflected))
        return cls(rules, book, Place(data.get("tempat") or {}))

    def bind(self, builder: EngineBuilder) -> None:
        """Compile the triggers against the matcher's word index."""
        self._engine = builder.build(self.book.sources, self.book.levels, self.book.numbers)

    def scene(self, doc: Doc, keys: Sequence[int], low: int, high: int, situation: Situation) -> Scene:
        """The triggers of one sentence, ready to judge the hits in it."""
        return Scene(self, doc, keys, low, high, situation)

    def triggers(self, keys: Sequence[int], low: int, high: int) -> dict[str, list[tuple[int, int]]]:
        """Spans of every trigger rule and word class in a sentence, by id."""
        assert self._engine is not None
        found = self._engine.search(keys, low, high, range(low, high))
        return {self.book.ids[number]: [(hit.start, hit.end) for hit in hits] for number, hits in found.items()}

    @property
    def rules(self) -> Sequence[TriggerRule]:
        """The trigger rules in the order of pemicu.yaml."""
        return self._rules

    @property
    def place(self) -> Place:
        """Where a passage stands and what that means."""
        return self._place


class Scene:
    """One sentence or cell: finds its triggers once, judges each hit in it."""

    def __init__(self, context: Context, doc: Doc, keys: Sequence[int], low: int, high: int, situation: Situation) -> None:
        self._context = context
        self._situation = situation
        spans = context.triggers(keys, low, high)
        self._sentence = Sentence([word.text for word in doc[low:high]], low, spans)

    def judge(self, hit: Span) -> Verdict:
        """Stance, reason and cue of the words start..end."""
        cue = self.cue(hit)
        spans = self._sentence.spans
        exists = any(end <= hit[0] for _, end in spans.get("keberadaan", ()))
        return self._context.place.verdict(self._situation, cue, "kata-kerja" in spans, exists)

    def cue(self, hit: Span) -> Cue:
        """What the trigger words alone say about the words start..end."""
        return nearest_cue(self._context.rules, self._sentence, hit)


def _phrase_set(name: str, phrases: Any) -> PhraseSet:
    texts = str(phrases).split() if isinstance(phrases, str) else [str(p) for p in phrases]
    return PhraseSet(name, tuple(Phrase(text, "rules/lexicon/pemicu.yaml") for text in texts))
