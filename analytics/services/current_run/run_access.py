"""The current run and its reader, noticed anew when another run becomes current."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date

from analytics.errors import CorruptRun
from analytics.runs.run_store import PublishedRun, RunStore
from analytics.runs.same_business import customer_ids, is_same_business
from analytics.runs.serving_store import RunReader, ServingStore
from analytics.settings import Settings


@dataclass(frozen=True)
class OpenRun:
    """A run with what reads it; an answer takes all its numbers from one of these."""

    run: PublishedRun
    reader: RunReader

    @property
    def key(self) -> str:
        """What tells this run from every other, also from one of the same id."""
        return f"{self.run.run_id}:{self.run.fingerprint}"


class RunAccess:
    """Hands out the current run; costs one `stat` while nothing has changed.

    Where the latest run is damaged, the one shown instead is kept until the pointer is replaced: by
    running again, or by `runs rollback`.
    """

    def __init__(self, settings: Settings) -> None:
        self._store = RunStore(settings.data_folder)
        self._serving = ServingStore(settings.data_folder, memory_limit_mb=settings.memory_limit_mb)
        self._lock = threading.Lock()
        self._known: tuple[object, PublishedRun] | None = None
        self._same_business: dict[tuple[str, str], bool] = {}

    def open(self) -> OpenRun:
        """Return the current run, opened.

        Raises
        ------
        NoRunPublished
            There is none that could be shown.
        """
        run = self._current()
        try:
            return OpenRun(run, self._serving.reader(run))
        except CorruptRun:  # damaged since it was checked: show the former one, and say so
            self._store.distrust(run)
            self._known = None
            run = self._current()
            return OpenRun(run, self._serving.reader(run))

    def former(self, run: PublishedRun) -> PublishedRun | None:
        """Return the run of the same profile that was published before this one, if any."""
        earlier = (
            published
            for published in self._store.runs()
            if published.summary.published_at < run.summary.published_at
            and published.summary.profile == run.summary.profile
        )
        return next(earlier, None)

    def like(self, run: PublishedRun) -> tuple[PublishedRun, ...]:
        """Return this run and those before it of the same business and profile, newest first.

        Real and simulated data are not mixed. Runs of the same date are told by the latest of them.
        """
        found: dict[date, PublishedRun] = {}
        for published in self._store.runs():
            alike = published.summary.profile == run.summary.profile
            alike &= published.summary.simulated == run.summary.simulated
            alike &= published.summary.as_of_day <= run.summary.as_of_day
            if alike and self._is_same_business(published, run):
                found.setdefault(
                    published.summary.as_of_day,
                    run if published.run_id == run.run_id else published,
                )
        found[run.summary.as_of_day] = run
        return tuple(found[day] for day in sorted(found, reverse=True))

    def _is_same_business(self, one: PublishedRun, run: PublishedRun) -> bool:
        """Compare the customers of two runs; once a process, as runs never change."""
        pair = (one.fingerprint, run.fingerprint)
        if pair not in self._same_business:
            ids, currency = customer_ids(run), run.summary.currency
            self._same_business[pair] = is_same_business(one, ids, currency)
        return self._same_business[pair]

    def close(self) -> None:
        """Close the run's file; the next question opens it anew."""
        self._serving.close()

    def after_fork(self) -> None:
        """Forget what a forked worker must not share with its parent."""
        self._lock = threading.Lock()
        self._serving.after_fork()

    def _current(self) -> PublishedRun:
        state = self._store.state()
        known = self._known
        if known is not None and known[0] == state:
            return known[1]
        with self._lock:
            run = self._store.current()
            self._known = (state, run)
        return run
