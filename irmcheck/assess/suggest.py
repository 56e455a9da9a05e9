"""Suggested activities in the plan's own words: its hazard, its village, the place its problems name most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from irmcheck.assess.rows import as_list
from irmcheck.assess.view import View
from irmcheck.catalogue.rules import Criterion
from irmcheck.model import HazardThread

BLANK = "………"  # what only the village knows
ANY_HAZARD = "bencana"


def filler(view: View, criterion: Criterion) -> Callable[[str], str]:
    """A function that fills {bahaya}, {desa} and {dusun} in a text of `criterion`; what the plan does not tell is left blank."""
    fill = {**_blanks(view), "{bahaya}": _hazard(view, criterion)}

    def filled(text: str) -> str:
        for mark, value in fill.items():
            text = text.replace(mark, value)
        return text

    return filled


def _blanks(view: View) -> dict[str, str]:
    """What stands in for each mark; looked up once per plan."""
    known = view.done.get("blanks")
    if not isinstance(known, dict):
        known = {"{desa}": view.plan.identity.village or BLANK, "{dusun}": place(view)}
        view.done["blanks"] = known
    return known


def _hazard(view: View, criterion: Criterion) -> str:
    """The first real hazard that no activity answers, else the first real one, of those that such activities can answer.

    Nobody flees from a drought: a shelter, a warning or a drill is for hazards that come suddenly.
    """
    types = (view.catalogue.activity_types.get(one) for one in _named(criterion, "jenis"))
    fitting = {hazard for kind in types if kind for hazard in (*kind.answers, *kind.always)}
    threads = view.done.get("hazards", ())
    real = [t for t in threads if isinstance(t, HazardThread) and t.real_problem]  # type: ignore[attr-defined]
    left_out = _named(criterion, "kecuali")
    fit = [t for t in real if (not fitting or t.id in fitting) and t.id not in left_out]
    chosen = next((t for t in fit if not t.activities), fit[0] if fit else None)
    return chosen.title.lower() if chosen else ANY_HAZARD


def _named(criterion: Criterion, key: str) -> set[str]:
    return {str(one) for rule in criterion.evidence for one in as_list(rule.params.get(key))}


def place(view: View) -> str:
    """The place the plan's own problem rows name most, or a blank to fill in."""
    named = (p.text.strip() for p in view.plan.passages if p.role == "lokasi" and p.table_kind == "masalah")
    places = Counter(text for text in named if text)
    return places.most_common(1)[0][0] if places else BLANK
