"""What was read from a file, for people who want to see why something was missed: JSON, workbook, Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from irmcheck.assess import quality_of
from irmcheck.model import Activity, Block, Document, Page, Plan, Table
from irmcheck.report.files import target, write_atomic
from irmcheck.report.text import cleaned, folded, safe_stem
from irmcheck.report.words import Words, words_for
from irmcheck.report.workbook import Cell, Sheet, write_book
from irmcheck.settings import Settings

ACTIVITY_COLUMNS: Sequence[tuple[str, int]] = (
    ("no", 5), ("kode", 10), ("bidang", 24), ("subbidang", 28), ("kegiatan", 46), ("lokasi", 20), ("volume", 14), ("jumlah", 9),
    ("satuan", 12), ("sasaran", 26), ("waktu", 14), ("tahun", 14), ("biaya", 16), ("sumber", 12), ("pola", 14), ("halaman", 18),
)  # fmt: skip
_SPECIAL = tuple("#>-+*=")  # what Markdown takes as a mark at the start of a line


def write_extract(plan: Plan, formats: Sequence[str], out: Path, *, stem: str, settings: Settings) -> tuple[Path, ...]:
    """Write what was read to `out`/<stem>-isi.<format> for each format. Raises UsageError when the place cannot be written."""
    words = words_for(settings.language, settings)
    made = [(name, EXTRACTS[name](plan, words)) for name in dict.fromkeys(formats)]
    written = []
    for name, data in made:
        path = target(out, f"{safe_stem(stem)}-isi", name, plan.document.sha256)
        write_atomic(path, data)
        written.append(path)
    return tuple(written)


def _json(plan: Plan, words: Words) -> bytes:
    document = plan.document
    data = {
        "file": document.file,
        "format": document.format,
        "unit": document.unit,
        "quality": quality_of(document).value,
        "identity": asdict(plan.identity),
        "pages": [asdict(page) for page in document.pages],
        "items": [_item(item) for item in document.items],
        "sections": [{"title": s.title, "kind": s.kind, "page": s.page, "path": s.path} for s in plan.sections],
        "tables": [asdict(t) for t in plan.tables],
        "activities": [asdict(a) for a in plan.activities],
        "checks": [asdict(c) for c in plan.checks],
        "problems": [asdict(p) for p in (*document.problems, *plan.problems)],
    }
    return (json.dumps(cleaned(data), ensure_ascii=False, indent=1, default=str) + "\n").encode("utf-8")


def _item(item: Block | Table) -> Mapping[str, Any]:
    if isinstance(item, Table):
        return {"type": "table", "page": item.page, "number": item.number, "rows": item.rows, "hidden": item.hidden}
    return {"type": item.kind, "page": item.page, "number": item.number, "text": item.text}


def _markdown(plan: Plan, words: Words) -> bytes:
    return ("\n".join(_lines(plan, words)).rstrip() + "\n").encode("utf-8")


def _lines(plan: Plan, words: Words) -> Iterator[str]:
    document = plan.document
    quality = quality_of(document).value
    yield from (f"# {folded(document.file)}", "", f"{words.say('isi.mutu')}: {words.label('mutu', quality)}")
    problems = (*document.problems, *plan.problems)
    if problems:
        yield from ("", f"## {words.say('isi.catatan')}", "")
        yield from (f"- {folded(p.message)}" for p in problems)
    pages: dict[int | None, Page | None] = {page.number: page for page in document.pages}
    items: dict[int | None, list[Block | Table]] = {number: [] for number in pages}
    for item in document.items:
        items.setdefault(item.page, []).append(item)
    for number, found in items.items():
        yield from ("", f"## {_page_title(document, pages.get(number), number, words)}", "")
        for item in found:
            yield from _table_lines(item) if isinstance(item, Table) else (_escaped(f"{item.number} {item.text}".strip()), "")


def _page_title(document: Document, page: Page | None, number: int | None, words: Words) -> str:
    if number is None:
        return words.say("isi.seluruhnya")
    name = words.say(f"isi.{document.unit}", n=page.label if page and page.label else number)
    if page is None:
        return name
    if page.source in ("unread", "blank", "hidden"):
        return f"{name} ({words.say(f'isi.cara_{page.source}')}{', ' + page.reason if page.reason else ''})"
    quality = words.label("mutu", page.quality.value)
    return f"{name} ({words.say('isi.mutu')}: {quality}{', ' + page.reason if page.reason else ''})"


def _table_lines(table: Table) -> Iterator[str]:
    for number, row in enumerate(table.rows):
        yield "| " + " | ".join(_escaped(cell or "") for cell in row) + " |"
        if number == 0:
            yield "|" + " --- |" * len(row)
    yield ""


def _escaped(text: str) -> str:
    """One line that Markdown takes as text."""
    line = folded(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return "\\" + line if line.startswith(_SPECIAL) else line


def _workbook(plan: Plan, words: Words) -> bytes:
    sheets = (_activities, _sums, _sections, _tables, _pages, _problems)
    return write_book((make(plan, words) for make in sheets), plan.document.file, lambda status: status.value)


def _columns(words: Words, *columns: tuple[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((words.say(f"isi.{key}"), width) for key, width in columns)


def _activities(plan: Plan, words: Words) -> Sheet:
    columns = tuple((words.say("isi.jumlah") if key == "jumlah" else words.label("kolom", key), w) for key, w in ACTIVITY_COLUMNS)
    return Sheet(words.say("isi.lembar_kegiatan"), columns, tuple(_activity(plan, a, words) for a in plan.activities))


def _activity(plan: Plan, a: Activity, words: Words) -> tuple[Cell, ...]:
    volume = a.volume
    amount = volume.value if volume else None
    place = words.place(plan.document, a.place)
    return (
        a.row, a.code, a.bidang, a.subbidang, a.name, a.location, volume.text if volume else "",
        "" if amount is None else f"{amount:g}", (volume.unit or "") if volume else "", a.target, a.schedule,
        ", ".join(map(str, a.years)), a.cost, ", ".join(a.sources) or a.sources_text, a.pattern, place,
    )  # fmt: skip


def _sums(plan: Plan, words: Words) -> Sheet:
    """Rupiah and rows per bidang and source, and the stated totals that do not agree."""
    rows: list[tuple[Cell, ...]] = []
    keys: tuple[tuple[str, Callable[[Activity], str]], ...] = (
        ("bidang", lambda a: a.bidang),
        ("sumber", lambda a: " + ".join(a.sources)),
    )
    for name, key in keys:
        groups: dict[str, list[Activity]] = {}
        for activity in plan.activities:
            groups.setdefault(key(activity) or words.say("umum.kosong"), []).append(activity)
        rows += [(words.label("kolom", name), group, sum(a.cost or 0 for a in m), None, len(m)) for group, m in groups.items()]
    total = sum(a.cost or 0 for a in plan.activities)
    rows.append((words.say("isi.semua"), "", total, plan.stated_total, len(plan.activities)))
    rows += [(words.say("isi.cocokkan"), c.what, c.computed, c.stated, None) for c in plan.checks]
    columns = _columns(words, ("menurut", 14), ("uraian", 60), ("dihitung", 20), ("tertulis", 20), ("baris", 10))
    return Sheet(words.say("isi.lembar_jumlah"), columns, tuple(rows))


def _sections(plan: Plan, words: Words) -> Sheet:
    rows = tuple((s.page, s.level, s.title, s.kind.value) for s in plan.sections)
    return Sheet(
        words.say("isi.lembar_bab"), _columns(words, ("halaman", 10), ("tingkat", 10), ("judul", 80), ("isi_bab", 18)), rows
    )


def _tables(plan: Plan, words: Words) -> Sheet:
    rows = tuple((t.number, t.page, t.kind.value, t.title, len(t.rows), " | ".join(t.header)) for t in plan.tables)
    columns = (("nomor", 8), ("halaman", 10), ("jenis", 16), ("judul", 50), ("baris", 10), ("kepala", 90))
    return Sheet(words.say("isi.lembar_tabel"), _columns(words, *columns), rows)


def _pages(plan: Plan, words: Words) -> Sheet:
    rows = tuple(
        (p.number, p.label, words.say(f"isi.cara_{p.source}"), words.label("mutu", p.quality.value), p.reason)
        for p in plan.document.pages
    )
    columns = (("halaman", 10), ("nama_lembar", 30), ("cara", 22), ("mutu", 14), ("alasan", 70))
    return Sheet(words.say("isi.lembar_halaman"), _columns(words, *columns), rows)


def _problems(plan: Plan, words: Words) -> Sheet:
    found = (*plan.document.problems, *plan.problems)
    rows = tuple((p.page, words.label("gawat", p.severity.value), p.message) for p in found)
    return Sheet(words.say("isi.catatan"), _columns(words, ("halaman", 10), ("gawat", 14), ("pesan", 110)), rows)


EXTRACTS: Mapping[str, Callable[[Plan, Words], bytes]] = {"json": _json, "xlsx": _workbook, "md": _markdown}
