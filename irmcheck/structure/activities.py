"""Activity rows of the plan's matrix with every field, and the re-added totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from irmcheck.errors import Problem
from irmcheck.model import Activity, Place, PlanTable, Section, SumCheck, TableKind, Volume
from irmcheck.structure.codes import normal_code, parts, split_number
from irmcheck.structure.headers import Column
from irmcheck.structure.matrix import Entry, bidang_number, name_of, read_entries
from irmcheck.structure.numbers import parse_volume, parse_years
from irmcheck.structure.tables import MappedTable
from irmcheck.structure.wording import Wording, fold, squeeze

_OTHER = ("pelaksana", "keterangan", "sdgs", "data_eksisting", "target_capaian", "keluaran", "instansi", "penyebab", "masalah",
          "potensi", "tindakan", "jumlah_l", "jumlah_p", "jumlah_rtm", "peringkat")  # fmt: skip


@dataclass(slots=True)
class Ledger:
    """What the matrix of a plan comes to."""

    activities: list[Activity] = field(default_factory=list)
    checks: list[SumCheck] = field(default_factory=list)
    tables: list[PlanTable] = field(default_factory=list)
    stated_total: int | None = None
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    """Carried down a table: current bidang and sub-bidang, and running sums of what was listed since they began."""

    bidang: str = ""
    number: int | None = None
    sub: str = ""
    in_sub: int = 0
    in_bidang: int = 0
    total: int = 0
    rows: int = 0
    stated: int | None = None
    stated_page: int | None = None


def read_activities(
    mapped: Sequence[MappedTable], sections: Sequence[Section], period: tuple[int | None, int | None], wording: Wording
) -> Ledger:
    """All activities of matrix tables in order; the returned tables have their rows classified."""
    ledger = Ledger()
    state = _State()
    for one in mapped:
        if one.table.kind is not TableKind.MATRIX:
            ledger.tables.append(one.table)
            continue
        section = sections[one.table.section]
        _begin(state, one, section, wording)
        entries = read_entries(one, wording, _scale(one, wording))
        for entry in entries:
            _take(entry, state, ledger, one, section, period, wording)
        _close_bidang(state, ledger)
        rows = tuple(replace(entry.row, kind="account" if entry.kind == "more" else entry.kind) for entry in entries)
        ledger.tables.append(replace(one.table, rows=rows))
    return ledger


def _begin(state: _State, one: MappedTable, section: Section, wording: Wording) -> None:
    """A table with a bidang in its title belongs to that bidang; a table without starts anew."""
    for title in (*one.near, section.title):
        if (number := bidang_number(title, wording)) and title in wording.bidang_word and len(title) < 120:
            _enter_bidang(state, split_number(title)[1], number)
            return
    state.bidang, state.number, state.sub = "", None, ""
    state.in_bidang = state.in_sub = 0


def _enter_bidang(state: _State, text: str, number: int | None) -> None:
    state.bidang, state.number, state.sub = text, number, ""
    state.in_bidang = state.in_sub = 0


def _scale(one: MappedTable, wording: Wording) -> int:
    """1000 when the header or title says amounts are in thousands, and so on."""
    texts = [column.title for column in one.columns if column.role.startswith("biaya")]
    texts += [near for near in one.near if len(near) < 120]
    return next((scale for scale, words in wording.multiples if any(text in words for text in texts)), 1)


def _take(
    entry: Entry,
    state: _State,
    ledger: Ledger,
    one: MappedTable,
    section: Section,
    period: tuple[int | None, int | None],
    wording: Wording,
) -> None:
    if entry.kind == "title":
        if entry.level == 1:
            _close_bidang(state, ledger)
            _enter_bidang(state, entry.text, bidang_number(entry.text, wording))
            state.stated, state.stated_page = entry.money, entry.row.page
        elif entry.text:
            state.sub, state.in_sub = entry.text, 0
    elif entry.kind == "subtotal":
        _check_total(entry, state, ledger, wording)
    elif entry.kind == "data":
        _carry(entry, state, ledger, wording)
        activity = _activity(entry, state, len(ledger.activities) + 1, one, section, period, wording)
        ledger.activities.append(activity)
        cost = activity.cost or 0
        state.in_sub, state.in_bidang, state.total = state.in_sub + cost, state.in_bidang + cost, state.total + cost
        state.rows += 1


def _carry(entry: Entry, state: _State, ledger: Ledger, wording: Wording) -> None:
    """Bidang and sub-bidang from their own columns, where the matrix has such columns."""
    for role in ("bidang", "bidang_subbidang"):
        text = split_number(entry.cells.get(role, ""))[1]
        number = bidang_number(text, wording) if text else None
        if text and number and fold(text) != fold(state.bidang) and not text.lower().startswith("sub"):
            if number != state.number:
                _close_bidang(state, ledger)
                _enter_bidang(state, text, number)
        elif text and role == "bidang_subbidang":
            state.sub = text
    if text := split_number(entry.cells.get("subbidang", ""))[1]:
        state.sub = text


def _check_total(entry: Entry, state: _State, ledger: Ledger, wording: Wording) -> None:
    if entry.money is None:
        return
    text = entry.text
    whole = text in wording.grand_total and not (text in wording.bidang_word and not _is_whole(text))
    if text in wording.subbidang_word and not whole:
        computed = state.in_sub
    elif whole or (text not in wording.bidang_word and state.in_bidang != state.total and not state.in_bidang):
        computed, ledger.stated_total = state.total, entry.money
    elif text in wording.bidang_word or state.in_bidang:
        computed = state.in_bidang
        state.stated = None
    else:
        computed = state.total
    what = f"{text} ({state.bidang})" if fold(text) == fold("jumlah per bidang") and state.bidang else text
    _record(ledger, what, entry.money, computed, entry.row.page)


def _is_whole(text: str) -> bool:
    """ "JUMLAH TOTAL (BIDANG I s/d V)" names bidang but is the grand total."""
    words = fold(text).split()
    return "total" in words or "seluruhnya" in words or "seluruh" in words


def _close_bidang(state: _State, ledger: Ledger) -> None:
    """A bidang row that carries its own sum is checked when the bidang ends."""
    if state.stated is not None and state.rows:
        _record(ledger, f"Jumlah {state.bidang}", state.stated, state.in_bidang, state.stated_page)
    state.stated = None


def _record(ledger: Ledger, what: str, stated: int, computed: int, page: int | None) -> None:
    ledger.checks.append(SumCheck(what, stated, computed, page))
    if stated != computed:
        difference = f"{abs(stated - computed):,}".replace(",", ".")
        ledger.problems.append(
            Problem(
                "structure",
                "sum-differs",
                f"{what}: tertulis Rp {stated:,}, tetapi jumlah barisnya Rp {computed:,}".replace(",", ".")
                + f" (selisih Rp {difference}). Periksa angkanya.",
                page,
            )
        )


def _activity(
    entry: Entry,
    state: _State,
    row: int,
    one: MappedTable,
    section: Section,
    period: tuple[int | None, int | None],
    wording: Wording,
) -> Activity:
    cells = _with_folded(entry)
    name = name_of(entry, wording)
    extra = [e.cells.get("kegiatan") or e.cells.get("uraian") or "" for e in entry.folded if e.kind == "more"]
    code = cells.get("kode") or cells.get("no", "")
    labels, sources = _sources(cells.get("sumber", ""), entry, wording)
    schedule, years = _schedule(entry, cells, one.columns, period, wording)
    return Activity(
        row=row,
        place=Place(entry.row.page, section.path or section.title, one.table.number, entry.row.number),
        name=" ".join([name, *filter(None, extra)]),
        code=normal_code(code) if len(parts(code)) >= 3 else None,
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
    unit = cells.get("satuan", "")
    text = f"{text} {unit}".strip() if text else ""
    return parse_volume(text, wording.numbers) if text and text not in wording.no_source else None


def _sources(text: str, entry: Entry, wording: Wording) -> tuple[tuple[str, ...], str]:
    labels = [wording.sources.get(squeeze(text), "")] if wording.sources.get(squeeze(text)) else []
    if not labels:
        pieces = [piece.strip(" .") for piece in wording.source_splits.split(text)]
        labels = [wording.sources.get(squeeze(one), one) for one in pieces if one and one not in wording.no_source]
    labels += [str(column.value) for column, _ in entry.amounts if column.role == "biaya_sumber"]
    return tuple(dict.fromkeys(label for label in labels if squeeze(label))), text


def _schedule(
    entry: Entry,
    cells: dict[str, str],
    columns: tuple[Column, ...],
    period: tuple[int | None, int | None],
    wording: Wording,
) -> tuple[str, tuple[int, ...]]:
    """The time as printed (or the ticked column titles) and the calendar years meant; () when they cannot be known."""
    ticked = [column for column in entry.ticks if column.role in ("tahun", "tahun_ke", "bulan")]
    ticked += [c for more in entry.folded for c in more.ticks if c.role in ("tahun", "tahun_ke", "bulan") and c not in ticked]
    ticked += [column for column, _ in entry.amounts if column.role == "biaya_tahun"]
    text = cells.get("waktu", "")
    schedule = text or ", ".join(column.names[-1] for column in ticked)
    first, last = period
    length = max((int(c.value) for c in columns if c.role == "tahun_ke"), default=0)
    base = last - length if last and length else (first - 1 if first else None)
    years = [int(c.value) for c in ticked if c.role in ("tahun", "biaya_tahun")]
    if base is not None:
        years += [base + int(c.value) for c in ticked if c.role == "tahun_ke"]
    if not years:
        named = parse_years(text, wording.numbers)
        years = list(named.years) or ([first - 1 + n for n in named.relative] if first else [])
    if not years and first and first == last:
        years = [first]
    return schedule, tuple(sorted(set(years)))


def _pattern(entry: Entry, cells: dict[str, str], wording: Wording) -> str:
    ticked = [wording.patterns[column.role] for column in entry.ticks if column.role in wording.patterns]
    return cells.get("pola", "") or ", ".join(ticked)
