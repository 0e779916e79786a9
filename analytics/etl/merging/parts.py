"""Accepted rows that wait to be merged, each knowing the file and the line that it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.etl.mappings.mapping_source import Source

ROW_GROUP_ROWS = 65_536

#: Helper column of staged rows: number of the file, in the order in which files count. Of two rows
#: that tell of the same thing the one with the greater number is the later one, then the one with
#: the greater line. What had landed before has the number 0.
PLACE = "_place"


@dataclass(frozen=True)
class Part:
    """Accepted rows of one source, waiting in a Parquet file.

    Parameters
    ----------
    told
        What rows of events tell of their customers, if anything.
    places
        Name of each file of the source, such as ``orders/orders.csv``, by its number.
    """

    source: Source
    path: Path
    told: Path | None = None
    places: Mapping[int, str] = field(default_factory=dict)

    @property
    def customers(self) -> Path | None:
        """Where rows of customers wait, if the source has any."""
        return self.path if self.source.to == "customers" else self.told


def placed(rows: pa.Table, place: int) -> pa.Table:
    """Return rows with the number of their file."""
    return rows.append_column(PLACE, pa.array([place] * len(rows), pa.int32()))


def write_sorted(connection: duckdb.DuckDBPyConnection, query: str, order: str, out: Path) -> None:
    """Write what a query returns, sorted unless the order is empty, as a Parquet file."""
    sorted_query = f"SELECT * FROM ({query}) ORDER BY {order}" if order else query  # noqa: S608
    connection.execute(
        f"COPY ({sorted_query}) TO {sql_path(out)} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP_ROWS})"
    )


def rows_in(path: Path) -> int:
    """Return how many rows a Parquet file has."""
    return int(pq.read_metadata(path).num_rows)


def number_from(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """Return the one number that a query gives."""
    row: Any = connection.execute(query).fetchone()
    return int(row[0])


def sql_path(path: Path | None) -> str:
    """Return a path as an SQL text literal."""
    return "'" + str(path).replace("'", "''") + "'"
