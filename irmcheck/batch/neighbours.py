"""The most common gaps of a folder, and how neighbours who do not have them wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from irmcheck.report.matrix import Criterion, Entry, Example, Gap, Village, plan_name, village_name, where
from irmcheck.report.text import shortened
from irmcheck.report.words import Words

_GAPS, _EXAMPLES = 8, 2
_QUOTE = 320
_LEAST, _SCRAP = 25, 60  # characters; less is no example, or a poor one
_STANCE = {"commitment": 0, "statement": 1}


class Notebook:
    """Collects, plan by plan, the best quotation for each criterion, so that whole assessments need not be kept."""

    def __init__(self) -> None:
        self._quotes: dict[str, dict[str, Mapping[str, Any]]] = {}  # criterion -> file -> evidence
        self._advice: dict[str, str] = {}

    def note(self, file: str, assessment: Mapping[str, Any]) -> None:
        """Take down what a judged plan has to show."""
        costs = {one["row"]: one["cost"] for one in assessment["activities"]}
        for finding in assessment["findings"]:
            self._advice.setdefault(finding["id"], finding["advice"])
            counting = [e | {"cost": costs.get(e["activity"])} for e in finding["evidence"] if e["counts"]]
            told = [e for e in counting if len(e["quote"]) >= _LEAST]
            if finding["status"] == "met" and told:
                self._quotes.setdefault(finding["id"], {})[file] = min(told, key=_clumsiness)

    def gaps(self, criteria: Sequence[Criterion], villages: Sequence[Village], words: Words) -> tuple[Gap, ...]:
        """The criteria most plans miss, a part counting half, each with examples of different villages."""
        found = []
        for one in criteria:
            statuses = [entry.statuses.get(one.id) for village in villages for entry in village.entries]
            missing, partial = statuses.count("missing"), statuses.count("partial")
            if missing or partial:
                found.append((one, missing, partial, missing + partial + statuses.count("met")))
        found.sort(key=lambda gap: (-(gap[1] + gap[2] / 2), gap[0].id))
        return tuple(
            Gap(one, missing, partial, judged, self._examples(one.id, villages, words), self._advice.get(one.id, ""))
            for one, missing, partial, judged in found[:_GAPS]
        )

    def _examples(self, criterion: str, villages: Sequence[Village], words: Words) -> tuple[Example, ...]:
        quotes = self._quotes.get(criterion, {})
        best = [(v, e) for v in villages for e in sorted(v.entries, key=_strength)[:1] if e.file in quotes]
        best += [(v, e) for v in villages for e in v.entries if e.file in quotes and all(v is not w for w, _ in best)]
        best.sort(key=lambda pair: (_strength(pair[1]), pair[1].file))
        return tuple(_example(v, e, quotes[e.file], words) for v, e in best[:_EXAMPLES])


def _strength(entry: Entry) -> float:
    return -(entry.score or 0.0)


def _clumsiness(evidence: Mapping[str, Any]) -> tuple[bool, int, bool, bool]:
    """Best is a row with money, then what the plan commits to; neither a scrap nor a page long."""
    length = len(evidence["quote"])
    return evidence["cost"] is None, _STANCE.get(evidence["class"], 2), length > _QUOTE, length < _SCRAP


def _example(village: Village, entry: Entry, evidence: Mapping[str, Any], words: Words) -> Example:
    return Example(
        village_name(village, words),
        where(village, words),
        plan_name(entry, words),
        shortened(evidence["quote"], _QUOTE),
        _place(evidence, words),
        evidence["cost"],
    )


def _place(evidence: Mapping[str, Any], words: Words) -> str:
    """Page, or the last title of the chapter, with table and row."""
    if evidence["page"] is not None:
        return words.say("tempat.halaman", n=evidence["page"])
    title = shortened((evidence["section"] or "").split(" > ")[-1], 40)
    spots = (("tempat.tabel", evidence["table"]), ("tempat.baris", evidence["row"]))
    return ", ".join(part for part in (title, *(words.say(key, n=n) for key, n in spots if n is not None)) if part)
