"""The workbook for workshop tables: findings, evidence, activities, money, rows to add."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from irmcheck.model import Basis
from irmcheck.report.view import View
from irmcheck.report.words import ranges
from irmcheck.report.workbook import Cell, Sheet, write_book


def workbook(view: View) -> bytes:
    """The assessment as XLSX."""
    return write_book(_sheets(view), view.title, lambda status: view.words.label("status", status.value))


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
        ("lembar.dasar", 44),
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
    """Each basis on one line; only those still to be checked say so."""
    unsure = f" ({view.words.say('temuan.belum_pasti')})"
    return "\n".join(f"{b.regulation} {b.article}".strip() + ("" if b.verified else unsure) for b in basis)


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
        money = (ranges(a.years) or a.schedule, a.cost, ", ".join(a.sources) or a.sources_text)
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
    """Rows to add in the plan's own column order, each with the criterion it answers."""
    words = view.words
    table = view.row_table([row for _, row in view.additions])
    heading = list(_columns(view, ("lembar.id", 10), ("lembar.ukuran", 30)))
    rows: list[tuple[Cell, ...]] = []
    if table:
        longest = [max(map(len, column)) for column in zip(table.header, *table.rows, strict=True)]
        heading += [(name, min(max(length, 8), 46)) for name, length in zip(table.header, longest, strict=True)]
        pairs = zip(view.additions, table.rows, strict=True)
        rows = [(finding.id, view.criterion(finding), *cells) for (finding, _), cells in pairs]
    return Sheet(words.say("lembar.tambahan"), tuple(heading), tuple(rows))
