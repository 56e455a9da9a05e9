"""Suggested activities in the plan's own words: its hazard, its village, the place its problems name most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from irmcheck.assess.view import View
from irmcheck.model import HazardThread

BLANK = "………"  # what only the village knows


def filler(view: View) -> Callable[[str], str]:
    """A function that fills {bahaya}, {desa} and {dusun} in a text; what the plan does not tell is left as a marked blank."""
    fill = _blanks(view)

    def filled(text: str) -> str:
        for mark, value in fill.items():
            text = text.replace(mark, value)
        return text

    return filled


def _blanks(view: View) -> dict[str, str]:
    """What stands in for each mark; looked up once per plan."""
    known = view.done.get("blanks")
    if not isinstance(known, dict):
        known = {"{bahaya}": _hazard(view), "{desa}": view.plan.identity.village or BLANK, "{dusun}": place(view)}
        view.done["blanks"] = known
    return known


def _hazard(view: View) -> str:
    """The first real hazard that no activity answers, else the first real one."""
    threads = view.done.get("hazards", ())
    real = [t for t in threads if isinstance(t, HazardThread) and t.real_problem]  # type: ignore[attr-defined]
    chosen = next((t for t in real if not t.activities), real[0] if real else None)
    return chosen.title.lower() if chosen else BLANK


def place(view: View) -> str:
    """The place the plan's own problem rows name most, or a blank to fill in."""
    named = (p.text.strip() for p in view.plan.passages if p.role == "lokasi" and p.table_kind == "masalah")
    places = Counter(text for text in named if text)
    return places.most_common(1)[0][0] if places else BLANK
