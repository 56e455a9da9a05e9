"""A folder of plans: each checked in a worker of its own, resumable at any moment, then seen together in one matrix."""

from irmcheck.batch.run import Result, run_batch
from irmcheck.batch.store import open_store
from irmcheck.batch.task import Job

__all__ = ["Job", "Result", "open_store", "run_batch"]
