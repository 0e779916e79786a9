"""Makes the landed events of the staged rows: ids, repeats dropped, lines added up, sorted.

An event is told from others by customer, type and id: ids may start again with each customer, and
an order may share its number with its return. Of several rows of one event the one received first
is kept where the rows tell when they were received; else the later row, as in `merge`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from analytics.domain.event_log.contract import EVENTS
from analytics.domain.event_log.events import PAID_EVENTS, TAKEN_BACK
from analytics.etl.landing.landed import Landed
from analytics.etl.merging.added_lines import add_lines
from analytics.etl.merging.parts import PLACE, Part, sql_path, write_sorted
from analytics.etl.merging.repeats import Repeats, SharedRows
from analytics.etl.rows.map_rows import CONTENT, LINE

_EVENT_COLUMNS = ", ".join(column.name for column in EVENTS.columns)
#: True where a row tells when it was received.
_TOLD = "_told"
_STAGED = f"{_EVENT_COLUMNS}, {_TOLD}, {PLACE}, {LINE}"
_KEY = ", ".join(EVENTS.key)
#: What makes two events without an id the same.
_IDENTITY = (
    "customer_id", "CAST(epoch_us(occurred_at) AS VARCHAR)", "event_type", "CAST(value AS VARCHAR)",
    "feature", "session_id", "properties",
)  # fmt: skip
_PAID = ", ".join(f"'{paid_event}'" for paid_event in PAID_EVENTS)
_TAKEN_BACK = f"event_type IN ({_PAID}) AND value < 0"
#: What two rows of one event must share to be the same row twice.
_SAID = "hash(occurred_at, value, feature, session_id, properties)"


def merge_events(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    before: Landed | None,
    out: Path,
) -> Repeats:
    """Write ``events.parquet``, one row an event; return which rows did not become one."""
    repeats = Repeats()
    selects = [
        _events_of(connection, part, repeats) for part in parts if part.source.to == "events"
    ]
    if before is not None:
        selects.append(
            f"SELECT {_EVENT_COLUMNS}, received_at <> occurred_at AS {_TOLD}, 0 AS {PLACE}, "  # noqa: S608
            f"0 AS {LINE} FROM read_parquet({sql_path(before.events)})"
        )
    connection.execute(f"CREATE OR REPLACE TEMP VIEW arrived AS {' UNION ALL '.join(selects)}")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE repeated AS SELECT hash({_KEY}) AS id FROM arrived "  # noqa: S608
        "GROUP BY id HAVING count(*) > 1"
    )
    connection.execute(_RANKED)
    single = f"""
        SELECT {_EVENT_COLUMNS} FROM arrived WHERE hash({_KEY}) NOT IN (SELECT id FROM repeated)
        UNION ALL SELECT {_EVENT_COLUMNS} FROM ranked WHERE turn = 1
    """  # noqa: S608 - column names of the contract
    write_sorted(connection, single, "customer_id, occurred_at, event_id, event_type", out)
    _count(connection, parts, repeats)
    return repeats


#: Rows of the events that came more than once, the one to keep first.
_RANKED = f"""
    CREATE OR REPLACE TEMP TABLE ranked AS
    SELECT {_EVENT_COLUMNS}, {PLACE},
           row_number() OVER same AS turn,
           first_value({PLACE}) OVER same AS kept_place,
           {_SAID} <> first_value({_SAID}) OVER same AS differs
    FROM arrived WHERE hash({_KEY}) IN (SELECT id FROM repeated)
    WINDOW same AS (
        PARTITION BY {_KEY}
        ORDER BY CASE WHEN {_TOLD} THEN received_at END NULLS LAST, {PLACE} DESC, {LINE} DESC)
"""  # noqa: S608 - column names of the contract


def _count(connection: duckdb.DuckDBPyConnection, parts: Sequence[Part], repeats: Repeats) -> None:
    """Tell which files the rows that were dropped stood in, and which differ from what is kept."""
    names = {number: name for part in parts for number, name in part.places.items()}
    unnamed = {
        number
        for part in parts
        for number in part.places
        if part.source.to == "events" and "event_id" not in part.source.columns
    }
    for place, kept, differs, rows, customer, event in connection.execute(
        f"SELECT {PLACE}, kept_place, differs, count(*), arg_min(customer_id, (customer_id, "  # noqa: S608
        f"event_id)), arg_min(event_id, (customer_id, event_id)) FROM ranked "
        f"WHERE turn > 1 GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        repeats.rows += rows
        if differs:
            repeats.differing += rows
            repeats.example = repeats.example or (str(customer), str(event))
        elif place != kept:
            repeats.shared.append(SharedRows(names.get(place, ""), names.get(kept, ""), rows))
        elif place in unnamed:
            repeats.equal_without_id += rows


def _tell_of_amounts(
    connection: duckdb.DuckDBPyConnection, part: Part, rows: str, repeats: Repeats
) -> None:
    """Count the paid events, and those of them that are taken back."""
    if part.source.negative_orders == "return":
        paid, negative = connection.execute(
            f"SELECT count(*), count(*) FILTER (WHERE value < 0) FROM read_parquet({rows}) "  # noqa: S608
            f"WHERE event_type IN ({_PAID})"
        ).fetchall()[0]
        if negative:
            repeats.paid += paid
            repeats.taken_back += negative


def _events_of(connection: duckdb.DuckDBPyConnection, part: Part, repeats: Repeats) -> str:
    """Return a SELECT of the events of one part, each with an id and the time of receipt."""
    has_content = CONTENT in pq.read_schema(part.path).names
    content = [f"CAST({CONTENT} AS VARCHAR)"] if has_content else []
    values = ", ".join(f"coalesce({compared}, chr(30))" for compared in (*_IDENTITY, *content))
    identity = f"md5(concat_ws(chr(31), {values}))"
    columns = {column.name: column.name for column in EVENTS.columns}
    columns["received_at"] = "coalesce(received_at, occurred_at)"
    columns["event_id"] = f"coalesce(event_id, {identity})"
    if part.source.duplicates == "keep":
        # The turn within the file: the same rows in a second file are the same events again.
        turn = f"row_number() OVER (PARTITION BY {PLACE}, {identity} ORDER BY {LINE})"
        columns["event_id"] = f"md5(concat_ws(chr(31), {identity}, {turn}))"
    if part.source.negative_orders == "return":
        columns["event_type"] = f"CASE WHEN {_TAKEN_BACK} THEN '{TAKEN_BACK}' ELSE event_type END"
        columns["value"] = f"CASE WHEN {_TAKEN_BACK} THEN -value ELSE value END"
    columns |= {_TOLD: "received_at IS NOT NULL", PLACE: PLACE, LINE: LINE}
    rows = sql_path(part.path)
    if part.source.duplicates == "add":
        rows = sql_path(add_lines(connection, part, repeats))
    _tell_of_amounts(connection, part, rows, repeats)
    selected = ", ".join(f"{made} AS {name}" for name, made in columns.items())
    select = f"SELECT {selected} FROM read_parquet({rows})"  # noqa: S608 - our own names
    if part.source.duplicates == "drop":
        return select
    made_path = part.path.with_suffix(".made.parquet")
    write_sorted(connection, select, "", made_path)
    return f"SELECT {_STAGED} FROM read_parquet({sql_path(made_path)})"  # noqa: S608
