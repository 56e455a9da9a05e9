"""The closed set of evidence rule kinds, each implemented once; rules/README.md explains them to rule authors.

A kind is a function (view, params) -> evidence; an empty result means the rule does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from irmcheck.assess.computed import COMPUTED, NO_QUOTE
from irmcheck.assess.view import RowView, Unit, View, quote_of, row_evidence
from irmcheck.catalogue.rules import Criterion, EvidenceRule
from irmcheck.model import Activity, Evidence, Match, SectionKind, Stance, TableKind

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
TABLES = frozenset({TableKind.PROBLEMS, TableKind.EVENTS, TableKind.DATA, TableKind.SEASONS, TableKind.TEAM})
FIELDS: Mapping[str, Callable[[Activity], object]] = {
    "lokasi": lambda a: a.location.strip(" -"),
    "volume": lambda a: a.volume and a.volume.text.strip(" -0"),
    "biaya": lambda a: a.cost,
    "sumber": lambda a: a.sources,
    "sasaran": lambda a: a.target.strip(" -"),
    "tahun": lambda a: a.years or a.schedule.strip(" -"),
}


def as_list(value: Any) -> list[Any]:
    """A YAML value that may be one thing or a list of things."""
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def groups_of(value: Any) -> list[frozenset[str]]:
    """`dengan`: a flat list is one any-of group; a list of lists is several groups that must all be there."""
    items = as_list(value)
    if not items:
        return []
    if all(isinstance(item, str) for item in items):
        return [frozenset(items)]
    return [frozenset(as_list(item)) for item in items]


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
    accepted = []
    for unit in view.units(wanted, scope):
        if _is_heading(view, unit) or not _in_place(unit, params):
            continue
        if view.plan.passages[unit.passages[0]].row_key in view.denied and Stance.ABSENT not in stances:
            continue
        there = unit.concepts
        said = there if Stance.ABSENT in stances else {m.concept for m in unit.matches if m.stance is not Stance.ABSENT}
        if there & unwanted or not all(said & group for group in needed):
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


def _in_place(unit: Unit, params: Params) -> bool:
    """Text in the section kinds `di` (default: all but last year's), cells of the table kinds `tabel` (default: TABLES).

    `di: []` leaves only tables. Law, contents and cost estimates never count unless `di` names them.
    """
    if unit.section in NEVER and unit.section not in as_list(params.get("di")):
        return False
    if unit.table is not None and "tabel" in params:
        return unit.table in as_list(params["tabel"])
    if unit.table is not None and unit.table not in TABLES:
        return False
    if "di" in params:
        return unit.section in as_list(params["di"])
    return unit.section is not SectionKind.EVALUATION


def _distinct_key(view: View, unit: Unit, match: Match, distinct: str) -> str:
    if distinct == "konsep":
        return match.concept
    if distinct == "bahaya":
        return next((h.id for h in view.catalogue.hazards.values() if match.concept in h.concepts), "")
    return str(unit.key)


def activity_rule(view: View, params: Params) -> list[Evidence]:
    """`kegiatan`: rows of the plan's own activities by type, words, pillar, hazard and the fields they must have."""
    rows = [row for row in view.rows.values() if row_fits(view, row, params)]
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


def row_fits(view: View, row: RowView, params: Params) -> bool:
    """Does an activity row satisfy the params of a `kegiatan` rule?"""
    if row.activity.row in view.hollow:
        return False
    tag = view.tags.get(row.activity.row)
    types, pillars = frozenset(as_list(params.get("jenis"))), frozenset(as_list(params.get("pilar")))
    words, hazards = frozenset(as_list(params.get("cari"))), frozenset(as_list(params.get("bahaya")))
    named = row.row if params.get("luas") else row.name
    if types or words:
        by_type = bool(tag and types & set(tag.types))
        if not by_type and not words & named:
            return False
    if pillars and not (tag and pillars & set(tag.pillars)):
        return False
    if hazards and not (tag and hazards & set(tag.hazards)):
        return False
    around = row.row if params.get("sebaris") else row.row | row.problem | row.place
    if not all(around & group for group in groups_of(params.get("dengan"))):
        return False
    if frozenset(as_list(params.get("bukan"))) & row.own:
        return False
    if not _starts_in_time(view, row.activity, params):
        return False
    wanted_fields = as_list(params.get("punya"))
    if not all(FIELDS[name](row.activity) for name in wanted_fields):
        return False
    sources = frozenset(as_list(params.get("sumber")))
    if sources and not sources & set(row.activity.sources):
        return False
    bidang = as_list(params.get("bidang"))
    return not bidang or row.activity.bidang_number in bidang


def _starts_in_time(view: View, activity: Activity, params: Params) -> bool:
    """`awal: n`: the row starts in one of the first n years of the plan; true where the plan or the row gives no year."""
    start = view.plan.identity.year_start
    return "awal" not in params or not activity.years or start is None or min(activity.years) < start + int(params["awal"])


def status_rule(view: View, params: Params) -> list[Evidence]:
    """`kriteria`: another criterion, already judged, has one of the statuses; its evidence is shown."""
    finding = view.done.get(str(params.get("id")))
    if finding is None or getattr(finding, "status", "") not in [STATUS_WORDS[s] for s in as_list(params.get("status"))]:
        return []
    return list(getattr(finding, "evidence", ()))[:MAX_EVIDENCE] or [NO_QUOTE]


def all_rule(view: View, params: Params) -> list[Evidence]:
    """`semua`: every rule in the list holds."""
    found: list[Evidence] = []
    for item in as_list(params.get("aturan")):
        kind, inner = next(iter(item.items()))
        part = KINDS[kind].run(view, inner)
        if not part:
            return []
        found += part
    return found[: MAX_EVIDENCE + 2]


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
