"""A short summary for the terminal: with rich on a screen, plain lines in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TextIO

from irmcheck.model import Assessment, Status
from irmcheck.report.text import shortened
from irmcheck.report.view import View
from irmcheck.report.words import words_for
from irmcheck.settings import Settings
from irmcheck.text import printable

_STYLES = {
    Status.MET: "green",
    Status.PARTIAL: "yellow",
    Status.MISSING: "red",
    Status.UNDETERMINED: "magenta",
    Status.NOT_APPLICABLE: "dim",
}


def render_terminal(
    assessment: Assessment, file: TextIO | None = None, *, settings: Settings | None = None, language: str = "id"
) -> None:
    """Print the summary to `file` (standard output by default).

    Colours and a table only on a screen, and no colour where NO_COLOR is set; in a pipe a few plain lines.
    """
    stream = file or sys.stdout
    view = View(assessment, words_for(language, settings or Settings()), settings or Settings())
    if stream.isatty():
        _screen(view, stream)
    else:
        _print(stream, lines(view))


def lines(view: View) -> Iterator[str]:
    """The summary as plain lines."""
    yield from _head(view)
    if not view.judged:
        return
    yield " · ".join(f"{view.words.label('status', status.value)} {number}" for status, number in view.counts)
    yield from _fixes(view)


def _head(view: View) -> Iterator[str]:
    words, summary = view.words, view.assessment.summary
    yield shortened(f"{view.title} {view.years}", 200)
    if not view.judged:
        kind = words.label("jenis", view.assessment.plan.identity.kind.value)
        yield words.say("ringkasan.bukan_rencana_arti", jenis=kind)
        yield from (shortened(reason, 300) for reason in view.assessment.plan.identity.reasons)
        return
    if summary.score is not None:
        band = words.label("golongan", summary.band)
        yield words.say("terminal.nilai", nilai=words.score(summary.score), golongan=band)
    answer = {True: "terpadu_ya", False: "terpadu_tidak", None: "terpadu_null"}[summary.integrated]
    yield words.say("terminal.terpadu", jawab=words.say(f"ringkasan.{answer}"))
    yield words.say("terminal.mutu", mutu=words.label("mutu", view.assessment.quality.value))
    if view.assessment.pages_unread:
        yield words.say("ringkasan.tak_terbaca", n=len(view.assessment.pages_unread), halaman=shortened(view.pages_unread, 200))


def _fixes(view: View) -> Iterator[str]:
    if view.fixes:
        yield view.words.say("terminal.perbaikan")
        yield from (f"  {n}. {view.criterion(fix.finding)} ({fix.finding.id})" for n, fix in enumerate(view.fixes, start=1))


def _print(stream: TextIO, text: Iterator[str]) -> None:
    coding = stream.encoding or "utf-8"
    for line in text:
        stream.write(printable(line).encode(coding, "replace").decode(coding) + "\n")


def _screen(view: View, stream: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream, no_color=bool(os.environ.get("NO_COLOR")), highlight=False)
    first, *rest = _head(view)
    console.print(Text(printable(first), style="bold"))
    for line in rest:
        console.print(Text(printable(line)))
    if not view.judged:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(view.words.say("ringkasan.grup"), no_wrap=True)
    for status, _ in view.counts:
        table.add_column(view.words.label("status", status.value), justify="right", style=_STYLES[status])
    for group in view.groups:
        numbers = (sum(f.status is status for f in group.findings) for status, _ in view.counts)
        table.add_row(Text(view.words.label("grup", group.key)), *(str(n) if n else "·" for n in numbers))
    console.print(table)
    for line in _fixes(view):
        console.print(Text(printable(line)))
