"""Counts what landed and says what a person should know about it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from analytics.domain.event_log.contract import LANDED_TABLES
from analytics.domain.event_log.event_words import unknown_events, unknown_in_words
from analytics.domain.words.counting import counted, verb_of
from analytics.etl.engine import engine
from analytics.etl.landing.landed import VOLUME_FILE, LandingReport
from analytics.etl.landing.synced_files import sha256_of
from analytics.etl.landing.tally import Tally
from analytics.etl.mappings.mapping import Mapping
from analytics.etl.one_currency import conversions
from analytics.etl.rows.rounded_ids import rounded_id_notes
from analytics.etl.volume.log_findings import log_findings
from analytics.redaction import shown_address


def landing_report(
    mapping: Mapping,
    given: Sequence[str],
    now: datetime,
    tally: Tally,
    tables: Path,
    *,
    currency: str,
    repeats: int,
    corrections: dict[str, int],
    warnings: Sequence[str],
    memory_limit_mb: int,
) -> LandingReport:
    """Return the report of the tables in a folder.

    The landing's id is the moment and a hash of the tables: the same data landed at the same
    moment are the same landing.
    """
    sums = {
        landed_table.name: sha256_of(tables / f"{landed_table.name}.parquet")
        for landed_table in LANDED_TABLES
        if (tables / f"{landed_table.name}.parquet").is_file()
    }
    digest = hashlib.sha256("".join(sums.values()).encode()).hexdigest()
    with engine(tables.parent, memory_limit_mb) as connection:
        types = _event_types(connection, tables)
        first, last, events = _span(connection, tables)
        customers, silent = _customers(connection, tables)
        broken = log_findings(
            connection,
            tables / "events.parquet",
            tables / VOLUME_FILE,
            zone=mapping.zone_of_days,
        )
        rounded = rounded_id_notes(connection, tables)
        assumptions = conversions(connection, tables, mapping)
    return LandingReport(
        landing_id=f"{now:%Y%m%dT%H%M%SZ}-{digest[:8]}",
        mapping=mapping.name,
        source=", ".join(shown_source(source) for source in given) or mapping.name,
        simulated=mapping.simulated,
        landed_at=now.isoformat(),
        read=tally.read,
        accepted=tally.accepted,
        rejected=tally.rejected,
        duplicates=repeats,
        rules=dict(tally.rules.most_common()),
        warnings=_once(
            *broken,
            *_unknown_types(types),
            *rounded,
            *_without_events(silent),
            *assumptions,
            *warnings,
        ),
        event_types=types,
        first_event_at=first,
        last_event_at=last,
        customers=customers,
        tables=sums,
        filtered=tally.filtered,
        merged=tally.merged,
        currency=currency,
        assumptions=assumptions,
        corrections=corrections,
        events=events,
        sources=tally.by_source(),
        zone=mapping.zone_of_days,
        broken=broken,
        daily_volume=sha256_of(tables / VOLUME_FILE),
    )


def _event_types(connection: duckdb.DuckDBPyConnection, tables: Path) -> dict[str, int]:
    rows = connection.execute(
        "SELECT event_type, count(*) FROM read_parquet(?) GROUP BY 1 ORDER BY 2 DESC, 1",
        [str(tables / "events.parquet")],
    ).fetchall()
    return {str(name): int(count) for name, count in rows}


def _span(connection: duckdb.DuckDBPyConnection, tables: Path) -> tuple[str, str, int]:
    row: Any = connection.execute(
        "SELECT strftime(min(occurred_at), '%Y-%m-%dT%H:%M:%S+00:00'), "
        "strftime(max(occurred_at), '%Y-%m-%dT%H:%M:%S+00:00'), count(*) FROM read_parquet(?)",
        [str(tables / "events.parquet")],
    ).fetchone()
    return str(row[0]), str(row[1]), int(row[2])


def _customers(connection: duckdb.DuckDBPyConnection, tables: Path) -> tuple[int, int]:
    """Return how many customers there are, and how many of them have no event."""
    row: Any = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE customer_id NOT IN "
        "(SELECT customer_id FROM read_parquet(?))) FROM read_parquet(?)",
        [str(tables / "events.parquet"), str(tables / "customers.parquet")],
    ).fetchone()
    return int(row[0]), int(row[1])


def _once(*notes: str) -> tuple[str, ...]:
    """Return the notes, each of them once."""
    return tuple(dict.fromkeys(notes))


def _unknown_types(types: dict[str, int]) -> list[str]:
    said = unknown_in_words(unknown_events(types))
    return [said] if said else []


def _without_events(customers: int) -> list[str]:
    if not customers:
        return []
    return [f"{counted(customers, 'customer')} {verb_of(customers, 'has', 'have')} no event."]


def shown_source(given: str) -> str:
    """Return the name of a source without folders or secrets."""
    if "://" in given:
        return shown_address(given)
    return Path(given).name or given
