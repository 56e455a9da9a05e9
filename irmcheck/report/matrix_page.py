"""The matrix as one HTML page that works offline."""

from __future__ import annotations

from urllib.parse import quote

from irmcheck import __version__
from irmcheck.report.matrix import Matrix, plan_name, village_name, where
from irmcheck.report.render import render_page
from irmcheck.report.view import PILLARS, STATUS_ORDER
from irmcheck.report.words import Words
from irmcheck.settings import Settings

_SORT = {"met": 4, "partial": 3, "missing": 2, "undetermined": 1, "not_applicable": 0}


def matrix_html(matrix: Matrix, words: Words, settings: Settings) -> str:
    """The page. Raises UsageError when a user's template is faulty."""
    values = {
        "m": matrix,
        "statuses": tuple(status.value for status in STATUS_ORDER),
        "pillars": PILLARS,
        "order": _SORT,
        "version": __version__,
        "village_name": lambda village: village_name(village, words),
        "where": lambda village: where(village, words),
        "plan_name": lambda entry: plan_name(entry, words),
        "link": lambda name: quote(name.encode("utf-8", "replace")),
    }
    return render_page("matrix.html.j2", words, settings, "matrix", values)
