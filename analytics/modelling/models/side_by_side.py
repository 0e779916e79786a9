"""Several fits at once: few rows keep one core busy, so the cores share out the models."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits

from analytics.modelling.models.calibrated import MANY_ROWS

T = TypeVar("T")

WORKERS = 2


def side_by_side(jobs: Iterable[Callable[[], T]], *, rows: int) -> list[T]:
    """Return the results of the jobs, in their order; the same as one after the other.

    Threads suffice: the fits let go of Python's lock. Where there are many rows, each fit uses all
    cores itself and needs all the memory, so that they go one by one.

    Parameters
    ----------
    rows
        How many rows a job learns from.
    """
    if rows >= MANY_ROWS:
        return [job() for job in jobs]
    with threadpool_limits(1):
        found: list[T] = Parallel(n_jobs=WORKERS, prefer="threads")(delayed(job)() for job in jobs)
    return found
