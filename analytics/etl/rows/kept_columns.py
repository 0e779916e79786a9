"""Columns of a source that have no place in the contract, kept as JSON text."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.mappings.mapping_source import Source
from analytics.etl.values.texts import SourceColumns


def as_json(
    connection: duckdb.DuckDBPyConnection, columns: SourceColumns, source: Source
) -> pa.Array | None:
    """Return the kept columns of each row as one JSON object; None where none are kept.

    Values are text as in the source; what is missing is left out.
    """
    names = kept_names(tuple(columns.rows.column_names), source)
    if not names or not len(columns):
        return None
    table = pa.table({f"c{at}": columns.text(name) for at, name in enumerate(names)})
    pairs = ", ".join(f"?, c{at}" for at in range(len(names)))
    connection.register("kept", table)
    try:
        found: pa.Table = connection.sql(
            f"SELECT CAST(json_merge_patch('{{}}', json_object({pairs})) AS VARCHAR) AS texts "  # noqa: S608 - no words in it but ours
            "FROM kept",
            params=list(names),
        ).to_arrow_table()
    finally:
        connection.unregister("kept")
    texts = found.column("texts").combine_chunks().cast(pa.string())
    return pc.if_else(pc.equal(texts, "{}"), pa.scalar(None, pa.string()), texts)


def kept_names(columns: tuple[str, ...], source: Source) -> tuple[str, ...]:
    """Return the names of the columns that are kept."""
    if source.kept_columns == "rest":
        named = set(source.named_columns)
        return tuple(column for column in columns if column not in named)
    return tuple(source.kept_columns)
