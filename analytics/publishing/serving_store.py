"""The serving store: one DuckDB file a run, made from its Parquet, read by the app.

A file is never changed: another run has another file, and readers of the old one keep it until
they let go. What is lost or damaged is built again.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Select
from sqlalchemy.dialects import postgresql

from analytics.errors import EnvironmentFault
from analytics.publishing.run_store import PublishedRun
from analytics.publishing.serving_file import build_serving_file, mark_of, serving_path

_DIALECT = postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
_FETCH_ROWS = 5_000


#: A served file reaches nothing but itself: no other file, no network, no extension.
_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
}


class RunReader:
    """Runs statements against one run; many threads may use it at once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, statement: Select[Any]) -> list[dict[str, Any]]:
        """Return every row of a statement as a dict by column name."""
        names, parts = self._run(statement)
        return [dict(zip(names, row, strict=True)) for part in parts for row in part]

    def close(self) -> None:
        """Let go of the file; no statement may run any more."""
        self._connection.close()

    def row(self, statement: Select[Any]) -> dict[str, Any] | None:
        """Return the first row of a statement, if there is one."""
        found = self.rows(statement)
        return found[0] if found else None

    def stream(self, statement: Select[Any]) -> Iterator[list[tuple[Any, ...]]]:
        """Return the rows of a statement in parts, so that a million need no memory."""
        return self._run(statement)[1]

    def columns(self, statement: Select[Any]) -> Mapping[str, Any]:
        """Return the columns of a statement as numpy arrays by name, for arithmetic."""
        text, values = _compiled(statement)
        arrays: Mapping[str, Any] = self._connection.cursor().execute(text, values).fetchnumpy()
        return arrays

    def _run(self, statement: Select[Any]) -> tuple[list[str], Iterator[list[tuple[Any, ...]]]]:
        text, values = _compiled(statement)
        cursor = self._connection.cursor().execute(text, values)
        names = [one[0] for one in cursor.description or ()]
        return names, _parts(cursor)


def _parts(cursor: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
    try:
        while part := cursor.fetchmany(_FETCH_ROWS):
            yield part
    finally:
        cursor.close()


def _compiled(statement: Select[Any]) -> tuple[str, list[Any]]:
    compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    order = getattr(compiled, "positiontup", None) or []
    return str(compiled), [compiled.params[name] for name in order]


class ServingStore:
    """Opens the serving file of a run: once a process, and anew after a fork.

    Parameters
    ----------
    data_folder
        The workspace's data folder.
    memory_limit_mb, threads
        What one process may use for sorting and aggregation.
    """

    def __init__(self, data_folder: Path, *, memory_limit_mb: int = 2048, threads: int = 2) -> None:
        self._folder = data_folder / "serving"
        self._limits: dict[str, str | int] = {
            "memory_limit": f"{memory_limit_mb}MB",
            "threads": threads,
        }
        self._lock = threading.Lock()
        self._open: tuple[int, str, RunReader] | None = None
        # A connection inherited through a fork must not even be closed: its threads are gone.
        self._inherited: list[RunReader] = []

    def reader(self, run: PublishedRun) -> RunReader:
        """Return the reader of a run, opening or building its file where needed.

        Raises
        ------
        EnvironmentFault
            The file can neither be opened nor built.
        """
        held = self._open
        if held is not None and held[:2] == (os.getpid(), run.fingerprint):
            return held[2]
        with self._lock:
            held = self._open
            if held is not None and held[0] != os.getpid():
                self._inherited.append(held[2])
                held = None
            if held is None or held[1] != run.fingerprint:
                held = (os.getpid(), run.fingerprint, RunReader(self._connect(run)))
                self._open = held
        return held[2]

    def close(self) -> None:
        """Close what this process has open; the next reader opens it anew."""
        with self._lock:
            held, self._open = self._open, None
            if held is not None and held[0] == os.getpid():
                held[2].close()

    def after_fork(self) -> None:
        """Forget what was opened before a fork; for the first line of a worker."""
        self._lock = threading.Lock()
        if self._open is not None:
            self._inherited.append(self._open[2])
            self._open = None

    def _connect(self, run: PublishedRun) -> duckdb.DuckDBPyConnection:
        path = serving_path(self._folder, run.run_id, run.fingerprint)
        for attempt in ("as it is", "built again"):
            if attempt == "built again":
                build_serving_file(self._folder, run.run_id, run.folder, run.fingerprint)
            connection = self._open_marked(path, mark_of(run.fingerprint))
            if connection is not None:
                return connection
        raise EnvironmentFault(
            f"{path} must be readable and writable. Got: DuckDB cannot open it.",
            rule="serving_file",
            got=path,
        )

    def _open_marked(self, path: Path, mark: str) -> duckdb.DuckDBPyConnection | None:
        """Open a serving file, unless it is missing, damaged or of another run."""
        if not path.is_file():
            return None
        try:
            connection = duckdb.connect(str(path), read_only=True, config=_CLOSED)
        except duckdb.Error:
            return None
        try:
            if _mark_in(connection) == mark:
                self._limit(connection)
                return connection
        except duckdb.Error:
            pass
        connection.close()
        return None

    def _limit(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Set the limits, unless another store of this process has set and locked them."""
        with suppress(duckdb.InvalidInputException):
            for name, value in self._limits.items():
                connection.execute(f"set {name} = '{value}'")
            connection.execute("set lock_configuration = true")


def _mark_in(connection: duckdb.DuckDBPyConnection) -> str:
    return str(connection.execute("select mark from serving_meta").fetchall()[0][0])
