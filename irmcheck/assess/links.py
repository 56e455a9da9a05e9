"""Which problem does an activity answer? Problem rows and activities are joined by shared content words and by place."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from irmcheck.model import Activity, Passage, Plan, TableKind

MIN_WORD = 4
STEM = 6  # letters compared: enough to bring menanam/penanaman apart from tanah, cheap, and no stemmer needed
ACTION_ROLES = frozenset({"tindakan", "kegiatan", "usulan"})
PROBLEM_TABLES = frozenset({TableKind.PROBLEMS, TableKind.EVENTS})
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_NAME = re.compile(r"(?<=\s)[A-Z][a-z]{3,}")
COMMON_SHARE = 0.15  # a name in more of the plan's prose than this is the village's own and says nothing of a place


def link_problems(plan: Plan, ignored: frozenset[str] = frozenset()) -> dict[int, tuple[int, ...]]:
    """Map each activity's row to the passages of the problem-table rows it answers; activities without a link are left out.

    A link needs shared content words that are rare in the plan's problem rows. `ignored` are words that say nothing.
    """
    members: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, passage in enumerate(plan.passages):
        if passage.row_key is not None and passage.table_kind in PROBLEM_TABLES:
            members[passage.row_key].append(index)
    if not members:
        return {}
    words = {key: _words((plan.passages[i] for i in rows), ignored) for key, rows in members.items()}
    frequency = Counter(word for found in words.values() for word in found)
    total = len(members)
    weight = {word: math.log(1 + total / count) for word, count in frequency.items()}
    by_word: Mapping[str, list[tuple[int, int]]] = defaultdict(list)
    for key, found in words.items():
        for word in found:
            by_word[word].append(key)
    links = {}
    for activity in plan.activities:
        best = _best(activity, ignored, weight, by_word, total)
        if best:
            links[activity.row] = tuple(i for key in best for i in members[key])
    return links


def named_places(plan: Plan, ignored: frozenset[str] = frozenset()) -> dict[int, tuple[str, ...]]:
    """Map an activity's row to the proper names in its name that the plan's prose also speaks of, but not everywhere.

    What the plan says of Tunsuni or Fatubai tells what a road to it is for.
    """
    prose = [p.text for p in plan.passages if p.kind in ("prose", "list")]
    found = {}
    for activity in plan.activities:
        names = {n for n in _NAME.findall(activity.name) if n.lower() not in ignored}
        known = tuple(n for n in sorted(names) if 0 < sum(n in text for text in prose) <= max(3, COMMON_SHARE * len(prose)))
        if known:
            found[activity.row] = known
    return found


def _words(passages: Iterable[Passage], ignored: frozenset[str]) -> set[str]:
    return {w for p in passages for w in stems(p.text, ignored)}


def stems(text: str, ignored: frozenset[str]) -> set[str]:
    """Lower-case word beginnings of the content words."""
    found = (w.lower() for w in _WORD.findall(text))
    return {w[:STEM] for w in found if len(w) >= MIN_WORD and w not in ignored}


def _best(
    activity: Activity,
    ignored: frozenset[str],
    weight: Mapping[str, float],
    by_word: Mapping[str, list[tuple[int, int]]],
    total: int,
) -> list[tuple[int, int]]:
    """Problem rows sharing at least two content words of weight with the activity, the strongest two."""
    name, around = stems(activity.name, ignored), stems(f"{activity.location} {activity.target}", ignored)
    score: dict[tuple[int, int], float] = defaultdict(float)
    hits: Counter[tuple[int, int]] = Counter()
    for word in name | around:
        for key in by_word.get(word, ()):
            score[key] += weight[word] * (1.0 if word in name else 0.6)
            hits[key] += word in name
    floor = 1.2 * math.log(1 + total)
    good = [key for key, value in score.items() if value >= floor and hits[key] >= 1]
    good.sort(key=lambda key: (-score[key], key))
    return [key for key in good[:2] if score[key] >= 0.7 * score[good[0]]]
