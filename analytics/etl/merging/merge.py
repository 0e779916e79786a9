"""Makes the landed customers and treatments of the staged rows: the later row counts.

Later is: a later source of the mapping over an earlier one, of one source a later file over an
earlier one, of one file a later line over an earlier one; and what comes now over what had landed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from analytics.domain.event_log.contract import CUSTOMERS, TREATMENTS
from analytics.domain.event_log.events import EventKind, names_of
from analytics.domain.event_log.local_days import UTC_ZONE, day_of
from analytics.etl.landing.landed import Landed
from analytics.etl.merging.parts import PLACE, Part, number_from, rows_in, sql_path, write_sorted
from analytics.etl.merging.repeats import DAYS_AFTER_END, ENDS_IN_DOUBT, SIGN_UPS_OVERRULED
from analytics.etl.rows.map_rows import LINE


def merge_customers(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    before: Landed | None,
    events: Path,
    out: Path,
    *,
    zone: str = UTC_ZONE,
) -> dict[str, int]:
    """Write ``customers.parquet``: one row a customer, everyone who has events among them.

    Where several rows tell of one customer, each column takes the last value that is there. Who
    signed up on a later day of `zone` than the first event began with that event; what a business
    did to approach people does not count. A recorded end stays, since some use goes on after true
    ones, but who was active more than `DAYS_AFTER_END` days after it (and after the committed term)
    is counted.

    Returns
    -------
    dict of str to int
        How many sign-ups were overruled and how many ends are in doubt, by name.
    """
    made = {"customer_id", "signed_up_by"}
    names = [column.name for column in CUSTOMERS.columns if column.name not in made]
    selects = [
        f"SELECT customer_id, {', '.join(names)}, {PLACE}, {LINE} "  # noqa: S608
        f"FROM read_parquet({sql_path(part.customers)})"
        for part in parts
        if part.customers is not None
    ]
    if before is not None:
        # A sign-up taken from the first event is taken anew: an earlier event may have come.
        recorded = "CASE WHEN signed_up_by = 'recorded' THEN signed_up_at END AS signed_up_at"
        kept = ", ".join(recorded if field == "signed_up_at" else field for field in names)
        selects.append(
            f"SELECT customer_id, {kept}, 0 AS {PLACE}, 0 AS {LINE} "  # noqa: S608
            f"FROM read_parquet({sql_path(before.customers)})"
        )
    signed_up = "CAST(signed_up_at AS TIMESTAMP WITH TIME ZONE)"
    told = " UNION ALL ".join(selects) or (
        f"SELECT {', '.join(f'NULL AS {field}' for field in ('customer_id', *names))}, "
        f"0 AS {PLACE}, 0 AS {LINE} WHERE false"
    )
    latest = ", ".join(
        f"arg_max({field}, ({PLACE}, {LINE})) FILTER (WHERE {field} IS NOT NULL) AS {field}"
        for field in names
    )
    columns = ", ".join(
        f"CAST({_customer_column(column.name)} AS {_SQL_TYPES[column.type.value]}) AS {column.name}"
        for column in CUSTOMERS.columns
    )
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE held AS
        WITH told AS ({told}),
        one_row AS (SELECT customer_id, {latest} FROM told GROUP BY customer_id),
        seen AS (
            SELECT customer_id, min(occurred_at) AS first_at,
                   min(occurred_at) FILTER (WHERE event_type NOT IN ({_APPROACHES}))
                       AS first_own_at,
                   max(occurred_at) FILTER (WHERE event_type IN ({_USE})) AS last_use_at
            FROM read_parquet({sql_path(events)}) GROUP BY customer_id
        )
        SELECT *,
               coalesce({day_of(signed_up, zone)} > {day_of("first_own_at", zone)}, false)
                   AS began_earlier,
               ended_at IS NOT NULL AND coalesce(last_use_at > CAST(
                   greatest(ended_at, contract_ends_at) AS TIMESTAMP WITH TIME ZONE)
                   + INTERVAL {DAYS_AFTER_END} DAY, false) AS used_after_end
        FROM one_row FULL OUTER JOIN seen USING (customer_id)
    """)  # noqa: S608 - column names of the contract
    write_sorted(connection, f"SELECT {columns} FROM held", "customer_id", out)  # noqa: S608
    row: Any = connection.execute(
        "SELECT count_if(began_earlier), count_if(used_after_end) FROM held"
    ).fetchone()
    found = {SIGN_UPS_OVERRULED: int(row[0]), ENDS_IN_DOUBT: int(row[1])}
    return {name: count for name, count in found.items() if count}


def merge_treatments(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    before: Landed | None,
    out: Path,
) -> int:
    """Write ``treatments.parquet`` where there are any; return how many rows were repeats."""
    names = ", ".join(column.name for column in TREATMENTS.columns)
    selects = [
        f"SELECT {names}, {PLACE}, {LINE} FROM read_parquet({sql_path(part.path)})"  # noqa: S608
        for part in parts
        if part.source.to == "treatments"
    ]
    if before is not None and before.treatments is not None:
        path = sql_path(before.treatments)
        selects.append(f"SELECT {names}, 0 AS {PLACE}, 0 AS {LINE} FROM read_parquet({path})")  # noqa: S608
    if not selects:
        return 0
    arrived = f"({' UNION ALL '.join(selects)})"
    key = ", ".join(TREATMENTS.key)
    query = f"""
        SELECT {names} FROM {arrived}
        QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {PLACE} DESC, {LINE} DESC) = 1
    """  # noqa: S608 - column names of the contract
    write_sorted(connection, query, key, out)
    return number_from(connection, f"SELECT count(*) FROM {arrived}") - rows_in(out)  # noqa: S608


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


#: Events by which a business approaches people who may not be customers yet.
_APPROACHES = _listed(names_of(EventKind.TREATMENT))
_USE = _listed(names_of(EventKind.ENGAGEMENT))
_SQL_TYPES = {"text": "VARCHAR", "time": "TIMESTAMP WITH TIME ZONE", "number": "DOUBLE"}


def _customer_column(name: str) -> str:
    return {
        "signed_up_at": "CASE WHEN began_earlier THEN first_own_at "
        "ELSE coalesce(signed_up_at, first_at) END",
        "signed_up_by": "CASE WHEN began_earlier OR signed_up_at IS NULL THEN 'first_event' "
        "ELSE 'recorded' END",
    }.get(name, name)
