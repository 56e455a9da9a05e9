"""Where a hit stands (chapter, table, column) and which stance follows; the table of places is in pemicu.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from irmcheck.match.triggers import AFFIRMED, Cue
from irmcheck.model import Passage, SectionKind, Stance, TableKind


@dataclass(frozen=True, slots=True)
class Situation:
    """The place of a passage, as far as it decides what a hit in it means."""

    section: SectionKind
    table: TableKind | None = None
    role: str = ""
    heading: bool = False
    activity: bool = False

    @classmethod
    def of(cls, passage: Passage, section: SectionKind) -> Situation:
        """The situation of a passage in a chapter of this kind."""
        return cls(section, passage.table_kind, passage.role, passage.kind == "heading", passage.activity is not None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Stance of a hit, why (Indonesian), and what the words alone say."""

    stance: Stance
    reason: str
    cue: str


_BY_CUE = {
    "absent": Stance.ABSENT,
    "insufficient": Stance.PROBLEM,
    "conditional": Stance.CONDITIONAL,
    "law": Stance.LAW,
    "aside": Stance.LAW,  # told of others or in general: no more the plan's own word than a law it quotes
    "past": Stance.PAST,
    "planned": Stance.STATEMENT,
    AFFIRMED: Stance.STATEMENT,
}


class Place:
    """The table of places. A way of reading is one of: hukum lampau usulan kegiatan program masalah pernyataan."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._sections = {str(k): str(v) for k, v in (data.get("bab") or {}).items()}
        self._tables: dict[str, dict[str, str]] = {
            str(kind): {str(role): str(way) for role, way in roles.items()} for kind, roles in (data.get("tabel") or {}).items()
        }
        self._made: dict[tuple[str, str, bool, bool, bool], Verdict] = {}
        self._reasons = {str(k): str(v) for k, v in (data.get("alasan") or {}).items()}

    def way(self, situation: Situation) -> str:
        """How hits in this place are read."""
        if situation.table is not None and (roles := self._tables.get(situation.table)) is not None:
            return roles.get(situation.role, roles.get("lain", "pernyataan"))
        if situation.activity:
            return "kegiatan"
        if situation.heading:
            return "judul"
        return self._sections.get(situation.section, "pernyataan")

    def verdict(self, situation: Situation, cue: Cue, acts: bool, exists: bool) -> Verdict:
        """The stance of a hit: `acts` says that its sentence has a verb of doing, `exists` that it says something is there."""
        key = (self.way(situation), cue.meaning, cue.strict, acts, exists)
        if key not in self._made:
            stance = _STANCES[key[0]](cue, acts, exists)
            names = (cue.meaning, f"{key[0]}.{stance}", str(stance))
            reason = next((self._reasons[name] for name in names if name in self._reasons), "")
            self._made[key] = Verdict(stance, reason, cue.meaning)
        return self._made[key]


def _law(cue: Cue, acts: bool, exists: bool) -> Stance:
    return Stance.LAW


def _past(cue: Cue, acts: bool, exists: bool) -> Stance:
    return _BY_CUE[cue.meaning] if cue.meaning in ("absent", "insufficient") else Stance.PAST


def _proposal(cue: Cue, acts: bool, exists: bool) -> Stance:
    return Stance.ABSENT if cue.strict else Stance.CONDITIONAL


def _activity(cue: Cue, acts: bool, exists: bool) -> Stance:
    """A matrix row is the plan's promise; words of trouble name what it is for."""
    return Stance.ABSENT if cue.strict else Stance.COMMITMENT


def _programme(cue: Cue, acts: bool, exists: bool) -> Stance:
    if cue.meaning in (AFFIRMED, "planned"):
        return Stance.COMMITMENT if acts else Stance.STATEMENT
    return _BY_CUE[cue.meaning]


def _problem(cue: Cue, acts: bool, exists: bool) -> Stance:
    if cue.meaning == AFFIRMED:
        return Stance.STATEMENT if exists else Stance.PROBLEM
    return Stance.PROBLEM if cue.meaning == "conditional" else _BY_CUE[cue.meaning]


def _statement(cue: Cue, acts: bool, exists: bool) -> Stance:
    return _BY_CUE[cue.meaning]


def _heading(cue: Cue, acts: bool, exists: bool) -> Stance:
    return Stance.STATEMENT


_STANCES = {
    "hukum": _law,
    "lampau": _past,
    "usulan": _proposal,
    "kegiatan": _activity,
    "program": _programme,
    "masalah": _problem,
    "pernyataan": _statement,
    "judul": _heading,
}
