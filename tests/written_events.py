"""Writes the landed events of a sample run, as the pipeline copies those of a real one."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from analytics.domain.event_log.contract import EVENTS, ColumnType
from analytics.domain.run_tables import EVENTS_FILE

_TYPES = {
    ColumnType.TEXT: "varchar",
    ColumnType.TIME: "timestamptz",
    ColumnType.NUMBER: "double",
}


def write_events(folder: Path, frame: pd.DataFrame) -> None:
    """Write events sorted by customer and time, in the contract's columns."""
    chosen = ", ".join(
        f"cast({one.name} as {_TYPES[one.type]}) as {one.name}" for one in EVENTS.columns
    )
    order = "order by customer_id, occurred_at, event_id"
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.register("given", frame)
        made = connection.sql(f"select {chosen} from given {order}")
        made.write_parquet(str(folder / EVENTS_FILE), compression="zstd")
