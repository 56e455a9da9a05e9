"""What is already done: one record per plan in DIR/.irmcheck/hasil/, written after its reports and only whole."""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from irmcheck import __version__
from irmcheck.batch.discover import Found
from irmcheck.batch.store import TEMPORARY, LocalStore, Store
from irmcheck.batch.task import Job, Outcome, Task
from irmcheck.errors import UsageError

FOLDER = ".irmcheck"
FORM = 1  # of records; a new form makes old records void
_PASSING = ("changed",)  # not worth remembering


@dataclass(frozen=True, slots=True)
class Record:
    """The stored result of one plan. `name` and `stem` as in Task; `reports` are names of report files in the output folder."""

    key: str
    name: str
    sha256: str
    reports: tuple[str, ...]
    failure: str
    reason: str
    limit: float  # seconds or MB that were not enough; 0 for whatever else
    assessment: dict[str, Any] | None
    traces: dict[str, Any] | None


def job_key(job: Job) -> str:
    """What every result of a job depends on besides the file: rules, version, options, settings, templates, OCR."""
    from irmcheck.load.ocr_engine import find_engine

    engine = find_engine() if job.ocr else None
    settings = job.settings
    files = [p for folder in settings.templates for p in sorted(folder.rglob("*")) if p.is_file()]
    files += [settings.logo] if settings.logo and settings.logo.is_file() else []
    told = {
        "form": FORM,
        "version": __version__,
        "rules": job.rules_sha256,
        "formats": job.formats,
        "language": job.language,
        "kind": job.kind,
        "year": job.year,
        "ocr": [engine.version, engine.language] if engine else None,
        # Time and memory decide only over failures, see _limit.
        "limits": sorted(one for one in settings.limits if one[0] not in ("seconds", "memory_mb")),
        "letter": [settings.facilitator, settings.organisation, settings.contact],
        "templates": [[path.name, hashlib.sha256(path.read_bytes()).hexdigest()] for path in files],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def task_key(job_sha256: str, found: Found) -> str:
    """The key of one plan's result: content, file name (it stands in reports), place of the reports, and the job."""
    parts = (job_sha256, found.sha256, found.name, found.stem)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


class Ledger:
    """The records in an output folder."""

    def __init__(self, out: Store, job: Job) -> None:
        self._out, self._job = out, job
        self._present = out.names()

    def current(self, name: str, key: str) -> Record | None:
        """The record of a plan when it still holds: same key, all reports there, no failure that new limits may cure."""
        record = self.record(name)
        if record is None or record.key != key or not self._present.issuperset(record.reports):
            return None
        return None if record.limit < _limit(record.failure, self._job) else record

    def record(self, name: str) -> Record | None:
        """The stored record of a plan, None where there is none or it cannot be read."""
        data = self._out.read(_place(name))
        if data is None:
            return None
        try:
            fields = json.loads(gzip.decompress(data))
            return Record(**fields | {"reports": tuple(fields["reports"])})
        except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError):  # damaged or of another form: done again
            return None

    def store(self, task: Task, outcome: Outcome) -> None:
        """Write a plan's reports, then its record. The old record goes first: reports without record are done again."""
        old = self.record(task.name)
        self._out.remove(_place(task.name))
        names = {f"{task.stem}.{form}": data for form, data in outcome.reports.items()}
        for name in set(old.reports if old else ()) - names.keys():
            self._out.remove(name)
        for name, data in names.items():
            self._out.write(name, data)
        if outcome.failure in _PASSING:
            return
        record = Record(
            task.key,
            task.name,
            task.sha256,
            tuple(names),
            outcome.failure,
            outcome.reason,
            _limit(outcome.failure, self._job),
            outcome.assessment,
            outcome.traces,
        )
        text = json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        self._out.write(_place(task.name), gzip.compress(text.encode("utf-8", "surrogatepass"), 6, mtime=0))
        self._present.update(names)

    def forget_others(self, names: Iterable[str]) -> None:
        """Remove records of plans that are no longer in the folder. Their reports stay: they are the user's."""
        kept = {_place(name) for name in names}
        for place in sorted(self._present):
            if place.startswith(f"{FOLDER}/hasil/") and place not in kept:
                self._out.remove(place)


def _limit(failure: str, job: Job) -> float:
    return {"timeout": job.timeout, "memory": float(job.memory_mb)}.get(failure, 0.0)


def _place(name: str) -> str:
    return f"{FOLDER}/hasil/{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.json.gz"


@contextmanager
def held(out: Store) -> Iterator[None]:
    """Keep a local output folder for this run, and sweep what a killed run left half written.

    Raises UsageError when another run is at work there. The system lets go of the lock when the process dies, however it dies.
    """
    if not isinstance(out, LocalStore):
        yield
        return
    folder = out.folder / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / "kunci").open("a+b")
    except OSError as error:
        raise UsageError(
            f"Folder hasil {out.folder} tidak dapat ditulis ({error.strerror}). Pilih folder lain dengan --out."
        ) from error
    with stream:
        try:
            _lock(stream)
        except OSError as error:
            raise UsageError(
                f"Batch lain sedang menulis ke {out.folder}. Tunggu sampai selesai atau pilih folder lain dengan --out."
            ) from error
        for path in sorted(out.folder.rglob(f"{TEMPORARY[0]}*{TEMPORARY[1]}")):
            path.unlink(missing_ok=True)
        yield


def _lock(stream: Any) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def rules_sha256(folders: tuple[Path, ...]) -> str:
    """Hash over the rule files in force, as the catalogue computes it. Raises UsageError for a folder that is not there."""
    from irmcheck.catalogue.files import read_folder, sha256_of
    from irmcheck.catalogue.yaml_nodes import Faults
    from irmcheck.settings import data_folder

    faults = Faults()
    return sha256_of([read_folder(Path(folder), faults) for folder in (data_folder("rules"), *folders)])
