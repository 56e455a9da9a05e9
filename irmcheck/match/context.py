"""What a hit says: its place first (chapter, column), then the trigger words around it in the same sentence or cell.

Both are data (rules/lexicon/pemicu.yaml). In doubt a hit is a mention, never a commitment: an overlooked "belum ada" would
be a false all-clear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from irmcheck.catalogue.phrases import references
from irmcheck.catalogue.rules import Phrase, PhraseSet
from irmcheck.catalogue.words import Reach
from irmcheck.match.compiled import ConceptBook
from irmcheck.match.engine import EngineBuilder, Source
from irmcheck.match.place import Place, Situation, Verdict
from irmcheck.match.triggers import LACKS, Cue, Span, TriggerRule, Triggers, Words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ACTS = "kata-kerja"  # word class: verbs of doing
_EXISTS = "keberadaan"  # word class: says that something is there


class Context:
    """Compiled triggers and places. `book` holds the trigger phrases; `bind` makes them searchable."""

    def __init__(self, rules: Sequence[TriggerRule], book: ConceptBook, place: Place, places: frozenset[str]) -> None:
        self.book = book
        self.rules = rules
        self.place = place
        self.places = places

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
        return cls(rules, book, Place(data.get("tempat") or {}), frozenset(str(data.get("kata_tempat") or "").split()))

    def bind(self, builder: EngineBuilder) -> None:
        """Compile the triggers against the matcher's word index; most word classes stand in their slots already."""
        patterns = (pattern for source in self.book.sources for pattern, _, _ in source.patterns)
        wanted = {rule.id for rule in self.rules} | {ref.concept for ref in references(patterns)}
        sources = [s if name in wanted else Source(()) for name, s in zip(self.book.ids, self.book.sources, strict=True)]
        self._engine = builder.build(sources, self.book.levels, self.book.numbers)
        self._anchors = self._engine.by_key
        self.acts = builder.word_class(self.book.source(_ACTS))
        self.exists = builder.word_class(self.book.source(_EXISTS))

    def triggers(self, doc: Doc, keys: Sequence[int], low: int, high: int) -> Triggers:
        """The triggers in words low..high."""
        anchors = [at for at in range(low, high) if keys[at] in self._anchors]
        found = self._engine.search(keys, low, high, anchors) if anchors else {}
        spans = {self.book.ids[number]: [(hit.start, hit.end) for hit in hits] for number, hits in found.items()}
        return Triggers(self.rules, spans, Words(doc, low, high), self.places)


class Scene:
    """One sentence or cell: finds its triggers once, judges each hit in it."""

    def __init__(self, context: Context, doc: Doc, keys: Sequence[int], low: int, high: int, situation: Situation) -> None:
        self._place = context.place
        self._situation = situation
        self._triggers = context.triggers(doc, keys, low, high)
        self._acts = not context.acts.isdisjoint(keys[low:high])
        self._exists = next((at for at in range(low, high) if keys[at] in context.exists), high)

    def judge(self, hit: Span, head: Span | None = None, phrase: str = "") -> Verdict:
        """Stance, reason and cue of the words start..end; `phrase` is what was looked for, where it has gaps.

        Of a hit in several parts, "belum ada" between the parts speaks of its `head` (sapi lepas, belum ada *aturan*).
        """
        cue = self._triggers.cue(hit, phrase)
        if head is not None and cue.meaning not in LACKS:
            inner = self._triggers.cue(head)
            cue = inner if inner.meaning in LACKS else cue
        return self._place.verdict(self._situation, cue, self._acts, self._exists < hit[0])

    def cue(self, hit: Span) -> Cue:
        """What the trigger words alone say about the words start..end."""
        return self._triggers.cue(hit)


def _phrase_set(name: str, phrases: Any) -> PhraseSet:
    texts = str(phrases).split() if isinstance(phrases, str) else [str(p) for p in phrases]
    return PhraseSet(name, tuple(Phrase(text, "rules/lexicon/pemicu.yaml") for text in texts))
