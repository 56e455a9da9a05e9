"""What the structure room knows about wording, as typed values; vocabulary.py makes them from rules/lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from irmcheck.model import PlanKind, SectionKind, TableKind

_NON_WORD = re.compile(r"[\W_]+")
_SHORT = 300  # characters
_NUMBERS = re.compile(r"^(?:\d+|[ivx]+)\b")
_SPACED_OUT = re.compile(r"\b(?:[A-Z] ){3,}[A-Z]\b")


def fold(text: str) -> str:
    """Lower case, punctuation and runs of space as one space; letter-spaced capitals joined."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    text = _SPACED_OUT.sub(lambda found: found.group().replace(" ", ""), text)
    return _NON_WORD.sub(" ", text.lower()).strip()


_fold_short = lru_cache(maxsize=8192)(_fold)  # the same headers and titles are asked about by many rules


def squeeze(text: str) -> str:
    """`fold` without any space: narrow table columns break words anywhere."""
    return fold(text).replace(" ", "")


def unit_key(text: str) -> str:
    """How unit spellings are compared: lower case, no dots, spaces folded."""
    return " ".join(text.lower().replace(".", " ").split())


@dataclass(frozen=True, slots=True)
class Words:
    """A list of wordings, found at word boundaries of folded text, or (`loose`) anywhere in squeezed text."""

    pattern: re.Pattern[str] | None
    exact: frozenset[str] = frozenset()
    loose: bool = False

    @classmethod
    def of(cls, phrases: Iterable[str], *, loose: bool = False) -> Words:
        """Compile; a phrase with `=` in front must be the whole text."""
        shape = squeeze if loose else fold
        exact: set[str] = set()
        inside: list[str] = []
        for phrase in phrases:
            if phrase.startswith("="):
                exact |= {shaped} if (shaped := shape(phrase[1:])) else set()
            elif shaped := shape(phrase):
                inside.append(re.escape(shaped))
        body = "|".join(sorted(inside, key=len, reverse=True))
        edge = "" if loose else r"\b"
        return cls(re.compile(f"{edge}(?:{body}){edge}") if body else None, frozenset(exact), loose)

    def __contains__(self, text: str) -> bool:
        """True when a wording occurs in the text, or an exact one is the text."""
        shaped = squeeze(text) if self.loose else fold(text)
        return shaped in self.exact or bool(self.pattern and self.pattern.search(shaped))

    def opens(self, text: str) -> bool:
        """True when the text begins with one of the wordings."""
        text = text[:_SHORT]
        shaped = squeeze(text) if self.loose else fold(text)
        return bool(self.pattern and self.pattern.match(shaped))

    def cut(self, text: str) -> str:
        """The text up to the last wording, when that is how it ends ("..., meliputi:")."""
        folded = fold(text[-_SHORT:])
        found = list(self.pattern.finditer(folded)) if self.pattern else []
        if not found or found[-1].end() != len(folded):
            return text
        return text[: text.lower().rfind(found[-1].group().split(" ")[0])]

    def strip(self, text: str) -> str:
        """The folded text without the wordings and bare numbers at its start."""
        folded, before = fold(text), ""
        while folded != before:
            before = folded
            if self.pattern and self.pattern.match(folded):
                folded = self.pattern.sub("", folded, count=1).strip()
            folded = _NUMBERS.sub("", folded).strip()
        return folded


@dataclass(frozen=True, slots=True)
class SectionRule:
    """Headings of one section kind.

    `sub` are words that count only in sub-chapters inside a chapter of a kind in `inside`; a sub-chapter inside a kind in
    `never_inside` stays what its chapter is.
    """

    kind: SectionKind
    titles: Words
    unless: Words
    sub: Words
    inside: frozenset[str]
    never_inside: frozenset[str]
    content: Words


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """Headers of one column role."""

    role: str
    titles: Words
    unless: Words


@dataclass(frozen=True, slots=True)
class TableRule:
    """How a table kind is known: by title words or by one complete set of column roles, unless a role of `without` is there."""

    kind: TableKind
    titles: Words
    unless: Words
    columns: tuple[frozenset[str], ...]
    without: frozenset[str]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Words that carry numbers: multipliers, spelled numbers, units, years."""

    scale: Mapping[str, int]
    scale_after_currency: Mapping[str, int]
    currency: frozenset[str]
    nothing: frozenset[str]
    digits: Mapping[str, int]
    tens: Mapping[str, int]
    units: Mapping[str, str]
    year: frozenset[str]
    until: frozenset[str]
    regulation: frozenset[str]
    months: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """Titles that name a kind of plan."""

    kind: PlanKind
    titles: Words
    unless: Words


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything the structure room knows about wording."""

    sections: tuple[SectionRule, ...]
    untitled: tuple[tuple[SectionKind, Words], ...]
    standalone: Words
    chapter: frozenset[str]
    annex: frozenset[str]
    article: Words
    caption: Words
    columns: tuple[ColumnRule, ...]
    year_words: Words
    time_groups: Words
    month_words: Words
    quarter_words: Words
    cost_groups: Words
    ticks: frozenset[str]
    blanks: frozenset[str]
    patterns: frozenset[str]
    multiples: tuple[tuple[int, Words], ...]
    tables: tuple[TableRule, ...]
    name_roles: tuple[str, ...]
    support_roles: frozenset[str]
    support_needed: int
    matrix_titles: Words
    matrix_unless: Words
    planned: Words
    planned_unless: Words
    subtotal: Words
    grand_total: Words
    account: Words
    bidang: tuple[tuple[int, Words], ...]
    bidang_names: Words
    list_openers: Words
    bidang_word: Words
    subbidang_word: Words
    numbers: NumberWords
    sources: Mapping[str, str]
    source_splits: re.Pattern[str]
    no_source: frozenset[str]
    outside: Words
    provinces: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]
    not_names: frozenset[str]
    own: frozenset[str]
    neighbour: frozenset[str]
    common_before: frozenset[str]
    documents: tuple[DocumentRule, ...]
    title_lead: Words
    strangers: tuple[tuple[Words, str], ...]
    plan_chapters: frozenset[SectionKind]
    draft: Words
    final: Words
    regulation_title: Words
    blank_marks: tuple[str, ...]
