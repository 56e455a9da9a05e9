"""The draft itself, with notes in its margin: DOCX comments, PDF highlights. The original is never changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from irmcheck.errors import UsageError
from irmcheck.model import Assessment, Block
from irmcheck.report.files import write_atomic
from irmcheck.report.notes import notes
from irmcheck.report.text import safe_stem
from irmcheck.report.view import View
from irmcheck.report.words import words_for
from irmcheck.settings import Settings


def annotate(assessment: Assessment, source: Path, out: Path, *, settings: Settings, language: str = "id") -> Path:
    """Write a copy of `source`, the file that was assessed, with notes to `out`/<stem>-catatan.<suffix>.

    Raises UsageError when the file is neither DOCX nor PDF, is not the one that was assessed, or cannot be reopened.
    """
    kind = assessment.plan.document.format
    if kind not in ("docx", "pdf"):
        raise UsageError("Catatan hanya dapat ditulis pada berkas DOCX atau PDF. Simpan dahulu rencana itu dalam bentuk itu.")
    try:
        data = source.read_bytes()
    except OSError as error:
        raise UsageError(f"{source} tidak dapat dibaca: {error.strerror or error}.") from error
    if hashlib.sha256(data).hexdigest() != assessment.plan.document.sha256:
        raise UsageError(f"{source} sudah berubah sejak diperiksa. Periksa ulang berkas itu, lalu beri catatan.")
    view = View(assessment, words_for(language, settings), settings)
    remarks = tuple(notes(view))
    author = settings.facilitator or view.words.say("catatan.penulis")
    if kind == "docx":
        from irmcheck.report.annotate_docx import with_comments

        made = with_comments(data, remarks, author)
    else:
        from irmcheck.report.annotate_pdf import with_highlights

        blocks = (item for item in assessment.plan.document.items if isinstance(item, Block))
        made = with_highlights(data, remarks, author, blocks)
    target = out / f"{safe_stem(source.stem)}-catatan.{kind}"
    write_atomic(target, made)
    return target
