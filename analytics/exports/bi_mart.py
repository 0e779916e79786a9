"""Writes a run's tables and views to a database that BI tools read, all or nothing.

Rows are deleted and inserted in one transaction, so readers see the former run until the new one
is whole; tables that are as they should be are kept, with the rights and views that hang on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from analytics.connections import WRITES, database_faults, make_engine, read_url, shown
from analytics.database.mart import METADATA, RUN
from analytics.errors import EnvironmentFault, UsageError
from analytics.exports.sql_files import View, shipped_views
from analytics.runs.run_store import PublishedRun
from analytics.runs.serving_store import RunReader

_SCHEMA_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")


@dataclass(frozen=True)
class BiReport:
    """What was written where; the address is without its password."""

    database: str
    run_id: str
    tables: dict[str, int]
    views: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the report for `--json`."""
        return asdict(self)


def publish_mart(
    run: PublishedRun, reader: RunReader, address: str, *, schema: str | None = None
) -> BiReport:
    """Write every table of a run, and the views over them.

    On MariaDB and MySQL, tables and views that are missing are made first (DDL ends a transaction
    there); what readers see of the data still changes in one step.

    Parameters
    ----------
    address
        Address of a PostgreSQL, MySQL, MariaDB or SQLite database.
    schema
        PostgreSQL schema to write to, made where there is none.

    Raises
    ------
    UsageError
        The address is of no such database, or has no schemas.
    EnvironmentFault
        The database cannot be reached or written.
    """
    url = read_url(address)
    _check_schema(schema, url.get_backend_name())
    engine = make_engine(url)
    views = shipped_views()
    try:
        with database_faults(url), engine.execution_options(**WRITES).begin() as connection:
            _use_schema(connection, schema)
            _make_tables(connection, views)
            for view in views:
                _make_view(connection, view)
            written = {
                table.name: _fill(connection, table, _rows_of(table, run, reader))
                for table in METADATA.sorted_tables
            }
    finally:
        engine.dispose()
    return BiReport(
        shown(url), run.run_id, written, tuple(shipped_view.name for shipped_view in views)
    )


def _check_schema(schema: str | None, backend: str) -> None:
    if schema is None:
        return
    if backend != "postgresql":
        raise UsageError(
            "--schema is for PostgreSQL; elsewhere the address names the database. "
            f"Got {schema[:60]!r} for {backend}.",
            rule="schema_supported",
            got=schema[:60],
        )
    if not _SCHEMA_NAME.fullmatch(schema):
        raise UsageError(
            f"A schema must be named by letters, digits and underscores. Got {schema[:60]!r}.",
            rule="schema_valid",
            got=schema[:60],
        )


def _use_schema(connection: Connection, schema: str | None) -> None:
    if schema is not None:
        connection.execute(text(f'create schema if not exists "{schema}"'))
        connection.execute(text(f'set local search_path to "{schema}"'))


def _make_tables(connection: Connection, views: tuple[View, ...]) -> None:
    """Make what is missing; make anew, views and all, what another version left."""
    found = inspect(connection)
    here = {name for name in METADATA.tables if found.has_table(name)}
    changed = [
        METADATA.tables[name]
        for name in here
        if {column["name"] for column in found.get_columns(name)}
        != set(METADATA.tables[name].c.keys())
    ]
    if changed:
        for view in views:
            connection.execute(text(f"drop view if exists {view.name}"))
        METADATA.drop_all(connection, tables=changed)
    METADATA.create_all(connection)


def _make_view(connection: Connection, view: View) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"drop view if exists {view.name}"))
        connection.exec_driver_sql(f"create view {view.name} as\n{view.body}")
    else:
        connection.exec_driver_sql(f"create or replace view {view.name} as\n{view.body}")


def _rows_of(table: Table, run: PublishedRun, reader: RunReader) -> Iterator[list[dict[str, Any]]]:
    if table is RUN:
        yield [_run_row(run)]
        return
    names = table.c.keys()
    for part in reader.stream(select(table)):
        yield [dict(zip(names, row, strict=True)) for row in part]


def _run_row(run: PublishedRun) -> dict[str, Any]:
    summary = run.summary
    return {
        "run_id": run.run_id,
        "data_as_of": _plain(summary.as_of),
        "published_at": _plain(summary.published_at),
        "profile": summary.profile,
        "currency": summary.currency,
        "simulated": summary.simulated,
        "champion": summary.champion,
        "base_rate": summary.base_rate,
        "shock_sd": summary.shock_sd,
        "revenue_at_risk": summary.revenue_at_risk.value,
        "revenue_at_risk_low": summary.revenue_at_risk.low,
        "revenue_at_risk_high": summary.revenue_at_risk.high,
        "verdict": summary.verdict,
    }


def _fill(connection: Connection, table: Table, parts: Iterator[list[dict[str, Any]]]) -> int:
    connection.execute(delete(table))
    send = _copy_in if connection.dialect.name == "postgresql" else _insert
    sent = 0
    for rows in parts:
        send(connection, table, rows)
        sent += len(rows)
    kept = connection.execute(select(func.count()).select_from(table)).scalar_one()
    if kept != sent:
        raise EnvironmentFault(
            f"{table.name} must keep every row. Got {kept} of {sent}.",
            rule="mart_rows",
            got=kept,
        )
    return sent


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(table), rows)


def _copy_in(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Send rows by COPY, several times faster than INSERT."""
    names = table.c.keys()
    driver: Any = connection.connection.driver_connection
    try:
        with (
            driver.cursor() as cursor,
            cursor.copy(f"copy {table.name} ({', '.join(names)}) from stdin") as copy,
        ):
            for row in rows:
                copy.write_row([row[name] for name in names])
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(
            None, None, error, connection.dialect.loaded_dbapi.Error, dialect=connection.dialect
        ) from error


def _plain(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(UTC).replace(tzinfo=None)
