"""The pattern language of the catalogue: a phrase as text -> what it may look like in a plan.

A phrase is parsed and multiplied out (alternatives, optional words) into linear patterns, so that matching is a walk over
words. The language is described for authors in rules/BAHASA-POLA.md. Faults are Indonesian sentences with the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from irmcheck.catalogue.rules import Phrase
from irmcheck.catalogue.words import Reach

DEFAULT_GAP = 5
_MAX_GAP = 40
_MAX_VARIANTS = 400
_TOKEN = re.compile(
    r"\s+|(?P<gap>\.\.(?P<n>\d+)\.\.|\.\.\.|…)|(?P<mark>[()|?&#])|\[(?P<ref>[^\]\s]*)\]|(?P<word>[=~]?[^\s()|?&#\[\]=~…]+)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a phrase and how far it reaches. NUMBER has the text "#"."""

    text: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class Ref:
    """A concept used like a word."""

    concept: str
    column: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the text, any of `words`."""

    words: tuple[Word, ...]


Element = Slot | Ref


@dataclass(frozen=True, slots=True)
class Linear:
    """Elements in order; up to `gaps[i]` other words may stand between elements i and i+1."""

    elements: tuple[Element, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """All of `parts` stand in one sentence or cell, in any order (one part unless the phrase uses &)."""

    parts: tuple[Linear, ...]


class PhraseFault(ValueError):  # noqa: N818  (a fault in a text, not an error of the program)
    """A phrase cannot be read. `column` counts from 1 within the phrase; the message says what to write instead."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.column = column

    def at(self, phrase: Phrase) -> str:
        """The fault as a line for people: file, line, column, phrase, message."""
        where = f"{phrase.file or 'frasa'}:{phrase.line}:{self.column}"
        return f'{where}: pada frasa "{phrase.text}": {self.message}'


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str  # word | ref | gap | mark
    text: str
    column: int


# A sequence under construction: elements and the gap in front of each (0 = adjacent).
_Seq = tuple[tuple[Element, int], ...]


def parse(text: str, default: Reach = Reach.INFLECTED) -> tuple[Pattern, ...]:
    """Read a phrase into its patterns. `default` is the reach of an unmarked word.

    Raises:
        PhraseFault: the phrase breaks the rules of the pattern language.
    """
    reader = _Reader(list(_lexemes(text)), text, default)
    parts = reader.phrase()
    patterns = tuple(Pattern(tuple(_linear(seq) for seq in combination)) for combination in product(*parts))
    if len(patterns) > _MAX_VARIANTS:
        message = f"terlalu banyak gabungan ({len(patterns)}); pecah menjadi beberapa frasa yang lebih pendek"
        raise PhraseFault(message, 1)
    return patterns


def references(patterns: Iterable[Pattern]) -> Iterator[Ref]:
    """The concept references of some patterns."""
    for pattern in patterns:
        for part in pattern.parts:
            yield from (e for e in part.elements if isinstance(e, Ref))


def slot_words(part: Linear) -> Iterator[Word]:
    """The words of a linear pattern's slots."""
    for element in part.elements:
        if isinstance(element, Slot):
            yield from element.words


def single_words(patterns: Sequence[Pattern]) -> tuple[Word, ...] | None:
    """All words, if every pattern is a single word; such a concept can stand in a slot."""
    words: list[Word] = []
    for pattern in patterns:
        if len(pattern.parts) > 1 or len(pattern.parts[0].elements) > 1:
            return None
        element = pattern.parts[0].elements[0]
        if not isinstance(element, Slot):
            return None
        words += element.words
    return tuple(words)


def inline(patterns: Sequence[Pattern], singles: Mapping[str, tuple[Word, ...]]) -> tuple[Pattern, ...]:
    """Replace references to one-word concepts by slots of their words."""
    return tuple(Pattern(tuple(_inline_part(part, singles) for part in p.parts)) for p in patterns)


def _inline_part(part: Linear, singles: Mapping[str, tuple[Word, ...]]) -> Linear:
    elements = (Slot(singles[e.concept]) if isinstance(e, Ref) and e.concept in singles else e for e in part.elements)
    return Linear(tuple(elements), part.gaps)


def _linear(seq: _Seq) -> Linear:
    return Linear(tuple(element for element, _ in seq), tuple(gap for _, gap in seq[1:]))


def _lexemes(text: str) -> Iterator[_Lexeme]:
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        column = position + 1
        if found is None:
            raise PhraseFault(_unreadable(text, position), column)
        position = found.end()
        if found["gap"]:
            yield _Lexeme("gap", found["n"] or "", column)
        elif found["mark"]:
            yield _Lexeme("mark", found["mark"], column)
        elif found["ref"] is not None:
            yield _Lexeme("ref", found["ref"], column)
        elif found["word"]:
            yield from _split_word(found["word"], column)


def _unreadable(text: str, position: int) -> str:
    if text[position] == "[":
        return "kurung siku belum ditutup atau berisi spasi; tulis nama konsep seperti [nama-konsep]"
    if text[position] == "]":
        return "ada ] tanpa [ di depannya; tulis [nama-konsep]"
    return f'tanda "{text[position]}" harus langsung diikuti kata, misalnya {text[position]}embung'


def _split_word(text: str, column: int) -> Iterator[_Lexeme]:
    """Cut a hyphenated word at its hyphens, unless it is a reduplication."""
    mark = text[0] if text[0] in "=~" else ""
    body = text[len(mark) :]
    if re.search(r"\.\.", body):
        raise PhraseFault("jarak antarkata ditulis dengan spasi: kata ... kata, atau kata ..8.. kata", column)
    halves = [half for half in re.split(r"[-‐‑–/]", body) if half]
    if not halves:
        raise PhraseFault(f'tanda "{text}" bukan kata; tulis kata saja, atau hapus tanda itu', column)
    if len(halves) == 2 and is_reduplication(*halves):
        halves = [body]
    for half in halves:
        yield _Lexeme("word", mark + half, column)


def is_reduplication(first: str, second: str) -> bool:
    """True for halves such as anak-anak, pohon-pohonan, melihat-lihat."""
    first, second = first.lower(), second.lower()
    return len(first) > 2 and (second.startswith(first) or (len(second) > 2 and first.endswith(second)))


class _Reader:
    """Recursive descent over the lexemes of one phrase."""

    def __init__(self, lexemes: list[_Lexeme], text: str, default: Reach) -> None:
        self.lexemes = lexemes
        self.default = default
        self.position = 0
        self.end = len(text) + 1

    def phrase(self) -> list[list[_Seq]]:
        """Parts joined by &, each as its alternative sequences."""
        parts = [self.sequence(top=True)]
        while self.take("&"):
            parts.append(self.sequence(top=True))
        if (rest := self.peek()) is not None:
            raise PhraseFault(_stray(rest.text), rest.column)
        return parts

    def sequence(self, top: bool) -> list[_Seq]:
        """Items one after another, up to & or the end (top) or | or ) (in a group)."""
        start = self.peek()
        out: list[_Seq] = [()]
        gap = 0
        while (lexeme := self.peek()) is not None and not self._ends(lexeme, top):
            if lexeme.kind == "gap":
                gap = self.gap(lexeme, out)
                continue
            out = _append(out, self.item(lexeme), gap)
            gap = 0
            if len(out) > _MAX_VARIANTS:
                raise PhraseFault("terlalu banyak gabungan; pecah menjadi beberapa frasa yang lebih pendek", lexeme.column)
        here = self.peek()
        column = here.column if here else self.end
        if gap:
            raise PhraseFault('jarak "..." harus berada di antara dua kata, misalnya: tanam ... bambu', column)
        if all(not seq for seq in out):
            raise PhraseFault("di sini harus ada kata", start.column if start else self.end)
        if top and any(not seq for seq in out):
            raise PhraseFault("semua kata berpilihan (?); paling sedikit satu kata harus wajib", column)
        return [seq for seq in out if seq] if top else out

    def gap(self, lexeme: _Lexeme, before: list[_Seq]) -> int:
        """The width of a gap; it must stand between two words."""
        self.position += 1
        if any(not seq for seq in before):
            raise PhraseFault('jarak "..." harus berada di antara dua kata wajib, misalnya: tanam ... bambu', lexeme.column)
        width = int(lexeme.text or DEFAULT_GAP)
        if not 1 <= width <= _MAX_GAP:
            raise PhraseFault(f"jarak harus 1 sampai {_MAX_GAP} kata, misalnya ..8..", lexeme.column)
        return width

    def item(self, lexeme: _Lexeme) -> list[_Seq]:
        """A word, number, reference or group, with an optional ? behind it."""
        self.position += 1
        if lexeme.kind == "mark":
            if lexeme.text == "#":
                made: list[_Seq] = [((Slot((Word("#", Reach.NUMBER),)), 0),)]
            elif lexeme.text == "(":
                made = self.group(lexeme)
            else:
                raise PhraseFault(_stray(lexeme.text), lexeme.column)
        elif lexeme.kind == "ref":
            if not lexeme.text:
                raise PhraseFault("nama konsep kosong; tulis [nama-konsep]", lexeme.column)
            made = [((Ref(lexeme.text, lexeme.column), 0),)]
        else:
            made = [((Slot((self.word(lexeme),)), 0),)]
        return [*made, ()] if self.take("?") else made

    def group(self, opening: _Lexeme) -> list[_Seq]:
        """Alternatives in brackets; those of one word each share a slot."""
        options = self.sequence(top=False)
        while self.take("|"):
            options = options + self.sequence(top=False)
        if not self.take(")"):
            raise PhraseFault("kurung belum ditutup; tambahkan ) setelah pilihan terakhir", opening.column)
        single = [seq[0][0] for seq in options if len(seq) == 1]
        words = tuple(w for element in single if isinstance(element, Slot) for w in element.words)
        rest = [seq for seq in options if len(seq) != 1 or isinstance(seq[0][0], Ref)]
        merged: list[_Seq] = [((Slot(words), 0),)] if words else []
        return merged + list(dict.fromkeys(rest))

    def word(self, lexeme: _Lexeme) -> Word:
        """A word with its reach mark; capitals without a mark match only in capitals."""
        mark, body = lexeme.text[0], lexeme.text.lstrip("=~")
        body = body.strip(".,;:!\"'“”‘’")
        if not body:
            raise PhraseFault(f'"{lexeme.text}" bukan kata; tanda baca tidak perlu ditulis', lexeme.column)
        if mark == "=":
            return Word(body.lower(), Reach.EXACT)
        if mark == "~":
            return Word(body.lower(), Reach.FAMILY)
        if len(body) > 1 and body.isupper():
            return Word(body, Reach.CAPITALS)
        return Word(body.lower(), Reach.EXACT if body.isdigit() else self.default)

    def peek(self) -> _Lexeme | None:
        """The lexeme at hand, None at the end."""
        return self.lexemes[self.position] if self.position < len(self.lexemes) else None

    def take(self, mark: str) -> bool:
        """Step over a mark if it is at hand."""
        lexeme = self.peek()
        if lexeme is None or lexeme.kind != "mark" or lexeme.text != mark:
            return False
        self.position += 1
        return True

    def _ends(self, lexeme: _Lexeme, top: bool) -> bool:
        return lexeme.kind == "mark" and lexeme.text in ("&" if top else "|)")


def _append(left: list[_Seq], right: list[_Seq], gap: int) -> list[_Seq]:
    """Every sequence of `left` followed by every one of `right`, the first element of which gets `gap`."""
    out: list[_Seq] = []
    for head in left:
        for tail in right:
            if not tail or not head:
                out.append(head + tail)
            else:
                out.append((*head, (tail[0][0], max(gap, tail[0][1])), *tail[1:]))
    return list(dict.fromkeys(out))


def _stray(mark: str) -> str:
    return {
        "|": "tanda | hanya berlaku di dalam kurung; tulis (kata satu|kata dua)",
        ")": "ada ) tanpa ( di depannya",
        "?": "tanda ? harus langsung di belakang kata atau kurung, misalnya: penampung?",
        "&": "tanda & hanya berlaku di luar kurung; pecah menjadi beberapa frasa",
    }.get(mark, f'"{mark}" tidak pada tempatnya')
