"""Says what the rules see in a sentence or a file, and why: the first thing to ask when a verdict looks wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from irmcheck.assess import assess
from irmcheck.assess.asked import strings
from irmcheck.assess.kinds import rules_of
from irmcheck.catalogue.rules import Catalogue
from irmcheck.catalogue.values import nearest
from irmcheck.errors import UsageError
from irmcheck.match import find_matches
from irmcheck.miniplan import PlanMaker
from irmcheck.model import Match, Plan, PlanKind, SectionKind, Stance, Tag

if TYPE_CHECKING:
    from irmcheck.match import Matcher
    from irmcheck.pipeline import Rules

PHRASE_WIDTH = 100
STANCES = {
    Stance.COMMITMENT: "komitmen",
    Stance.STATEMENT: "pernyataan",
    Stance.PROBLEM: "masalah",
    Stance.ABSENT: "dikatakan tidak ada",
    Stance.CONDITIONAL: "bersyarat",
    Stance.PAST: "lampau",
    Stance.LAW: "kutipan hukum",
}


def explain_sentence(sentence: str, rules: Rules, section: str, *, as_row: bool) -> Iterator[str]:
    """What is recognised in one sentence of a section, or (`as_row`) in the name of an activity row.

    Raises UsageError when the section kind is not known.
    """
    if section not in tuple(SectionKind):
        raise UsageError(f"Bagian '{section}' tidak dikenal. {nearest(section, tuple(SectionKind))}")
    maker = PlanMaker.of(rules.catalogue)
    sentences, rows = ([], [{"kegiatan": sentence}]) if as_row else ([(section, sentence)], [])
    plan = maker.plan_of(PlanKind.RPJMDES, maker.year, sentences, rows=rows)
    return _explain(plan, rules)


def explain_file(file: Path, rules: Rules) -> Iterator[str]:
    """What is recognised in a whole plan, passage by passage. Raises InputError when the file cannot be read."""
    from irmcheck import pipeline

    return _explain(pipeline.read(pipeline.Request(file, folders=rules.folders)), rules)


def _explain(plan: Plan, rules: Rules) -> Iterator[str]:
    matches = find_matches(plan, rules.matcher)
    tags = {tag.activity: tag for tag in assess(plan, matches, rules.catalogue).tags}
    users = _users(rules.catalogue)
    found: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        if not rules.catalogue.concepts[match.concept].part_of:  # the whole concept is told
            found[match.passage].append(match)
    if not found:
        yield "Tidak ada istilah yang dikenali. Tambahkan frasa pada istilah yang cocok (rules/README.md)."
    for index, passage in enumerate(plan.passages):
        if index in found:
            kind = plan.sections[passage.section].kind if plan.sections else SectionKind.UNKNOWN
            where = f", kolom {passage.role}" if passage.role else ""
            page = f", hal. {passage.place.page}" if passage.place.page else ""
            yield f"[{kind}{where}{page}] {passage.text}"
            reason = ""
            for match in sorted(found[index], key=lambda one: (one.start, one.concept)):
                yield from _match_lines(passage.text, match, rules.matcher, users, said=match.reason == reason)
                reason = match.reason
            if passage.activity in tags and passage.role == "kegiatan":
                yield f"    jenis kegiatan: {_tagged(tags[passage.activity])}"


def _match_lines(text: str, match: Match, matcher: Matcher, users: dict[str, list[str]], said: bool) -> Iterator[str]:
    guessed = " (ejaan diperbaiki)" if match.guessed else ""
    words = text[match.start : match.end]
    yield f'    "{words}" = {match.concept}, {STANCES[match.stance]}{guessed}'
    if match.reason and not said:
        trigger = matcher.trigger(text, match)
        yield f"        karena {match.reason}" + (f' (kata penanda: "{trigger}")' if trigger else "")
    reach = "; ".join(one for one in matcher.why(words, match.phrase) if "=" in one)
    yield f"        frasa: {shorten(match.phrase, PHRASE_WIDTH, placeholder=' ...')}" + (f" ({reach})" if reach else "")
    if match.concept in users:
        yield f"        dipakai oleh: {', '.join(users[match.concept])}"


def _tagged(tag: Tag) -> str:
    parts = [", ".join(tag.types) or "tidak dikenali"]
    if tag.pillars:
        parts.append(f"pilar {', '.join(tag.pillars)}")
    if tag.hazards:
        parts.append(f"bahaya {', '.join(tag.hazards)}")
    return "; ".join(parts)


def _users(catalogue: Catalogue) -> dict[str, list[str]]:
    """Criteria and hazards by the concepts they use."""
    users: dict[str, list[str]] = defaultdict(list)
    for criterion in catalogue.criteria:
        for concept in sorted(
            {name for rule in rules_of(criterion) for name in strings(rule.params)} & catalogue.concepts.keys()
        ):
            users[catalogue.concepts[concept].part_of or concept].append(criterion.id)
    for hazard in catalogue.hazards.values():
        for concept in hazard.concepts:
            users[catalogue.concepts[concept].part_of or concept].append(f"bahaya {hazard.id}")
    return users
