"""The matcher: finds every concept of the catalogue in a plan's passages and says in which stance it stands there."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from spacy.attrs import LENGTH, NORM, ORTH, SPACY
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from irmcheck.catalogue.phrases import Word, parse, slot_words
from irmcheck.catalogue.rules import PhraseSet
from irmcheck.catalogue.words import Ambiguity, WordForms
from irmcheck.collecting import no_collecting
from irmcheck.errors import CatalogueError
from irmcheck.match.compiled import ConceptBook
from irmcheck.match.context import Context, Scene
from irmcheck.match.engine import Engine, EngineBuilder, Hit
from irmcheck.match.language import WordIndex, make_tokenizer, prepare
from irmcheck.match.nomenclature import Nomenclature
from irmcheck.match.place import Situation, Verdict
from irmcheck.match.sentences import Abbreviations, sentences
from irmcheck.match.triggers import Span
from irmcheck.model import Match, Passage, Place, Plan, Section, SectionKind, TableKind

_BATCH = 200_000  # characters tokenised at once, so that memory does not grow with the plan
_LONGEST = 600  # words; a longer "sentence" is a table that lost its lines and is cut
_PARTED = frozenset("&[")  # marks of a phrase whose parts may bring words of absence of their own
_FREQUENT = 3  # a misspelling that stands this often in a plan is a word of its own


class Matcher:
    """Compiled catalogue. Make it with `compile_matcher`; it may be used for any number of plans."""

    def __init__(
        self,
        book: ConceptBook,
        context: Context,
        forms: WordForms,
        known: frozenset[str],
        abbreviations: Abbreviations,
        asked: Collection[str] | None,
        frequent: Collection[str],
        nomenclature: Nomenclature,
    ) -> None:
        words = list(dict.fromkeys((*book.words(), *context.book.words())))
        self._book = book
        self._abbreviations = abbreviations
        self._nomenclature = nomenclature
        self._context = context
        self._index = WordIndex(words, forms, known)
        self._tokenizer = make_tokenizer(self._index)
        hashes = self._hashes()
        builder = EngineBuilder(hashes, frequent)
        wanted = None if asked is None else {book.numbers[one] for one in asked if one in book.numbers}
        self._engine = builder.build(book.sources, book.levels, book.numbers, wanted)
        context.bind(builder)
        self._anchors = self._anchor_matcher(self._engine)

    def find(self, passages: Sequence[Passage], sections: Sequence[Section]) -> tuple[Match, ...]:
        """Every hit of every concept in the passages, in reading order."""
        matches: list[Match] = []
        counts: Counter[str] = Counter()
        with no_collecting():
            for first, group in _batches(passages):
                matches += self._find_batch(first, group, sections, counts)
        return tuple(m for m in matches if not m.guessed or not self._is_frequent(m, passages, counts))

    def find_in_text(
        self, text: str, kind: SectionKind = SectionKind.UNKNOWN, role: str = "", passage_kind: str = "prose"
    ) -> tuple[Match, ...]:
        """Hits in a single text, as if it stood in a chapter of this kind (and in a matrix column of this role)."""
        table = TableKind.MATRIX if role else None
        passage = Passage(text, "cell" if role else passage_kind, 0, Place(), role=role, table_kind=table)
        return self.find((passage,), (Section("", kind, 1, (0, 1)),))

    def ambiguities(self) -> tuple[Ambiguity, ...]:
        """Word forms that two unrelated words of the catalogue both reach, for `rules lint`."""
        return self._index.ambiguities()

    def why(self, words: str, phrase: str) -> tuple[str, ...]:
        """For each matched word that the phrase asks for: the word of the phrase and how far it reaches."""
        wanted = {word for pattern in parse(phrase) for part in pattern.parts for word in slot_words(part)}
        out: list[str] = []
        for token in self._tokenizer(prepare(words, self._index)):
            out += [self._index.tell(token.text, word) for word in self._index.words_of(token.text) if word in wanted]
        return tuple(out)

    def trigger(self, text: str, match: Match) -> str:
        """The trigger words that gave a match of this text its cue, "" for none."""
        doc = self._tokenizer(prepare(text, self._index))
        keys = _Words(doc).keys
        hit = doc.char_span(match.start, match.end, alignment_mode="expand")
        around = doc.char_span(*match.sentence, alignment_mode="expand")
        scene = Scene(self._context, doc, keys, around.start, around.end, Situation(SectionKind.UNKNOWN))
        words = scene.cue((hit.start, hit.end)).words
        return str(doc[words[0] : words[1]]) if words else ""

    def doc(self, text: str) -> Doc:
        """The text as a spaCy Doc with the hits in `doc.spans["irm"]`, label = concept (words are the catalogue's NORM)."""
        words = _Words(self._tokenizer(prepare(text, self._index)))
        doc = words.doc
        spans = [
            SpacySpan(doc, hit.start, hit.end, label=self._book.ids[number])
            for _, low, high, anchors in self._sentences(words, sentences(text, self._abbreviations))
            for number, hits in self._engine.search(words.keys, low, high, anchors).items()
            for hit in hits
        ]
        doc.spans["irm"] = spans
        return doc

    def _find_batch(
        self, first: int, passages: Sequence[Passage], sections: Sequence[Section], counts: Counter[str]
    ) -> list[Match]:
        bases, bounds, owners = _layout(passages, self._abbreviations)
        text = _Words(self._tokenizer(prepare(" ".join(map(self._own_words, passages)), self._index)), self._index.guessed)
        counts.update(text.doc[at].text.lower() for at in text.guessed)
        matches: list[Match] = []
        for number, low, high, anchors in self._sentences(text, bounds):
            found = self._engine.search(text.keys, low, high, anchors)
            if not found:
                continue
            owner = owners[number]
            passage, base = passages[owner], bases[owner]
            kind = sections[passage.section].kind if 0 <= passage.section < len(sections) else SectionKind.UNKNOWN
            scene = Scene(self._context, text.doc, text.keys, low, high, Situation.of(passage, kind))
            sentence = (bounds[number][0] - base, bounds[number][1] - base)
            asked = [(concept, hit, self._judged(hit, concept)) for concept, hits in found.items() for hit in hits]
            verdicts = {key: scene.judge(*key) for key in {key for *_, key in asked}}  # many concepts share a span
            matches += [self._match(first + owner, base, sentence, c, hit, verdicts[key], text) for c, hit, key in asked]
        return matches

    def _own_words(self, passage: Passage) -> str:
        return self._nomenclature.own_words(passage.text) if passage.kind == "cell" else passage.text

    def _judged(self, hit: Hit, concept: int) -> tuple[Span, Span | None, str]:
        """What decides the stance of a hit: its words, its head, and its phrase where that leaves gaps within one part."""
        phrase = self._book.phrases[concept][hit.pattern.phrase].text
        return (hit.start, hit.end), hit.head, phrase if ".." in phrase and _PARTED.isdisjoint(phrase) else ""

    def _match(self, passage: int, base: int, sentence: Span, concept: int, hit: Hit, verdict: Verdict, text: _Words) -> Match:
        return Match(
            concept=self._book.ids[concept],
            passage=passage,
            start=text.starts[hit.start] - base,
            end=text.ends[hit.end - 1] - base,
            sentence=sentence,
            stance=verdict.stance,
            reason=verdict.reason,
            phrase=self._book.phrases[concept][hit.pattern.phrase].text,
            guessed=not text.guessed.isdisjoint(range(hit.start, hit.end)),
            cue=verdict.cue,
        )

    def _is_frequent(self, match: Match, passages: Sequence[Passage], counts: Counter[str]) -> bool:
        """Whether a guessed word of the match is so frequent that it cannot be a slip."""
        words = self._tokenizer(prepare(passages[match.passage].text[match.start : match.end], self._index))
        return any(counts[word.text.lower()] >= _FREQUENT for word in words)

    def _sentences(self, text: _Words, bounds: Sequence[Span]) -> Iterator[tuple[int, int, int, list[int]]]:
        """Sentences that hold anchors: (number in `bounds`, first word, end word, positions of anchors)."""
        edges = [*text.words_at([start for start, _ in bounds]), len(text.keys)]
        grouped: dict[int, list[int]] = {}
        for _, at, _ in self._anchors(text.doc):
            grouped.setdefault(bisect_right(edges, at) - 1, []).append(at)
        for number, anchors in sorted(grouped.items()):
            low, high = edges[number], edges[number + 1]
            for cut in range(low, high, _LONGEST):
                inside = [at for at in anchors if cut <= at < cut + _LONGEST] if high - low > _LONGEST else anchors
                if inside:
                    yield number, cut, min(high, cut + _LONGEST), sorted(inside)

    def _hashes(self) -> dict[Word, frozenset[int]]:
        """NORM hashes of the keys that hold each catalogue word."""
        strings = self._tokenizer.vocab.strings
        out: dict[Word, set[int]] = {word: set() for word in self._index.words}
        for key, words in self._index.all_keys():
            norm = strings.add(f"k{key}")
            for word in words:
                out[word].add(norm)
        return {word: frozenset(keys) for word, keys in out.items()}

    def _anchor_matcher(self, engine: Engine) -> PhraseMatcher:
        """One PhraseMatcher on NORM with every anchor word."""
        vocab = self._tokenizer.vocab
        matcher = PhraseMatcher(vocab, attr="NORM")
        wanted = engine.by_key
        for key, example in self._index.examples().items():
            if vocab.strings.add(f"k{key}") in wanted:
                matcher.add(f"k{key}", [Doc(vocab, words=[example])])
        return matcher


def compile_matcher(
    concepts: Mapping[str, PhraseSet], lexicon: Mapping[str, Any], asked: Collection[str] | None = None
) -> Matcher:
    """Compile all phrases. Of `lexicon` (raw mappings of rules/lexicon/*.yaml) "ejaan", "pemicu", "singkatan" and
    "nomenklatur" are read.

    Only hits of the concepts `asked` for are told (None: of all); the others serve the phrases that refer to them.

    Raises:
        CatalogueError: phrases or triggers have faults; the message lists all of them with file, line and column.
    """
    spelling = lexicon.get("ejaan") or {}
    book = ConceptBook(concepts)
    context = Context.from_lexicon(lexicon.get("pemicu") or {})
    if faults := [*book.faults, *context.book.faults]:
        raise CatalogueError("\n".join(faults))
    known = frozenset(str(spelling.get("kata_umum", "")).split())
    abbreviations = Abbreviations.from_lexicon(lexicon.get("singkatan") or {})
    frequent = str(spelling.get("kata_sering", "")).split()
    names = Nomenclature.from_lexicon(lexicon.get("nomenklatur") or {})
    return Matcher(book, context, WordForms.from_lexicon(spelling), known, abbreviations, asked, frequent, names)


def find_matches(plan: Plan, matcher: Matcher) -> tuple[Match, ...]:
    """Every hit in a plan's passages."""
    return matcher.find(plan.passages, plan.sections)


def _batches(passages: Sequence[Passage]) -> Iterator[tuple[int, Sequence[Passage]]]:
    first, size = 0, 0
    for number, passage in enumerate(passages):
        if size and size + len(passage.text) > _BATCH:
            yield first, passages[first:number]
            first, size = number, 0
        size += len(passage.text) + 1
    if first < len(passages):
        yield first, passages[first:]


def _layout(passages: Sequence[Passage], abbreviations: Abbreviations) -> tuple[list[int], list[Span], list[int]]:
    """Where each passage begins in the joined text, the sentences' offsets there, and the passage of each sentence."""
    bases: list[int] = []
    bounds: list[Span] = []
    owners: list[int] = []
    base = 0
    for number, passage in enumerate(passages):
        text = passage.text
        inner = [(0, len(text))] if passage.kind == "cell" else sentences(text, abbreviations)
        for start, end in inner:
            bounds.append((base + start, base + end))
            owners.append(number)
        bases.append(base)
        base += len(text) + 1
    return bases, bounds, owners


class _Words:
    """A tokenised text: NORM hashes and offsets of its words as plain lists, and where spelling was repaired."""

    def __init__(self, doc: Doc, guessed: Collection[str] = ()) -> None:
        columns = doc.to_array([NORM, LENGTH, SPACY, ORTH]).reshape(-1, 4)
        self.doc = doc
        self.keys: list[int] = columns[:, 0].tolist()
        widths = columns[:, 1:3].sum(axis=1)
        self._starts = widths.cumsum() - widths
        self.starts: list[int] = self._starts.tolist()
        self.ends: list[int] = (self._starts + columns[:, 1]).tolist()
        odd = {doc.vocab.strings[word] for word in guessed}
        self.guessed = {at for at, word in enumerate(columns[:, 3].tolist()) if word in odd} if odd else set()

    def words_at(self, offsets: Sequence[int]) -> list[int]:
        """The first word at or after each offset."""
        found: list[int] = self._starts.searchsorted(offsets).tolist()
        return found
