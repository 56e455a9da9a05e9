"""The report's wording in one language, and how figures and places are written in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Any

from irmcheck.errors import UsageError
from irmcheck.model import Document, Place
from irmcheck.report.text import folded, shortened
from irmcheck.settings import Settings, data_folder
from irmcheck.text import printable

LANGUAGES = ("id", "en")


def template_folders(settings: Settings) -> tuple[Path, ...]:
    """Where templates and wording are looked for, first found first: the user's folders, then ours."""
    return (*settings.templates, data_folder("templates"))


def words_for(language: str, settings: Settings) -> Words:
    """The wording of `language`; a user's strings file replaces single keys of ours.

    Raises UsageError for a language that is not there and for a strings file that cannot be used, naming the key.
    """
    if language not in LANGUAGES:
        raise UsageError(f"Bahasa laporan '{language}' tidak ada. Pilih salah satu: {', '.join(LANGUAGES)}.")
    return _load(language, template_folders(settings))


@lru_cache(maxsize=8)
def _load(language: str, folders: tuple[Path, ...]) -> Words:
    merged: dict[str, Any] = {}
    for folder in reversed(folders):
        path = folder / f"strings.{language}.yaml"
        if path.is_file():
            merged = _merged(merged, _read(path), str(path))
    return Words(merged)


def _read(path: Path) -> dict[str, Any]:
    import yaml

    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: berkas kalimat laporan tidak dapat dibaca ({error}). Perbaiki atau hapus berkas itu."
        ) from error
    if not isinstance(data, dict):
        raise UsageError(f"{path}: berkas kalimat laporan harus berisi pasangan kunci dan kalimat.")
    return data


def _merged(base: Mapping[str, Any], over: Mapping[str, Any], where: str) -> dict[str, Any]:
    """`over` laid on `base`. Raises UsageError where a sentence has a blank that the program does not fill."""
    result = dict(base)
    for key, value in over.items():
        known, here = result.get(key), f"{where}: {key}"
        if isinstance(known, dict) != isinstance(value, dict) and known is not None:
            raise UsageError(f"{here}: bentuknya tidak cocok. Lihat contohnya di berkas kalimat asli.")
        if isinstance(known, dict):
            result[key] = _merged(known, value, here)
        else:
            if known is not None and not _blanks(str(value), here) <= _blanks(str(known), here):
                raise UsageError(f"{here}: kata dalam kurung kurawal yang tersedia hanya {sorted(_blanks(str(known), here))}.")
            result[key] = value
    return result


def _blanks(sentence: str, where: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError as error:
        raise UsageError(f"{where}: kurung kurawal tidak berpasangan ({error}).") from error


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Wording by key, as nested mappings, with the writing of figures and places."""

    strings: Mapping[str, Any]

    def say(self, path: str, **values: object) -> str:
        """The sentence at a dotted path, its {blanks} filled. Raises KeyError when the wording has no such key."""
        found: Any = self.strings
        for key in path.split("."):
            found = found[key]
        return str(found).format(**values) if values else str(found)

    def label(self, group: str, key: str) -> str:
        """How a key of the data is called; the key itself where the wording does not know it."""
        return str(self.strings[group].get(key, key))

    def number(self, value: float, decimals: int = 0) -> str:
        """A figure with this language's separators."""
        marks = self.strings["angka"]
        swapped = {",": marks["ribuan"], ".": marks["desimal"]}
        return "".join(swapped.get(sign, sign) for sign in f"{value:,.{decimals}f}")

    def rupiah(self, value: int | None) -> str:
        """Whole rupiah, or that it is not written."""
        return self.say("umum.kosong") if value is None else self.say("umum.rupiah", n=self.number(value))

    def percent(self, value: float | None) -> str:
        """A share with one decimal; small shares never become a plain zero."""
        if value is None:
            return self.say("umum.tidak_diketahui")
        return self.say("umum.persen", n=self.number(value, 0 if float(value).is_integer() else 1))

    def score(self, value: float | None) -> str:
        """A score as a whole number, or that there is none."""
        return self.say("ringkasan.tanpa_nilai") if value is None else self.number(value)

    def page(self, document: Document, number: int) -> str:
        """How a page is named: number, approximate number or sheet name."""
        if document.unit == "sheet":
            names = {page.number: page.label for page in document.pages}
            return self.say("tempat.lembar", n=printable(names.get(number, "")) or number)
        return self.say("tempat.kira_kira" if document.unit == "approximate" else "tempat.halaman", n=number)

    def place(self, document: Document, place: Place) -> str:
        """Page (or chapter), table and row, as people would say it."""
        table = self.say("tempat.tabel", n=place.table) if place.table is not None else ""
        row = self.say("tempat.baris", n=place.row) if place.row is not None else ""
        first = self.page(document, place.page) if place.page is not None else _chapter(place.section)
        parts = [part for part in (first, " ".join(filter(None, (table, row)))) if part]
        return ", ".join(parts) or self.say("tempat.tanpa")


def _chapter(section: str) -> str:
    """A chapter's path in short: its first and its last title."""
    titles = [folded(title) for title in section.split(" > ")]
    if len(titles) == 1:
        return shortened(titles[0], 60)
    return f"{shortened(titles[0], 28)} > {shortened(titles[-1], 44)}"


def ranges(numbers: Iterable[int]) -> str:
    """Numbers with runs folded: 3, 5-7."""
    ordered = sorted(set(numbers))
    if not ordered:
        return ""
    starts = [ordered[0], *(b for a, b in pairwise(ordered) if b != a + 1)]
    ends = [*(a for a, b in pairwise(ordered) if b != a + 1), ordered[-1]]
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True))
