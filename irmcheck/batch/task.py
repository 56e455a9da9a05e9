"""One plan of a batch: the same function in a worker of this computer and in one of a cluster."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from irmcheck.errors import CatalogueError, InputError
from irmcheck.load.guard import Limits, limits_from
from irmcheck.model import PlanKind
from irmcheck.pipeline import Rules, judge
from irmcheck.settings import Settings


@dataclass(frozen=True, slots=True)
class Job:
    """What holds for every plan of a batch. `rules_sha256` is the hash over all rule files that must be in force."""

    formats: tuple[str, ...] = ("html",)
    language: str = "id"
    kind: PlanKind | None = None
    year: int | None = None
    ocr: bool = True
    settings: Settings = field(default_factory=Settings)
    rules: tuple[Path, ...] = ()
    rules_sha256: str = ""
    timeout: float = 1800.0  # seconds of wall time one plan may take, all in all
    memory_mb: int = 3000  # address space of a worker, where the system can limit it

    @property
    def limits(self) -> Limits:
        """Limits for the reader, as in irmcheck.toml; OCR ends early enough to leave time for judging what it read."""
        usual = limits_from(self.settings.limits)
        return replace(usual, ocr_seconds=min(usual.ocr_seconds, 0.75 * self.timeout), memory_mb=self.memory_mb)


@dataclass(frozen=True, slots=True)
class Task:
    """A plan to check. `source` is a path or URL that the worker can open, or the file's bytes; `key` says what it depends on."""

    name: str  # path relative to the folder, with forward slashes
    stem: str  # reports are called stem.format, relative to the output folder
    sha256: str
    key: str
    source: str | bytes

    @property
    def file(self) -> str:
        """The file's own name, as it stands in reports."""
        return self.name.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a plan. `failure`: "" | input | changed | timeout | memory | crash; `reason` is a sentence for people."""

    failure: str = ""
    reason: str = ""
    assessment: dict[str, Any] | None = None  # by the JSON contract
    traces: dict[str, Any] | None = None  # irmcheck.batch.traces
    reports: dict[str, bytes] = field(default_factory=dict)
    peak_mb: float = 0.0  # of the worker so far


def check_one(task: Task, job: Job, rules: Rules) -> Outcome:
    """Read, judge and report one plan in this process.

    Raises CatalogueError when the rules here are not those of the job, UsageError when a report cannot be made.
    """
    if job.rules_sha256 and rules.catalogue.sha256 != job.rules_sha256:
        raise CatalogueError(
            "Aturan di komputer pekerja berbeda dari aturan saat batch dimulai. Samakan versi irmcheck dan folder aturannya, "
            "lalu jalankan lagi."
        )
    try:
        if isinstance(task.source, str) and "://" not in task.source:
            return _checked(Path(task.source), task, job, rules)
        with tempfile.TemporaryDirectory(prefix="irmcheck-") as folder:
            return _checked(_fetched(task, Path(folder) / task.file), task, job, rules)
    except InputError as error:
        return Outcome("input", error.message)
    except RecursionError:
        return Outcome("input", f"Isi berkas {task.file} bersarang terlalu dalam. Simpan ulang dari Word/Excel.")
    except MemoryError:
        return Outcome("memory", too_big(task, job))


def too_big(task: Task, job: Job) -> str:
    """The sentence for a plan that needs more memory than a worker has."""
    return (
        f"Berkas {task.file} butuh memori lebih dari {job.memory_mb} MB, jadi tidak diperiksa. "
        "Pecah menjadi beberapa berkas atau perkecil gambarnya."
    )


def _checked(path: Path, task: Task, job: Job, rules: Rules) -> Outcome:
    from irmcheck.batch.traces import traces
    from irmcheck.load import load
    from irmcheck.report import make_reports, to_json
    from irmcheck.structure import build_plan

    document = load(path, job.limits, ocr=job.ocr)
    if document.sha256 != task.sha256:
        return Outcome("changed", f"Berkas {task.file} berubah selama diperiksa. Jalankan lagi.")
    assessment = judge(build_plan(document, rules.catalogue.lexicon, kind=job.kind, year=job.year), rules, job.year)
    return Outcome(
        assessment=to_json(assessment),
        traces=traces(assessment.plan),
        reports=make_reports(assessment, job.formats, job.settings, job.language),
    )


def _fetched(task: Task, path: Path) -> Path:
    """The plan as a file of its own name."""
    if isinstance(task.source, str):
        from irmcheck.batch.store import download

        return download(task.source, path)
    path.write_bytes(task.source)
    return path
