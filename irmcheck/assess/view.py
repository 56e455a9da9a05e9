"""The plan and its matches indexed the way criteria ask: by sentence, by table row, by activity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from irmcheck.catalogue.rules import Catalogue
from irmcheck.model import Activity, Evidence, Match, Passage, Plan, SectionKind, Stance, TableKind, Tag
from irmcheck.text import fold

NAME_ROLES = ("kegiatan", "")
SUBJECT_ROLES = (*NAME_ROLES, "sasaran")
PROBLEM_ROLES = ("masalah", "penyebab")
QUOTE_LIMIT = 400
_EMPTY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unit:
    """What a sentence rule looks at: a sentence, a paragraph or a table row, and the matches and concepts inside it."""

    key: tuple[int, ...]
    passages: tuple[int, ...]
    span: tuple[int, int] | None  # None: the whole of its passages
    section: SectionKind
    table: TableKind | None
    matches: tuple[Match, ...]
    concepts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RowView:
    """An activity with the concepts in its name, its name or target, its whole row, its row without the problem's cell, the
    problem rows it answers, and its named places."""

    activity: Activity
    name: frozenset[str]
    subject: frozenset[str]
    row: frozenset[str]
    own: frozenset[str]
    problem: frozenset[str]
    place: frozenset[str]
    problem_passages: tuple[int, ...] = ()


@dataclass(slots=True)
class View:
    """Everything the rule kinds read. Built once per plan; `tags` and `done` are filled as the assessment goes on."""

    plan: Plan
    catalogue: Catalogue
    matches: Sequence[Match]
    by_concept: Mapping[str, tuple[Match, ...]]
    sentences: Mapping[tuple[int, ...], Unit]
    rows: Mapping[int, RowView]
    fiscal_year: int | None = None
    tags: Mapping[int, Tag] = field(default_factory=dict)
    real_hazards: frozenset[str] = frozenset()
    denied: frozenset[tuple[int, int]] = frozenset()  # rows of facts that say the thing is not there
    hollow: frozenset[int] = frozenset()  # activity rows that only repeat a title; they are never evidence
    done: dict[str, object] = field(default_factory=dict)

    def passage(self, match: Match) -> Passage:
        """The passage a match stands in."""
        return self.plan.passages[match.passage]

    def section(self, passage: Passage) -> SectionKind:
        """The kind of the section a passage stands in."""
        return section_kind(self.plan, passage)

    def units(self, concepts: Iterable[str], scope: str) -> list[Unit]:
        """Units of `scope` (kalimat, paragraf, baris) holding any of the concepts, in reading order."""
        found: dict[tuple[int, ...], Unit] = {}
        for concept in concepts:
            found.update(self._by_scope(concept, scope))
        return [found[key] for key in sorted(found)]

    def _by_scope(self, concept: str, scope: str) -> Mapping[tuple[int, ...], Unit]:
        """The units that hold one concept; many rules ask for the same ones."""
        known = self._concept_units.get((concept, scope))
        if known is None:
            firsts = {self._key(match, scope): match for match in reversed(self.by_concept.get(concept, ()))}
            known = {key: self._unit(match, key, scope) for key, match in firsts.items()}
            self._concept_units[concept, scope] = known
        return known

    def _key(self, match: Match, scope: str) -> tuple[int, ...]:
        """What tells a unit apart: passage and sentence start, or the first passage of the paragraph or row."""
        if scope == "kalimat":
            return (match.passage, match.sentence[0])
        row = self.plan.passages[match.passage].row_key
        return (self._row_members[row][0],) if scope == "baris" and row is not None else (match.passage,)

    def _unit(self, match: Match, key: tuple[int, ...], scope: str) -> Unit:
        if scope == "kalimat":
            return self.sentences[key]
        known = self._units.get((scope, key))
        if known is None:
            passage = self.passage(match)
            row = passage.row_key if scope == "baris" else None
            members = tuple(self._row_members[row]) if row is not None else (match.passage,)
            inside = tuple(m for i in members for m in self._by_passage.get(i, ()))
            known = self._units[scope, key] = Unit(
                key, members, None, self.section(passage), passage.table_kind, inside, frozenset(m.concept for m in inside)
            )
        return known

    _by_passage: dict[int, list[Match]] = field(default_factory=dict)
    _row_members: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    _units: dict[tuple[str, tuple[int, ...]], Unit] = field(default_factory=dict)
    _concept_units: dict[tuple[str, str], Mapping[tuple[int, ...], Unit]] = field(default_factory=dict)


def section_kind(plan: Plan, passage: Passage) -> SectionKind:
    """The kind of the section a passage stands in."""
    kind = plan.sections[passage.section].kind if plan.sections else SectionKind.UNKNOWN
    if kind is SectionKind.UNKNOWN and plan.document.unit == "sheet":
        return SectionKind.ESTIMATE  # the other sheets of a village's workbook are not the plan
    return kind


def build_view(
    plan: Plan,
    matches: Sequence[Match],
    catalogue: Catalogue,
    links: Mapping[int, tuple[int, ...]],
    places: Mapping[int, tuple[str, ...]],
) -> View:
    """Index the matches.

    `links` maps an activity's row to the passages of the problem rows it answers, `places` to proper names in its name.
    """
    by_concept: dict[str, list[Match]] = defaultdict(list)
    by_passage: dict[int, list[Match]] = defaultdict(list)
    grouped: dict[tuple[int, ...], list[Match]] = defaultdict(list)
    for match in matches:
        by_concept[match.concept].append(match)
        by_passage[match.passage].append(match)
        grouped[(match.passage, match.sentence[0])].append(match)
    concepts = {index: frozenset(m.concept for m in members) for index, members in by_passage.items()}
    sentences = {key: _sentence(plan, key, members) for key, members in grouped.items()}
    row_members: dict[tuple[int, int], list[int]] = defaultdict(list)
    cells: dict[int, list[tuple[str, frozenset[str]]]] = defaultdict(list)  # of each activity: role and concepts
    for index, passage in enumerate(plan.passages):
        if passage.row_key is not None:
            row_members[passage.row_key].append(index)
        if passage.activity is not None and index in concepts:
            cells[passage.activity].append((passage.role, concepts[index]))
    rows = {}
    for activity in plan.activities:
        problems, names = links.get(activity.row, ()), places.get(activity.row, ())
        said = _said_of(plan, sentences.values(), names)
        problem = _EMPTY.union(*(concepts.get(index, _EMPTY) for index in problems))
        rows[activity.row] = _row(activity, cells[activity.row], problem, said, problems)
    view = View(plan, catalogue, matches, {k: tuple(v) for k, v in by_concept.items()}, sentences, rows)
    view._by_passage = dict(by_passage)
    view._row_members = dict(row_members)
    return view


def _sentence(plan: Plan, key: tuple[int, ...], members: Sequence[Match]) -> Unit:
    passage = plan.passages[key[0]]
    there = frozenset(m.concept for m in members)
    return Unit(key, (key[0],), members[0].sentence, section_kind(plan, passage), passage.table_kind, tuple(members), there)


def _row(
    activity: Activity,
    cells: Sequence[tuple[str, frozenset[str]]],
    problem: frozenset[str],
    said: frozenset[str],
    problems: tuple[int, ...],
) -> RowView:
    def of(roles: Collection[str] | None, but: Collection[str] = ()) -> frozenset[str]:
        return _EMPTY.union(*(there for role, there in cells if (roles is None or role in roles) and role not in but))

    return RowView(activity, of(NAME_ROLES), of(SUBJECT_ROLES), of(None), of(None, PROBLEM_ROLES), problem, said, problems)


def _said_of(plan: Plan, sentences: Iterable[Unit], names: Sequence[str]) -> frozenset[str]:
    """Concepts in the plan's own sentences about one of the named places; law, last year's rows and the matrix left out."""
    if not names:
        return frozenset()
    found: set[str] = set()
    for unit in sentences:
        if unit.table in (TableKind.MATRIX, TableKind.EVALUATION) or unit.section in (SectionKind.LAW, SectionKind.CONTENTS):
            continue
        if unit.span and any(name in plan.passages[unit.passages[0]].text[unit.span[0] : unit.span[1]] for name in names):
            found |= unit.concepts
    return frozenset(found)


def quote_of(view: View, unit: Unit, match: Match, *, counts: bool, why: str) -> Evidence:
    """The unit as evidence: verbatim, on the page of the match; a sentence over a page break is cut at the break."""
    passage = view.passage(match)
    start, end = unit.span if unit.span and unit.passages == (match.passage,) else match.sentence
    page = passage.place.page
    borders = [(line.start, line.page) for line in passage.lines]
    if borders:
        page = _page_at(borders, match.start)
        start = max([start, *(s for s, p in borders if s <= match.start and _page_at(borders, max(s - 1, 0)) != p)])
        end = min([end, *(s for s, p in borders if s > match.start and p != page)])
    if end - start > QUOTE_LIMIT:
        start, end = _window(passage.text, start, end, match)
    place = passage.place
    if page != place.page:
        place = type(place)(page, place.section, place.table, place.row)
    return Evidence(fold(passage.text[start:end]), place, match.stance, counts, why, passage.activity)


def _page_at(borders: Sequence[tuple[int, int | None]], offset: int) -> int | None:
    page = borders[0][1]
    for start, number in borders:
        if start > offset:
            break
        page = number
    return page


def _window(text: str, start: int, end: int, match: Match) -> tuple[int, int]:
    """At most QUOTE_LIMIT characters around the match, cut at blanks."""
    left = max(start, match.start - QUOTE_LIMIT // 2)
    right = min(end, left + QUOTE_LIMIT)
    if left > start:
        left = text.find(" ", left, match.start) + 1 or match.start
    if right < end:
        cut = text.rfind(" ", match.end, right)
        right = cut if cut > 0 else right
    return left, right


def row_evidence(view: View, row: int, *, counts: bool, why: str) -> Evidence:
    """An activity row as evidence: its name as printed, at its place."""
    activity = view.rows[row].activity
    return Evidence(fold(activity.name), activity.place, Stance.COMMITMENT, counts, why, row)
