"""Small sources and mappings for the tests of this folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from analytics.etl.ingest import IngestRequest, IngestResult, ingest
from analytics.etl.mappings.mapping import Mapping
from analytics.etl.mappings.mapping_file import parse_mapping
from analytics.etl.mappings.mapping_source import Source
from analytics.etl.sources.cells import as_written
from analytics.etl.sources.chunk import Refused
from analytics.etl.sources.open_source import open_source

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

SHOP = """
[[source]]
name = "orders"
to = "events"
path = "orders*.csv"
format = "csv"
[source.columns]
customer_id = "customer"
occurred_at = "at"
event_type = { constant = "order" }
event_id = "id"
value = "amount"
"""
HEADER = "id,customer,at,amount\n"


def shop(**changes: str) -> Mapping:
    """Return the shop mapping with parts of its text replaced."""
    text = SHOP
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    return parse_mapping(text, name="shop")


def mapping_of(text: str) -> Mapping:
    return parse_mapping(text, name="test")


def write(path: Path, content: str | bytes) -> Path:
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


#: Limits that stand in the way of small tests.
LOOSE: dict[str, Any] = {
    "now": NOW, "max_reject_share": 1.0, "memory_limit_mb": 512, "replace": True,
}  # fmt: skip


def land(workspace: Path, mapping: Mapping, *sources: Path, **options: Any) -> IngestResult:
    """Ingest into workspace/data with a loose limit on rejects."""
    request = IngestRequest(
        mapping=mapping,
        sources=tuple(str(one) for one in sources),
        data_folder=workspace / "data",
        **{**LOOSE, **options},
    )
    return ingest(request)


def land_text(
    workspace: Path, content: str | bytes, mapping: Mapping | None = None, **options: Any
) -> IngestResult:
    """Ingest one orders.csv of this content."""
    path = write(workspace / "in" / "orders.csv", content)
    return land(workspace, mapping or shop(), path, **options)


def rows(path: Path, columns: str = "*") -> list[tuple[Any, ...]]:
    """Return the rows of a Parquet file, in order."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        table = connection.sql(f"SELECT {columns} FROM read_parquet('{path}')").to_arrow_table()
    return [tuple(row.values()) for row in table.to_pylist()]


def rejects(result: IngestResult) -> list[tuple[int, str]]:
    """Return line and rule of every reject."""
    assert result.rejects is not None
    return [(line, rule) for line, rule in rows(result.rejects / "rejects.parquet", "line, rule")]


def read_all(
    path: Path, wanted: list[str] | None = None, **options: Any
) -> tuple[list[tuple[Any, ...]], list[Refused], list[int]]:
    """Read a source file; return its rows, its refusals and the line of each row."""
    source = Source.model_validate({"name": "s", "path": path.name, "format": "csv", **options})
    reader = open_source(source, path)
    names = wanted or list(reader.columns)
    found: list[tuple[Any, ...]] = []
    refused: list[Refused] = []
    lines: list[int] = []
    for chunk in reader.chunks(names):
        written = as_written(chunk.rows)
        columns = [written.column(name).to_pylist() for name in names]
        found += list(zip(*columns, strict=True))
        refused += chunk.refused
        lines += chunk.lines.tolist()
    return found, refused, lines
