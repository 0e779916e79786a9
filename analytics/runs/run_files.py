"""How the tables of a run become files, and what a whole run must hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import duckdb
import pandas as pd
import pyarrow.parquet as parquet

from analytics.domain.event_log.contract import EVENTS
from analytics.domain.numbers.measures import MEASURES
from analytics.domain.run_summary import RunSummary
from analytics.domain.run_tables import EVENTS_FILE, RUN_TABLES, SUMMARY_FILE
from analytics.domain.tables.column import Column, ValueType
from analytics.domain.tables.feature_catalogue import CATALOGUE_FILE, FeatureCatalogue
from analytics.domain.tables.run_table import RunTable
from analytics.errors import ContractFailed, CorruptRun
from analytics.runs.faults import disk_faults

ROW_GROUP_ROWS = 65_536

#: In DuckDB, of which Parquet's follow.
_SQL_TYPES: Mapping[ValueType, str] = MappingProxyType(
    {
        ValueType.TEXT: "varchar",
        ValueType.WHOLE: "bigint",
        ValueType.NUMBER: "double",
        ValueType.FLAG: "boolean",
        ValueType.DAY: "date",
        ValueType.MOMENT: "timestamptz",
    }
)
_NUMERIC = frozenset({ValueType.WHOLE, ValueType.NUMBER})


def sql_type(column: Column) -> str:
    """Return the DuckDB type of a run table's column."""
    return _SQL_TYPES[column.type]


def stored_sql(column: Column) -> str:
    """Return the expression of a column in its type; no number that is not finite is kept."""
    if column.type not in _NUMERIC:
        return f"cast({column.name} as {sql_type(column)})"
    number = f"cast({column.name} as double)"
    return f"cast(case when isfinite({number}) then {number} end as {sql_type(column)})"


def today_words_sql(column: Column, kept: str) -> str:
    """Return the expression of a column's texts with the words of former versions put right."""
    for former, word in column.former_words:
        kept = f"case when {kept} = '{former}' then '{word}' else {kept} end"
    return kept


def write_table(folder: Path, table: RunTable, frame: pd.DataFrame) -> Path:
    """Write one table of a run: its columns in order, of their types, missing numbers as NULL.

    Parameters
    ----------
    frame
        One row per `table.grain`, with at least the table's columns; further ones are left out.

    Raises
    ------
    ContractFailed
        A column is missing.
    """
    if missing := [name for name in table.column_names if name not in frame.columns]:
        raise ContractFailed(
            f"Table {table.name} must have the column {missing[0]}. Got none.",
            rule="run_table_columns",
            got=missing[0],
        )
    chosen = ", ".join(
        f"{stored_sql(table_column)} as {table_column.name}" for table_column in table.columns
    )
    query = f"select {chosen} from given"  # noqa: S608 - names are constants
    return _copy(folder / table.file, frame, query)


def write_summary(folder: Path, summary: RunSummary) -> Path:
    """Write what a run says of itself."""
    path = folder / SUMMARY_FILE
    with disk_faults(path):
        path.write_text(summary.to_json(), "utf-8")
    return path


def write_catalogue(folder: Path, catalogue: FeatureCatalogue) -> Path:
    """Write what a run says of its features."""
    path = folder / CATALOGUE_FILE
    with disk_faults(path):
        path.write_text(catalogue.to_json(), "utf-8")
    return path


def read_catalogue(folder: Path) -> FeatureCatalogue | None:
    """Read what a run says of its features; None for a run of a version that said nothing."""
    try:
        return FeatureCatalogue.from_json((folder / CATALOGUE_FILE).read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def totals_of(customers: Path) -> dict[str, float]:
    """Return every measure over all customers of a run, by name; an average of nobody is 0.

    Parameters
    ----------
    customers
        The Parquet file of the customers table.
    """
    chosen = ", ".join(f"{measure.sql} as {measure.name}" for measure in MEASURES)
    with duckdb.connect() as connection:
        row = connection.execute(
            f"select {chosen} from read_parquet(?)",  # noqa: S608 - measures are constants
            [str(customers)],
        ).fetchall()[0]
    values = zip((measure.name for measure in MEASURES), row, strict=True)
    return {name: float(value) if value is not None else 0.0 for name, value in values}


def read_summary(folder: Path) -> RunSummary:
    """Read what a run says of itself.

    Raises
    ------
    CorruptRun
        It is missing or cannot be read.
    """
    try:
        return RunSummary.from_json((folder / SUMMARY_FILE).read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        raise CorruptRun(
            f"Run {folder.name} must have a readable {SUMMARY_FILE}. Got none.",
            rule="run_summary",
            got=folder.name,
        ) from None


def check_whole(folder: Path) -> None:
    """Refuse to publish a folder that lacks a table or a column.

    Raises
    ------
    ContractFailed
        A file or a column is missing.
    """
    read_summary(folder)
    for table in RUN_TABLES:
        _check_columns(folder / table.file, table.column_names)
    _check_columns(folder / EVENTS_FILE, (event_column.name for event_column in EVENTS.columns))


def _check_columns(path: Path, names: Iterable[str]) -> None:
    if not path.is_file():
        raise ContractFailed(
            f"A run must have {path.name}. Got none.", rule="run_whole", got=path.name
        )
    found = set(parquet.read_schema(path).names)
    if missing := [name for name in names if name not in found]:
        raise ContractFailed(
            f"{path.name} of a run must have the column {missing[0]}. Got none.",
            rule="run_whole",
            got=missing[0],
        )


def _copy(path: Path, frame: pd.DataFrame, query: str) -> Path:
    with disk_faults(path), duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.register("given", frame)
        connection.execute(
            f"copy ({query}) to '{str(path).replace(chr(39), chr(39) * 2)}' "
            f"(format parquet, compression zstd, row_group_size {ROW_GROUP_ROWS})"
        )
    return path
