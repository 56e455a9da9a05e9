"""Hand-made documents for the structure tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from irmcheck.model import Block, Document, Page, Plan, Table
from irmcheck.structure import build_plan
from irmcheck.structure.vocabulary import compile_wording
from irmcheck.structure.wording import Wording

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
STEMS = ("bagian", "kolom", "tabel", "wilayah", "satuan", "sumber_dana", "dokumen")


@cache
def lexicon() -> dict[str, Any]:
    folder = ROOT / "rules" / "lexicon"
    return {stem: yaml.safe_load((folder / f"{stem}.yaml").read_text(encoding="utf-8")) for stem in STEMS}


@cache
def wording() -> Wording:
    return compile_wording(lexicon())


def para(text: str, page: int | None = 1, **more: Any) -> Block:
    return Block(text, page, **more)


def head(text: str, page: int | None = 1) -> Block:
    return Block(text, page, bold=True, centred=text.isupper())


def table(rows: list[list[str | None]], page: int | None = 1, number: int = 1, **more: Any) -> Table:
    return Table(tuple(tuple(row) for row in rows), page, number, **more)


def document(*items: Block | Table, **more: Any) -> Document:
    more.setdefault("pages", tuple(Page(n) for n in sorted({i.page for i in items if i.page})))
    return Document("contoh.docx", "0" * 64, "docx", tuple(items), **more)


def plan(*items: Block | Table, **more: Any) -> Plan:
    return build_plan(document(*items, **more), lexicon())


TITLE = [
    head("RENCANA KERJA PEMERINTAH DESA (RKP DESA)"),
    head("TAHUN ANGGARAN 2026"),
    head("DESA OELBITENO KECAMATAN FATULEU TENGAH KABUPATEN KUPANG"),
]
RPJM_TITLE = [
    head("RENCANA PEMBANGUNAN JANGKA MENENGAH DESA (RPJM DESA)"),
    head("TAHUN 2022-2027"),
    head("DESA OELBITENO KECAMATAN FATULEU TENGAH KABUPATEN KUPANG PROVINSI NUSA TENGGARA TIMUR"),
]
HEADER = ["No", "Jenis Kegiatan", "Lokasi", "Volume", "Sasaran", "Waktu", "Jumlah (Rp)", "Sumber"]


def row(number: int, name: str, cost: str = "10.000.000", source: str = "DD") -> list[str | None]:
    return [str(number), name, "Dusun I", "1 unit", "Warga", "Mei", cost, source]
