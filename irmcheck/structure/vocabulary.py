"""Compiles the structure lexicon: YAML mappings of rules/lexicon become a Wording.

Raw mappings come from the catalogue by file stem. Every fault is collected and raised together as one CatalogueError that
names the file, so that a facilitator who extends a list sees all slips at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from irmcheck.errors import CatalogueError
from irmcheck.model import PlanKind, SectionKind, TableKind
from irmcheck.structure.wording import (
    ColumnRule,
    DocumentRule,
    NumberWords,
    SectionRule,
    TableRule,
    Wording,
    Words,
    fold,
    squeeze,
    unit_key,
)


class _Reader:
    """Reads keys of one lexicon file and collects faults instead of raising at the first."""

    def __init__(self, lexicon: Mapping[str, Any], faults: list[str]) -> None:
        self.lexicon, self.faults = lexicon, faults

    def _fault(self, stem: str, message: str) -> None:
        self.faults.append(f"rules/lexicon/{stem}.yaml: {message}")

    def get(self, stem: str, key: str, kind: type) -> Any:
        """The value under a top-level key, or an empty value of `kind` after noting a fault."""
        data = self.lexicon.get(stem)
        if not isinstance(data, Mapping):
            self._fault(stem, "berkas tidak ada atau isinya bukan daftar kunci")
            return kind()
        value = data.get(key)
        if not isinstance(value, kind):
            self._fault(stem, f"kunci '{key}' tidak ada atau bentuknya salah")
            return kind()
        return value

    def strings(self, stem: str, key: str) -> list[str]:
        """A list of texts under a top-level key."""
        return self.texts(stem, key, self.get(stem, key, list))

    def texts(self, stem: str, where: str, value: Any) -> list[str]:
        """`value` as a list of texts; a fault when it is none."""
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, str | int) and not isinstance(one, bool) for one in value):
            self._fault(stem, f"'{where}' harus berupa daftar kata")
            return []
        return [str(one) for one in value]

    def entries(self, stem: str, key: str) -> list[Mapping[str, Any]]:
        """A list of mappings under a top-level key."""
        found = []
        for entry in self.get(stem, key, list):
            if isinstance(entry, Mapping):
                found.append(entry)
            else:
                self._fault(stem, f"setiap butir '{key}' harus berupa kunci dan isi, bukan '{entry}'")
        return found

    def member(self, stem: str, value: Any, kinds: type[SectionKind] | type[TableKind]) -> Any:
        """`value` as a member of an enumeration; a fault and None when it is not one."""
        try:
            return kinds(str(value))
        except ValueError:
            self._fault(stem, f"jenis '{value}' tidak dikenal; yang dikenal: {', '.join(kinds)}")
            return None

    def words(self, stem: str, entry: Mapping[str, Any], key: str, *, loose: bool = False) -> Words:
        """The wordings under a key of an entry, compiled."""
        return Words.of(self.texts(stem, key, entry.get(key)), loose=loose)

    def numbers(self, stem: str, key: str) -> dict[str, int]:
        """A mapping number -> list of texts, turned round to text -> number."""
        found: dict[str, int] = {}
        for number, texts in self.get(stem, key, dict).items():
            if not isinstance(number, int):
                self._fault(stem, f"'{key}': '{number}' harus berupa angka")
                continue
            found.update({text.lower(): number for text in self.texts(stem, key, texts)})
        return found

    def labels(self, stem: str, key: str, shape: Any) -> dict[str, str]:
        """A mapping label -> list of spellings, turned round to shaped spelling -> label."""
        return {
            shape(text): str(label)
            for label, texts in self.get(stem, key, dict).items()
            for text in [str(label), *self.texts(stem, key, texts)]
        }


def compile_wording(lexicon: Mapping[str, Any]) -> Wording:
    """Compile the structure lexicon. Raises CatalogueError listing all faults with file names."""
    faults: list[str] = []
    read = _Reader(lexicon, faults)
    wording = Wording(**_sections(read), **_columns(read), **_tables(read), **_places(read), numbers=_numbers(read))
    if faults:
        raise CatalogueError("Katalog kata belum benar:\n" + "\n".join(faults))
    return wording


def _sections(read: _Reader) -> dict[str, Any]:
    stem = "bagian"
    rules = tuple(
        SectionRule(
            kind=kind,
            titles=read.words(stem, entry, "judul"),
            unless=read.words(stem, entry, "bukan"),
            sub=read.words(stem, entry, "subjudul"),
            inside=frozenset(read.texts(stem, "di", entry.get("di"))),
            never_inside=frozenset(read.texts(stem, "tidak_di", entry.get("tidak_di"))),
            content=read.words(stem, entry, "isi"),
        )
        for entry in read.entries(stem, "bagian")
        if (kind := read.member(stem, entry.get("jenis"), SectionKind))
    )
    untitled = tuple(
        (kind, Words.of(read.texts(stem, name, texts)))
        for name, texts in read.get(stem, "isi_tanpa_judul", dict).items()
        if (kind := read.member(stem, name, SectionKind))
    )
    return {
        "sections": rules,
        "untitled": untitled,
        "standalone": Words.of(read.strings(stem, "berdiri_sendiri")),
        "chapter": frozenset(map(fold, read.strings(stem, "bab"))),
        "annex": frozenset(map(fold, read.strings(stem, "lampiran"))),
        "article": Words.of(read.strings(stem, "pasal")),
        "caption": Words.of(read.strings(stem, "keterangan_tabel")),
    }


def _columns(read: _Reader) -> dict[str, Any]:
    stem = "kolom"
    rules = tuple(
        ColumnRule(
            role=str(entry.get("peran", "")),
            titles=read.words(stem, entry, "judul", loose=True),
            unless=read.words(stem, entry, "bukan", loose=True),
        )
        for entry in read.entries(stem, "kolom")
    )
    multiples = tuple(
        (int(scale), Words.of(read.texts(stem, "kelipatan", texts))) for scale, texts in read.get(stem, "kelipatan", dict).items()
    )
    return {
        "columns": rules,
        "year_words": Words.of([f"={word}" for word in read.strings(stem, "tahun_ke")], loose=True),
        "time_groups": Words.of(read.strings(stem, "kelompok_waktu"), loose=True),
        "month_words": Words.of(read.strings(stem, "kata_bulan"), loose=True),
        "quarter_words": Words.of(read.strings(stem, "kata_triwulan"), loose=True),
        "cost_groups": Words.of(read.strings(stem, "kelompok_biaya"), loose=True),
        "ticks": frozenset(read.strings(stem, "centang")),
        "blanks": frozenset(read.strings(stem, "kosong")),
        "patterns": frozenset(read.strings(stem, "pola")),
        "multiples": multiples,
    }


def _tables(read: _Reader) -> dict[str, Any]:
    stem = "tabel"
    rules = tuple(
        TableRule(
            kind=kind,
            titles=read.words(stem, entry, "judul"),
            unless=read.words(stem, entry, "bukan"),
            columns=tuple(frozenset(read.texts(stem, "kolom", one)) for one in entry.get("kolom") or []),
            without=frozenset(read.texts(stem, "tanpa", entry.get("tanpa"))),
        )
        for entry in read.entries(stem, "tabel")
        if (kind := read.member(stem, entry.get("jenis"), TableKind))
    )
    matrix = read.get(stem, "matriks", dict)
    bidang = read.get(stem, "bidang", dict)
    return {
        "tables": rules,
        "name_roles": tuple(read.texts(stem, "matriks.nama", matrix.get("nama"))),
        "support_roles": frozenset(read.texts(stem, "matriks.pendukung", matrix.get("pendukung"))),
        "support_needed": int(matrix.get("paling_sedikit", 3)),
        "matrix_titles": Words.of(read.texts(stem, "matriks.judul", matrix.get("judul"))),
        "matrix_unless": Words.of(read.texts(stem, "matriks.bukan", matrix.get("bukan"))),
        "planned": Words.of(read.texts(stem, "matriks.rencana", matrix.get("rencana"))),
        "planned_unless": Words.of(read.texts(stem, "matriks.bukan_rencana", matrix.get("bukan_rencana"))),
        "subtotal": Words.of(read.strings(stem, "jumlah")),
        "grand_total": Words.of(read.strings(stem, "jumlah_seluruh")),
        "account": Words.of(read.strings(stem, "belanja")),
        "bidang": tuple(
            (int(number), Words.of(read.texts(stem, "bidang", texts), loose=True)) for number, texts in bidang.items()
        ),
        "bidang_names": Words.of(read.strings(stem, "nama_bidang")),
        "list_openers": Words.of(read.strings(stem, "pembuka_daftar")),
        "bidang_word": Words.of(read.strings(stem, "kata_bidang")),
        "subbidang_word": Words.of(read.strings(stem, "kata_subbidang")),
    }


def _numbers(read: _Reader) -> NumberWords:
    stem = "satuan"
    months = read.get("kolom", "bulan", list)
    return NumberWords(
        scale=read.numbers(stem, "kelipatan"),
        scale_after_currency=read.numbers(stem, "kelipatan_sesudah_rp"),
        currency=frozenset(read.strings(stem, "mata_uang")),
        nothing=frozenset(read.strings(stem, "nihil")),
        digits={str(k): int(v) for k, v in read.get(stem, "bilangan", dict).items()},
        tens={str(k): int(v) for k, v in read.get(stem, "puluhan", dict).items()},
        units=read.labels(stem, "satuan", unit_key),
        year=frozenset(read.strings(stem, "tahun")),
        until=frozenset(read.strings(stem, "sampai")),
        regulation=frozenset(read.strings(stem, "peraturan")),
        months={name: i for i, names in enumerate(months, 1) for name in read.texts("kolom", "bulan", names)},
    )


def _places(read: _Reader) -> dict[str, Any]:
    stem, documents = "wilayah", "dokumen"
    kinds = read.get(documents, "dokumen", dict)
    splits = "|".join(re.escape(one) for one in read.strings("sumber_dana", "pemisah"))
    return {
        "sources": read.labels("sumber_dana", "sumber", squeeze),
        "source_splits": re.compile(splits or r"$^"),
        "outside": Words.of(read.strings("sumber_dana", "luar_desa")),
        "no_source": frozenset(read.strings("sumber_dana", "kosong")),
        "provinces": tuple(read.strings(stem, "provinsi")),
        "levels": {str(k): tuple(read.texts(stem, str(k), v)) for k, v in read.get(stem, "tingkat", dict).items()},
        "not_names": frozenset(word.lower() for word in read.strings(stem, "bukan_nama")),
        "own": frozenset(read.strings(stem, "milik")),
        "neighbour": frozenset(read.strings(stem, "tetangga")),
        "common_before": frozenset(read.strings(stem, "umum_sebelum")),
        "documents": tuple(
            DocumentRule(PlanKind(name), read.words(documents, entry, "judul"), read.words(documents, entry, "bukan"))
            for name, entry in kinds.items()
            if name in set(PlanKind) and isinstance(entry, Mapping)
        ),
        "title_lead": Words.of(read.strings(documents, "awal_judul")),
        "strangers": tuple(
            (read.words(documents, entry, "cari"), str(entry.get("sebab", "")))
            for entry in read.entries(documents, "bukan_rencana")
        ),
        "plan_chapters": frozenset(
            kind for name in read.strings(documents, "bab_rencana") if (kind := read.member(documents, name, SectionKind))
        ),
        "draft": Words.of(read.strings(documents, "draf")),
        "final": Words.of(read.strings(documents, "final")),
        "regulation_title": Words.of(read.strings(documents, "judul_peraturan")),
        "blank_marks": tuple(read.strings(documents, "isian_kosong")),
    }
