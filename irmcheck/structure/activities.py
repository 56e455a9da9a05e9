"""Activity rows of the plan's matrix with every field, and the re-added totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from irmcheck.errors import Problem
from irmcheck.model import Activity, Place, PlanTable, Section, TableKind, Volume
from irmcheck.structure.codes import normal_code, parts, split_number
from irmcheck.structure.headers import Column
from irmcheck.structure.kinds import title_years
from irmcheck.structure.mapped import MappedTable
from irmcheck.structure.matrix import Entry, bidang_number, name_of, read_entries
from irmcheck.structure.numbers import parse_volume, parse_years
from irmcheck.structure.totals import Totals
from irmcheck.structure.wording import Wording, squeeze

_OTHER = ("pelaksana", "keterangan", "sdgs", "data_eksisting", "target_capaian", "keluaran", "instansi", "penyebab", "masalah",
          "potensi", "tindakan", "laki_laki", "perempuan", "rtm", "peringkat")  # fmt: skip


_LONGEST_TITLE = 120  # characters
_PERIOD = 8  # the most years a plan has; greater figures are calendar years


@dataclass(slots=True)
class Ledger:
    """What the matrix of a plan comes to."""

    activities: list[Activity]
    tables: list[PlanTable]
    totals: Totals


@dataclass(slots=True)
class _State:
    """Carried down and from table to table: the current bidang and sub-bidang, and the header they stood under."""

    period: tuple[int | None, int | None]
    bidang: str = ""
    number: int | None = None
    sub: str = ""
    roles: tuple[str, ...] = ()

    def enter(self, bidang: str, number: int | None) -> None:
        """A bidang begins."""
        self.bidang, self.number, self.sub = bidang, number, ""


def read_activities(
    mapped: Sequence[MappedTable],
    sections: Sequence[Section],
    period: tuple[int | None, int | None],
    wording: Wording,
    *,
    coded: bool = False,
) -> Ledger:
    """All activities of matrix tables in order; the returned tables have their rows classified.

    `coded` is for a budget (APB Desa): only rows under a bidang that carry a kode kegiatan are activities.
    """
    ledger = Ledger([], [], Totals(wording))
    state = _State(period)
    for one in mapped:
        if one.table.kind is not TableKind.MATRIX:
            ledger.tables.append(one.table)
            continue
        section = sections[one.table.section]
        _begin(state, one, section, ledger.totals, wording)
        entries = read_entries(one, wording, _scale(one, wording))
        for entry in entries:
            if coded and entry.kind == "data" and not (state.number and normal_code(entry.code)):
                entry.kind = "account"
            _take(entry, state, ledger, one, section, wording)
        ledger.totals.close_bidang()
        rows = tuple(replace(entry.row, kind="account" if entry.kind == "more" else entry.kind) for entry in entries)
        ledger.tables.append(replace(one.table, rows=rows))
    return ledger


def _begin(state: _State, one: MappedTable, section: Section, totals: Totals, wording: Wording) -> None:
    """A table belongs to the bidang and sub-bidang its titles and headings name.

    Without any it is a next part of the matrix before when it has the same columns, else it starts anew.
    """
    same, state.roles = state.roles == one.table.roles, one.table.roles
    sub = ""
    for title in (*one.near, *reversed(section.path.split(" > "))):
        name = split_number(title)[1]
        if len(name) > _LONGEST_TITLE:
            continue
        if wording.subbidang_word.opens(name):
            sub = sub or name
        elif (number := bidang_number(name, wording)) and (name in wording.bidang_word or wording.bidang_names.opens(name)):
            if number != state.number:
                totals.begin_bidang()
                state.enter(name, number)
            totals.begin_sub()
            state.sub = sub
            return
    if not same:
        state.enter("", None)
        totals.begin_bidang()


def _scale(one: MappedTable, wording: Wording) -> int:
    """1000 when the header or title says amounts are in thousands, and so on."""
    texts = [column.title for column in one.columns if column.role.startswith("biaya")]
    texts += [near for near in one.near if len(near) < 120]
    return next((scale for scale, words in wording.multiples if any(text in words for text in texts)), 1)


def _take(entry: Entry, state: _State, ledger: Ledger, one: MappedTable, section: Section, wording: Wording) -> None:
    totals = ledger.totals
    if entry.kind == "title" and entry.level == 1:
        totals.begin_bidang(entry.text, entry.money, entry.row.page)
        state.enter(entry.text, bidang_number(entry.text, wording))
    elif entry.kind == "title" and entry.text:
        totals.begin_sub()
        state.sub = entry.text
    elif entry.kind == "subtotal" and entry.money is not None:
        totals.check(entry.text, entry.money, entry.row.page, state.bidang)
    elif entry.kind == "data":
        _carry(entry, state, totals, wording)
        activity = _activity(entry, state, len(ledger.activities) + 1, one, section, wording)
        ledger.activities.append(activity)
        if entry.doubtful:
            text = entry.cells.get("biaya", "")
            message = f"Biaya kegiatan '{activity.name}' terbaca '{text}' dan tidak mungkin benar; dianggap tidak diketahui."
            totals.problems.append(Problem("structure", "amount-doubtful", message, entry.row.page))
        totals.add(activity.cost or 0)


def _carry(entry: Entry, state: _State, totals: Totals, wording: Wording) -> None:
    """Bidang and sub-bidang from their own columns, where the matrix has such columns."""
    for role in ("bidang", "bidang_subbidang"):
        figures, text = split_number(entry.cells.get(role, ""))
        named = wording.bidang_word.opens(text) or wording.bidang_names.opens(text)
        whole = role == "bidang" or named or (text.isupper() and len(parts(figures)) < 2)
        number = bidang_number(text, wording, bare=role == "bidang") if text and whole else None
        if number and number != state.number:
            totals.begin_bidang()
            state.enter(text, number)
        elif text and not number and role == "bidang_subbidang":
            state.sub = text
    if text := split_number(entry.cells.get("subbidang", ""))[1]:
        state.sub = text


def _activity(
    entry: Entry,
    state: _State,
    row: int,
    one: MappedTable,
    section: Section,
    wording: Wording,
) -> Activity:
    cells = _with_folded(entry)
    name = name_of(entry, wording)
    extra = [e.cells.get("kegiatan") or e.cells.get("uraian") or "" for e in entry.folded if e.kind == "more"]
    labels, sources = _sources(cells.get("sumber", ""), entry, wording)
    schedule, years = _schedule(entry, cells, one.columns, state.period, title_years(one, wording), wording)
    return Activity(
        row=row,
        place=Place(entry.row.page, section.path or section.title, one.table.number, entry.row.number),
        name=" ".join([name, *filter(None, extra)]),
        code=normal_code(entry.code),
        bidang=state.bidang,
        bidang_number=state.number,
        subbidang=state.sub,
        location=cells.get("lokasi", ""),
        volume=_volume(cells, wording),
        target=cells.get("sasaran", ""),
        schedule=schedule,
        years=years,
        cost=_cost(entry),
        sources=labels,
        sources_text=sources,
        pattern=_pattern(entry, cells, wording),
        other=tuple((role, cells[role]) for role in _OTHER if cells.get(role)),
    )


def _with_folded(entry: Entry) -> dict[str, str]:
    """The cells of a row with what its continuation rows add."""
    cells = dict(entry.cells)
    for more in entry.folded:
        if more.kind != "more":
            continue
        for role, text in more.cells.items():
            if role in ("kegiatan", "uraian", "no", "bidang", "subbidang", "bidang_subbidang", "biaya"):
                continue
            before = cells.get(role, "")
            if not before:
                cells[role] = text
            elif squeeze(text) not in squeeze(before):
                cells[role] = f"{before}{', ' if role == 'sumber' else ' '}{text}"
    return cells


def _cost(entry: Entry) -> int | None:
    """The row's own amount; else the sum of its sub-rows. Lines of the same activity from several sources add up."""
    more = [e.money for e in entry.folded if e.kind == "more" and e.money is not None]
    if entry.money is not None:
        return entry.money + sum(more)
    accounts = [e.money for e in entry.folded if e.kind == "account" and e.money is not None]
    return sum(more or accounts) if more or accounts else None


def _volume(cells: dict[str, str], wording: Wording) -> Volume | None:
    text = cells.get("volume", "") or cells.get("keluaran", "")
    target = cells.get("target_capaian", "")
    if not text and target and parse_volume(target, wording.numbers).value is not None:
        text = target
    unit = cells.get("satuan", "")
    text = f"{text} {unit}".strip() if text else ""
    return parse_volume(text, wording.numbers) if text and text not in wording.no_source else None


def _sources(text: str, entry: Entry, wording: Wording) -> tuple[tuple[str, ...], str]:
    whole = _source(text, wording)
    if whole in wording.sources.values():
        labels = [whole]
    else:
        pieces = [piece.strip(" .") for piece in wording.source_splits.split(text)]
        labels = [_source(one, wording) for one in pieces if one and one not in wording.no_source]
    labels += [str(column.value) for column, _ in entry.amounts if column.role == "biaya_sumber"]
    return tuple(dict.fromkeys(label for label in labels if squeeze(label))), text


def _source(text: str, wording: Wording) -> str:
    """The label of one source, its explanation in brackets left out where the rest is known; else as printed."""
    bare = re.sub(r"\([^)]*\)", "", text)
    return wording.sources.get(squeeze(text)) or wording.sources.get(squeeze(bare)) or text


def _schedule(
    entry: Entry,
    cells: dict[str, str],
    columns: tuple[Column, ...],
    period: tuple[int | None, int | None],
    titled: tuple[int, ...],
    wording: Wording,
) -> tuple[str, tuple[int, ...]]:
    """The time as printed (or the ticked column titles) and the calendar years meant; () when they cannot be known.

    `titled` are the years over the table, for plans with a table for each year.
    """
    ticked = [column for column in entry.ticks if column.role in ("tahun", "tahun_ke", "bulan")]
    ticked += [c for more in entry.folded for c in more.ticks if c.role in ("tahun", "tahun_ke", "bulan") and c not in ticked]
    ticked += [column for column, _ in entry.amounts if column.role == "biaya_tahun"]
    text = cells.get("waktu", "")
    schedule = text or ", ".join(column.names[-1] for column in ticked)
    first, last = period
    yearly = [int(c.value) for c in columns if c.role in ("tahun_ke", "biaya_tahun")]
    length = max((n for n in yearly if n <= _PERIOD), default=0)
    base = last - length if last and length else (first - 1 if first else None)
    counts = [int(c.value) for c in ticked if c.role != "bulan"]
    years = [n for n in counts if n > _PERIOD]
    if base is not None:
        years += [base + n for n in counts if n <= _PERIOD]
    if not years:
        counted = any(column.role == "waktu" and column.names[-1] in wording.year_words for column in columns)
        named = parse_years(text, wording.numbers)
        relative = named.relative or (_ordinals(text) if counted else ())
        years = list(named.years) or ([first - 1 + n for n in relative] if first else [])
    if not years and first and first == last:
        years = [first]
    if not years and len(titled) == 1 and first and last and first <= titled[0] <= last:
        years = list(titled)
    return schedule, tuple(sorted(set(years)))


def _ordinals(text: str) -> tuple[int, ...]:
    """Years of the period out of bare figures: "2", "1, 3", "1-3"."""
    found: list[int] = []
    for first, last in re.findall(r"(?<!\d)([1-8])(?:\s*(?:-|–|s/?d\.?)\s*([1-8]))?(?!\d)", text):
        found += range(int(first), int(last or first) + 1)
    return tuple(found)


def _pattern(entry: Entry, cells: dict[str, str], wording: Wording) -> str:
    ticked = [column.names[-1] for column in entry.ticks if column.role in wording.patterns]
    return cells.get("pola", "") or ", ".join(ticked)
