"""Sentences about another kabupaten or province, left over from a copied plan or from the news: no word of this village."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from irmcheck.model import Match, Plan, Stance

LEVELS = ("kabupaten", "provinsi")


def told_of_elsewhere(plan: Plan, matches: Sequence[Match], region: Mapping[str, Sequence[str]]) -> tuple[Match, ...]:
    """The matches, those in prose about another kabupaten or province read as quotations.

    `region` is rules/lexicon/wilayah.yaml: its level words and the words that point at the village itself. Where the plan does
    not say in which kabupaten it lies, nothing is changed; nor are activity rows.
    """
    shape = _shape(region)
    own = {"kabupaten": plan.identity.district, "provinsi": plan.identity.province}
    if shape is None or not own["kabupaten"]:
        return tuple(matches)
    known: dict[tuple[int, int], bool] = {}
    out = []
    for match in matches:
        key = (match.passage, match.sentence[0])
        if key not in known:
            passage = plan.passages[match.passage]
            text = passage.text[match.sentence[0] : match.sentence[1]]
            known[key] = passage.activity is None and _is_foreign(text, shape, own, region)
        out.append(replace(match, stance=Stance.LAW, reason="tentang daerah lain, bukan desa ini") if known[key] else match)
    return tuple(out)


def _shape(region: Mapping[str, Sequence[str]]) -> re.Pattern[str] | None:
    """A named region that opens a sentence or stands after "di"."""
    levels: Mapping[str, Sequence[str]] = region.get("tingkat", {})  # type: ignore[assignment]
    named = [f"(?P<{level}>{'|'.join(map(re.escape, levels[level]))})" for level in LEVELS if levels.get(level)]
    if not named:
        return None
    return re.compile(rf"(?:^\W*|\b[Dd]i (?:wilayah )?)(?i:{'|'.join(named)})\.? (?P<name>[A-Z]\w+(?: [A-Z]\w+)*)")


def _is_foreign(text: str, shape: re.Pattern[str], own: Mapping[str, str | None], region: Mapping[str, Sequence[str]]) -> bool:
    found = shape.search(text)
    if found is None:
        return False
    level = next(level for level in LEVELS if found.groupdict().get(level))
    home = own[level]
    words = {word.lower() for word in re.findall(r"\w+", text)}
    return bool(home) and not _same(found["name"], str(home)) and words.isdisjoint(_words(region.get("sendiri", ())))


def _words(names: Iterable[str]) -> set[str]:
    return {str(name).lower() for name in names}


def _same(name: str, home: str) -> bool:
    """Whether two spellings name the same region: Kupang, Kupang Tahun, TTS and Timor Tengah Selatan."""
    one, two = (re.sub(r"\W", "", part.lower()) for part in (name, home))
    initials = {"".join(word[0] for word in part.lower().split()) for part in (name, home)}
    return one.startswith(two) or two.startswith(one) or bool({one, two} & initials)
