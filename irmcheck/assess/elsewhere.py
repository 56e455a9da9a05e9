"""Sentences about another village, kabupaten or province, left over from a copied plan or from the news.

Two ways to tell: a whole sentence about a named neighbour, and a disaster known to all ("tsunami Aceh 2004") named in passing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from irmcheck.model import Match, Plan, Stance

LEVELS = ("desa", "kabupaten", "provinsi")


def told_of_elsewhere(plan: Plan, matches: Sequence[Match], region: Mapping[str, Sequence[str]]) -> tuple[Match, ...]:
    """The matches, those in prose about another village, kabupaten or province read as quotations.

    `region` is rules/lexicon/wilayah.yaml: its level words, the far places, the words that point at the village itself. Where
    the plan does not say in which kabupaten it lies, sentences about neighbours are left as they are.
    """
    own = {"desa": plan.identity.village, "kabupaten": plan.identity.district, "provinsi": plan.identity.province}
    shape = _shape(region) if own["kabupaten"] else None
    far = _far(region, own)
    known: dict[tuple[int, int], tuple[bool, bool]] = {}
    out = []
    for match in matches:
        key = (match.passage, match.sentence[0])
        if key not in known:
            passage = plan.passages[match.passage]
            text = passage.text[match.sentence[0] : match.sentence[1]]
            neighbour = shape is not None and passage.table_kind is None and _is_foreign(text, shape, own, region)
            known[key] = neighbour, far is not None and far.search(text) is not None
        foreign, distant = known[key]
        if foreign or (distant and far is not None and _is_distant(plan.passages[match.passage].text, match, far, region)):
            match = match._replace(stance=Stance.LAW, reason="tentang daerah lain, bukan desa ini")
        out.append(match)
    return tuple(out)


def _far(region: Mapping[str, Sequence[str]], own: Mapping[str, str | None]) -> re.Pattern[str] | None:
    """A far place after words such as "yang terjadi di"; places of the plan's own region are left out."""
    places: Mapping[str, str] = region.get("jauh", {})  # type: ignore[assignment]
    home = " ".join(filter(None, own.values())).lower()
    names = [name for name, province in places.items() if name.lower() not in home and province.lower() not in home]
    if not names:
        return None
    between = "|".join(map(re.escape, region.get("jauh_antara", ())))
    return re.compile(rf"(?P<between>(?:\W{{1,2}}(?i:{between})\b){{0,5}})\W{{1,2}}(?:{'|'.join(map(re.escape, names))})\b")


def _is_distant(text: str, match: Match, far: re.Pattern[str], region: Mapping[str, Sequence[str]]) -> bool:
    """Whether the far place stands right behind the match, or opens its sentence and nothing points at the village itself."""
    start, end = match.sentence
    if far.match(text, match.end, end):
        return True
    sentence = text[start:end]
    words = {word.lower() for word in re.findall(r"\w+", sentence)}
    opening = far.match(" " + sentence.lstrip())
    return bool(opening and opening["between"]) and words.isdisjoint(_words(region.get("sendiri", ())))


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
