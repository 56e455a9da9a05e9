"""The letter to the village as blocks, read from its template; word.py and pdf.py set them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from irmcheck.errors import UsageError
from irmcheck.report.render import render
from irmcheck.report.rows import RowTable
from irmcheck.report.text import shortened
from irmcheck.report.view import View

TEMPLATE = "letter.xml.j2"
_ROLES = ("no", "kode", "kegiatan", "lokasi", "volume", "satuan", "waktu", "biaya", "sumber")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text of one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading or list item: `kind` is p, h, bullet or step; `style` the template's class names."""

    kind: str
    runs: tuple[Run, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, heading row first."""

    rows: tuple[tuple[str, ...], ...]


def letter(view: View) -> tuple[Piece | Grid, ...]:
    """The letter's blocks in order. Raises UsageError when a user's template gives no well-formed XML or uneven tables."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(render(view, TEMPLATE, rows=_rows(view), checks=_checks(view)).strip().encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise UsageError(f"Templat surat {TEMPLATE} tidak tersusun baik: {error}. Periksa tanda buka dan tutupnya.") from error
    blocks = tuple(block for element in root for block in _blocks(element))
    if any(isinstance(block, Grid) and len(set(map(len, block.rows))) != 1 for block in blocks):
        raise UsageError(f"Templat surat {TEMPLATE}: setiap baris tabel harus punya jumlah sel yang sama.")
    return blocks


def column_weights(grid: Grid) -> list[int]:
    """Relative column widths: room for each column's longest word, and for long texts in few lines."""
    return [_weight(column) for column in zip(*grid.rows, strict=True)]


def _weight(column: Sequence[str]) -> int:
    word = max((len(word) for cell in column for word in cell.split()), default=0)
    text = max(map(len, column))
    return max(min(word, 24) + 4, min(text, 42) * 4 // 5)


def _blocks(element: Any) -> list[Piece | Grid]:
    if element.tag == "table":
        return [Grid(tuple(tuple(_text(cell) for cell in row) for row in element))]
    if element.tag in ("list", "steps"):
        kind = "bullet" if element.tag == "list" else "step"
        return [Piece(kind, _runs(item)) for item in element]
    return [Piece(str(element.tag), _runs(element), element.get("class", ""))]


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _runs(element: Any) -> tuple[Run, ...]:
    parts = [Run(element.text or "")]
    for child in element:
        parts += [Run("".join(child.itertext()), child.tag == "b"), Run(child.tail or "")]
    folded = [Run(re.sub(r"\s+", " ", run.text), run.bold) for run in parts]
    return tuple(run for run in folded if run.text)


def _rows(view: View) -> RowTable | None:
    """The first row of each first fix, in one table narrow enough for a letter."""
    first = (priority.rows[0] for priority in view.assessment.priorities if priority.rows and priority.criterion in view.finding)
    table = view.row_table([{role: value for role, value in row if role in _ROLES} for row in first])
    return replace(table, rows=tuple(tuple(cell or "..." for cell in row) for row in table.rows)) if table else None


def _checks(view: View) -> list[str]:
    """What the village should look at again: hazards without an answer first, then money and pages."""
    say, a = view.words.say, view.assessment
    gaps = [strand.hazard for strand in view.strands if not strand.answers]
    found = [say("surat.bahaya_tanpa", bahaya=view.hazard(h.id, h.title), tempat=view.places(h.evidence[:1])) for h in gaps[:2]]
    found += [note.text for note in a.dana_desa.warnings[:3]]
    rupiah = view.words.rupiah
    sums = ((one.what, rupiah(one.stated), rupiah(one.computed)) for one in view.mismatches[:2])
    found += [say("surat.jumlah", apa=what, tertulis=stated, hitung=counted) for what, stated, counted in sums]
    if a.budget.without_cost and a.budget.total is not None:
        rows = a.budget.without_cost
        found.append(say("surat.tanpa_biaya", n=len(rows), daftar=shortened(view.rows_text(rows), 60)))
    if a.pages_unread:
        found.append(say("surat.tak_terbaca", halaman=shortened(view.pages_unread, 60)))
    return found
