"""Makes the landed tables of the staged rows: ids, repeats dropped, one row a customer, sorted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from analytics.domain.contract import CUSTOMERS, EVENTS, TREATMENTS
from analytics.etl.landed import Landed
from analytics.etl.map_rows import CONTENT, LINE
from analytics.etl.mapping_source import Source

ROW_GROUP_ROWS = 65_536

_EVENT_COLUMNS = ", ".join(one.name for one in EVENTS.columns)
#: What makes two events without an id the same.
_IDENTITY = (
    "customer_id", "CAST(epoch_us(occurred_at) AS VARCHAR)", "event_type", "CAST(value AS VARCHAR)",
    "feature", "session_id", "properties",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Accepted rows of one source, waiting in a Parquet file.

    Parameters
    ----------
    told
        What rows of events tell of their customers, if anything.
    """

    source: Source
    path: Path
    told: Path | None = None

    @property
    def customers(self) -> Path | None:
        """Where rows of customers wait, if the source has any."""
        return self.path if self.source.to == "customers" else self.told


@dataclass(frozen=True)
class Repeats:
    """Rows that did not become an event of their own.

    Parameters
    ----------
    clashes
        Ids that events of different types share: not the same event, but ids that collide.
    """

    rows: int
    clashes: int


_CLASHES = """
    SELECT count(*) FROM (
        SELECT event_id FROM arrived WHERE hash(event_id) IN (SELECT id FROM repeated)
        GROUP BY event_id HAVING count(DISTINCT event_type) > 1)
"""


def merge_events(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    before: Landed | None,
    out: Path,
) -> Repeats:
    """Write ``events.parquet``, one row an event; return how many rows were repeats.

    Of several rows of one id the one received first is kept, and what had landed before is kept
    rather than what comes now.
    """
    selects = [_events_of(connection, part) for part in parts if part.source.to == "events"]
    if before is not None:
        path = _text(before.events)
        selects.append(f"SELECT {_EVENT_COLUMNS}, 0 AS landed_now FROM read_parquet({path})")  # noqa: S608
    connection.execute(f"CREATE OR REPLACE TEMP VIEW arrived AS {' UNION ALL '.join(selects)}")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE repeated AS "
        "SELECT hash(event_id) AS id FROM arrived GROUP BY id HAVING count(*) > 1"
    )
    order = ", ".join(f"{one.name}" for one in EVENTS.columns if one.name != "received_at")
    single = f"""
        SELECT {_EVENT_COLUMNS} FROM arrived WHERE hash(event_id) NOT IN (SELECT id FROM repeated)
        UNION ALL
        SELECT {_EVENT_COLUMNS} FROM arrived WHERE hash(event_id) IN (SELECT id FROM repeated)
        QUALIFY row_number() OVER (
            PARTITION BY event_id ORDER BY landed_now, received_at, {order}) = 1
    """  # noqa: S608 - column names of the contract
    _write(connection, single, "customer_id, occurred_at, event_id", out)
    before_count = _number(connection, "SELECT count(*) FROM arrived")
    return Repeats(before_count - _rows_in(out), _number(connection, _CLASHES))


def merge_customers(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    before: Landed | None,
    events: Path,
    out: Path,
) -> None:
    """Write ``customers.parquet``: one row a customer, everyone who has events among them.

    Where several rows tell of one customer, each column takes the last value that is there:
    later sources over earlier ones, later rows over earlier ones, new over landed before.
    """
    made = {"customer_id", "signed_up_by"}
    names = [one.name for one in CUSTOMERS.columns if one.name not in made]
    selects = [
        f"SELECT customer_id, {', '.join(names)}, {order} AS source_order, {LINE} AS line "  # noqa: S608
        f"FROM read_parquet({_text(part.customers)})"
        for order, part in enumerate(parts, start=1)
        if part.customers is not None
    ]
    if before is not None:
        # A sign-up taken from the first event is taken anew: an earlier event may have come.
        recorded = "CASE WHEN signed_up_by = 'recorded' THEN signed_up_at END AS signed_up_at"
        kept = ", ".join(recorded if one == "signed_up_at" else one for one in names)
        selects.append(
            f"SELECT customer_id, {kept}, 0 AS source_order, 0 AS line "  # noqa: S608
            f"FROM read_parquet({_text(before.customers)})"
        )
    told = " UNION ALL ".join(selects) or (
        f"SELECT {', '.join(f'NULL AS {one}' for one in ('customer_id', *names))}, "
        "0 AS source_order, 0 AS line WHERE false"
    )
    latest = ", ".join(
        f"arg_max({one}, (source_order, line)) FILTER (WHERE {one} IS NOT NULL) AS {one}"
        for one in names
    )
    columns = ", ".join(
        f"CAST({_customer_column(one.name)} AS {_SQL_TYPES[one.type.value]}) AS {one.name}"
        for one in CUSTOMERS.columns
    )
    query = f"""
        WITH told AS ({told}),
        one_row AS (SELECT customer_id, {latest} FROM told GROUP BY customer_id),
        seen AS (
            SELECT customer_id, min(occurred_at) AS first_at FROM read_parquet({_text(events)})
            GROUP BY customer_id
        )
        SELECT {columns} FROM one_row FULL OUTER JOIN seen USING (customer_id)
    """  # noqa: S608 - column names of the contract
    _write(connection, query, "customer_id", out)


def merge_treatments(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    before: Landed | None,
    out: Path,
) -> int:
    """Write ``treatments.parquet`` where there are any; return how many rows were repeats."""
    names = ", ".join(one.name for one in TREATMENTS.columns)
    paths = [part.path for part in parts if part.source.to == "treatments"]
    if before is not None and before.treatments is not None:
        paths.append(before.treatments)
    if not paths:
        return 0
    arrived = f"read_parquet([{', '.join(_text(one) for one in paths)}], union_by_name=true)"
    key = ", ".join(TREATMENTS.key)
    query = f"""
        SELECT {names} FROM {arrived}
        QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {names}) = 1
    """  # noqa: S608 - column names of the contract
    _write(connection, query, key, out)
    return _number(connection, f"SELECT count(*) FROM {arrived}") - _rows_in(out)  # noqa: S608


_SQL_TYPES = {"text": "VARCHAR", "time": "TIMESTAMP WITH TIME ZONE", "number": "DOUBLE"}


def _customer_column(name: str) -> str:
    return {
        "signed_up_at": "coalesce(signed_up_at, first_at)",
        "signed_up_by": "CASE WHEN signed_up_at IS NULL THEN 'first_event' ELSE 'recorded' END",
    }.get(name, name)


def _events_of(connection: duckdb.DuckDBPyConnection, part: Part) -> str:
    """Return a SELECT of the events of one part, each with an id and the time of receipt."""
    rows = f"read_parquet({_text(part.path)})"
    has_content = CONTENT in pq.read_schema(part.path).names
    content = [f"CAST({CONTENT} AS VARCHAR)"] if has_content else []
    values = ", ".join(f"coalesce({one}, chr(30))" for one in (*_IDENTITY, *content))
    identity = f"md5(concat_ws(chr(31), {values}))"
    columns = {one.name: one.name for one in EVENTS.columns}
    columns["received_at"] = "coalesce(received_at, occurred_at)"
    columns["event_id"] = f"coalesce(event_id, {identity})"
    if part.source.duplicates == "keep":
        turn = f"row_number() OVER (PARTITION BY {identity} ORDER BY {LINE})"
        columns["event_id"] = f"md5(concat_ws(chr(31), {identity}, {turn}))"
    selected = ", ".join(f"{made} AS {name}" for name, made in columns.items())
    select = f"SELECT {selected}, 1 AS landed_now FROM {rows}"  # noqa: S608 - our own names
    if part.source.duplicates == "drop":
        return select
    if part.source.duplicates == "add":
        select = _added_up(select)
    made_path = part.path.with_suffix(".made.parquet")
    _write(connection, select, "", made_path)
    return f"SELECT {_EVENT_COLUMNS}, 1 AS landed_now FROM read_parquet({_text(made_path)})"  # noqa: S608


def _added_up(select: str) -> str:
    """Make one event of the lines of one id: values added in a fixed order, earliest time.

    It was known when its last line was received.
    """
    made = {
        "value": "sum(value ORDER BY value)",
        "received_at": "max(received_at)",
        "customer_id": "customer_id",
        "event_type": "event_type",
        "event_id": "event_id",
    }
    columns = ", ".join(
        f"{made.get(one.name, f'min({one.name})')} AS {one.name}" for one in EVENTS.columns
    )
    return f"SELECT {columns} FROM ({select}) GROUP BY customer_id, event_type, event_id"  # noqa: S608


def _write(connection: duckdb.DuckDBPyConnection, query: str, order: str, out: Path) -> None:
    sorted_query = f"SELECT * FROM ({query}) ORDER BY {order}" if order else query  # noqa: S608
    connection.execute(
        f"COPY ({sorted_query}) TO {_text(out)} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP_ROWS})"
    )


def _rows_in(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows)


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row: Any = connection.execute(query).fetchone()
    return int(row[0])


def _text(path: Path) -> str:
    """Return a path as an SQL text literal."""
    return "'" + str(path).replace("'", "''") + "'"
