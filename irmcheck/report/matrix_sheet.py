"""The matrix as a workbook: conditional fills, totals as formulas, one sheet for each further table."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from irmcheck.report.cells import A3, BASE, HEAD, CellWriter, new_book, set_paper
from irmcheck.report.matrix import Matrix, plan_name, village_name, where
from irmcheck.report.view import PILLARS, STATUS_ORDER
from irmcheck.report.words import Words
from irmcheck.text import printable

_FILLS = {"met": "#14663F", "partial": "#F3C969", "missing": "#FBE7E3", "undetermined": "#E4E1F3", "not_applicable": "#F1F3F4"}
_INK = {"met": "#FFFFFF", "partial": "#3D2A00", "missing": "#A02417", "undetermined": "#3B3478", "not_applicable": "#66707A"}
_HEAD_ROWS, _FIRST = 2, 5  # heading rows; first column of a criterion
_TOTALS = 3  # met, partial, missing

Cell = str | int | float | None


def matrix_workbook(matrix: Matrix, words: Words) -> bytes:
    """The matrix as XLSX, the same bytes for the same matrix. Text stays text: no cell of a plan is ever a formula or a link."""
    memory = io.BytesIO()
    with new_book(memory, words.say("matriks.judul")) as book:
        _Writer(book, matrix, words).write()
    return memory.getvalue()


class _Writer:
    def __init__(self, book: Any, matrix: Matrix, words: Words) -> None:
        self._book, self._matrix, self._words = book, matrix, words
        base = BASE | {"valign": "vcenter"}
        self._cells = CellWriter(book, base)
        self._middle = book.add_format(base | {"align": "center", "bold": True})
        self._head = book.add_format(base | HEAD | {"text_wrap": True})
        self._group = book.add_format(base | HEAD | {"align": "center", "shrink": True})
        self._turned = book.add_format(base | {"rotation": 90, "valign": "bottom", "align": "center", "text_wrap": True})
        self._status = {
            key: book.add_format({"bg_color": fill, "font_color": _INK[key], "bold": True}) for key, fill in _FILLS.items()
        }

    def write(self) -> None:
        """All sheets."""
        if self._matrix.lines:
            self._map()
        say, label, m = self._words.say, self._words.label, self._matrix
        lines = [(village_name(v, self._words), where(v, self._words), plan_name(e, self._words), e) for v, e in m.lines]
        plan = ((say("matriks.kolom_desa"), 26), (label("kolom", "lokasi"), 30), (say("matriks.rencana"), 24))
        self._sheet(
            say("matriks.celah"),
            [
                ("ID", 9),
                (say("lembar.ukuran"), 40),
                (label("status", "missing"), 10),
                (label("status", "partial"), 10),
                (say("matriks.n_rencana"), 10),
                (say("lembar.kutipan"), 70),
                (say("matriks.kolom_desa"), 40),
            ],
            self._gap_rows(),
        )
        self._sheet(
            say("matriks.perbaikan"),
            [*plan, ("ID", 9), (say("lembar.ukuran"), 40), (say("lembar.tambahan"), 60)],
            [(*who, fix.criterion, fix.title, fix.activity) for *who, e in lines for fix in e.fixes],
        )
        self._sheet(
            say("matriks.uang"),
            [
                *plan,
                *((label("pilar", p), 18) for p in PILLARS),
                *((f"{p.upper()} %", 9) for p in PILLARS),
                (say("matriks.total"), 20),
            ],
            [(*who, *(e.money.get(p) for p in PILLARS), *map(_share, map(e.percent, PILLARS)), e.total) for *who, e in lines],
        )
        self._sheet(
            say("matriks.salinan"),
            [
                (say("matriks.kolom_desa"), 26),
                (say("matriks.desa_lain"), 26),
                (say("lembar.alasan"), 60),
                (say("lembar.kutipan"), 80),
            ],
            self._copy_rows(),
        )
        self._sheet(
            say("matriks.berkas"),
            [(say("matriks.nama_berkas"), 60), (say("lembar.status"), 30), (say("matriks.alasan"), 90)],
            self._file_rows(),
        )

    def _map(self) -> None:
        words, m = self._words, self._matrix
        page = self._book.add_worksheet(words.say("matriks.peta")[:31])
        heads = (("kolom_desa", 24), ("rencana", 22), ("nilai", 7), ("terpadu", 9), ("mutu", 10))
        names = [words.say(f"matriks.{key}") for key, _ in heads]
        for column, (name, (_, width)) in enumerate(zip(names, heads, strict=True)):
            page.merge_range(0, column, 1, column, name, self._head)
            page.set_column(column, column, width)
        at = _FIRST
        for group, width in m.groups:
            if width > 1:
                page.merge_range(0, at, 0, at + width - 1, words.label("grup", group), self._group)
            else:
                page.write_string(0, at, group, self._group)
            at += width
        page.set_column(_FIRST, at - 1, 3.6)
        page.set_row(1, 190)
        for column, one in enumerate(m.criteria, start=_FIRST):
            page.write_string(1, column, f"{one.id} {printable(one.title)}", self._turned)
        for row, (village, entry) in enumerate(m.lines, start=_HEAD_ROWS):
            answer = {True: "ya", False: "tidak", None: "tak_tahu"}[entry.integrated]
            self._cells.write(page, row, 0, village_name(village, words))
            self._cells.write(page, row, 1, plan_name(entry, words))
            self._cells.write(page, row, 2, None if entry.score is None else round(entry.score))
            self._cells.write(page, row, 3, words.say(f"matriks.{answer}"))
            self._cells.write(page, row, 4, words.label("mutu", entry.quality))
            for column, one in enumerate(m.criteria, start=_FIRST):
                page.write_string(row, column, self._letter(entry.statuses.get(one.id, "")), self._middle)
        self._totals(page)
        page.freeze_panes(_HEAD_ROWS, 1)
        page.autofilter(1, 0, _HEAD_ROWS - 1 + len(m.lines), _FIRST - 1 + len(m.criteria))
        set_paper(page, A3, _HEAD_ROWS - 1)

    def _totals(self, page: Any) -> None:
        """Counts that follow when a person corrects a letter, and the colours by letter."""
        m, words = self._matrix, self._words
        last = _HEAD_ROWS + len(m.lines) - 1
        for number, status in enumerate(STATUS_ORDER[:_TOTALS]):
            row = last + 2 + number
            told = f"{words.say('matriks.jumlah')}: {words.label('status', status.value)}"
            page.merge_range(row, 0, row, _FIRST - 1, told, self._cells.text)
            for column, one in enumerate(m.criteria, start=_FIRST):
                area = f"{_column(column)}{_HEAD_ROWS + 1}:{_column(column)}{last + 1}"
                formula = f'=COUNTIF({area},"{self._letter(status.value)}")'
                page.write_formula(row, column, formula, self._middle, m.counts(one.id)[status.value])
        for key, form in self._status.items():
            # "?" alone would be a wildcard to some programs; equality is not.
            rule = {"type": "cell", "criteria": "==", "value": f'"{self._letter(key)}"', "format": form}
            page.conditional_format(_HEAD_ROWS, _FIRST, last, _FIRST + len(m.criteria) - 1, rule)

    def _letter(self, status: str) -> str:
        return str(self._words.strings["matriks"]["huruf"].get(status, ""))

    def _gap_rows(self) -> Iterable[Sequence[Cell]]:
        for gap in self._matrix.gaps:
            first = (gap.criterion.id, gap.criterion.title, gap.missing, gap.partial, gap.judged)
            for one in gap.examples:
                told = self._words.say("matriks.contoh_dari", desa=one.village, rencana=one.plan, tempat=one.place)
                yield (*first, one.quote, told)
            if not gap.examples:
                yield (*first, self._words.say("matriks.tanpa_contoh", saran=gap.advice), "")

    def _copy_rows(self) -> Iterable[Sequence[Cell]]:
        words = self._words
        for one in self._matrix.copies:
            told = words.say("matriks.salinan_hitung", bagian=one.passages, persen=words.percent(one.share), baris=one.rows)
            rows = (f"{row.text}: {words.rupiah(row.cost)}" for row in one.shown_rows)
            yield one.village_a, one.village_b, told, "\n".join([*(p.text for p in one.shown), *rows])
        for village, entry in self._matrix.foreign:
            yield village_name(village, words), "", words.say("matriks.nama_asing", daftar=", ".join(entry.foreign)), entry.file

    def _file_rows(self) -> Iterable[Sequence[Cell]]:
        m, say = self._matrix, self._words.say
        for key, notes in (("gagal", m.failed), ("tidak_dinilai", m.unjudged), ("dilewati", m.skipped)):
            for note in notes:
                yield note.file, say(f"matriks.{key}"), note.text
        for village in m.villages:
            for entry in village.others:
                yield entry.file, say("matriks.lain"), f"{village_name(village, self._words)}, {plan_name(entry, self._words)}"

    def _sheet(self, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> None:
        page = self._book.add_worksheet(name.split(",")[0][:31])
        for column, (heading, width) in enumerate(columns):
            page.set_column(column, column, width)
            page.write_string(0, column, heading, self._head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                self._cells.write(page, last, column, cell)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(last, 1), len(columns) - 1)
        set_paper(page, A3, 0)


def _share(percent: float | None) -> float | None:
    return None if percent is None else min(percent / 100, 1.0)


def _column(number: int) -> str:
    name = ""
    while number >= 0:
        name = chr(ord("A") + number % 26) + name
        number = number // 26 - 1
    return name
