from __future__ import annotations

from pathlib import Path

from analytics.etl.mappings.mapping_source import Source
from analytics.etl.open_sources import OpenSource, unused_columns
from analytics.etl.sources.open_source import open_source

SOURCE = Source.model_validate(
    {
        "name": "orders",
        "to": "events",
        "path": "*.csv",
        "format": "csv",
        "columns": {"customer_id": "who", "occurred_at": "at", "event_type": "what"},
    }
)


def test_files_alike_are_told_of_once(tmp_path: Path) -> None:
    opened = []
    for number in range(5):
        path = tmp_path / f"{number}.csv"
        path.write_text("who,at,what,extra\na,2025-01-01,order,1\n", encoding="utf-8")
        opened.append(OpenSource(SOURCE, f"orders/{path.name}", open_source(SOURCE, path)))
    assert unused_columns(opened) == [
        "0.csv, 1.csv, 2.csv and 2 more files: column not used: extra."
    ]
