"""A folder of plans from end to end: look, check what is missing or changed, assemble."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from irmcheck.batch.assemble import Folder, outputs, write_outputs
from irmcheck.batch.discover import Found, Survey, survey
from irmcheck.batch.ledger import Ledger, Record, held, job_key, rules_sha256, task_key
from irmcheck.batch.pool import run_local, usual_workers
from irmcheck.batch.store import LocalStore, Store
from irmcheck.batch.task import Job, Outcome, Task
from irmcheck.errors import InputError, UsageError

Progress = Callable[[int, int, str], None]
Runner = Callable[[Iterable[Task], Job], Iterator[tuple[Task, Outcome]]]


@dataclass(frozen=True, slots=True)
class Result:
    """How a batch ended. `judged` plans stand in the matrix, `failed` could not be read, `done` were checked in this run."""

    judged: int
    failed: int
    unjudged: int
    skipped: int
    done: int
    kept: int
    written: tuple[str, ...]
    peak_mb: float = 0.0


def run_batch(
    folder: Store,
    out: Store,
    job: Job,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
) -> Result:
    """Check every plan below `folder` that has no current result in `out`, then write the folder's matrix.

    `fresh` does all again. `progress(done, total, file)` is called in this thread, first with 0. Raises UsageError when there
    is nothing to check or `out` cannot be used, CatalogueError when the rules are not sound; what is stored by then stays.
    """
    _apart(folder, out)
    job = replace(job, rules_sha256=rules_sha256(job.rules))
    with held(out):
        seen = survey(folder, out)
        if not seen.found and not seen.unreadable:
            raise UsageError(
                f"Di {folder.label} tidak ada rencana yang dapat diperiksa (PDF, Word, Excel, gambar). Periksa foldernya."
            )
        ledger = Ledger(out, job)
        keys = {one.name: task_key(job_key_, one) for job_key_ in (job_key(job),) for one in seen.found}
        missing = [one for one in seen.found if fresh or ledger.current(one.name, keys[one.name]) is None]
        peak, passing = _check(folder, missing, keys, job, ledger, _runner(workers, cluster), bool(cluster), progress)
        ledger.forget_others(one.name for one in seen.found)
        seen = replace(seen, unreadable=(*seen.unreadable, *passing))
        return _assemble(folder, out, job, seen, ledger, len(missing), peak)


def _apart(folder: Store, out: Store) -> None:
    if isinstance(folder, LocalStore):
        if not folder.folder.is_dir():
            raise UsageError(f"Folder {folder.folder} tidak ada. Periksa penulisannya.")
        if isinstance(out, LocalStore) and folder.folder.resolve().is_relative_to(out.folder.resolve()):
            raise UsageError(
                "Folder hasil tidak boleh sama dengan folder rencana atau memuatnya. Pilih folder lain dengan --out."
            )
    elif folder.label == out.label:
        raise UsageError("Folder hasil tidak boleh sama dengan folder rencana. Pilih tempat lain dengan --out.")


def _runner(workers: int | None, cluster: str | None) -> Runner:
    if cluster:
        from irmcheck.batch.cluster import run_cluster

        return lambda tasks, job: run_cluster(tasks, job, cluster)
    return lambda tasks, job: run_local(tasks, job, workers or usual_workers())


def _check(
    folder: Store,
    missing: Sequence[Found],
    keys: dict[str, str],
    job: Job,
    ledger: Ledger,
    run: Runner,
    travels: bool,
    progress: Progress | None,
) -> tuple[float, list[tuple[str, str]]]:
    """Check the plans and store each as it is done. Returns peak memory of a worker and what is to be told but not stored."""
    if not missing:
        return 0.0, []
    peak, passing = 0.0, []

    def tasks() -> Iterator[Task]:
        for one in missing:
            try:
                source = folder.source(one.name, travels)
            except (OSError, InputError) as error:
                passing.append((one.name, f"Berkas {one.name} tidak dapat dibuka ({error}). Jalankan lagi."))
                continue
            yield Task(one.name, one.stem, one.sha256, keys[one.name], source)

    if progress:
        progress(0, len(missing), "")
    with closing(run(tasks(), job)) as results:  # type: ignore[type-var]
        for number, (task, outcome) in enumerate(results, start=1):
            ledger.store(task, outcome)
            if outcome.failure == "changed":
                passing.append((task.name, outcome.reason))
            peak = max(peak, outcome.peak_mb)
            if progress:
                progress(number, len(missing), task.name)
    return peak, passing


def _assemble(folder: Store, out: Store, job: Job, seen: Survey, ledger: Ledger, done: int, peak: float) -> Result:
    def records() -> Iterator[Record]:
        for one in seen.found:
            record = ledger.record(one.name)
            if record is not None:
                yield record

    collected = Folder(job.language, job.settings)
    for record in records():
        collected.take(record)
    matrix = collected.matrix(folder.label.rstrip("/").rsplit("/", 1)[-1], seen)
    written = write_outputs(out, outputs(matrix, records(), collected.words, job.settings))
    judged = sum(len(village.entries) + len(village.others) for village in matrix.villages)
    return Result(
        judged, len(matrix.failed), len(matrix.unjudged), len(matrix.skipped), done, len(seen.found) - done, tuple(written), peak
    )
