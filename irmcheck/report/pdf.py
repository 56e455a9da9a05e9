"""The letter to the village as PDF, by typst (extra `pdf`)."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from irmcheck.errors import UsageError
from irmcheck.report.letter import Grid, column_weights, letter
from irmcheck.report.view import View
from irmcheck.report.words import template_folders
from irmcheck.text import printable

_TEMPLATE = "letter.typ"


def letter_pdf(view: View) -> bytes:
    """The letter as PDF. Raises UsageError where typst is not installed or the user's template is faulty."""
    try:
        import typst
    except ImportError as error:
        raise UsageError("Surat PDF memerlukan tambahan 'pdf'. Pasang dengan: pip install 'irmcheck[pdf]'.") from error
    with tempfile.TemporaryDirectory(prefix="irmcheck-") as name:
        folder = Path(name)
        source = next(place / _TEMPLATE for place in template_folders(view.settings) if (place / _TEMPLATE).is_file())
        shutil.copyfile(source, folder / _TEMPLATE)
        (folder / "letter.json").write_text(json.dumps(_data(view, folder), ensure_ascii=False), encoding="utf-8")
        try:
            made = typst.compile(folder / _TEMPLATE, root=folder)
        except typst.TypstError as error:
            raise UsageError(f"Surat PDF tidak dapat disusun: {error}. Periksa templat {source} dan logo.") from error
    return bytes(made)


def _data(view: View, folder: Path) -> dict[str, Any]:
    settings = view.settings
    logo = None
    if settings.logo and settings.logo.is_file():
        logo = f"logo{settings.logo.suffix.lower()}"
        shutil.copyfile(settings.logo, folder / logo)
    return {
        "title": printable(view.title),
        "lang": view.words.say("bahasa"),
        "organisation": printable(settings.organisation),
        "logo": logo,
        "blocks": [_block(block) for block in letter(view)],
    }


def _block(block: Any) -> dict[str, Any]:
    if isinstance(block, Grid):
        return {"kind": "grid", "rows": block.rows, "widths": column_weights(block)}
    return asdict(block)
