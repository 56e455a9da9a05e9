"""Trigger words: which of them governs a hit, by direction, distance and what stands between."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

AFFIRMED = "affirmed"
PSEUDO = "semu"  # looks like a trigger, is none; swallows the triggers inside it
BREAK = "pemutus"  # ends the reach of a trigger
# Which cue wins when several govern a hit. A condition beats what is conditioned; lack beats plans.
_STRENGTH = {name: rank for rank, name in enumerate(("conditional", "absent", "insufficient", "law", "planned", "past"))}
_FINITE = re.compile(r"(?:me(?:[mnlrwy]|ng|ny)|di_?|ber|ter)[a-z]{4,}$")

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
        )


@dataclass(frozen=True, slots=True)
class Cue:
    """What trigger words say about a hit: a meaning, the words that say it, and whether they are plain absence."""

    meaning: str = AFFIRMED
    words: Span | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words low..high of a text, lower-cased on demand, and the triggers found in them by rule id."""

    words: Sequence[str]
    low: int
    spans: Mapping[str, Sequence[Span]]

    def between(self, start: int, end: int) -> Sequence[str]:
        """Words start..end, counted as in the Doc."""
        return self.words[start - self.low : end - self.low]


def nearest_cue(rules: Sequence[TriggerRule], sentence: Sentence, hit: Span) -> Cue:
    """The strongest, then nearest trigger that governs a hit."""
    pseudo = _spans_of(rules, sentence, PSEUDO)
    breaks = [span for span in _spans_of(rules, sentence, BREAK) if not _inside_any(span, pseudo)]
    found = [
        (rank, distance, span, rule)
        for rule in rules
        if (rank := _STRENGTH.get(rule.meaning)) is not None
        for span in sentence.spans.get(rule.id, ())
        if not _touches_any(span, pseudo) and (distance := _distance(rule, span, hit, sentence, breaks)) is not None
    ]
    found = [one for one in found if not any(_swallows(other[2], one[2]) for other in found)]
    if not found:
        return Cue()
    _, _, span, rule = min(found, key=lambda one: one[:2])
    return Cue(rule.meaning, span, rule.strict)


def _spans_of(rules: Sequence[TriggerRule], sentence: Sentence, meaning: str) -> list[Span]:
    return [span for rule in rules if rule.meaning == meaning for span in sentence.spans.get(rule.id, ())]


def _inside_any(span: Span, others: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _touches_any(span: Span, others: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _swallows(outer: Span, inner: Span) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def _distance(rule: TriggerRule, span: Span, hit: Span, sentence: Sentence, breaks: Sequence[Span]) -> int | None:
    """Words between a trigger and a hit it governs, or None."""
    if span[1] <= hit[0] and rule.before:
        gap = (span[1], hit[0])
    elif span[0] >= hit[1] and rule.after:
        gap = (hit[1], span[0])
    else:
        return None
    between = sentence.between(*gap)
    distance = sum(1 for word in between if word[:1].isalnum())
    if distance > rule.reach:
        return None
    if rule.crosses:
        return distance
    if any(gap[0] <= start and end <= gap[1] for start, end in breaks) or any(word in ";|!?" for word in between):
        return distance if _own_cell(sentence, span, gap) else None
    if "," in between and not (rule.before and gap[0] == span[1] and _is_list(sentence, between, hit)):
        return None
    return distance


def _is_list(sentence: Sentence, between: Sequence[str], hit: Span) -> bool:
    """Whether commas before the hit only part the members of a list (belum ada embung, talud dan bak air)."""
    after = sentence.between(hit[1], hit[1] + 3)
    return not any(_FINITE.match(word.lower()) for word in (*between[between.index(",") :], *after))


def _own_cell(sentence: Sentence, span: Span, gap: Span) -> bool:
    """A cell that says nothing but "tidak ada" speaks about its row."""
    beyond = sentence.between(span[1], span[1] + 1)
    return gap[1] == span[0] and sentence.between(span[0] - 1, span[0]) == ["|"] and beyond in ([], ["|"])
