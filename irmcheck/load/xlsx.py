"""Workbooks to Document: each sheet is a page, its regions of filled cells are tables and paragraphs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from irmcheck.errors import Problem, Severity
from irmcheck.load.repair import clean_text
from irmcheck.load.xlsx_cells import Sheet
from irmcheck.load.xlsx_regions import regions
from irmcheck.load.xlsx_sources import read_csv, read_sheets
from irmcheck.model import Block, Document, Page, Quality, Table


def read_workbook(path: Path, sha256: str, format: str) -> Document:
    """Read a workbook; `format` is xlsx, xls, ods, xlsb or csv.

    Pages are sheets (`unit` "sheet", `Page.label` the sheet's name); hidden sheets are pages with source "hidden" and give no
    items. Hidden rows and columns are left out and counted in `Table.hidden`. Raises InputError when the file cannot be opened.
    """
    sheets = read_csv(path) if format == "csv" else read_sheets(path, format)
    problems: list[Problem] = []
    items: list[Block | Table] = []
    pages = []
    tables = 0
    for number, sheet in enumerate(sheets, 1):
        found = [] if sheet.hidden else regions(sheet)
        for item in found:
            if isinstance(item, Table):
                tables += 1
                items.append(replace(item, page=number, number=tables))
            else:
                items.append(replace(item, page=number))
        if not sheet.hidden:
            items.extend(Block(text, number, "textbox") for box in sheet.boxes if (text := clean_text(box)))
        problems.extend(_problems(sheet, number))
        pages.append(_page(sheet, number))
    if format == "xlsb":
        message = "Baris dan kolom tersembunyi di berkas XLSB tidak dikenali dan ikut dibaca. Simpan sebagai .xlsx bila ada."
        problems.append(Problem("load", "hidden-unknown", message, severity=Severity.INFO))
    if not items:
        problems.append(Problem("load", "no-text", "Berkas ini tidak berisi sel yang dapat dibaca.", severity=Severity.ERROR))
    return Document(path.name, sha256, format, tuple(items), tuple(pages), "sheet", problems=tuple(problems))


def _page(sheet: Sheet, number: int) -> Page:
    if sheet.hidden or sheet.cells or sheet.boxes:
        return Page(number, "hidden" if sheet.hidden else "text", label=sheet.name)
    if sheet.unread or sheet.pictures:
        reason = "" if sheet.unread else "lembar ini hanya gambar"
        return Page(number, "unread", Quality.POOR, reason, label=sheet.name)
    return Page(number, "blank", label=sheet.name)


def _problems(sheet: Sheet, number: int) -> list[Problem]:
    told = []
    if sheet.unread:
        told.append(("sheet-unread", sheet.unread, Severity.ERROR))
    elif sheet.hidden and sheet.cells:
        told.append(("hidden-sheet", f'Lembar "{sheet.name}" disembunyikan, jadi tidak ikut dinilai.', Severity.WARNING))
    elif sheet.hidden_rows or sheet.hidden_columns:
        rows, columns = len(sheet.hidden_rows), len(sheet.hidden_columns)
        told.append(
            (
                "hidden-cells",
                f'Lembar "{sheet.name}": {rows} baris dan {columns} kolom tersembunyi tidak dihitung.',
                Severity.WARNING,
            )
        )
    if sheet.pictures and not sheet.hidden:
        message = f'Lembar "{sheet.name}": {sheet.pictures} gambar; tulisan di dalam gambar tidak terbaca.'
        if not sheet.cells:
            message += " Bila itu foto atau hasil pindai halaman, simpan lembar ini sebagai PDF lalu periksa PDF-nya."
        told.append(("pictures-unread", message, Severity.INFO if sheet.cells else Severity.WARNING))
    if sheet.uncomputed:
        told.append(
            (
                "formula-without-value",
                f'Lembar "{sheet.name}": {sheet.uncomputed} rumus belum punya hasil tersimpan, jadi dibaca kosong. '
                "Buka di Excel, simpan, lalu periksa lagi.",
                Severity.WARNING,
            )
        )
    if sheet.dropped:
        message = f'Lembar "{sheet.name}": {sheet.dropped} sel yang sangat jauh dari tabelnya tidak dibaca.'
        told.append(("stray-cells", message, Severity.WARNING))
    return [Problem("load", code, message, number, severity) for code, message, severity in told]
