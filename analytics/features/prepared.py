"""Prepared tables: the landed events as integers, made once and read for every observation date.

Flags instead of names, days since 1970 instead of times, cents instead of money: integers make
engines agree and grouping fast. A day is one of the profile's zone, made here: no engine sees a
time. An observation date stands for its end.

Four tables, each sorted by customer: `prepared_customers`; `prepared_days`, one row a customer, day
and day of receipt, which holds every event; `prepared_signs`, one row an event that means more than
activity; `prepared_uses`, one row a customer, day, day of receipt and product feature. Days are
what most features need, and far fewer than events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from analytics.domain.event_log.local_days import day_of
from analytics.domain.event_log.unseen_days import NONE_UNSEEN, UnseenDays
from analytics.domain.profiles.profile import Profile
from analytics.features.engines.lookups import make_lookups
from analytics.features.event_groups import (
    CAUSE_GROUPS,
    FILTER_GROUPS,
    LABEL_GROUPS,
    MONEY_GROUPS,
    EventGroup,
    distinct_groups,
)
from analytics.features.record import FEATURE_NAMES_USED, PAID_ACTIVITY, Feature

EPOCH = date(1970, 1, 1)
#: Larger amounts are taken as this one, so that sums stay within an integer of 64 bits.
LARGEST_VALUE = 1e12
#: Customers prepared at a time: bounds the memory whatever the number of events.
CUSTOMERS_AT_A_TIME = 100_000


def day_number(day: date) -> int:
    """Return the days from 1970-01-01 to `day`."""
    return (day - EPOCH).days


@dataclass(frozen=True)
class Prepared:
    """What was prepared, in the connection that holds it.

    Parameters
    ----------
    seen_from
        For each kind of evidence (an event group's name, and those of `record`), the first day on
        which any of it was known; what was never seen is not in it.
    """

    connection: duckdb.DuckDBPyConnection
    seen_from: dict[str, int]
    customers: int
    first_day: int
    last_day: int

    def absent(self, features: Sequence[Feature], day: int) -> frozenset[str]:
        """Return the features that the source could not support on that day."""
        known = {name for name, since in self.seen_from.items() if since <= day}
        return frozenset(
            feature.name for feature in features if not known.issuperset(feature.evidence)
        )


def open_scratch(
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
    connection: duckdb.DuckDBPyConnection,
    *,
    events: Path,
    customers: Path,
    profile: Profile,
    features: Sequence[Feature],
    unseen: UnseenDays = NONE_UNSEEN,
) -> Prepared:
    """Make the prepared tables from the landed Parquet files.

    `customer_key` numbers the customers in order of their ids. `features` say which event types
    are signs. Gaps leave out the `unseen` days. Times become days of the profile's zone.
    """
    zone = profile.zone_of_days
    groups = _groups(features)
    make_lookups(connection)
    _make_event_types(connection, profile, groups)
    connection.execute(_customers_query(zone), [str(customers)])
    connection.execute(
        "CREATE OR REPLACE TABLE feature_codes AS SELECT feature, "
        "CAST(ROW_NUMBER() OVER (ORDER BY feature) AS INTEGER) AS feature_code "
        "FROM read_parquet(?) WHERE feature IS NOT NULL GROUP BY feature",
        [str(events)],
    )
    total = connection.execute("SELECT COUNT(*) FROM prepared_customers").fetchall()[0][0]
    parts = [_part(connection, events, first) for first in range(0, total, CUSTOMERS_AT_A_TIME)]
    for name, query in (
        ("prepared_days", _days_query(unseen, zone)),
        ("prepared_signs", _signs_query(groups, zone)),
        ("prepared_uses", _uses_query(zone)),
    ):
        empty = {**_NOBODY, "events": str(events)}
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS {query}", empty)
        for part in parts:
            connection.execute(f"INSERT INTO {name} {query}", part)
    first_day, last_day = first_and_last_day(connection)
    return Prepared(connection, _seen_from(connection, groups), total, first_day, last_day)


def first_and_last_day(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Return the first and the last day with an event, as days since 1970."""
    row = connection.execute("SELECT MIN(day), MAX(day) FROM prepared_days").fetchone()
    if row is None or row[0] is None:
        return 0, -1
    return int(row[0]), int(row[1])


def _groups(features: Sequence[Feature]) -> tuple[EventGroup, ...]:
    used = (group for feature in features for part in feature.accumulators for group in part.groups)
    return distinct_groups((*LABEL_GROUPS, *FILTER_GROUPS, *CAUSE_GROUPS, *MONEY_GROUPS, *used))


#: Bound values of a part of the customers, here of none.
_NOBODY: dict[str, object] = {
    "most": LARGEST_VALUE,
    "first_key": 0,
    "past_key": 0,
    "first_id": "",
    "last_id": "",
}


def _part(connection: duckdb.DuckDBPyConnection, events: Path, first: int) -> dict[str, object]:
    """Return the bound values for the customers from key `first` on."""
    past = first + CUSTOMERS_AT_A_TIME
    first_id, last_id = connection.execute(
        "SELECT MIN(customer_id), MAX(customer_id) FROM prepared_customers "
        "WHERE customer_key >= ? AND customer_key < ?",
        [first, past],
    ).fetchall()[0]
    return {
        "events": str(events),
        "most": LARGEST_VALUE,
        "first_key": first,
        "past_key": past,
        "first_id": first_id,
        "last_id": last_id,
    }


def _customers_query(zone: str) -> str:
    return f"""
CREATE OR REPLACE TABLE prepared_customers AS
SELECT CAST(ROW_NUMBER() OVER (ORDER BY customer_id) - 1 AS INTEGER) AS customer_key,
       customer_id,
       CASE WHEN signed_up_by = 'recorded' THEN {day_of("signed_up_at", zone)} END AS signed_up_day,
       {day_of("ended_at", zone)} AS ended_day,
       COALESCE(end_reason, '') AS end_reason
FROM read_parquet(?)
"""


def _typed_query(zone: str, *, columns: str, joins: str) -> str:
    """One row an event, of the customers asked for.

    The landing is sorted by customer, so a range of ids reads only its own part of the file.
    """
    return f"""
    SELECT c.customer_key,
           {day_of("e.occurred_at", zone)} AS day,
           {day_of("GREATEST(e.received_at, e.occurred_at)", zone)} AS received_day,
           CAST(ROUND(LEAST(GREATEST(COALESCE(e.value, 0), -$most), $most) * 100) AS BIGINT)
               AS value_cents,
           {columns}
    FROM read_parquet($events) AS e
    JOIN prepared_customers AS c ON c.customer_id = e.customer_id
    {joins}
    WHERE c.customer_key >= $first_key AND c.customer_key < $past_key
      AND e.customer_id >= $first_id AND e.customer_id <= $last_id
"""


_DAY_BEFORE = "LAG(day) OVER (PARTITION BY customer_key, active_day ORDER BY day)"


def _days_query(unseen: UnseenDays, zone: str) -> str:
    """One row a customer, day and day of receipt; `gap` is on the first row of an active day."""
    active = _typed_query(
        zone,
        columns="COALESCE(t.is_activity, 0) AS is_activity",
        joins="LEFT JOIN event_types AS t ON t.event_type = e.event_type",
    )
    gap = f"day - {_DAY_BEFORE}{unseen.sql(_DAY_BEFORE, 'day')}"
    return f"""
WITH typed AS ({active}),
grouped AS (
    SELECT customer_key, day, received_day, CAST(SUM(is_activity) AS INTEGER) AS activity,
           CAST(SUM(CASE WHEN is_activity = 1 AND value_cents > 0 THEN 1 ELSE 0 END) AS INTEGER)
               AS paid,
           CAST(SUM(CASE WHEN is_activity = 1 AND value_cents > 0 THEN value_cents ELSE 0 END)
               AS BIGINT) AS paid_cents
    FROM typed GROUP BY customer_key, day, received_day
),
marked AS (
    SELECT *, CAST(CASE WHEN activity > 0 AND ROW_NUMBER() OVER (
               PARTITION BY customer_key, day, activity > 0 ORDER BY received_day) = 1
           THEN 1 ELSE 0 END AS TINYINT) AS active_day
    FROM grouped
)
SELECT *, CASE WHEN active_day = 1 THEN {gap} END AS gap
FROM marked ORDER BY customer_key, day, received_day
"""


def _uses_query(zone: str) -> str:
    used = _typed_query(
        zone,
        columns="f.feature_code",
        joins="""JOIN event_types AS t ON t.event_type = e.event_type AND t.is_activity = 1
    JOIN feature_codes AS f ON f.feature = e.feature""",
    )
    return f"""
WITH typed AS ({used})
SELECT customer_key, day, received_day, feature_code, CAST(COUNT(*) AS INTEGER) AS uses
FROM typed GROUP BY customer_key, day, received_day, feature_code
ORDER BY customer_key, day, received_day, feature_code
"""


def _signs_query(groups: Sequence[EventGroup], zone: str) -> str:
    """Events with any flag; one row each, in an order of their own so that every build is alike."""
    flags = ", ".join(
        f"CAST(CASE WHEN e.value IS NULL THEN 0 ELSE t.{group.name} END AS TINYINT) AS {group.name}"
        if group.valued
        else f"t.{group.name}"
        for group in groups
    )
    joins = "JOIN event_types AS t ON t.event_type = e.event_type AND t.is_sign = 1"
    return f"{_typed_query(zone, columns=flags, joins=joins)} ORDER BY ALL"


def _make_event_types(
    connection: duckdb.DuckDBPyConnection, profile: Profile, groups: Sequence[EventGroup]
) -> None:
    """Flags of each type that means something; any other only shows that somebody is there."""
    flags = ("is_activity", "is_sign", *(group.name for group in groups))
    columns = ", ".join(f"{name} TINYINT" for name in flags)
    connection.execute(f"CREATE OR REPLACE TABLE event_types (event_type VARCHAR, {columns})")
    signs = {name for group in groups for name in group.event_types}
    rows = [
        [
            name,
            int(name in profile.meaningful_events),
            int(name in signs),
            *(int(name in group.event_types) for group in groups),
        ]
        for name in sorted({*signs, *profile.meaningful_events})
    ]
    marks = ", ".join("?" for _ in rows[0])
    connection.executemany(f"INSERT INTO event_types VALUES ({marks})", rows)


def _seen_from(
    connection: duckdb.DuckDBPyConnection, groups: Sequence[EventGroup]
) -> dict[str, int]:
    """Return when each kind of evidence was first known, by anyone."""
    firsts = ", ".join(
        f"MIN(CASE WHEN {group.name} = 1 THEN received_day END) AS {group.name}" for group in groups
    )
    found: dict[str, int] = {}
    for query in (
        f"SELECT {firsts} FROM prepared_signs",
        f"SELECT MIN(received_day) AS {PAID_ACTIVITY} FROM prepared_days WHERE paid > 0",
        f"SELECT MIN(received_day) AS {FEATURE_NAMES_USED} FROM prepared_uses",
    ):
        answer = connection.execute(query)
        names = [described[0] for described in answer.description or ()]
        for name, since in zip(names, answer.fetchall()[0], strict=True):
            if since is not None:
                found[name] = int(since)
    return found
