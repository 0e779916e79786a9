"""Lines of one event added up (``duplicates = "add"``), lines of overlapping exports once.

A file may hold the same line twice and mean it; two files that hold it hold it twice because their
exports overlap. So a line counts as often as in the file that holds it most often, and an event
that a second file holds with equal values throughout counts once even where the rest of the rows
(the date of the export, a line number) differs.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from analytics.domain.event_log.contract import EVENTS
from analytics.etl.merging.parts import PLACE, Part, number_from, sql_path, write_sorted
from analytics.etl.merging.repeats import Repeats, SharedRows
from analytics.etl.rows.map_rows import CONTENT, LINE

#: Lines of one event lie closer together than this, or its id may stand for several events.
WIDEST_EVENT_DAYS = 7

_EVENT = "customer_id, event_type, event_id"
_VALUES = "hash(occurred_at, value, feature, session_id, properties)"


def add_lines(connection: duckdb.DuckDBPyConnection, part: Part, repeats: Repeats) -> Path:
    """Write the events of a part whose rows are lines, in the columns of a part; tell what merged.

    Values are added in a fixed order; the earliest time counts; an event was known when its last
    line was received. A row without an id is an event of its own.
    """
    arrived = f"read_parquet({sql_path(part.path)})"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lines AS SELECT *, "  # noqa: S608
        f"CASE WHEN event_id IS NULL THEN hash({PLACE}, {LINE}) END AS alone, "
        f"CAST({PLACE} AS INTEGER) AS counted_in FROM {arrived}"
    )
    if len(part.places) > 1:
        _count_overlaps_once(connection)
    _tell(connection, part, repeats)
    out = part.path.with_suffix(".added.parquet")
    write_sorted(connection, _ADDED, "", out)
    connection.execute("DROP TABLE lines")
    return out


def _count_overlaps_once(connection: duckdb.DuckDBPyConnection) -> None:
    """Point each line that another file holds too to that file, the later one."""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE lines AS
        WITH whole AS (
            SELECT {_EVENT}, {PLACE}, list_sort(list({_VALUES})) AS held
            FROM lines WHERE alone IS NULL GROUP BY ALL
        ),
        copies AS (
            SELECT {_EVENT}, {PLACE}, max({PLACE}) OVER (PARTITION BY {_EVENT}, held) AS latest
            FROM whole
        ),
        numbered AS (
            SELECT l.*, coalesce(c.latest, l.{PLACE}) AS latest, row_number() OVER (
                PARTITION BY {_EVENT}, l.{PLACE}, {CONTENT}, alone ORDER BY {LINE}) AS copy
            FROM lines AS l LEFT JOIN copies AS c USING ({_EVENT}, {PLACE})
        )
        SELECT * EXCLUDE (latest, copy, counted_in), CAST(greatest(latest, max({PLACE}) OVER (
            PARTITION BY {_EVENT}, {CONTENT}, copy, alone)) AS INTEGER) AS counted_in
        FROM numbered
    """)  # noqa: S608 - column names of the contract


def _tell(connection: duckdb.DuckDBPyConnection, part: Part, repeats: Repeats) -> None:
    """Count lines that lie in two files, that merged, and ids whose lines do not look like one."""
    names = dict(part.places)
    for place, kept, rows in connection.execute(
        f"SELECT {PLACE}, counted_in, count(*) FROM lines WHERE counted_in <> {PLACE} "  # noqa: S608
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        repeats.rows += rows
        repeats.shared.append(SharedRows(names.get(place, ""), names.get(kept, ""), rows))
    for place, rows in connection.execute(
        f"SELECT {PLACE}, count(*) FROM (SELECT {PLACE}, row_number() OVER ("  # noqa: S608
        f"PARTITION BY {_EVENT}, alone ORDER BY {PLACE}, {LINE}) AS turn "
        f"FROM lines WHERE counted_in = {PLACE}) WHERE turn > 1 GROUP BY ALL"
    ).fetchall():
        repeats.merged[names[place]] = repeats.merged.get(names[place], 0) + rows
    of_event = f"FROM lines WHERE counted_in = {PLACE} AND alone IS NULL GROUP BY {_EVENT}"
    repeats.cut_over_files += number_from(
        connection,
        f"SELECT count(*) FROM (SELECT 1 {of_event} HAVING count(DISTINCT {PLACE}) > 1)",  # noqa: S608
    )
    repeats.far_apart += number_from(
        connection,
        f"SELECT count(*) FROM (SELECT 1 {of_event} HAVING max(occurred_at) - min(occurred_at) "  # noqa: S608
        f"> INTERVAL {WIDEST_EVENT_DAYS} DAY)",
    )


_MADE = {
    "value": "sum(value ORDER BY value)",
    "received_at": "max(received_at)",
    "customer_id": "customer_id",
    "event_type": "event_type",
    "event_id": "event_id",
}
_ADDED = f"""
    SELECT {
    ", ".join(
        f"{_MADE.get(column.name, f'min({column.name})')} AS {column.name}"
        for column in EVENTS.columns
    )
}, max({PLACE}) AS {PLACE}, max({LINE}) AS {LINE}, any_value({CONTENT}) AS {CONTENT}
    FROM lines WHERE counted_in = {PLACE} GROUP BY {_EVENT}, alone
"""  # noqa: S608 - column names of the contract
