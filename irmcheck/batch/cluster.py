"""The same task on an existing Dask cluster (extra `cluster`)."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from irmcheck import __version__
from irmcheck.batch.pool import Worker
from irmcheck.batch.task import Job, Outcome, Task
from irmcheck.errors import InputError, IrmError, UsageError

_WAIT = "20s"
_AHEAD = 3  # plans under way for each thread of the cluster; more would only fill memory
_crew = threading.local()


def run_cluster(tasks: Iterable[Task], job: Job, address: str) -> Iterator[tuple[Task, Outcome]]:
    """Check the tasks on the cluster at `address` and yield each as it is done; plans of a lost worker go to another one.

    Raises UsageError when the cluster cannot be reached or is not ready for this, InputError when it is lost on the way.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise UsageError("Untuk --cluster pasang tambahannya: pip install 'irmcheck[cluster]'.") from error
    try:
        client = Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(f"Penjadwal Dask di {address} tidak dapat dihubungi. Periksa alamat dan jaringannya.") from error
    with client:
        threads = _ready(client)
        waiting = iter(tasks)
        under_way: dict[str, Task] = {}

        def submit(task: Task) -> Any:
            name = f"irmcheck-{task.key}"
            under_way[name] = task
            return client.submit(remote_check, task, job, key=name, pure=False, retries=2)

        running = as_completed(
            [submit(task) for task in islice(waiting, _AHEAD * threads)], loop=client.loop, raise_errors=False, with_results=True
        )
        for future, result in running:
            task = under_way.pop(future.key)
            yield task, _outcome(task, future, result)
            future.release()
            if (following := next(waiting, None)) is not None:
                running.add(submit(following))


def remote_check(task: Task, job: Job) -> Outcome | IrmError:
    """What a thread of a cluster's worker does: hand the plan to its own child process, which bounds time, memory and crashes.

    Errors that stop the batch come back as values, so that the cluster does not try them again.
    """
    if getattr(_crew, "job", None) != job:
        if hasattr(_crew, "worker"):
            _crew.worker.close()
        _crew.job, _crew.worker = job, Worker(job)
    try:
        worker: Worker = _crew.worker
        return worker.check(task)
    except IrmError as error:
        return error


def installed_version() -> str:
    """The version of irmcheck in this process; asked of every worker."""
    return __version__


def _ready(client: Any) -> int:
    """Threads of the cluster. Raises UsageError when it has no workers or another irmcheck."""
    client.wait_for_workers(1, timeout=60)
    try:
        versions = set(client.run(installed_version).values())
    except (ImportError, AttributeError) as error:
        raise UsageError(f"Pekerja cluster belum memasang irmcheck {__version__}. Pasang di semua pekerja.") from error
    if versions != {__version__}:
        raise UsageError(
            f"Pekerja cluster memakai irmcheck {', '.join(sorted(versions))}; di sini {__version__}. Samakan dahulu."
        )
    threads: int = sum(client.nthreads().values())
    return max(1, threads)


def _outcome(task: Task, future: Any, result: Any) -> Outcome:
    if isinstance(result, Outcome):
        return result
    if isinstance(result, IrmError):
        raise result
    if future.status == "error":
        from distributed import KilledWorker

        error = future.exception() if not isinstance(result, tuple) else result[1]
        if isinstance(error, KilledWorker):
            return Outcome("crash", f"Berkas {task.file} tidak dapat diperiksa: beberapa pekerja mati saat memeriksanya.")
        raise InputError(
            f"Cluster gagal memeriksa {task.file} ({type(error).__name__}: {error}). Yang selesai tersimpan; jalankan lagi."
        )
    raise InputError("Hubungan ke cluster putus. Yang selesai tersimpan; jalankan lagi perintah yang sama.")
