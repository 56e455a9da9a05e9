"""When a plan ends up without its matrix: a table set aside by its title or chapter is tried after all, or told about.

A title or chapter only says what a table is called. Where nothing else holds the plan's activities, its rows decide: how
many activities they give, of how many bidang, of which years and from whose money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from irmcheck.errors import Problem, Severity
from irmcheck.model import Activity, Document, Section, TableKind
from irmcheck.structure.activities import read_activities
from irmcheck.structure.kinds import Period, is_matrix_like, is_past, title_years
from irmcheck.structure.mapped import MappedTable
from irmcheck.structure.wording import Wording

_FEW = 5  # matrix rows; a plan has more, so that fewer may be a table taken for the matrix by mistake
_TIMES = 4  # how much larger a table set aside must be to be doubted beside such few rows
_LEAST_ROWS = 3
_LEAST_BIDANG = 2
_DONE = frozenset({"realisasi", "tanda_tangan"})  # a table with such a column filled in looks back, or was signed


@dataclass(frozen=True, slots=True)
class _Trial:
    """A table set aside, and the activities it gives when read as the matrix."""

    one: MappedTable
    activities: tuple[Activity, ...]

    @property
    def bidang(self) -> frozenset[int]:
        """The bidang its rows stand under."""
        return frozenset(a.bidang_number for a in self.activities if a.bidang_number)


def claim_matrix(
    mapped: Sequence[MappedTable], sections: Sequence[Section], document: Document, period: Period, wording: Wording
) -> tuple[tuple[MappedTable, ...], tuple[Problem, ...]]:
    """Tables set aside that are the plan's matrix after all become MATRIX, each with a Problem that says so."""
    known = sum(len(one.table.rows) for one in mapped if one.table.kind is TableKind.MATRIX)
    if known >= _FEW:
        return tuple(mapped), _past_matrix(mapped, period[0], wording)
    unread = any(page.source == "unread" for page in document.pages)
    trials = [trial for trial in _trials(mapped, sections, period, wording) if len(trial.activities) >= known * _TIMES]
    claimed = [t for t in trials if _is_own(t, sections[t.one.table.section], period, wording, unread)]
    chosen = {id(trial.one) for trial in claimed}
    turned = tuple(replace(one, table=replace(one.table, kind=TableKind.MATRIX)) if id(one) in chosen else one for one in mapped)
    assumed = tuple(_assumed(trial.one) for trial in claimed if trial.one.table.kind is not TableKind.DATA)
    return turned, assumed or _past_matrix(turned, period[0], wording)


def _past_matrix(mapped: Sequence[MappedTable], start: int | None, wording: Wording) -> tuple[Problem, ...]:
    """A plan whose only matrix is titled with years before it: copied from the last plan, or not renamed."""
    matrices = [one for one in mapped if one.table.kind is TableKind.MATRIX]
    if start is None or not matrices or not all(is_past(one, start, wording) for one in matrices):
        return ()
    years = ", ".join(map(str, title_years(matrices[0], wording)))
    message = (
        f"Judul matriks kegiatan menyebut tahun {years}, padahal rencana ini mulai tahun {start}."
        " Bila itu kegiatan tahun lalu, isinya bukan rencana; bila judulnya yang lama, perbaiki tahunnya."
    )
    return (Problem("structure", "matrix-past", message, matrices[0].table.page),)


def lost_matrix(
    mapped: Sequence[MappedTable], sections: Sequence[Section], period: Period, wording: Wording
) -> tuple[Problem, ...]:
    """What to tell of a plan without any activity: the table that looks most like its matrix, if there is one."""
    matrices = [one for one in mapped if one.table.kind is TableKind.MATRIX and one.filled]
    trials = _trials(mapped, sections, period, wording, doubtful=True)
    doubted = matrices or [trial.one for trial in sorted(trials, key=lambda trial: -len(trial.activities))]
    if not doubted:
        return ()
    table = doubted[0].table
    named = f" '{table.title}'" if table.title else ""
    message = (
        f"Tidak ada satu pun kegiatan yang terbaca, padahal tabel{named} mirip matriks kegiatan"
        f" (terbaca sebagai {table.kind.value}). Yang tidak ditemukan karena itu belum tentu tidak ada."
        " Periksa judul bab, judul tabel dan judul kolomnya."
    )
    return (Problem("structure", "no-activities", message, table.page, Severity.ERROR),)


def _trials(
    mapped: Sequence[MappedTable], sections: Sequence[Section], period: Period, wording: Wording, *, doubtful: bool = False
) -> list[_Trial]:
    """Tables that are no matrix but could hold activities, read as if they were; `doubtful` ones are told of, not used."""
    found = []
    for one in mapped:
        roles = one.header_roles
        like = is_matrix_like(roles, wording) or (any(role.startswith("biaya") for role in roles) and _named(roles, wording))
        if one.table.kind is TableKind.MATRIX or not like or not one.filled or (_looks_back(one) and not doubtful):
            continue
        tried = replace(one, table=replace(one.table, kind=TableKind.MATRIX))
        trial = _Trial(one, tuple(read_activities([tried], sections, period, wording).activities))
        if len(trial.activities) >= _LEAST_ROWS and (len(trial.bidang) >= _LEAST_BIDANG or is_matrix_like(roles, wording)):
            found.append(trial)
    return found


def _looks_back(one: MappedTable) -> bool:
    places = [c for c, column in enumerate(one.columns) if column.role in _DONE]
    return any(row.cells[c].strip("-. ") for row in one.table.rows for c in places)


def _named(roles: frozenset[str], wording: Wording) -> bool:
    return any(role in roles for role in wording.name_roles)


def _is_own(trial: _Trial, section: Section, period: Period, wording: Wording, unread: bool) -> bool:
    """The table is the plan's: nothing dates it elsewhere, and its rows or its titles say it is what the village will do."""
    start, end = period
    titles = (*trial.one.near, section.title)
    years = title_years(trial.one, wording)
    if start is not None and end is not None and years and not any(start <= year <= end for year in years):
        return False
    kind = trial.one.table.kind
    if kind is TableKind.EVALUATION:
        return bool(years) or _has_own_years(trial, period) or _says_plan(titles, wording)
    if len(trial.bidang) < _LEAST_BIDANG:
        return False
    roles = trial.one.header_roles
    if kind is TableKind.ESTIMATE and not roles & {"lokasi", "waktu", "tahun", "tahun_ke"}:
        return False
    if kind is TableKind.PROBLEMS and not any(role.startswith("biaya") for role in roles):
        return False
    return kind is not TableKind.PROPOSALS or (not unread and _own_money(trial, wording))


def _has_own_years(trial: _Trial, period: Period) -> bool:
    """Its columns are the years of the plan, or its rows are dated with them."""
    start, end = period
    roles = trial.one.header_roles
    dated = [year for a in trial.activities for year in a.years]
    if start is not None and end is not None and start < end and dated:
        rows = sum(bool(a.years) for a in trial.activities)
        if rows * 2 > len(trial.activities) and start <= min(dated) and start < max(dated) <= end:
            return True
    columns = [int(c.value) for c in trial.one.columns if c.role in ("tahun", "biaya_tahun")]
    counted = "tahun_ke" in roles or any(0 < value < 10 for value in columns)
    return counted or (start is not None and end is not None and bool(columns) and all(start <= v <= end for v in columns))


def _says_plan(titles: Sequence[str], wording: Wording) -> bool:
    return any(title in wording.planned and title not in wording.planned_unless for title in titles)


def _own_money(trial: _Trial, wording: Wording) -> bool:
    """Paid mostly by the village itself, its own government included, for which nobody asks the kabupaten."""
    sources = [a.sources_text or " ".join(a.sources) for a in trial.activities if a.sources]
    others = sum(wording.outside.opens(text) for text in sources)
    return 1 in trial.bidang and bool(sources) and others * 4 <= len(sources)


def _assumed(one: MappedTable) -> Problem:
    table = one.table
    named = f" '{table.title}'" if table.title else ""
    message = (
        f"Tabel{named} berada di bawah judul yang biasanya bukan rencana kegiatan ({table.kind.value}), tetapi hanya tabel ini"
        " yang memuat kegiatan desa; dibaca sebagai matriks kegiatan. Periksa judulnya."
    )
    return Problem("structure", "matrix-assumed", message, table.page)
