"""Reads a table or a query of any database that SQLAlchemy knows."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import (
    ArgumentError,
    NoSuchModuleError,
    NoSuchTableError,
    SQLAlchemyError,
)

from analytics.connections import keep_secrets_of, shown
from analytics.errors import BadInput, EnvironmentFault, UsageError
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.cells import cells
from analytics.etl.sources.chunk import Chunk
from analytics.etl.sources.column_names import distinct_names
from analytics.redaction import is_secret_name, keep_secret

BATCH_ROWS = 50_000


class SqlReader:
    """A database table or query, streamed; numbers, dates and times keep their types.

    Raises
    ------
    BadInput
        The address is not a database address, or the table or query does not work.
    EnvironmentFault
        The database does not answer.
    """

    has_texts = False

    def __init__(
        self, url: str, source: Source, *, environment: Mapping[str, str] | None = None
    ) -> None:
        self._source = source
        self._engine = _engine(_filled_in(url, os.environ if environment is None else environment))
        self._statement = self._select()
        with self._connected() as connection:
            found = connection.execute(self._statement, dict(source.parameters))
            self.columns = distinct_names(found.keys())
            found.close()

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """Yield the wanted columns; a row's line is its number in the answer."""
        where = {name: self.columns.index(name) for name in dict.fromkeys(wanted)}
        first = 1
        with self._connected() as connection:
            streamed = connection.execution_options(stream_results=True, yield_per=BATCH_ROWS)
            found = streamed.execute(self._statement, dict(self._source.parameters))
            for rows in found.partitions():
                columns = {name: cells(row[at] for row in rows) for name, at in where.items()}
                yield Chunk(pa.table(columns), np.arange(first, first + len(rows), dtype=np.int64))
                first += len(rows)
        self._engine.dispose()

    def _select(self) -> sa.sql.Executable:
        if self._source.sql_query is not None:
            return sa.text(self._source.sql_query)
        schema, _, name = str(self._source.sql_table).rpartition(".")
        with self._connected() as connection:
            table = sa.Table(name, sa.MetaData(), schema=schema or None, autoload_with=connection)
        return sa.select(table)

    def _connected(self) -> _Connected:
        return _Connected(self._engine, self._source)


class _Connected:
    """A connection whose failures are sentences."""

    def __init__(self, engine: sa.Engine, source: Source) -> None:
        self._engine = engine
        self._source = source

    def __enter__(self) -> sa.Connection:
        try:
            self._connection = self._engine.connect()
        except (SQLAlchemyError, TypeError) as error:  # drivers refuse unknown options by TypeError
            raise EnvironmentFault(
                f"The database of source {self._source.name} must answer at "
                f"{shown(self._engine.url)}. Got: {_first_line(error)}.",
                rule="database_answers",
                got=shown(self._engine.url),
            ) from None
        return self._connection

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._connection.close()
        if isinstance(error, NoSuchTableError):
            raise BadInput(
                f"The database must have the table {self._source.sql_table}. Got no such table.",
                rule="table_exists",
                got=self._source.sql_table or "",
            ) from None
        if isinstance(error, SQLAlchemyError):
            raise BadInput(
                f"The query of source {self._source.name} must work. Got: {_first_line(error)}.",
                rule="query_works",
                got=_first_line(error),
            ) from None


def _engine(url: str) -> sa.Engine:
    try:
        address = sa.make_url(url)
    except (ArgumentError, ValueError):
        raise BadInput(
            "A database address must look like postgresql+psycopg://user@host/name. "
            "Got something else.",
            rule="database_address",
        ) from None
    keep_secrets_of(address)
    try:
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        if address.drivername in {"mysql", "mariadb"}:
            address = address.set(drivername=f"{address.drivername}+pymysql")
        return sa.create_engine(address)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise BadInput(
            f"A database address must name a database with an installed driver. "
            f"Got {address.drivername}: {_first_line(error)}.",
            rule="database_address",
            got=address.drivername,
        ) from None


def _filled_in(url: str, environment: Mapping[str, str]) -> str:
    """Put the environment's values for ``${NAME}``, so that a mapping holds no secret."""

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in environment:
            raise UsageError(
                f"The environment variable {name} must be set. Got nothing.",
                rule="environment_set",
                got=name,
            )
        if is_secret_name(name):
            keep_secret(environment[name])
        return environment[name]

    return re.sub(r"\$\{(\w+)\}", value, url)


def _first_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().splitlines()[0].rstrip(".") if str(cause).strip() else "no answer"
