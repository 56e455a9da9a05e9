"""The workbook for workshop tables: findings, evidence, activities, money, rows to add."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from irmcheck.model import Basis, Status
from irmcheck.report.view import View
from irmcheck.text import printable

_LONGEST = 32_000  # Excel holds 32,767 characters in a cell
_NARROWED = 0.8  # columns are given in characters of this font; Excel counts in a wider one
_LINE, _TALLEST = 13.0, 400.0  # points; Excel allows 409
_FILLS = {
    Status.MET: "#DDEFE4",
    Status.PARTIAL: "#FBEFD5",
    Status.MISSING: "#F8DDD8",
    Status.UNDETERMINED: "#E4E1F3",
    Status.NOT_APPLICABLE: "#ECEEF0",
}

Cell = str | int | float | Status | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, columns (heading, width in characters) and rows.

    A Status cell is written in words on its colour, a float as a share.
    """

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


def workbook(view: View) -> bytes:
    """The assessment as XLSX. Text stays text: no cell is ever a formula or a link."""
    import xlsxwriter

    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(memory, options) as book:
        book.set_properties({"title": printable(view.title)[:250], "created": _fixed_date()})
        writer = _Writer(book, view)
        for sheet in _sheets(view):
            writer.write(sheet)
    return memory.getvalue()


def _fixed_date() -> Any:
    """The same input gives the same bytes, so the workbook carries no clock time."""
    from datetime import datetime

    return datetime(2000, 1, 1)


class _Writer:
    """Formats are made once per workbook."""

    def __init__(self, book: Any, view: View) -> None:
        base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D5DBE1", "font_name": "Arial", "font_size": 10}
        self._book, self._view = book, view
        self._head = book.add_format(base | {"bold": True, "bg_color": "#123F52", "font_color": "#FFFFFF"})
        self._text = book.add_format(base)
        self._quoted = book.add_format(base | {"quote_prefix": True})
        self._figure = book.add_format(base | {"num_format": "#,##0", "text_wrap": False})
        self._share = book.add_format(base | {"num_format": "0.0%"})
        self._status = {status: book.add_format(base | {"bg_color": fill, "bold": True}) for status, fill in _FILLS.items()}

    def write(self, sheet: Sheet) -> None:
        page = self._book.add_worksheet(sheet.name[:31])
        for column, (heading, width) in enumerate(sheet.columns):
            page.set_column(column, column, width * _NARROWED)
            page.write_string(0, column, printable(heading), self._head)
        page.set_row(0, 2 * _LINE + 3)
        for number, row in enumerate(sheet.rows, start=1):
            page.set_row(number, _height(row, sheet.columns))
            for column, cell in enumerate(row):
                self._cell(page, number, column, cell)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.set_footer("&L&A&R&P / &N")

    def _cell(self, page: Any, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, Status):
            page.write_string(row, column, self._view.words.label("status", cell.value), self._status[cell])
        elif isinstance(cell, str) and cell:
            text = printable(cell)[:_LONGEST]
            page.write_string(row, column, text, self._quoted if text[:1] in "=+-@\t" else self._text)
        elif isinstance(cell, int | float):
            page.write_number(row, column, cell, self._share if isinstance(cell, float) else self._figure)
        else:
            page.write_blank(row, column, None, self._text)


def _height(row: Sequence[Cell], columns: Sequence[tuple[str, int]]) -> float:
    """Points a row needs for its longest wrapped cell; not every program works this out when it opens the file."""

    def lines(text: str, width: int) -> int:
        return sum(max(1, -(-len(part) // max(round(width * 0.9), 1))) for part in text.split("\n"))

    most = max((lines(cell, width) for cell, (_, width) in zip(row, columns, strict=True) if isinstance(cell, str)), default=1)
    return min(_LINE * most + 3, _TALLEST)


def _sheets(view: View) -> Iterable[Sheet]:
    yield _overview(view)
    if view.judged:
        yield _findings(view)
        yield _evidence(view)
        yield _activities(view)
        yield _money(view)
        yield _additions(view)


def _columns(view: View, *columns: tuple[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((view.words.say(key), width) for key, width in columns)


def _overview(view: View) -> Sheet:
    words, a = view.words, view.assessment
    answer = {True: "terpadu_ya", False: "terpadu_tidak", None: "terpadu_null"}[a.summary.integrated]
    facts: list[tuple[Cell, ...]] = [
        (words.say("judul.laporan"), f"{view.title} {view.years}".strip()),
        (words.say("judul.berkas"), view.document.file),
        (words.say("ringkasan.nilai"), words.score(a.summary.score)),
        (words.say("ringkasan.terpadu"), words.say(f"ringkasan.{answer}")),
        (words.say("baca.mutu"), words.label("mutu", a.quality.value)),
        (words.say("baca.tak_terbaca"), view.pages_unread or words.say("baca.tidak_ada")),
    ]
    facts += [(words.label("status", status.value), number) for status, number in view.counts]
    for part, scores in (("grup", a.summary.groups), ("pilar", a.summary.pillars), ("aspek", a.summary.aspects)):
        facts += [(f"{words.say('ringkasan.nilai')}: {words.label(part, one.key)}", words.score(one.score)) for one in scores]
    facts += [(words.label("gawat", one.severity.value), one.message) for one in view.problems]
    facts.append(("irmcheck", f"{view.version}, {a.stamp.sha256}"))
    return Sheet(words.say("lembar.ringkasan"), _columns(view, ("uang.uraian", 42), ("lembar.nilai", 90)), tuple(facts))


def _findings(view: View) -> Sheet:
    words = view.words
    columns = _columns(
        view,
        ("lembar.id", 10),
        ("lembar.kelompok", 16),
        ("lembar.ukuran", 26),
        ("lembar.status", 13),
        ("lembar.alasan", 36),
        ("lembar.saran", 36),
        ("kolom.pilar", 12),
        ("lembar.aspek", 12),
        ("lembar.bobot", 8),
        ("lembar.dasar", 30),
    )
    rows = tuple(
        (
            f.id,
            words.label("grup", f.group),
            view.criterion(f),
            f.status,
            f.reason,
            f.advice if view.to_do(f) else "",
            words.label("pilar", f.pillar),
            words.label("aspek", f.aspect),
            f.weight,
            _basis(view, f.basis),
        )
        for f in view.assessment.findings
    )
    return Sheet(words.say("lembar.temuan"), columns, rows)


def _basis(view: View, basis: Sequence[Basis]) -> str:
    def one(b: Basis) -> str:
        sure = view.words.say("temuan.pasti" if b.verified else "temuan.belum_pasti")
        return f"{b.regulation}{', ' + b.article if b.article else ''} ({sure})"

    return "\n".join(one(b) for b in basis)


def _evidence(view: View) -> Sheet:
    words = view.words
    columns = _columns(
        view,
        ("lembar.id", 10),
        ("lembar.status", 13),
        ("lembar.kutipan", 52),
        ("kolom.halaman", 18),
        ("lembar.bab", 22),
        ("lembar.jenis", 12),
        ("lembar.dihitung", 10),
        ("lembar.mengapa", 36),
    )
    rows = tuple(
        (
            f.id,
            f.status,
            e.quote,
            view.place(e.place),
            e.place.section,
            words.label("sikap", e.stance.value),
            words.say("lembar.ya" if e.counts else "lembar.tidak"),
            e.why,
        )
        for f in view.assessment.findings
        for e in f.evidence
    )
    return Sheet(words.say("lembar.bukti"), columns, rows)


def _activities(view: View) -> Sheet:
    words = view.words
    keys = ("no", "kode", "bidang", "kegiatan", "lokasi", "volume", "sasaran", "waktu", "biaya", "sumber")
    widths = (5, 9, 18, 34, 14, 12, 14, 9, 14, 9)
    tail = ("prb", "api", "mer")
    heading = [(words.label("kolom", key), width) for key, width in zip(keys, widths, strict=True)]
    heading += [(pillar.upper(), 6) for pillar in tail]
    heading += [(words.label("kolom", key), width) for key, width in (("bahaya", 14), ("alasan", 24), ("halaman", 15))]
    rows = []
    for a in view.assessment.plan.activities:
        tag = view.tag[a.row]
        own = (a.row, a.code, a.bidang, a.name, a.location, a.volume.text if a.volume else "", a.target)
        money = (a.schedule or ", ".join(map(str, a.years)), a.cost, ", ".join(a.sources) or a.sources_text)
        marks = tuple("✓" if pillar in tag.pillars else "" for pillar in tail)
        rows.append((*own, *money, *marks, ", ".join(map(view.hazard, tag.hazards)), tag.why, view.place(a.place)))
    return Sheet(words.say("lembar.kegiatan"), tuple(heading), tuple(rows))


def _money(view: View) -> Sheet:
    words, budget = view.words, view.assessment.budget
    columns = _columns(
        view, ("lembar.kelompok", 22), ("uang.uraian", 44), ("uang.rupiah", 20), ("uang.bagian", 18), ("uang.jumlah_kegiatan", 14)
    )
    parts = (
        ("uang.per_pilar", view.bars(budget.by_pillar, "pilar")),
        ("uang.per_sumber", view.sources()),
        ("uang.per_bidang", view.bars(budget.by_bidang, "bidang")),
        ("uang.per_tahun", view.bars(budget.by_year)),
    )
    rows: list[tuple[Cell, ...]] = [
        (words.say(key), bar.label, bar.cost, bar.percent / 100 if bar.percent is not None else None, bar.rows)
        for key, bars in parts
        for bar in bars
    ]
    if budget.total is not None:
        rows.append((words.say("uang.total"), "", budget.total, "", None))
    rows += [(words.say("uang.periksa"), one.what, one.stated, words.rupiah(one.computed), None) for one in view.mismatches]
    return Sheet(words.say("lembar.uang"), columns, tuple(rows))


def _additions(view: View) -> Sheet:
    words = view.words
    fixed = [("lembar.id", 10), ("lembar.ukuran", 30)]
    keys = (("kode", 10), ("kegiatan", 50), ("volume", 16), ("pelaksana", 24), ("sumber", 24))
    heading = (*_columns(view, *fixed), *((words.label("kolom", key), width) for key, width in keys))
    open_ones = filter(view.to_do, view.assessment.findings)
    rows = tuple(
        (f.id, view.criterion(f), one.code, one.name, f"... {one.unit}".strip(), one.implementer, one.source_hint)
        for f in open_ones
        for one in f.suggested
    )
    return Sheet(words.say("lembar.tambahan"), heading, rows)
