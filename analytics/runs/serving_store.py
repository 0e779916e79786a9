"""The serving store: one DuckDB file a run, made from its Parquet, read by the app.

A file is never changed: another run has another file, and readers of the old one keep it until
they let go. What is lost or damaged is built again.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Select
from sqlalchemy.dialects import postgresql

from analytics.errors import EnvironmentFault
from analytics.runs.faults import disk_faults
from analytics.runs.manifest import Manifest
from analytics.runs.run_store import PublishedRun
from analytics.runs.serving_file import (
    build_serving_file,
    building,
    is_as_built,
    mark_of,
    serving_path,
)

_DIALECT = postgresql.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
_FETCH_ROWS = 5_000


#: A served file reaches nothing but itself: no other file, no network, no extension.
_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
}


#: What DuckDB raises where the bytes on the disk are not what it wrote.
_DAMAGE = (duckdb.IOException, duckdb.InternalException, duckdb.FatalException)

#: What changes whenever somebody writes to a file or replaces it.
Signature = tuple[int, int, int]


class RunReader:
    """Runs statements against one run; many threads may use it at once.

    Parameters
    ----------
    when_damaged
        Called where the file turns out to be damaged, before the question is refused.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        when_damaged: Callable[[], None] = lambda: None,
    ) -> None:
        self._connection = connection
        self._when_damaged = when_damaged

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
        with self._damage_noticed():
            found = self._connection.cursor().execute(text, values).fetchnumpy()
        arrays: Mapping[str, Any] = found
        return arrays

    def _run(self, statement: Select[Any]) -> tuple[list[str], Iterator[list[tuple[Any, ...]]]]:
        text, values = _compiled(statement)
        with self._damage_noticed():
            cursor = self._connection.cursor().execute(text, values)
        names = [described[0] for described in cursor.description or ()]
        return names, self._parts(cursor)

    def _parts(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
        try:
            with self._damage_noticed():
                while part := cursor.fetchmany(_FETCH_ROWS):
                    yield part
        finally:
            cursor.close()

    @contextmanager
    def _damage_noticed(self) -> Iterator[None]:
        try:
            yield
        except _DAMAGE as error:
            self._when_damaged()
            raise EnvironmentFault(
                "The file that the app reads must be what was built from the run; it is checked "
                f"and built again at the next question. Got: {str(error).splitlines()[0][:200]}.",
                rule="serving_file",
            ) from None


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
        self._seen: tuple[Path, Signature] | None = None
        self._is_suspect = False
        # A connection inherited through a fork must not even be closed: its threads are gone.
        self._inherited: list[RunReader] = []

    def reader(self, run: PublishedRun) -> RunReader:
        """Return the reader of a run, opening or building its file where needed.

        Raises
        ------
        EnvironmentFault
            The file can neither be opened nor built.
        CorruptRun
            It has to be built, and the run itself is damaged.
        """
        held = self._open
        if held is not None and held[:2] == (os.getpid(), run.fingerprint) and self._is_same():
            return held[2]
        with self._lock:
            held = self._open
            if held is not None and held[0] != os.getpid():
                self._inherited.append(held[2])
                held = None
            if held is not None and held[1] == run.fingerprint and not self._is_same():
                self._open = None
                held[2].close()  # what another one would share with it may be damaged, too
                held = None
            if held is None or held[1] != run.fingerprint:
                reader = RunReader(self._connect(run), self._suspect)
                held = self._open = (os.getpid(), run.fingerprint, reader)
        return held[2]

    def _is_same(self) -> bool:
        """Tell whether nobody has touched the open file since it was checked; costs one `stat`.

        A file that is gone is still there for who has it open.
        """
        if self._is_suspect or self._seen is None:
            return False
        path, signature = self._seen
        return _signature_of(path) in (None, signature)

    def _suspect(self) -> None:
        self._is_suspect = True

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
        mark = mark_of(run.fingerprint)
        if (connection := self._open_marked(path, mark)) is not None:
            return connection
        Manifest.read(run.folder).check_contents(run.folder)  # never serve damage as if it were new
        with disk_faults(self._folder), building(self._folder):
            if (connection := self._open_marked(path, mark)) is not None:
                return connection  # another process has built it meanwhile
            build_serving_file(self._folder, run.run_id, run.folder, run.fingerprint)
        if (connection := self._open_marked(path, mark)) is not None:
            return connection
        raise EnvironmentFault(
            f"{path} must be readable and writable. Got: DuckDB cannot open it.",
            rule="serving_file",
            got=path,
        )

    def _open_marked(self, path: Path, mark: str) -> duckdb.DuckDBPyConnection | None:
        """Open a serving file, unless it is missing, damaged or of another run."""
        signature = _signature_of(path)
        if signature is None or not is_as_built(path):
            return None
        try:
            connection = duckdb.connect(str(path), read_only=True, config=_CLOSED)
        except duckdb.Error:
            return None
        try:
            if _mark_in(connection) == mark:
                self._limit(connection)
                self._seen, self._is_suspect = (path, signature), False
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


def _signature_of(path: Path) -> Signature | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _mark_in(connection: duckdb.DuckDBPyConnection) -> str:
    return str(connection.execute("select mark from serving_meta").fetchall()[0][0])
