"""Opens the files of a simulation for the tests of this folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from analytics.simulation.presets.business import Preset
from analytics.simulation.simulate import SimulationReport

Connection = duckdb.DuckDBPyConnection

GONE = "('gone_silently', 'left_vocally', 'closed_unpaid')"

#: All tracker rows in the words of the first tracker.
_BOTH_TRACKERS = """
CREATE VIEW usage AS SELECT event_id, account_id, event, occurred_at, received_at, session_id,
    feature, amount FROM first_usage
"""
_SECOND_TRACKER = """
UNION ALL SELECT id, account, replace(lower(name), ' ', '_'),
    epoch_ms(timestamp_ms)::TIMESTAMPTZ, epoch_ms(received_ms)::TIMESTAMPTZ, session, area, amount
    FROM second_usage
"""
#: Rows of real customers whose time was not written in the wrong zone, each once.
_CLEAN = """
CREATE VIEW clean_usage AS SELECT DISTINCT usage.* FROM usage JOIN truth ON customer_id = account_id
WHERE occurred_at >= TIMESTAMPTZ '2000-01-01' AND received_at >= occurred_at
AND (received_at - occurred_at < INTERVAL 58 MINUTE OR received_at - occurred_at > INTERVAL 7 HOUR)
"""


@dataclass(frozen=True)
class Business:
    """A preset, what was simulated of it, and its files as views."""

    preset: Preset
    report: SimulationReport
    world: Connection


def views(folder: Path) -> dict[str, Path]:
    """Name the files of a simulation."""
    source, truth = folder / "source", folder / "truth"
    return {
        "accounts": source / "customers.csv",
        "first_usage": source / "usage.parquet",
        "second_usage": source / "usage_v2.parquet",
        "tickets": source / "tickets.csv",
        "surveys": source / "surveys.csv",
        "invoices": source / "invoices.parquet",
        "plan_changes": source / "plan_changes.csv",
        "campaigns": source / "campaigns.csv",
        "merged_accounts": source / "merged_accounts.csv",
        "truth": truth / "customers.parquet",
        "states": truth / "weeks.parquet",
        "strangers": truth / "strangers.parquet",
        "outcomes": truth / "outcomes.parquet",
        "futures": truth / "futures.parquet",
    }


def open_world(folder: Path) -> Connection:
    """Open all files that a simulation has, source and truth, as views."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    found = {name: path for name, path in views(folder).items() if path.is_file()}
    for name, path in found.items():
        if path.suffix == ".parquet":
            reader = f"read_parquet('{path}')"
        else:
            reader = f"read_csv('{path}', header = true, all_varchar = true)"
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {reader}")
    second = _SECOND_TRACKER if "second_usage" in found else ""
    connection.execute(_BOTH_TRACKERS + second)
    connection.execute(_CLEAN)
    return connection


def one(world: Connection, sql: str) -> Any:
    """Return the single row of a query; a single value alone."""
    row = world.execute(sql).fetchone()
    assert row is not None
    return row[0] if len(row) == 1 else row


def digests(folder: Path) -> dict[str, str]:
    """Return the checksum of every file under a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
