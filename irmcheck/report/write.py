"""The formats by name, and writing an assessment in several of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from irmcheck.errors import UsageError
from irmcheck.model import Assessment
from irmcheck.report.data import to_json
from irmcheck.report.files import target, write_atomic
from irmcheck.report.text import safe_stem
from irmcheck.report.view import View
from irmcheck.report.words import words_for
from irmcheck.settings import Settings


def write_reports(
    assessment: Assessment, formats: Sequence[str], out: Path, *, stem: str, settings: Settings, language: str = "id"
) -> tuple[Path, ...]:
    """Write the assessment to `out` as `stem`.format for each format; returns the paths in the order asked.

    Nothing is written when a format is unknown or cannot be made. The checked plan itself is never overwritten: where it is the
    file of that name, the report gets "-laporan" added. Raises UsageError.
    """
    written = []
    for name, data in make_reports(assessment, formats, settings, language).items():
        path = target(out, safe_stem(stem), name, assessment.plan.document.sha256)
        write_atomic(path, data)
        written.append(path)
    return tuple(written)


def make_reports(assessment: Assessment, formats: Sequence[str], settings: Settings, language: str = "id") -> dict[str, bytes]:
    """The assessment's reports by format, in the order asked. Raises UsageError for a format unknown or not possible here."""
    wanted = tuple(dict.fromkeys(formats))
    if unknown := [name for name in wanted if name not in FORMATS]:
        raise UsageError(f"Bentuk laporan tidak dikenal: {', '.join(unknown)}. Pilih dari: {', '.join(FORMATS)}.")
    view = View(assessment, words_for(language, settings), settings)
    return {name: FORMATS[name](view) for name in wanted}


def _json(view: View) -> bytes:
    return (json.dumps(to_json(view.assessment), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _html(view: View) -> bytes:
    from irmcheck.report.render import render

    return render(view, "report.html.j2").encode("utf-8")


def _markdown(view: View) -> bytes:
    from irmcheck.report.render import render

    return render(view, "report.md.j2").encode("utf-8")


def _workbook(view: View) -> bytes:
    from irmcheck.report.sheet import workbook

    return workbook(view)


def _letter(view: View) -> bytes:
    from irmcheck.report.word import letter_docx

    return letter_docx(view)


def _pdf(view: View) -> bytes:
    from irmcheck.report.pdf import letter_pdf

    return letter_pdf(view)


FORMATS: Mapping[str, Callable[[View], bytes]] = {
    "json": _json,
    "html": _html,
    "md": _markdown,
    "xlsx": _workbook,
    "docx": _letter,
    "pdf": _pdf,
}
