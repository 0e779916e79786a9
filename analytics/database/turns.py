"""Writers of the state database wait for each other, and begin anew where they got in the way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError

from analytics.database.work_items import TryAgain
from analytics.errors import EnvironmentFault

Result = TypeVar("Result")

_FIRST_PAUSE_S = 0.005
_LONGEST_PAUSE_S = 0.1

#: What a server says of a transaction that another one got in the way of: PostgreSQL's states for
#: serialisation failure and deadlock, and MariaDB's numbers for a deadlock, a lock that took too
#: long, and a row that changed since it was read.
_PASSING_STATES = {"40001", "40P01"}
_PASSING_NUMBERS = {1020, 1205, 1213}


class Turns:
    """Lets the threads of a process write one after the other, and repeats what was in the way.

    Parameters
    ----------
    wait_s
        Seconds after which a writer gives up.
    """

    def __init__(self, wait_s: float) -> None:
        self.wait_s = wait_s
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, is_file: bool) -> Iterator[None]:
        """Hold this process's turn; a server needs none, as it orders its writers itself."""
        if not is_file:
            yield
            return
        if not self._lock.acquire(timeout=self.wait_s):
            raise _busy(self.wait_s)
        try:
            yield
        finally:
            self._lock.release()

    def until_done(self, work: Callable[[], Result]) -> Result:
        """Return what the work returns, once nobody was in its way.

        Raises
        ------
        EnvironmentFault
            Others were in the way all the time.
        """
        end, pause = time.monotonic() + self.wait_s, _FIRST_PAUSE_S
        while True:
            try:
                return work()
            except TryAgain:
                if time.monotonic() > end:
                    raise _busy(self.wait_s) from None
            except DBAPIError as error:
                if not is_passing(error) or time.monotonic() > end:
                    raise
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_S)


def is_passing(error: DBAPIError) -> bool:
    """Tell whether the same work may succeed in a moment."""
    if isinstance(error, IntegrityError):
        return False
    cause = error.orig
    if getattr(cause, "sqlstate", None) in _PASSING_STATES:
        return True
    number = cause.args[0] if cause is not None and cause.args else None
    # SQLite: another writer, or one that wrote since this transaction began to read.
    is_busy = getattr(cause, "sqlite_errorname", "").startswith("SQLITE_BUSY")
    return is_busy or (isinstance(number, int) and number in _PASSING_NUMBERS)


def _busy(wait_s: float) -> EnvironmentFault:
    return EnvironmentFault(
        f"The state database must let a write through within {wait_s:.0f} seconds. Got: others "
        "were writing all the time; nothing was changed, so try again.",
        rule="state_busy",
    )
