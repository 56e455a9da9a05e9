"""Stored results -> matrix, messages and columns; only from what is stored, in order of name: always the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from irmcheck.batch.columns import Columns
from irmcheck.batch.copies import Source, find_copies
from irmcheck.batch.discover import Survey
from irmcheck.batch.ledger import FOLDER, Record
from irmcheck.batch.message import message
from irmcheck.batch.neighbours import Notebook
from irmcheck.batch.store import Store
from irmcheck.batch.villages import Judged, group, judged
from irmcheck.report.matrix import Criterion, Matrix, Note, Village, village_name
from irmcheck.report.text import safe_stem
from irmcheck.report.words import Words, words_for
from irmcheck.settings import Settings

MESSAGES = "pesan"
_OUTPUTS = f"{FOLDER}/keluaran.json"  # names of the folder's own results, so that stale ones go


class Folder:
    """Takes in the stored results of a folder one after the other, in order of name, and keeps only what its matrix needs."""

    def __init__(self, language: str, settings: Settings) -> None:
        self.words = words_for(language, settings)
        self._settings = settings
        self._plans: list[Judged] = []
        self._traces: dict[str, dict[str, list[dict[str, object]]]] = {}
        self._notebook = Notebook()
        self._criteria: dict[str, Criterion] = {}
        self._failed: list[Note] = []
        self._unjudged: list[Note] = []

    def take(self, record: Record) -> None:
        """A stored result."""
        if record.assessment is None:
            self._failed.append(Note(record.name, record.reason))
            return
        plan = judged(record)
        if plan is None:
            told = record.assessment["plan"]
            self._unjudged.append(
                Note(record.name, f"{self.words.label('jenis', told['kind'])}. {' '.join(told['kind_reasons'])}")
            )
            return
        self._plans.append(plan)
        self._traces[record.name] = record.traces or {"passages": [], "rows": []}
        self._notebook.note(record.name, record.assessment)
        for one in record.assessment["findings"]:
            self._criteria.setdefault(one["id"], Criterion(one["id"], one["title"], one["group"]))

    def matrix(self, label: str, survey: Survey) -> Matrix:
        """The matrix of all results taken in."""
        villages = group(self._plans)
        criteria = tuple(self._criteria.values())
        sources = [
            Source(number, village_name(village, self.words), entry.file, self._traces[entry.file])
            for number, village in enumerate(villages)
            for entry in village.entries
        ]
        failed = [*self._failed, *(Note(name, reason) for name, reason in survey.unreadable)]
        return Matrix(
            folder=label,
            criteria=criteria,
            villages=villages,
            gaps=self._notebook.gaps(criteria, villages, self.words),
            copies=find_copies(sources, self.words.say("tempat.halaman", n="{n}")),
            failed=tuple(sorted(failed, key=lambda note: note.file)),
            unjudged=tuple(self._unjudged),
            skipped=tuple(
                Note(one.name, self.words.say(f"matriks.dilewati_{one.why}", berkas=one.same_as)) for one in survey.skipped
            ),
        )


def outputs(matrix: Matrix, records: Iterable[Record], words: Words, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Name and content of each of the folder's own results; `records` are gone through once more for the columns."""
    from irmcheck.report.matrix_page import matrix_html
    from irmcheck.report.matrix_sheet import matrix_workbook

    yield "matriks.html", matrix_html(matrix, words, settings).encode("utf-8", "replace")
    yield "matriks.xlsx", matrix_workbook(matrix, words)
    yield "matriks.json", (json.dumps(asdict(matrix), ensure_ascii=True, indent=1, sort_keys=True) + "\n").encode()
    for name, village in _message_names(matrix.villages, words):
        yield f"{MESSAGES}/{name}.txt", message(village, words).encode("utf-8", "replace")
    if Columns.available():
        columns = Columns()
        counting = {entry.file for _, entry in matrix.lines}
        for record in records:
            if record.assessment is not None and record.assessment["findings"]:
                columns.add(record.name, record.assessment, record.name in counting)
        yield from columns.files()


def write_outputs(out: Store, made: Iterable[tuple[str, bytes]]) -> list[str]:
    """Write the folder's results and remove those of an earlier run that are no longer made; returns the names."""
    stored = out.read(_OUTPUTS)
    before: set[str] = set()
    if stored is not None:
        before = set(json.loads(stored))
    names = []
    for name, data in made:
        out.write(name, data)
        names.append(name)
    for name in sorted(before - set(names)):
        out.remove(name)
    out.write(_OUTPUTS, json.dumps(sorted(names)).encode())
    return names


def _message_names(villages: Sequence[Village], words: Words) -> Iterator[tuple[str, Village]]:
    """A file name for each village; the kecamatan is added where two villages share a name, then a number."""
    used: dict[str, int] = {}
    plain = [safe_stem(village.name or village_name(village, words)) for village in villages]
    twice = {name.casefold() for name in plain if [p.casefold() for p in plain].count(name.casefold()) > 1}
    for name, village in zip(plain, villages, strict=True):
        told = safe_stem(f"{name} {village.subdistrict}") if name.casefold() in twice and village.subdistrict else name
        used[told.casefold()] = used.get(told.casefold(), 0) + 1
        yield (told if used[told.casefold()] == 1 else f"{told}-{used[told.casefold()]}"), village
