"""Columns of a source that have no place in the contract, kept as JSON text."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from analytics.etl.mapping import Source
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
    fields = ", ".join(f"{_quoted(name)} := c{at}" for at, name in enumerate(names))
    connection.register("kept", table)
    try:
        found = connection.execute(
            f"SELECT CAST(json_merge_patch('{{}}', to_json(struct_pack({fields}))) AS VARCHAR) AS j "  # noqa: S608 - quoted names
            "FROM kept"
        ).to_arrow_table()
    finally:
        connection.unregister("kept")
    texts = found.column("j").combine_chunks().cast(pa.string())
    return pc.if_else(pc.equal(texts, "{}"), pa.scalar(None, pa.string()), texts)


def kept_names(columns: tuple[str, ...], source: Source) -> tuple[str, ...]:
    """Return the names of the columns that are kept."""
    if source.kept_columns == "rest":
        named = set(source.named_columns)
        return tuple(one for one in columns if one not in named)
    return tuple(source.kept_columns)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
