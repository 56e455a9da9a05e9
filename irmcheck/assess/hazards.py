"""The hazard thread: hazards the plan presents as this village's real problems, and the activities that answer them."""

from __future__ import annotations

from collections.abc import Mapping

from irmcheck.assess.view import NAME_ROLES, Unit, View, quote_of
from irmcheck.catalogue.rules import Hazard
from irmcheck.model import Evidence, HazardThread, Match, SectionKind, Stance, TableKind, Tag

REAL_SECTIONS = frozenset(
    {
        SectionKind.PROBLEMS, SectionKind.PROFILE, SectionKind.PREFACE, SectionKind.PROCESS, SectionKind.EVALUATION,
        SectionKind.UNKNOWN, SectionKind.PROGRAMME, SectionKind.POLICY, SectionKind.BUDGET, SectionKind.ANNEX,
    }
)  # fmt: skip
REAL_TABLES = frozenset({TableKind.PROBLEMS, TableKind.EVENTS, TableKind.DATA, TableKind.MATRIX, TableKind.PROPOSALS})
REAL_STANCES = frozenset({Stance.PROBLEM, Stance.STATEMENT, Stance.PAST, Stance.COMMITMENT})
LOCAL = frozenset({"tanda_tempat", "tanda_waktu", "tanda_dampak", "tanda_ukuran", "tanda_nyata"})
SHOWN = 4


def find_real_hazards(view: View) -> dict[str, tuple[Evidence, ...]]:
    """Hazard id -> quotes that show it as a real problem here; hazards only named in lists or laws are left out."""
    found = {}
    for hazard in view.catalogue.hazards.values():
        quotes = tuple(_quotes(view, hazard))
        if quotes:
            found[hazard.id] = quotes
    return found


def seasonal_hazards(view: View) -> frozenset[str]:
    """Hazards that only a filled season calendar shows: known to come back, but not told of as a problem to be answered."""
    return frozenset(
        hazard.id
        for hazard in view.catalogue.hazards.values()
        for unit in view.units(hazard.concepts, "kalimat")
        if unit.table is TableKind.SEASONS and view.plan.passages[unit.passages[0]].row_key not in view.denied
    )


def _quotes(view: View, hazard: Hazard) -> list[Evidence]:
    quotes = []
    for unit in view.units(hazard.concepts, "kalimat"):
        hit = next((m for m in unit.matches if m.concept in hazard.concepts and _is_real(view, unit, m)), None)
        if hit is not None:
            quotes.append(quote_of(view, unit, hit, counts=True, why="disebut sebagai masalah nyata di desa ini"))
    return quotes[:SHOWN]


def _is_real(view: View, unit: Unit, match: Match) -> bool:
    """A hazard is real where the plan ties it to a place, a time, an effect or a size, or lists it among its problems."""
    if match.stance not in REAL_STANCES or view.passage(match).row_key in view.denied:
        return False
    if unit.table in (TableKind.PROBLEMS, TableKind.EVENTS):
        return True
    if unit.table is not None and unit.table not in REAL_TABLES:
        return False
    if unit.table is None and unit.section not in REAL_SECTIONS:
        return False
    if match.stance is Stance.COMMITMENT and (unit.table is not TableKind.MATRIX or view.passage(match).role in NAME_ROLES):
        return False  # what will be done tells of no trouble felt; the target column of a row does
    return bool(unit.concepts & LOCAL)


def build_threads(view: View, real: Mapping[str, tuple[Evidence, ...]], tags: Mapping[int, Tag]) -> tuple[HazardThread, ...]:
    """One thread per hazard that is real or answered, with the rupiah of its rows and what is one-sided."""
    threads = []
    cost = {a.row: a.cost or 0 for a in view.plan.activities}
    for hazard in view.catalogue.hazards.values():
        rows = tuple(row for row, tag in tags.items() if hazard.id in tag.hazards and _lessens(view, tag))
        quotes = real.get(hazard.id, ())
        if rows or quotes:
            note = _note(view, hazard, quotes, rows, tags)
            threads.append(HazardThread(hazard.id, hazard.title, bool(quotes), quotes, rows, sum(cost[r] for r in rows), note))
    return tuple(threads)


def _lessens(view: View, tag: Tag) -> bool:
    """Whether the row does something about its hazards; a map or a study alone describes them."""
    types = (view.catalogue.activity_types[one] for one in tag.types)
    return any(kind.pillars and not kind.only_informs for kind in types)


def _note(view: View, hazard: Hazard, quotes: tuple[Evidence, ...], rows: tuple[int, ...], tags: Mapping[int, Tag]) -> str:
    name = hazard.title.lower()
    if quotes and not rows:
        pages = sorted({q.place.page for q in quotes if q.place.page})
        where = f" di hal. {', '.join(map(str, pages))}" if pages else ""
        return f"{hazard.title} disebut{where}, tetapi belum ada kegiatan yang menjawabnya."
    if not quotes:
        return f"Ada kegiatan untuk {name}, tetapi masalahnya belum diceritakan dalam bab masalah."
    if {p for r in rows for p in tags[r].pillars} == {"prb"} and _nature_helps(view, hazard):
        return f"Untuk {name} baru ada bangunan atau kesiapsiagaan; belum ada kegiatan merawat alam yang ikut melindungi."
    return ""


def _nature_helps(view: View, hazard: Hazard) -> bool:
    """Whether some kind of activity for nature lessens the hazard: trees hold a slope but stop no disease."""
    kinds = view.catalogue.activity_types.values()
    return any("mer" in kind.pillars and hazard.id in (*kind.answers, *kind.always) for kind in kinds)
