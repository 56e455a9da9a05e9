"""Sentences about another village, kabupaten or province, left over from a copied plan or from the news."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from irmcheck.model import Match, Plan, Stance

LEVELS = ("desa", "kabupaten", "provinsi")


def told_of_elsewhere(plan: Plan, matches: Sequence[Match], region: Mapping[str, Sequence[str]]) -> tuple[Match, ...]:
    """The matches, those in prose about another village, kabupaten or province read as quotations.

    `region` is rules/lexicon/wilayah.yaml: its level words and the words that point at the village itself. Where the plan does
    not say in which kabupaten it lies, nothing is changed.
    """
    shape = _shape(region)
    own = {"desa": plan.identity.village, "kabupaten": plan.identity.district, "provinsi": plan.identity.province}
    if shape is None or not own["kabupaten"]:
        return tuple(matches)
    known: dict[tuple[int, int], bool] = {}
    out = []
    for match in matches:
        key = (match.passage, match.sentence[0])
        if key not in known:
            passage = plan.passages[match.passage]
            text = passage.text[match.sentence[0] : match.sentence[1]]
            known[key] = passage.table_kind is None and _is_foreign(text, shape, own, region)
        out.append(match._replace(stance=Stance.LAW, reason="tentang daerah lain, bukan desa ini") if known[key] else match)
    return tuple(out)


def _shape(region: Mapping[str, Sequence[str]]) -> re.Pattern[str] | None:
    """A named region that opens a sentence or stands after "di", with small letters after it: in titles all looks like names."""
    levels: Mapping[str, Sequence[str]] = region.get("tingkat", {})  # type: ignore[assignment]
    named = [f"(?P<{level}>{'|'.join(map(re.escape, levels[level]))})" for level in LEVELS if levels.get(level)]
    if not named:
        return None
    return re.compile(
        rf"(?:^\W*|\b[Dd]i (?:wilayah )?)(?i:{'|'.join(named)})\.? (?P<name>[A-Z][a-z]\w*(?: [A-Z]\w+){{0,3}}),? (?=[a-z\d])"
    )


def _is_foreign(text: str, shape: re.Pattern[str], own: Mapping[str, str | None], region: Mapping[str, Sequence[str]]) -> bool:
    found = shape.search(text)
    if found is None:
        return False
    home, name = own[next(level for level in LEVELS if found.groupdict().get(level))], found["name"]
    if not home or _same(name, home) or name.split()[0].lower() in _words(region.get("bukan_nama", ())):
        return False
    words = {word.lower() for word in re.findall(r"\w+", text)}
    return words.isdisjoint(_words(region.get("sendiri", ()))) and str(own["desa"]) not in text


def _words(names: Iterable[str]) -> set[str]:
    return {str(name).lower() for name in names}


def _same(name: str, home: str) -> bool:
    """Whether two spellings name the same region: Kupang, Kupang Tahun, TTS and Timor Tengah Selatan."""
    one, two = (re.sub(r"\W", "", part.lower()) for part in (name, home))
    initials = {"".join(word[0] for word in part.lower().split()) for part in (name, home)}
    return one.startswith(two) or two.startswith(one) or bool({one, two} & initials)
