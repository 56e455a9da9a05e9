"""How well each criterion agrees with people: precision and recall over reviewed plans (content.json + labels.json)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from irmcheck import pipeline
from irmcheck.errors import InputError, UsageError
from irmcheck.model import Status

LABELS = "labels.json"
MAX_BYTES = 20_000_000
PREFERRED = (".docx", ".pdf", ".xlsx")  # the fullest text first: measures the rules, not the reading
FOUND = (Status.MET, Status.PARTIAL)


@dataclass(slots=True)
class Tally:
    """Verdicts on one criterion over all plans: counts of (reviewers' status, ours)."""

    pairs: Counter[tuple[Status, Status]] = field(default_factory=Counter)

    @property
    def agreed(self) -> tuple[int, int]:
        """Same status, of all that both sides judged."""
        return sum(n for (people, ours), n in self.pairs.items() if people == ours), self.pairs.total()

    @property
    def precision(self) -> float | None:
        """Of what we call met or partial, the share that reviewers call met or partial."""
        ours = sum(n for (_, our), n in self.pairs.items() if our in FOUND)
        return _share(self._both(), ours)

    @property
    def recall(self) -> float | None:
        """Of what reviewers call met or partial, the share that we call met or partial."""
        theirs = sum(n for (people, _), n in self.pairs.items() if people in FOUND)
        return _share(self._both(), theirs)

    @property
    def false_all_clear(self) -> int:
        """Called met by us, missing by reviewers."""
        return self.pairs[Status.MISSING, Status.MET]

    def _both(self) -> int:
        return sum(n for (people, ours), n in self.pairs.items() if people in FOUND and ours in FOUND)


@dataclass(frozen=True, slots=True)
class Measured:
    """Tallies by criterion id, and every verdict that differs: (plan, criterion, reviewers, ours)."""

    tallies: Mapping[str, Tally]
    differences: tuple[tuple[str, str, Status, Status], ...]
    files: tuple[str, ...]


def measure_plans(folders: Sequence[Path], rules: pipeline.Rules) -> Measured:
    """Judge a file of each reviewed plan and compare. Raises UsageError for a folder without labels or plan."""
    tallies = {criterion.id: Tally() for criterion in rules.catalogue.criteria}
    differences, files = [], []
    for folder in folders:
        people, file = read_labels(folder), _plan_file(folder)
        files.append(f"{folder.name}/{file.name}")
        assessment = pipeline.check(pipeline.Request(file, folders=rules.folders), lambda: rules)
        for finding in assessment.findings:
            theirs = people.get(finding.id)
            if theirs is None or Status.UNDETERMINED in (theirs, finding.status):
                continue
            tallies[finding.id].pairs[theirs, finding.status] += 1
            if theirs is not finding.status:
                differences.append((folder.name, finding.id, theirs, finding.status))
    return Measured(tallies, tuple(differences), tuple(files))


def read_labels(folder: Path) -> dict[str, Status]:
    """Reviewers' statuses by criterion id. Raises UsageError when labels.json is missing or odd."""
    path = folder / LABELS
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path} terlalu besar.")
        findings = json.loads(path.read_text(encoding="utf-8"))["findings"]
        return {identity: Status(one["status"]) for identity, one in findings.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{path} tidak dapat dibaca sebagai hasil penilaian orang ({error}). Periksa foldernya.") from error


def _plan_file(folder: Path) -> Path:
    for suffix in PREFERRED:
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() == suffix)
        if found:
            return found[0]
    raise InputError(f"Di folder {folder} tidak ada rencana ({', '.join(PREFERRED)}).")


def table(measured: Measured) -> Iterator[str]:
    """The figures for people: one line per criterion, then what differs."""
    yield f"{len(measured.files)} rencana: {', '.join(measured.files)}"
    yield f"{'ID':<8} {'sama':>7} {'tepat':>6} {'temu':>6}  rasa aman palsu"
    for identity, tally in measured.tallies.items():
        same, judged = tally.agreed
        if judged:
            false = str(tally.false_all_clear) if tally.false_all_clear else ""
            yield f"{identity:<8} {f'{same}/{judged}':>7} {_percent(tally.precision):>6} {_percent(tally.recall):>6}  {false}"
    yield _pooled(measured.tallies.values())
    for plan, identity, people, ours in measured.differences:
        yield f"beda  {plan:<28} {identity:<8} orang: {people.value:<15} alat: {ours.value}"


def _pooled(tallies: Iterable[Tally]) -> str:
    whole = Tally()
    for tally in tallies:
        whole.pairs.update(tally.pairs)
    same, judged = whole.agreed
    rates = f"{_percent(whole.precision):>6} {_percent(whole.recall):>6}"
    return f"{'semua':<8} {f'{same}/{judged}':>7} {rates}  {whole.false_all_clear}"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
