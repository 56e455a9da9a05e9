"""Trigger words: which of them governs a hit, by direction, distance and what stands between."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

AFFIRMED = "affirmed"
PSEUDO = "semu"  # looks like a trigger, is none; swallows the triggers inside it
BREAK = "pemutus"  # ends the reach of a trigger
# Which cue wins when several govern a hit. A condition beats what is conditioned; lack beats plans.
_STRENGTH = {name: rank for rank, name in enumerate(("conditional", "aside", "absent", "insufficient", "law", "planned", "past"))}
_FINITE = re.compile(r"(?:me(?:[mnlrwy]|ng|ny)|di_?|ber|ter)[a-z]{4,}$")

LACKS = ("absent", "insufficient")
_TAIL = 2  # words
_CUTS = frozenset(";|!?")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """A row of pemicu.yaml. `reach` counts words; `crosses` lets the trigger reach over commas and breaks."""

    id: str
    meaning: str
    before: bool = True
    after: bool = False
    reach: int = 7
    crosses: bool = False
    strict: bool = False  # so plain that it holds in an activity cell too ("tidak ada")
    tail: bool = False  # of a pseudo-trigger with a gap only the end swallows (perbaikan jalan yang *rusak*)

    @classmethod
    def from_yaml(cls, name: str, entry: Mapping[str, Any]) -> TriggerRule:
        """One entry of the list `pemicu`."""
        side = str(entry.get("letak", "depan"))
        return cls(
            id=name,
            meaning=str(entry["arti"]),
            before=side in ("depan", "keduanya"),
            after=side in ("belakang", "keduanya"),
            reach=int(entry.get("jangkauan", 7)),
            crosses=bool(entry.get("lintas", False)),
            strict=bool(entry.get("tegas", False)),
            tail=bool(entry.get("ujung", False)),
        )


@dataclass(frozen=True, slots=True)
class Cue:
    """What trigger words say about a hit: a meaning, the words that say it, and whether they are plain absence."""

    meaning: str = AFFIRMED
    words: Span | None = None
    strict: bool = False


NO_CUE = Cue()


class Words:
    """The words low..high of a Doc as strings, made when first asked for."""

    def __init__(self, doc: Any, low: int, high: int) -> None:
        self._doc, self._low, self._high = doc, low, high
        self._texts: list[str] | None = None

    def __call__(self, span: Span) -> list[str]:
        """The words of a span, those outside the sentence left out."""
        if self._texts is None:
            self._texts = [word.text for word in self._doc[self._low : self._high]]
        return self._texts[max(span[0] - self._low, 0) : max(span[1] - self._low, 0)]


class Triggers:
    """The triggers of one sentence, those that a pseudo-trigger swallows left out; asked once for each hit."""

    def __init__(
        self, rules: Sequence[TriggerRule], spans: Mapping[str, Sequence[Span]], words: Words, places: Collection[str] = ()
    ) -> None:
        found = [(rule, span) for rule in rules if rule.id in spans for span in spans[rule.id]]
        pseudo = [
            (max(start, end - _TAIL) if rule.tail else start, end) for rule, (start, end) in found if rule.meaning == PSEUDO
        ]
        self._breaks = [span for rule, span in found if rule.meaning == BREAK and not _inside_any(span, pseudo)]
        self._active = [
            (_STRENGTH[rule.meaning], rule, span)
            for rule, span in found
            if rule.meaning in _STRENGTH and not _touches_any(span, pseudo)
        ]
        self._words = words
        self._places = places  # nouns that after "di" name a place, never an act

    def cue(self, hit: Span, phrase: str = "") -> Cue:
        """The strongest, then nearest trigger that governs a hit; `phrase` is what was looked for, where it has gaps."""
        if not self._active:
            return NO_CUE
        governing = [
            (rank, distance, span, rule)
            for rank, rule, span in self._active
            if (distance := self._distance(rule, span, hit, phrase)) is not None
        ]
        governing = [one for one in governing if not any(_swallows(other[2], one[2]) for other in governing)]
        if not governing:
            return NO_CUE
        _, _, span, rule = min(governing, key=lambda one: one[:2])
        return Cue(rule.meaning, span, rule.strict)

    def _distance(self, rule: TriggerRule, span: Span, hit: Span, phrase: str) -> int | None:
        """Words between a trigger and a hit it governs, or None."""
        if span[0] < hit[0] and hit[1] < span[1]:  # ketika [kekeringan] melanda
            return 0
        if span != hit and span[0] < hit[1] and hit[0] < span[1]:  # over a hit only what rules the whole sentence counts
            return 0 if rule.crosses or self._denies_end(rule, span, hit, phrase) else None
        if span[1] <= hit[0] and rule.before:
            gap = (span[1], hit[0])
        elif span[0] >= hit[1] and rule.after:
            gap = (hit[1], span[0])
        else:
            return None
        if gap[0] == gap[1]:
            return 0
        if gap[1] - gap[0] > 2 * rule.reach:  # half of what stands between would have to be punctuation
            return None
        between = self._words(gap)
        distance = sum(1 for word in between if word[:1].isalnum())
        if distance > rule.reach:
            return None
        return distance if rule.crosses or self._reaches(rule, span, hit, gap, between) else None

    def _denies_end(self, rule: TriggerRule, span: Span, hit: Span, phrase: str) -> bool:
        """Whether a word of absence fills a gap of the phrase just before its last word (hutan yang TIDAK rusak)."""
        if rule.meaning != "absent" or span[1] != hit[1] - 1 or not phrase or not _swallows(hit, span):
            return False
        return not any(word.lower() in phrase for word in self._words(span))

    def _reaches(self, rule: TriggerRule, span: Span, hit: Span, gap: Span, between: Sequence[str]) -> bool:
        """Whether nothing that stands between cuts the trigger off."""
        if any(gap[0] <= start and end <= gap[1] for start, end in self._breaks) or any(word in _CUTS for word in between):
            return self._own_cell(span, gap)
        if gap[0] == hit[1] and rule.meaning in LACKS and _has_verb(between, self._places):
            return False
        return "," not in between or (gap[0] == span[1] and self._is_list(between, hit))

    def _is_list(self, between: Sequence[str], hit: Span) -> bool:
        """Whether commas before the hit only part the members of a list (belum ada embung, talud dan bak air)."""
        after = self._words((hit[1], hit[1] + 3))
        return not any(_FINITE.match(word.lower()) for word in (*between[between.index(",") :], *after))

    def _own_cell(self, span: Span, gap: Span) -> bool:
        """A cell that says nothing but "tidak ada" speaks about its row."""
        beyond = self._words((span[1], span[1] + 1))
        return gap[1] == span[0] and self._words((span[0] - 1, span[0])) == ["|"] and beyond in ([], ["|"])


def _inside_any(span: Span, others: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _swallows(outer: Span, inner: Span) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def _has_verb(words: Sequence[str], places: Collection[str]) -> bool:
    """Whether a verb stands among the words outside a clause with yang: then what follows speaks of that verb.

    "di desa" is a place, though "di bangun" is a verb written apart.
    """
    return any(
        _FINITE.match(word.lower())
        and (n == 0 or words[n - 1] != "yang")
        and word.lower().removeprefix("di").removeprefix("_") not in places
        for n, word in enumerate(words)
    )


def _touches_any(span: Span, others: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
