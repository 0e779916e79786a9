"""Prepared events: the landed tables as integers, made once and read for every observation date.

Codes instead of names, days since 1970 instead of times, cents instead of money: integers make
engines agree and grouping fast. A day is a UTC day; an observation date stands for its end.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from analytics.domain.events import EVENT_CATALOGUE, VOCAL_EVENTS, EventKind
from analytics.domain.frustration import FRICTION_CHANNELS
from analytics.domain.profile import Profile

EPOCH = date(1970, 1, 1)
_AGE_BITS = 60
_AGE_LIMIT_DAYS = 40_000
#: Larger amounts are taken as this one, so that sums stay within an integer of 64 bits.
LARGEST_VALUE = 1e12

#: Contact with us, whatever about.
CONTACT_EVENTS = (
    "ticket_opened",
    "ticket_reopened",
    "complaint",
    "refund_request",
    "cancel_request",
)
_SINGLE_FLAGS = {
    "is_opened": ("ticket_opened", "ticket_reopened"),
    "is_resolved": ("ticket_resolved",),
    "is_survey": ("survey_response",),
    "is_downgrade": ("plan_downgraded",),
    "is_price_increase": ("price_increased",),
    "is_payment_failed": ("payment_failed",),
    "is_invoice": ("invoice_paid",),
    "is_pause": ("paused",),
    "is_resume": ("resumed",),
    "is_vocal": VOCAL_EVENTS,
    "is_contact": CONTACT_EVENTS,
}


def day_number(day: date) -> int:
    """Return the days from 1970-01-01 to `day`."""
    return (day - EPOCH).days


def open_engine(
    scratch: Path, *, memory_limit_mb: int, threads: int = 2
) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB of our own in a scratch folder; it spills there and is thrown away after."""
    scratch.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(str(scratch / "features.duckdb"))
    connection.execute("SET TimeZone = 'UTC'")
    # Its progress bar goes to standard output, where the data of a command go.
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET memory_limit = '{int(memory_limit_mb)}MB'")
    connection.execute(f"SET threads = {int(threads)}")
    return connection


def prepare(
    connection: duckdb.DuckDBPyConnection, *, events: Path, customers: Path, profile: Profile
) -> None:
    """Make `prepared_events`, `prepared_customers` and `ages` from the landed Parquet files.

    `customer_key` numbers the customers in order of their ids. Features get their bits in the order
    in which they became known, so that a later one cannot change an earlier one's bit.
    """
    _make_event_types(connection, profile)
    _make_ages(connection)
    connection.execute(
        """
        CREATE OR REPLACE TABLE prepared_customers AS
        SELECT CAST(ROW_NUMBER() OVER (ORDER BY customer_id) - 1 AS INTEGER) AS customer_key,
               customer_id,
               CASE WHEN signed_up_by = 'recorded'
                    THEN CAST(FLOOR(EPOCH(signed_up_at) / 86400) AS INTEGER) END AS signed_up_day,
               CAST(FLOOR(EPOCH(ended_at) / 86400) AS INTEGER) AS ended_day,
               COALESCE(end_reason, '') AS end_reason
        FROM read_parquet(?)
        """,
        [str(customers)],
    )
    connection.execute(
        """
        CREATE OR REPLACE TABLE feature_codes AS
        SELECT feature, CAST(1 AS BIGINT) << CAST((ROW_NUMBER() OVER (
                   ORDER BY MIN(GREATEST(received_at, occurred_at)), feature) - 1) % 62
               AS INTEGER) AS feature_bit
        FROM read_parquet(?) WHERE feature IS NOT NULL GROUP BY feature
        """,
        [str(events)],
    )
    connection.execute(
        """
        CREATE OR REPLACE TABLE prepared_events AS
        SELECT c.customer_key,
               CAST(FLOOR(EPOCH(e.occurred_at) / 86400) AS INTEGER) AS day,
               CAST(FLOOR(EPOCH(GREATEST(e.received_at, e.occurred_at)) / 86400) AS INTEGER)
                   AS received_day,
               CAST(ISODOW(e.occurred_at) - 1 AS TINYINT) AS weekday,
               CAST(ROUND(LEAST(GREATEST(COALESCE(e.value, 0), -$most), $most) * 100) AS BIGINT)
                   AS value_cents,
               COALESCE(f.feature_bit, 0) AS feature_bit,
               t.* EXCLUDE (event_type, is_survey),
               CASE WHEN e.value IS NULL THEN 0 ELSE t.is_survey END AS is_survey
        FROM read_parquet($events) AS e
        JOIN prepared_customers AS c ON c.customer_id = e.customer_id
        LEFT JOIN event_types AS t ON t.event_type = e.event_type
        LEFT JOIN feature_codes AS f ON f.feature = e.feature
        """,
        {"events": str(events), "most": LARGEST_VALUE},
    )


def first_and_last_day(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Return the first and the last day with an event, as days since 1970."""
    row = connection.execute("SELECT MIN(day), MAX(day) FROM prepared_events").fetchone()
    if row is None or row[0] is None:
        return 0, -1
    return int(row[0]), int(row[1])


def _make_event_types(connection: duckdb.DuckDBPyConnection, profile: Profile) -> None:
    """Flags of each known type; an event of another type only shows that somebody is there."""
    flags = ("is_activity", "is_friction", *_SINGLE_FLAGS)
    columns = ", ".join(f"{name} TINYINT" for name in flags)
    connection.execute(
        f"CREATE OR REPLACE TABLE event_types (event_type VARCHAR, channel TINYINT, {columns})"
    )
    names = {*EVENT_CATALOGUE, *profile.meaningful_events}
    rows = []
    for name in sorted(names):
        entry = EVENT_CATALOGUE.get(name)
        channel = next(
            (n for n, one in enumerate(FRICTION_CHANNELS, start=1) if name in one.events), 0
        )
        friction = entry is not None and entry.kind is EventKind.FRICTION
        rows.append(
            [
                name,
                channel,
                int(name in profile.meaningful_events),
                int(friction),
                *(int(name in members) for members in _SINGLE_FLAGS.values()),
            ]
        )
    marks = ", ".join("?" for _ in rows[0])
    connection.executemany(f"INSERT INTO event_types VALUES ({marks})", rows)


def _make_ages(connection: duckdb.DuckDBPyConnection) -> None:
    """One row an age in days: its bit among the last 180 days, and its decay in millionths."""
    bits = ", ".join(
        f"CASE WHEN age >= {_AGE_BITS * part} AND age < {_AGE_BITS * (part + 1)} "
        f"THEN CAST(1 AS BIGINT) << CAST(age - {_AGE_BITS * part} AS INTEGER) ELSE 0 END "
        f"AS bit_{part}"
        for part in range(3)
    )
    decays = ", ".join(
        f"CAST(ROUND(1000000 * POWER(2, -age / {days}.0)) AS BIGINT) AS decay_{days}"
        for days in (21, 45)
    )
    connection.execute(
        "CREATE OR REPLACE TABLE ages AS "
        f"SELECT CAST(age AS INTEGER) AS age, {bits}, {decays} "
        f"FROM (SELECT UNNEST(RANGE({_AGE_LIMIT_DAYS})) AS age)"
    )
