"""The file that the app reads: one DuckDB file a run, made from its Parquet and never changed."""

from __future__ import annotations

import os
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow.parquet as parquet
from filelock import FileLock, Timeout

from analytics.database.mart import EVENTS, PREFIX
from analytics.domain.run_tables import CUSTOMERS, EVENTS_FILE, LATE_TABLES, RUN_TABLES
from analytics.domain.tables.column import Column, ValueType
from analytics.domain.tables.run_table import RunTable
from analytics.errors import EnvironmentFault
from analytics.private_files import make_private_folder
from analytics.runs.durable import write_atomically
from analytics.runs.faults import disk_faults
from analytics.runs.manifest import sha256_of
from analytics.runs.run_files import sql_type, stored_sql, today_words_sql

#: Seconds to wait for another process that builds; a large run takes a while.
_BUILD_WAIT_S = 600.0

#: Counts up whenever what is done to the columns below changes.
_VERSION = 6
#: Changes with the columns as well, so that files of former versions are built again.
_FORMAT = f"{_VERSION}{zlib.crc32(repr(RUN_TABLES).encode()):08x}"

#: Beside the columns of customers: what a search looks through, in lower case beforehand.
SEARCH_COLUMN = "search_text"
_SEARCH_TEXT = "lower(customer_id || chr(10) || coalesce(name, ''))"


def build_serving_file(
    serving_folder: Path, run_id: str, run_folder: Path, fingerprint: str
) -> Path:
    """Build the serving file of a run from its Parquet, replacing what may be there.

    Its checksum is kept beside it: a file that does not match is never served.

    Raises
    ------
    EnvironmentFault
        The disk refused it.
    """
    path = serving_path(serving_folder, run_id, fingerprint)
    waiting = serving_folder / f".{run_id}.{os.getpid()}.{uuid.uuid4().hex[:8]}.new"
    with disk_faults(path), building(serving_folder):
        _remove_unfinished(serving_folder)
        try:
            with duckdb.connect(str(waiting)) as connection:
                for table in RUN_TABLES:
                    _load(connection, table, run_folder / table.file)
                connection.execute(_load_events(), [str(run_folder / EVENTS_FILE)])
                connection.execute(
                    "create table serving_meta as select ? as mark", [mark_of(fingerprint)]
                )
                connection.execute("checkpoint")
            write_atomically(checksum_path(path), f"{sha256_of(waiting)}\n".encode())
            os.replace(waiting, path)  # noqa: PTH105 - one name for tests to break
        finally:
            waiting.unlink(missing_ok=True)
            waiting.with_name(waiting.name + ".wal").unlink(missing_ok=True)
    return path


@contextmanager
def building(serving_folder: Path) -> Iterator[None]:
    """Let one process build at a time; the same thread may enter again inside."""
    make_private_folder(serving_folder)
    lock = FileLock(serving_folder / ".lock", is_singleton=True, preserve_lock_file=True)
    try:
        lock.acquire(timeout=_BUILD_WAIT_S)
    except Timeout:
        raise EnvironmentFault(
            f"{serving_folder} must be free for building. Got: another process has been building "
            f"in it for {_BUILD_WAIT_S:.0f} seconds.",
            rule="serving_lock",
            got=serving_folder,
        ) from None
    try:
        yield
    finally:
        lock.release()


def checksum_path(path: Path) -> Path:
    """Return where the checksum of a serving file lies."""
    return path.with_name(f"{path.name}.sha256")


def is_as_built(path: Path) -> bool:
    """Tell whether every byte of a serving file is what was built."""
    try:
        return checksum_path(path).read_bytes() == f"{sha256_of(path)}\n".encode()
    except OSError:
        return False


def _remove_unfinished(folder: Path) -> None:
    """Remove what a killed build left; safe because nobody else is building."""
    for unfinished in folder.glob(".*.new*"):
        unfinished.unlink(missing_ok=True)


def serving_path(serving_folder: Path, run_id: str, fingerprint: str) -> Path:
    """Return where the serving file of a run lies.

    The name holds the run's fingerprint: a process that has a file open would be given its old
    content under the same name.
    """
    return serving_folder / f"{run_id}.{_FORMAT}-{fingerprint[:8]}.duckdb"


def mark_of(fingerprint: str) -> str:
    """Return what a serving file of a run must be marked with, else it is built again."""
    return f"{_FORMAT}:{fingerprint}"


def remove_other_serving_files(folder: Path, keep: set[str]) -> None:
    """Remove the serving files of runs not named; open readers keep theirs until they close."""
    for path in folder.glob("*.duckdb"):
        if path.stem.rpartition(".")[0] not in keep:
            path.unlink(missing_ok=True)
    for checksum in folder.glob("*.duckdb.sha256"):
        if not checksum.with_name(checksum.name.removesuffix(".sha256")).exists():
            checksum.unlink(missing_ok=True)


def _load(connection: duckdb.DuckDBPyConnection, table: RunTable, path: Path) -> None:
    """Load a table; what a run of a former version did not keep is empty, not an error."""
    if table in LATE_TABLES and not path.is_file():
        columns = ", ".join(
            f"{table_column.name} {_served_type(table_column)}" for table_column in table.columns
        )
        connection.execute(f"create table {PREFIX}{table.name} ({columns})")
        return
    known = set(parquet.read_schema(path).names)
    connection.execute(_load_table(table, known), [str(path)])


def _served_type(column: Column) -> str:
    return "timestamp" if column.type is ValueType.MOMENT else sql_type(column)


def customers_view(path: Path, known: set[str]) -> str:
    """Return the statement for the customers table as a view over a run's Parquet."""
    quoted = str(path).replace("'", "''")
    made = _load_table(CUSTOMERS, known).replace("create table", "create view", 1)
    return made.replace("read_parquet(?)", f"read_parquet('{quoted}')", 1)


def _load_table(table: RunTable, known: set[str]) -> str:
    chosen = ", ".join(
        f"{_loaded(here) if here.name in known else _absent(table_column)} as {table_column.name}"
        for table_column in table.columns
        for here in (_as_kept(table_column, known),)
    )
    if table is CUSTOMERS:
        chosen += f", {_SEARCH_TEXT} as {SEARCH_COLUMN}"
    return (
        f"create table {PREFIX}{table.name} as select {chosen} "  # noqa: S608 - names of ours
        f"from read_parquet(?) order by {table.order_sql}"
    )


def _as_kept(column: Column, known: set[str]) -> Column:
    """Return the column under the name that the run has it by, which may be a former one."""
    is_former = column.name not in known and column.former in known
    return replace(column, name=column.former) if is_former else column


def _absent(column: Column) -> str:
    """Return what stands in a column that a run of a former version did not keep."""
    return column.filled or f"cast(null as {_served_type(column)})"


def _loaded(column: Column) -> str:
    if column.type is ValueType.MOMENT:  # UTC without zone: nothing depends on the machine's
        return f"make_timestamp(epoch_us({column.name}))"
    kept = today_words_sql(column, stored_sql(column))
    return f"coalesce(nullif({kept}, ''), {column.filled})" if column.filled else kept


def _load_events() -> str:
    return (
        f"create table {EVENTS.name} as select customer_id, "  # noqa: S608 - names of ours
        "make_timestamp(epoch_us(occurred_at)) as occurred_at, event_type, "
        "case when isfinite(value) then value end as value, coalesce(feature, '') as feature "
        "from read_parquet(?) order by customer_id, occurred_at"
    )
