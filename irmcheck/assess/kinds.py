"""The closed set of evidence rule kinds, each implemented once; rules/README.md explains them to rule authors.

A kind is a function (view, params) -> evidence; an empty result means the rule does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from irmcheck.assess.computed import COMPUTED, NO_QUOTE
from irmcheck.assess.rows import FIELDS, RowTest, as_list, groups_of
from irmcheck.assess.view import Unit, View, quote_of, row_evidence
from irmcheck.catalogue.rules import Criterion, EvidenceRule
from irmcheck.model import Evidence, Match, SectionKind, Stance, TableKind

Params = Mapping[str, Any]
MAX_EVIDENCE = 6

STANCES = {
    "komitmen": Stance.COMMITMENT,
    "pernyataan": Stance.STATEMENT,
    "masalah": Stance.PROBLEM,
    "tidak_ada": Stance.ABSENT,
    "bersyarat": Stance.CONDITIONAL,
    "lampau": Stance.PAST,
    "hukum": Stance.LAW,
}
DEFAULT_STANCES = frozenset({Stance.COMMITMENT, Stance.STATEMENT, Stance.PROBLEM, Stance.PAST})
NEVER = frozenset({SectionKind.LAW, SectionKind.CONTENTS, SectionKind.ESTIMATE})
NUMBERS = frozenset({"minimal", "awal", "bagian", "keluarga", "tahun", "mulai", "perempuan"})  # `unsur` may name concepts
TABLES = frozenset({TableKind.PROBLEMS, TableKind.EVENTS, TableKind.DATA, TableKind.SEASONS, TableKind.TEAM})


def sentence_rule(view: View, params: Params) -> list[Evidence]:
    """`kalimat`: units of text that hold one of `cari`, every group of `dengan`, nothing of `bukan`, in the right place."""
    wanted = frozenset(as_list(params.get("cari")))
    scope = str(params.get("lingkup", "kalimat"))
    accepted = _accepted(view, params, wanted, scope)
    distinct = str(params.get("beda", "kalimat"))
    keys = {_distinct_key(view, unit, match, distinct) for unit, hits in accepted for match in hits}
    if len(keys - {""}) < int(params.get("minimal", 1)):
        return []
    why = str(params.get("alasan", ""))
    return [quote_of(view, unit, hits[0], counts=True, why=why) for unit, hits in accepted[:MAX_EVIDENCE]]


def _accepted(view: View, params: Params, wanted: frozenset[str], scope: str) -> list[tuple[Unit, list[Match]]]:
    """The units that satisfy the rule, each with its hits in reading order (never empty)."""
    stances = frozenset(STANCES[s] for s in as_list(params.get("sikap"))) or DEFAULT_STANCES
    needed, unwanted = groups_of(params.get("dengan")), frozenset(as_list(params.get("bukan")))
    in_place, absent = Places.of(params), Stance.ABSENT in stances
    accepted = []
    for unit in view.units(wanted, scope):
        there = unit.concepts
        if there & unwanted or not all(there & group for group in needed):
            continue
        if not in_place.hold(unit) or _is_heading(view, unit):
            continue
        if view.plan.passages[unit.passages[0]].row_key in view.denied and not absent:
            continue
        if needed and not absent:
            said = {m.concept for m in unit.matches if m.stance is not Stance.ABSENT}
            if not all(said & group for group in needed):
                continue
        asked = (m for m in unit.matches if m.concept in wanted and m.stance in stances)
        hits = [m for m in asked if not there & _not_meant(view, m.concept)]
        if hits:
            accepted.append((unit, hits))
    return accepted


def _not_meant(view: View, concept: str) -> frozenset[str]:
    """Where the concept is an activity type's: what that type excludes."""
    kind = view.catalogue.activity_types.get(concept.removeprefix("jenis."))
    return frozenset(kind.exclude) if kind and concept.startswith("jenis.") else frozenset()


def _is_heading(view: View, unit: Unit) -> bool:
    """A heading names a chapter; it is never evidence."""
    return len(unit.passages) == 1 and view.plan.passages[unit.passages[0]].kind == "heading"


@dataclass(frozen=True, slots=True)
class Places:
    """Text in the section kinds `di` (default: all but last year's), cells of the table kinds `tabel` (default: TABLES).

    `di: []` leaves only tables. Law, contents and cost estimates never count unless `di` names them.
    """

    sections: frozenset[str] | None
    tables: frozenset[str] | None

    @classmethod
    def of(cls, params: Params) -> Places:
        """The places a rule names."""

        def named(key: str) -> frozenset[str] | None:
            return frozenset(as_list(params[key])) if key in params else None

        return cls(named("di"), named("tabel"))

    def hold(self, unit: Unit) -> bool:
        """Does the unit stand in one of them?"""
        if unit.section in NEVER and unit.section not in (self.sections or ()):
            return False
        if unit.table is not None and self.tables is not None:
            return unit.table in self.tables
        if unit.table is not None and unit.table not in TABLES:
            return False
        if self.sections is not None:
            return unit.section in self.sections
        return unit.section is not SectionKind.EVALUATION


def _distinct_key(view: View, unit: Unit, match: Match, distinct: str) -> str:
    if distinct == "konsep":
        return match.concept
    if distinct == "bahaya":
        return next((h.id for h in view.catalogue.hazards.values() if match.concept in h.concepts), "")
    return str(unit.key)


def activity_rule(view: View, params: Params) -> list[Evidence]:
    """`kegiatan`: rows of the plan's own activities by type, words, pillar, hazard and the fields they must have."""
    wanted = RowTest.of(params)
    rows = [row for row in view.rows.values() if wanted.fits(view, row)]
    distinct = str(params.get("beda", "baris"))
    keys: set[str] = set()
    for row in rows:
        tag = view.tags.get(row.activity.row)
        if distinct == "jenis":
            keys |= set(tag.types if tag else ())
        elif distinct == "pilar":
            keys |= set(tag.pillars if tag else ())
        else:
            keys.add(str(row.activity.row))
    if len(keys) < int(params.get("minimal", 1)):
        return []
    why = str(params.get("alasan", ""))
    return [row_evidence(view, row.activity.row, counts=True, why=why) for row in rows[:MAX_EVIDENCE]]


def status_rule(view: View, params: Params) -> list[Evidence]:
    """`kriteria`: another criterion, already judged, has one of the statuses; its evidence is shown."""
    finding = view.done.get(str(params.get("id")))
    if finding is None or getattr(finding, "status", "") not in [STATUS_WORDS[s] for s in as_list(params.get("status"))]:
        return []
    return list(getattr(finding, "evidence", ()))[:MAX_EVIDENCE] or [NO_QUOTE]


def all_rule(view: View, params: Params) -> list[Evidence]:
    """`semua`: every rule in the list holds. The quotes of another criterion (`kriteria`) belong there and are not repeated."""
    found: list[Evidence] = []
    for item in as_list(params.get("aturan")):
        kind, inner = next(iter(item.items()))
        part = KINDS[kind].run(view, inner)
        if not part:
            return []
        found += part if kind != "kriteria" else []
    return found[: MAX_EVIDENCE + 2] or [NO_QUOTE]


STATUS_WORDS = {"terpenuhi": "met", "sebagian": "partial", "belum": "missing"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A rule kind: what runs it and which params it knows."""

    run: Callable[[View, Params], list[Evidence]]
    params: frozenset[str]


_COMMON = {"alasan", "minimal", "beda"}
KINDS: dict[str, Kind] = {
    "kalimat": Kind(sentence_rule, frozenset({"cari", "dengan", "bukan", "di", "tabel", "sikap", "lingkup"} | _COMMON)),
    "kegiatan": Kind(
        activity_rule,
        frozenset(
            {"jenis", "cari", "dengan", "bukan", "pilar", "bahaya", "punya", "sumber", "bidang", "luas", "sebaris", "awal"}
            | _COMMON
        ),
    ),
    "kriteria": Kind(status_rule, frozenset({"id", "status"})),
    "semua": Kind(all_rule, frozenset({"aturan"})),
    **{name: Kind(run, frozenset(params | {"alasan"})) for name, (run, params) in COMPUTED.items()},
}


def rules_of(criterion: Criterion) -> tuple[EvidenceRule, ...]:
    """All evidence rules of a criterion, those of its condition included."""
    return criterion.evidence + (criterion.condition.rules if criterion.condition else ())


def validate(rule: EvidenceRule) -> list[str]:
    """Faults of a rule's kind and params, in Indonesian; [] when sound."""
    if rule.kind not in KINDS:
        return [f"jenis bukti '{rule.kind}' tidak dikenal; yang ada: {', '.join(sorted(KINDS))}"]
    return list(_param_faults(rule.kind, rule.params))


def _param_faults(kind: str, params: Params) -> Iterable[str]:
    known = KINDS[kind].params
    for name in params:
        if name not in known:
            yield f"'{name}' tidak dikenal pada bukti '{kind}'; yang dikenal: {', '.join(sorted(known))}"
    checks: tuple[tuple[str, Iterable[str]], ...] = (
        ("di", list(SectionKind)),
        ("tabel", list(TableKind)),
        ("sikap", STANCES),
        ("punya", FIELDS),
        ("pilar", ("prb", "api", "mer")),
        ("lingkup", ("kalimat", "paragraf", "baris")),
        ("beda", ("kalimat", "konsep", "bahaya", "baris", "jenis", "pilar")),
    )
    for name, allowed in checks:
        for value in as_list(params.get(name)):
            if value not in allowed:
                yield f"'{name}: {value}' tidak dikenal; pilihan: {', '.join(map(str, allowed))}"
    for name in NUMBERS & params.keys():
        if isinstance(params[name], bool) or not isinstance(params[name], int | float):
            yield f"'{name}: {params[name]}' harus berupa angka, misalnya '{name}: 2'"
    if kind == "semua":
        for item in as_list(params.get("aturan")):
            inner = next(iter(item))
            if inner not in KINDS:
                yield f"jenis bukti '{inner}' tidak dikenal; yang ada: {', '.join(sorted(KINDS))}"
            else:
                yield from _param_faults(inner, item[inner])


def run(view: View, rule: EvidenceRule) -> list[Evidence]:
    """Evidence for one rule; [] when it does not hold."""
    params = dict(rule.params)
    params.setdefault("alasan", rule.why)
    return KINDS[rule.kind].run(view, params)
