"""Runs a mapping's queries over its own sources, and over nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

import duckdb
import numpy as np
import pyarrow as pa

from analytics.errors import BadInput, UsageError
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.arrow_types import plain_rows
from analytics.etl.sources.cells import are_cells
from analytics.etl.sources.chunk import Chunk

BATCH_ROWS = 128 * 1024


class InputTables:
    """The sources that queries may use, as tables of a database in the staging folder.

    Once `close_doors` is called the database can reach neither files nor the network: a query of a
    mapping sees the declared sources only.

    A column whose values bring their own types (`cells`) becomes one of numbers where all are
    numbers and some have decimals, one of times where all are times, and else one of text, numbers
    in it written with the decimal mark of their source: whole numbers are often ids, and no mark
    can change them.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._made: dict[str, tuple[pa.Schema, str]] = {}

    def add(self, name: str, rows: pa.Table, *, decimal: str = ".") -> None:
        """Append rows to the table of that name; `decimal` is the mark of its source."""
        self._connection.register("arriving", rows)
        how = f'INSERT INTO "{name}"' if name in self._made else f'CREATE TABLE "{name}" AS'
        self._connection.execute(f"{how} FROM arriving")
        self._connection.unregister("arriving")
        self._made.setdefault(name, (rows.schema, decimal))

    def close_doors(self) -> None:
        """Settle the type of every column, and take from the database whatever leads out of it."""
        for name, (schema, decimal) in self._made.items():
            if any(are_cells(column.type) for column in schema):
                self._give_types(name, schema, decimal)
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def _give_types(self, name: str, schema: pa.Schema, decimal: str) -> None:
        made = [
            self._as_one_type(name, column.name, decimal)
            if are_cells(column.type)
            else _quoted(column.name)
            for column in schema
        ]
        self._connection.execute(
            f'CREATE TABLE typed AS SELECT {", ".join(made)} FROM "{name}"'  # noqa: S608 - names only
        )
        self._connection.execute(f'DROP TABLE "{name}"')
        self._connection.execute(f'ALTER TABLE typed RENAME TO "{name}"')

    def _as_one_type(self, table: str, column: str, decimal: str) -> str:
        """Return the SQL of a column as one type."""
        cell = _quoted(column)
        counted: Any = self._connection.execute(
            f"SELECT count({cell}.text), count({cell}.number), count({cell}.local), "  # noqa: S608 - names only
            f"count({cell}.moment), "
            f"""count(*) FILTER ({cell}.number <> trunc({cell}.number)) FROM "{table}" """
        ).fetchone()
        filled, numbers, local, moments, fractions = counted
        if filled and filled == numbers and fractions:
            return f"{cell}.number AS {cell}"
        if filled and filled in (local, moments):
            return f"{cell}.{'local' if filled == local else 'moment'} AS {cell}"
        if decimal == ".":
            return f"{cell}.text AS {cell}"
        return (
            f"CASE WHEN {cell}.number IS NULL THEN {cell}.text "
            f"ELSE replace({cell}.text, '.', {_literal(decimal)}) END AS {cell}"
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class QueryReader:
    """What a query returns, read in batches; each row that it returns is a row read.

    Raises
    ------
    UsageError
        The query is not one SELECT.
    BadInput
        DuckDB does not understand it.
    """

    has_texts = False

    def __init__(self, connection: duckdb.DuckDBPyConnection, source: Source) -> None:
        self._connection = connection
        self._source = source
        self._query = str(source.query)
        with _Sentence(source):
            statements = connection.extract_statements(self._query)
            kinds = [statement.type.name for statement in statements]
            if kinds != ["SELECT"]:
                raise UsageError(
                    f"The query of source {source.name} must be one SELECT. Got something else.",
                    rule="mapping_valid",
                    got=source.name,
                )
            described = connection.execute(f"DESCRIBE {self._query}").fetchall()
        self.columns = tuple(str(row[0]) for row in described)

    def chunks(self, wanted: Sequence[str]) -> Iterator[Chunk]:
        """Yield the wanted columns; a row's line is its number in the answer."""
        names = list(dict.fromkeys(wanted))
        first = 1
        with _Sentence(self._source):
            answer: Any = self._connection.sql(self._query)
            for batch in answer.to_arrow_reader(BATCH_ROWS):
                rows = plain_rows(pa.Table.from_batches([batch]).select(names))
                yield Chunk(rows, np.arange(first, first + len(rows), dtype=np.int64))
                first += len(rows)


class _Sentence:
    """Turns what DuckDB says of a mapping's query into one sentence."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        resources = (duckdb.OutOfMemoryException, duckdb.IOException)
        if isinstance(error, duckdb.Error) and not isinstance(error, resources):
            said = str(error).splitlines()[0].rstrip(".")
            raise BadInput(
                f"The query of source {self._source.name} must work on the mapping's sources. "
                f"Got: {said}.",
                rule="query_works",
                got=self._source.name,
            ) from None
