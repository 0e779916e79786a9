"""Database engines: made late, one a process, with errors that say one thing and hide secrets."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from analytics.errors import EnvironmentFault, UsageError
from analytics.redaction import is_secret_name, keep_secret, redacted

SUPPORTED = ("postgresql", "mysql", "mariadb", "sqlite")

#: The driver that ships with the product's extras, where an address names none.
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}
_BUSY_S = 20.0
_CONNECT_S = 5

#: Execution options of a connection that will write.
WRITES = {"writes": True}


def read_url(address: str) -> URL:
    """Read a database address.

    Raises
    ------
    UsageError
        It is none, or of a database that we do not speak. The address itself is not repeated: it
        may hold a password.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise UsageError(
            "A database address must look like postgresql://user:password@host/name, "
            "mysql://…, mariadb://… or sqlite:///file. Got something else.",
            rule="database_url",
        ) from None
    keep_secrets_of(url)
    if url.drivername in _DRIVERS:
        url = url.set(drivername=_DRIVERS[url.drivername])
    if url.get_backend_name() not in SUPPORTED:
        raise UsageError(
            f"A database must be one of {', '.join(SUPPORTED)}. Got {url.get_backend_name()!r}.",
            rule="database_known",
            got=url.get_backend_name(),
        )
    return url


def shown(url: URL) -> str:
    """Return an address fit to print: without its password, wherever it stands."""
    return redacted(url.render_as_string(hide_password=True))


def keep_secrets_of(url: URL) -> None:
    """Let no message repeat what an address holds of passwords, whatever a driver says."""
    keep_secret(url.password)
    for name, value in url.query.items():
        if is_secret_name(name):
            keep_secret(*([value] if isinstance(value, str) else value))


def make_engine(url: URL, *, busy_s: float = _BUSY_S) -> Engine:
    """Make an engine; connects to nothing yet.

    An SQLite file is opened anew for every piece of work: a connection kept open would go on
    writing into a file that somebody has since deleted or replaced.

    Parameters
    ----------
    busy_s
        Seconds that SQLite waits for another writer.

    Raises
    ------
    UsageError
        The driver is not installed.
    """
    backend = url.get_backend_name()
    options: dict[str, Any] = {"connect_args": {"connect_timeout": _CONNECT_S}}
    if backend == "sqlite":
        options = {"poolclass": NullPool} if url.database not in (None, "", ":memory:") else {}
    try:
        engine = create_engine(url, pool_pre_ping=backend != "sqlite", **options)
    except (NoSuchModuleError, ModuleNotFoundError):
        raise UsageError(
            f"The driver of {url.drivername} must be installed "
            "(pip install 'silent-churn[postgresql]' or 'silent-churn[mysql]'). Got none.",
            rule="database_driver",
            got=url.drivername,
        ) from None
    if backend == "sqlite":
        _make_transactions_real(engine, busy_s)
    return engine


@contextmanager
def database_faults(url: URL) -> Iterator[None]:
    """Raise `EnvironmentFault` for what a database refuses inside the block."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or type(error).__name__)
        raise EnvironmentFault(
            f"The database {shown(url)} must be reachable and writable. "
            f"Got: {redacted(cause).strip().splitlines()[0][:200]}.",
            rule="database_reachable",
            got=shown(url),
        ) from None


class ProcessEngine:
    """One engine a process: after a fork another one is made, and the parent's left alone."""

    def __init__(self, url: URL, *, busy_s: float = _BUSY_S) -> None:
        self._url = url
        self._busy_s = busy_s
        self._lock = threading.Lock()
        self._made: tuple[int, Engine] | None = None

    def get(self) -> Engine:
        """Return this process's engine."""
        made = self._made
        if made is not None and made[0] == os.getpid():
            return made[1]
        with self._lock:
            made = self._made
            if made is None or made[0] != os.getpid():
                self.after_fork()
                made = self._made = (os.getpid(), make_engine(self._url, busy_s=self._busy_s))
        return made[1]

    def close(self) -> None:
        """Close this process's connections."""
        with self._lock:
            made, self._made = self._made, None
            if made is not None:
                made[1].dispose(close=made[0] == os.getpid())

    def after_fork(self) -> None:
        """Let go of a parent's connections without closing them."""
        if self._made is not None and self._made[0] != os.getpid():
            self._made[1].dispose(close=False)
            self._made = None


def _make_transactions_real(engine: Engine, busy_s: float) -> None:
    """Let SQLAlchemy, not the driver, begin transactions, so that DDL is part of them too.

    One that will write takes its turn at the beginning: a reader that turns writer half way is
    refused at once by SQLite, however long it would have waited.
    """

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"pragma busy_timeout = {int(busy_s * 1000)}")
        cursor.execute("pragma foreign_keys = on")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _began(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("begin immediate" if writes else "begin")
