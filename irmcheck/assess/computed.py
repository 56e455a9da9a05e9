"""Rule kinds that compute over the whole plan: hazard thread, pillars with money, completeness, spread over years."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from irmcheck.assess.view import View, row_evidence
from irmcheck.model import Activity, DanaDesa, Evidence, HazardThread, Passage, Place, Stance, TableKind, Tag
from irmcheck.text import fold

Params = Mapping[str, Any]
PILLARS = ("prb", "api", "mer")
MAX_EVIDENCE = 6
NO_QUOTE = Evidence("", Place(), Stance.STATEMENT, counts=False)  # a rule that holds without words of the plan to show
PEOPLE_TABLES = (TableKind.TEAM, TableKind.ATTENDANCE)
_MEASURED = re.compile(r"\d[\d.,]*\s*([^\W\d_]+[¹²³'123]?)")  # the unit right behind a number
WOMAN = frozenset({"p", "pr", "perempuan", "wanita"})


def risk_rows(view: View) -> list[Activity]:
    """Activities that serve at least one pillar."""
    return [row.activity for row in view.rows.values() if _tag(view, row.activity).pillars]


def _tag(view: View, activity: Activity) -> Tag:
    return view.tags.get(activity.row, Tag(activity.row))


def thread_rule(view: View, params: Params) -> list[Evidence]:
    """`sambungan_bahaya`: of all quotes that tell of real hazards, the share `bagian` (0-1) is about answered hazards.

    `keluarga` (0-1) also asks for a share of the hazard families themselves; the families in `kecuali` need no answer.
    `berbiaya`: an answer is a row with a cost.
    """
    found = [t for t in view.done.get("hazards", ()) if isinstance(t, HazardThread)]  # type: ignore[attr-defined]
    threads = [t for t in found if t.real_problem and t.id not in params.get("kecuali", ())]
    answered = [t for t in threads if (t.cost if params.get("berbiaya") else t.activities)]
    told, met = sum(len(t.evidence) for t in threads), sum(len(t.evidence) for t in answered)
    if not answered or met < float(params.get("bagian", 1.0)) * told:
        return []
    if len(answered) < float(params.get("keluarga", 0.0)) * len(threads):
        return []
    why = str(params.get("alasan", ""))
    rows = list(dict.fromkeys(row for t in answered for row in t.activities[:2]))
    return [row_evidence(view, row, counts=True, why=why) for row in rows[:MAX_EVIDENCE]]


def pillars_rule(view: View, params: Params) -> list[Evidence]:
    """`pilar_berbiaya`: at least `minimal` of the three pillars have a row with cost (and source unless `tanpa_sumber`)."""
    found: dict[str, Activity] = {}
    for activity in risk_rows(view):
        if activity.cost and (activity.sources or params.get("tanpa_sumber")):
            for pillar in _tag(view, activity).pillars:
                found.setdefault(pillar, activity)
    if len(found) < int(params.get("minimal", 3)):
        return []
    why = str(params.get("alasan", ""))
    rows = dict.fromkeys(found[p].row for p in PILLARS if p in found)
    return [row_evidence(view, row, counts=True, why=why) for row in rows]


def complete_rule(view: View, params: Params) -> list[Evidence]:
    """`baris_lengkap`: a share `bagian` of the risk rows says where, how much and for whom, not in general words."""
    rows = risk_rows(view)
    least = int(params.get("unsur", 3))
    vague = view.catalogue.lexicon.get("umum", {}).get("kata_kabur", {})
    written = view.catalogue.lexicon.get("satuan", {}).get("satuan", {})
    units = {text for unit, texts in written.items() if unit not in vague.get("satuan", ()) for text in (unit, *map(str, texts))}
    good = [a for a in rows if _clear_fields(a, view.plan.identity.village, vague, units) >= least]
    if not rows or len(good) < float(params.get("bagian", 0.5)) * len(rows) or len(good) < int(params.get("minimal", 1)):
        return []
    why = str(params.get("alasan", ""))
    return [row_evidence(view, a.row, counts=True, why=why) for a in good[:MAX_EVIDENCE]]


def _clear_fields(activity: Activity, village: str | None, vague: Mapping[str, Sequence[str]], units: Collection[str]) -> int:
    """How many of location, volume, unit, beneficiaries are stated in words that can be checked."""
    volume = activity.volume
    clear = volume and volume.unit and volume.unit not in vague.get("satuan", ())
    # "2 kali, 312 rumah" and "45 m x 3 m" are measured too, though number and unit of the whole are not certain
    parts = _MEASURED.findall(volume.text.lower()) if volume else ()
    measured = bool(clear and volume and volume.value) or any(part in units for part in parts)
    place = _says(activity.location, vague.get("tempat", ()), village)
    people = _says(activity.target, vague.get("sasaran", ()), village)
    return place + people + (2 if measured else int(bool(clear)))


def _says(text: str, vague: Sequence[str], village: str | None) -> bool:
    """Whether more is left than words true of every row, such as "desa", "masyarakat" or the village's own name."""
    known = {*vague, *(village or "").lower().split()}
    return any(word not in known for word in text.lower().replace("-", " ").split())


def spread_rule(view: View, params: Params) -> list[Evidence]:
    """`bertahap`: risk rows are spread over at least `tahun` years and do not all run in every year."""
    rows = [a for a in risk_rows(view) if a.years]
    years = {year for a in rows for year in a.years}
    starts = {min(a.years) for a in rows}
    if len(years) < int(params.get("tahun", 3)) or len(starts) < int(params.get("mulai", 2)):
        return []
    why = str(params.get("alasan", ""))
    return [row_evidence(view, a.row, counts=True, why=why) for a in rows[:MAX_EVIDENCE]]


def two_pillars_rule(view: View, params: Params) -> list[Evidence]:
    """`dua_pilar`: a costed row serves two pillars at once."""
    rows = [a for a in risk_rows(view) if a.cost and len(_tag(view, a).pillars) > 1]
    why = str(params.get("alasan", ""))
    return [row_evidence(view, a.row, counts=True, why=why) for a in rows[:MAX_EVIDENCE]]


def focus_rule(view: View, params: Params) -> list[Evidence]:
    """`fokus_dana_desa`: a risk row paid from dana desa fits the focus of the plan's fiscal year (`indikatif`: any year)."""
    judged = view.done.get("dana_desa")
    fits = {note.activity for note in judged.fit} if isinstance(judged, DanaDesa) and judged.known else set()
    rows = [a for a in risk_rows(view) if "DD" in a.sources and (params.get("indikatif") or a.row in fits)]
    why = str(params.get("alasan", ""))
    return [row_evidence(view, a.row, counts=True, why=why) for a in rows[:MAX_EVIDENCE]]


def clean_fund_rule(view: View, params: Params) -> list[Evidence]:
    """`bersih_dana_desa`: there are no (`peringatan: ada` - there are) warnings about the use of dana desa."""
    judged = view.done.get("dana_desa")
    if not isinstance(judged, DanaDesa):
        return []
    why = str(params.get("alasan", ""))
    rows = [n.activity for n in judged.warnings if n.activity is not None]
    if params.get("peringatan") == "ada":
        shown = [row_evidence(view, row, counts=True, why=why) for row in rows[:MAX_EVIDENCE]]
        shown += [Evidence(n.quote, n.place, Stance.STATEMENT, counts=True, why=why) for n in judged.warnings if n.quote]
        return shown or [NO_QUOTE] * bool(judged.warnings)
    if judged.warnings:
        return []
    paid = [a for a in view.plan.activities if a.sources]  # without a single source nothing could be checked
    paid.sort(key=lambda a: "DD" not in a.sources)
    return [row_evidence(view, a.row, counts=True, why=why) for a in paid[:2]]


def risk_row_rule(view: View, params: Params) -> list[Evidence]:
    """`ada_kegiatan_risiko`: at least one activity serves a pillar."""
    why = str(params.get("alasan", ""))
    return [row_evidence(view, a.row, counts=True, why=why) for a in risk_rows(view)[:MAX_EVIDENCE]]


def plan_kind_rule(view: View, params: Params) -> list[Evidence]:
    """`jenis_rencana`: the document is one of the kinds in `rencana`; shows no quote."""
    wanted = params.get("rencana", ())
    held = view.plan.identity.kind.value in ([wanted] if isinstance(wanted, str) else wanted)
    return [NO_QUOTE] if held else []


def people_rule(view: View, params: Params) -> list[Evidence]:
    """`peserta`: team and attendance tables name at least `perempuan` women, or hold a word of the concept `unsur`."""
    why = str(params.get("alasan", ""))
    if unsur := params.get("unsur"):
        wanted = [unsur] if isinstance(unsur, str) else list(unsur)
        hits = [m for c in wanted for m in view.by_concept.get(c, ()) if _is_person(view, view.passage(m))]
        return [_cell_evidence(view, m.passage, why) for m in hits[:MAX_EVIDENCE]]
    women = [i for i, p in enumerate(view.plan.passages) if _is_person(view, p) and _is_woman(p)]
    if len(women) < int(params.get("perempuan", 1)):
        return []
    return [_cell_evidence(view, _name_cell(view, i), why) for i in women[:MAX_EVIDENCE]]


def _is_person(view: View, passage: Passage) -> bool:
    """A cell of a list of people, in a row that was filled in."""
    return passage.table_kind in PEOPLE_TABLES and passage.row_key not in view.denied


def _is_woman(passage: Passage) -> bool:
    text = passage.text.strip().lower()
    if passage.role == "perempuan":
        return text not in ("", "-", "0")
    return passage.role == "jenis_kelamin" and text in WOMAN


def _name_cell(view: View, index: int) -> int:
    """The cell with the person's name in the same row, or the cell itself."""
    key = view.plan.passages[index].row_key
    for other in range(max(0, index - 8), min(len(view.plan.passages), index + 8)):
        passage = view.plan.passages[other]
        if key is not None and passage.row_key == key and passage.role == "nama":
            return other
    return index


def _cell_evidence(view: View, index: int, why: str) -> Evidence:
    passage = view.plan.passages[index]
    return Evidence(fold(passage.text), passage.place, Stance.STATEMENT, counts=True, why=why)


COMPUTED: dict[str, tuple[Callable[[View, Params], list[Evidence]], set[str]]] = {
    "sambungan_bahaya": (thread_rule, {"bagian", "keluarga", "kecuali", "berbiaya"}),
    "pilar_berbiaya": (pillars_rule, {"minimal", "tanpa_sumber"}),
    "baris_lengkap": (complete_rule, {"bagian", "unsur", "minimal"}),
    "bertahap": (spread_rule, {"tahun", "mulai"}),
    "dua_pilar": (two_pillars_rule, set()),
    "fokus_dana_desa": (focus_rule, {"indikatif"}),
    "bersih_dana_desa": (clean_fund_rule, {"peringatan"}),
    "ada_kegiatan_risiko": (risk_row_rule, set()),
    "peserta": (people_rule, {"perempuan", "unsur"}),
    "jenis_rencana": (plan_kind_rule, {"rencana"}),
}
