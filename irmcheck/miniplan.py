"""A rule's example as a small Plan, so that it runs through the same matching and judging as a real one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from irmcheck.catalogue.rules import Catalogue, Example
from irmcheck.model import (
    Activity,
    Document,
    Identity,
    Passage,
    Place,
    Plan,
    PlanKind,
    PlanTable,
    Row,
    Section,
    SectionKind,
    TableKind,
)
from irmcheck.structure.codes import normal_code
from irmcheck.structure.numbers import parse_rupiah, parse_volume, parse_years
from irmcheck.structure.vocabulary import compile_wording
from irmcheck.structure.wording import Wording, squeeze

TABLE_KEY = "tabel"
PLACES: Mapping[TableKind, SectionKind] = {
    TableKind.MATRIX: SectionKind.MATRIX,
    TableKind.EVALUATION: SectionKind.EVALUATION,
    TableKind.PROBLEMS: SectionKind.PROBLEMS,
    TableKind.INCOME: SectionKind.BUDGET,
    TableKind.TEAM: SectionKind.PROCESS,
    TableKind.ATTENDANCE: SectionKind.PROCESS,
    TableKind.PROPOSALS: SectionKind.ANNEX,
    TableKind.ESTIMATE: SectionKind.ANNEX,
}
TITLE_ROLES = ("bidang", "subbidang")  # title rows of a matrix, no cells of the activity
PERIOD_YEARS = 8  # of an RPJMDes since UU 3/2024


@dataclass(slots=True)
class PlanMaker:
    """Makes mini plans. `wording` comes from the lexicon in force, `year` is the newest fiscal year with known rules."""

    wording: Wording
    year: int | None

    @classmethod
    def of(cls, catalogue: Catalogue) -> PlanMaker:
        """A maker for the lexicon and packs of a catalogue."""
        known = [pack.year for pack in catalogue.packs.values() if pack.known]
        return cls(compile_wording(catalogue.lexicon), max(known, default=None))

    def plan(self, example: Example, plan_kinds: Iterable[str]) -> Plan:
        """The example as a plan of its own kind, else of the first kind the rule is for."""
        kind = PlanKind(example.plan_kind or next(iter(plan_kinds)))
        return self.plan_of(kind, example.year or self.year, example.sentences, example.headings, example.rows)

    def plan_of(
        self,
        kind: PlanKind,
        year: int | None,
        sentences: Iterable[tuple[str, str]] = (),
        headings: Iterable[tuple[str, str]] = (),
        rows: Iterable[Mapping[str, str]] = (),
    ) -> Plan:
        """A plan of these sentences, headings (each with the kind of its section) and table rows (cells by role)."""
        last = year + PERIOD_YEARS - 1 if year and kind is PlanKind.RPJMDES else year
        draft = _Draft(self.wording, year, last)
        for section, text in headings:
            draft.text(text, SectionKind(section), "heading")
        for section, text in sentences:
            draft.text(text, SectionKind(section), "prose")
        for row in rows:
            draft.row(row)
        return Plan(
            document=Document(file="contoh", sha256="", format="docx", items=()),
            identity=Identity(kind, village="Contoh", year_start=year, year_end=last),
            sections=tuple(draft.sections),
            tables=tuple(draft.tables()),
            activities=tuple(draft.activities),
            passages=tuple(draft.passages),
        )


@dataclass(slots=True)
class _Draft:
    """A plan being put together."""

    wording: Wording
    year: int | None
    last_year: int | None
    sections: list[Section] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    grids: dict[TableKind, list[dict[str, str]]] = field(default_factory=dict)

    def section(self, kind: SectionKind) -> int:
        """The index of the section of this kind, made when first asked for."""
        for index, section in enumerate(self.sections):
            if section.kind is kind:
                return index
        self.sections.append(Section(kind.value, kind, 1, (0, 0), path=kind.value))
        return len(self.sections) - 1

    def text(self, text: str, section: SectionKind, kind: str) -> None:
        """A paragraph or heading."""
        self.passages.append(Passage(text, kind, self.section(section), Place(section=section.value)))

    def row(self, cells: Mapping[str, str]) -> None:
        """A table row; of the matrix, and thus an activity, unless `tabel` names another kind of table."""
        kind = TableKind(cells.get(TABLE_KEY, TableKind.MATRIX))
        texts = {role: text for role, text in cells.items() if role != TABLE_KEY}
        rows = self.grids.setdefault(kind, [])
        rows.append(texts)
        table = list(self.grids).index(kind) + 1
        section = self.section(PLACES.get(kind, SectionKind.PROFILE))
        place = Place(section=self.sections[section].title, table=table, row=len(rows))
        number = None
        if kind is TableKind.MATRIX:
            number = len(self.activities) + 1
            self.activities.append(self._activity(number, place, texts))
        for role, text in texts.items():
            if not any(c.isalpha() for c in text):
                continue
            if role in TITLE_ROLES:
                self.passages.append(Passage(text, "cell", section, place, "kegiatan", kind))
            else:
                self.passages.append(Passage(text, "cell", section, place, role, kind, number, (table, len(rows))))

    def _activity(self, number: int, place: Place, cells: Mapping[str, str]) -> Activity:
        words, get = self.wording.numbers, cells.get
        fields: dict[str, Any] = {
            "name": get("kegiatan", ""),
            "code": normal_code(get("kode", "")),
            "bidang": get("bidang", ""),
            "bidang_number": next((n for n, named in self.wording.bidang if get("bidang", "") in named), None),
            "subbidang": get("subbidang", ""),
            "location": get("lokasi", ""),
            "volume": parse_volume(cells["volume"], words) if get("volume") else None,
            "target": get("sasaran", ""),
            "schedule": get("waktu", ""),
            "years": self._years(f"{get('tahun', '')} {get('waktu', '')}"),
            "cost": parse_rupiah(get("biaya", ""), words),
            "sources": self._sources(get("sumber", "")),
            "sources_text": get("sumber", ""),
        }
        shown = {"kegiatan", "kode", "bidang", "subbidang", "lokasi", "volume", "sasaran", "waktu", "tahun", "biaya", "sumber"}
        other = tuple((role, text) for role, text in cells.items() if role not in shown)
        return Activity(number, place, other=other, **fields)

    def _years(self, text: str) -> tuple[int, ...]:
        found = parse_years(text, self.wording.numbers)
        relative = tuple(self.year + one - 1 for one in found.relative if self.year)
        return found.years or relative or ((self.year,) if self.year and self.year == self.last_year else ())

    def _sources(self, text: str) -> tuple[str, ...]:
        parts = (part.strip() for part in self.wording.source_splits.split(text))
        return tuple(
            self.wording.sources.get(squeeze(part), part) for part in parts if part and part not in self.wording.no_source
        )

    def tables(self) -> Iterable[PlanTable]:
        """The tables the rows stand in, one for each kind."""
        for number, (kind, rows) in enumerate(self.grids.items(), 1):
            roles = tuple(dict.fromkeys(role for row in rows for role in row))
            body = tuple(Row(tuple(row.get(role, "") for role in roles), None, n) for n, row in enumerate(rows, 1))
            section = self.section(PLACES.get(kind, SectionKind.PROFILE))
            yield PlanTable(number, kind.value, kind, roles, roles, body, section, None)
