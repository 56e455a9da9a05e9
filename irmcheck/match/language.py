"""How text becomes words for the matcher: spaCy's Tokenizer on a bare Vocab, NORM = the catalogue words a form stands for.

A full `spacy.blank("id")` costs two seconds for exceptions nobody here needs. NORM is computed once per word type, so the
text is never stemmed and matching compares integers. Importing this module imports spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from itertools import combinations
from typing import Any

from spacy.attrs import NORM
from spacy.tokenizer import Tokenizer
from spacy.vocab import Vocab

from irmcheck.catalogue.phrases import Word, is_reduplication
from irmcheck.catalogue.words import Ambiguity, Reach, WordForms
from irmcheck.match.spelling import SpellingIndex

_LONG = 40  # characters; no word is longer
JOINER = "_"  # stands for a blank inside one word: di_bangun, written apart in the text
_PREFIX = re.compile(r"^([\W_])\1*")  # a run of one mark (dotted lines) is one token
_SUFFIX = re.compile(r"([\W_])\1*$")
_ENDLESS = re.compile(r"(?<!\S)\S{1000,}")
_INFIX = re.compile(r"[/(){}\[\]:;|+=&\"]|(?<=[^\W\d])[.,](?=[^\W\d])|(?<=[^\W\d])\.(?=\d)|(?<=\d)\.(?=[^\W\d])")
_PLAIN = {
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "“": '"',
    "”": '"',
    "’": "'",
    "\u00a0": " ",
    "_": " ",
    "\n": " ",
    "\t": " ",
}
_HYPHEN = re.compile(r"-(?<=[^\W\d_]-)(?=[^\W\d_])")
_APART = re.compile(r"i (?<=\b[Dd]i )(?=([^\W\d_]{3,}))")
_LEFT = re.compile(r"[^\W_]+$")
_RIGHT = re.compile(r"[^\W_]+")
_ARTIFICIAL = re.compile(r"^(?:diper|memper)|nya$|lah$")  # forms too rare to bother curators with
_NUMBER = re.compile(r"\d[\d.,]*")


_REACH_NAMES = {
    Reach.EXACT: "persis",
    Reach.INFLECTED: "bentuk berimbuhan dari",
    Reach.FAMILY: "rumpun kata",
    Reach.CAPITALS: "huruf besar",
    Reach.NUMBER: "angka",
}


class WordIndex:
    """Which catalogue words each form stands for. A key is a set of catalogue words that share some form.

    `keys_of[word]` are the keys that contain a catalogue word; `guessed` collects repaired words as they are met.
    """

    def __init__(self, words: Sequence[Word], forms: WordForms, known: Collection[str]) -> None:
        self._names: list[tuple[Word, ...]] = [()]
        self._grown: dict[tuple[int, int], int] = {}
        self.forms: dict[str, int] = {}
        self.words = list(words)
        self._forms = forms
        self.guessed: dict[str, str] = {}
        for number, word in enumerate(self.words):
            if word.reach not in (Reach.NUMBER, Reach.CAPITALS):
                self._claim(forms.forms(word.text, word.reach), number)
        self._shapes()
        self._parted = self._written_apart()
        spelled = (w.text for w in self.words if w.reach in (Reach.INFLECTED, Reach.FAMILY))
        self._spelling = SpellingIndex(spelled, known)

    def _shapes(self) -> None:
        """Keys of words known by their shape: capitals and figures, on top of what their letters stand for."""
        self._capitals: dict[str, int] = {}
        self._figures = 0
        for number, word in enumerate(self.words):
            if word.reach is Reach.CAPITALS:
                key = self._capitals.get(word.text, self.forms.get(word.text.lower(), 0))
                self._capitals[word.text] = self.grow(key, number)
            elif word.reach is Reach.NUMBER:
                self._figures = self.grow(0, number)
                for form in [form for form in self.forms if _NUMBER.fullmatch(form)]:
                    self.forms[form] = self.grow(self.forms[form], number)

    def _written_apart(self) -> dict[str, int]:
        """Keys of verbs written apart from their di where the verb alone stands for words that both together do not."""
        parted: dict[str, int] = {}
        numbers = {word: number for number, word in enumerate(self.words)}
        for joined in [form for form in self.forms if form.startswith("di")]:
            alone = self.forms.get(joined[2:])
            if alone is None:
                continue
            key = self.forms[joined]
            both = self._names[key]
            missing = [word for word in self._names[alone] if word not in both]
            for word in missing:
                key = self.grow(key, numbers[word])
            if missing:
                parted[f"di{JOINER}{joined[2:]}"] = key
        return parted

    def _claim(self, forms: Iterable[str], number: int) -> None:
        table, alone = self.forms, self.grow(0, number)
        for form in forms:
            key = table.get(form)
            table[form] = alone if key is None else self.grow(key, number)

    def grow(self, key: int, number: int) -> int:
        """The key of `key`'s words and one more."""
        grown = self._grown.get((key, number))
        if grown is None:
            grown = self._grown[key, number] = len(self._names)
            self._names.append((*self._names[key], self.words[number]))
        return grown

    def key(self, text: str) -> int:
        """The key of a word as it stands in a text; 0 if it is none of the catalogue's."""
        if capital := self._capitals.get(text) or self._capitals.get(text.removesuffix("nya")):
            return capital
        lower = text.lower()
        key = self._parted.get(lower) or self._lookup(lower.replace(JOINER, ""))
        if not key and self._figures and _NUMBER.fullmatch(lower):
            return self._figures
        if not key and (repaired := self._spelling.repair(lower)) is not None:
            self.guessed[text] = repaired
            key = self.forms[repaired]
        return key

    def _lookup(self, lower: str) -> int:
        key = self.forms.get(lower, 0)
        if not key and lower[-1:] == "2":  # embung2: handwriting's mark of the plural
            key = self.forms.get(lower[:-1], 0)
        if not key and "-" in lower:
            first, _, second = lower.partition("-")
            key = self.forms.get(first, 0) or self.forms.get(second, 0)
        return key

    def all_keys(self) -> list[tuple[int, tuple[Word, ...]]]:
        """All keys made so far and their words."""
        return [(key, words) for key, words in enumerate(self._names) if key]

    def examples(self) -> dict[int, str]:
        """A form as it may stand in a text for each key that a text can hold."""
        shapes = {key: text for text, key in self._capitals.items()}
        forms = {key: form for form, key in (*self.forms.items(), *self._parted.items())}
        return {self._figures: "7", **forms, **shapes}

    def ambiguities(self) -> tuple[Ambiguity, ...]:
        """Forms that two words of different families both reach, for curators to check (longest word named first)."""
        forms: dict[int, str] = {}
        for form, key in self.forms.items():
            if not _ARTIFICIAL.search(form):
                forms.setdefault(key, form)
        found: dict[tuple[str, str], str] = {}
        for key, form in forms.items():
            for pair in self._strangers(self._names[key]):
                found.setdefault(pair, form)
        return tuple(Ambiguity(form, first, second) for (first, second), form in found.items())

    def _strangers(self, words: tuple[Word, ...]) -> list[tuple[str, str]]:
        """Pairs of words that reach beyond themselves and are not of one family."""
        wide = sorted({w.text for w in words if w.reach in (Reach.INFLECTED, Reach.FAMILY)}, key=lambda t: (-len(t), t))
        return [(a, b) for a, b in combinations(wide, 2) if not self._related(a, b)]

    def _related(self, first: str, second: str) -> bool:
        return first in self._forms.related(second) or second in self._forms.related(first)

    def words_of(self, text: str) -> tuple[Word, ...]:
        """The catalogue words that a word of a text stands for."""
        return self._names[self.key(text)]

    def tell(self, text: str, word: Word) -> str:
        """Why a word of a text fits a catalogue word, for people."""
        lower = text.lower()
        if text in self.guessed:
            return f"{text} = {word.text} (ejaan diduga)"
        if lower == word.text.lower():
            return text
        return f"{text} = {_REACH_NAMES[word.reach]} {word.text}"

    def is_one_word(self, first: str, second: str) -> bool:
        """Whether a hyphenated pair is one word to the catalogue, else a hyphen counts as a blank."""
        return is_reduplication(first, second) or f"{first}-{second}".lower() in self.forms

    def is_written_apart(self, verb: str) -> bool:
        """Whether di + verb stands for words of the catalogue that the verb alone does not stand for."""
        joined, alone = self._names[self.forms.get("di" + verb, 0)], self._names[self.forms.get(verb, 0)]
        return not set(joined) <= set(alone)


def norm(index: WordIndex, text: str) -> str:
    """NORM of a word: its key as text, "" for words outside the catalogue. A module function so that a Vocab can be pickled."""
    key = index.key(text)
    return f"k{key}" if key else ""


def make_tokenizer(index: WordIndex) -> Any:
    """A spaCy Tokenizer on its own bare Vocab whose NORM comes from `index`."""
    vocab = Vocab(lex_attr_getters={NORM: partial(norm, index)})
    return Tokenizer(vocab, prefix_search=_PREFIX.search, suffix_search=_SUFFIX.search, infix_finditer=_INFIX.finditer)


def prepare(text: str, index: WordIndex) -> str:
    """Even out dashes, quotes and hyphens without moving any character; join "di bangun" to one word."""

    if max(map(len, text.split()), default=0) >= 1000:  # no words; cutting marks off them one by one would take for ever
        text = _ENDLESS.sub(lambda found: " " * len(found[0]), text)
    for odd, plain in _PLAIN.items():
        text = text.replace(odd, plain)
    if "-" in text:
        text = _HYPHEN.sub(partial(_hyphen, index), text)
    return _APART.sub(partial(_apart, index), text)


def _hyphen(index: WordIndex, found: re.Match[str]) -> str:
    """A hyphen inside one word stays, else it counts as a blank."""
    at = found.start()
    left, right = _LEFT.search(found.string, max(0, at - _LONG), at), _RIGHT.match(found.string, at + 1, at + _LONG)
    return "-" if left and right and index.is_one_word(left[0], right[0]) else " "


def _apart(index: WordIndex, found: re.Match[str]) -> str:
    """Join di and its verb, as careless writers part them."""
    return f"i{JOINER}" if index.is_written_apart(found[1].lower()) else found[0]
