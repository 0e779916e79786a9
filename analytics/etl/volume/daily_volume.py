"""How much came on each day: by source as it was read, and by event type as it landed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.event_log.local_days import day_of
from analytics.errors import BadInput
from analytics.etl.landing.landed import VOLUME_FILE, Landed
from analytics.etl.landing.synced_files import sha256_of

_EPOCH = date(1970, 1, 1)

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Feed:
    """One stream of events, day by day, without a day left out.

    Parameters
    ----------
    source
        Name of the mapping's source; empty for all of them together.
    event_type
        Empty for several types together.
    first_day
        Day of the first number, since 1970.
    events
        Events a day.
    customers
        Different customers with an event.
    even
        How many of them have an even number of events on the day.
    """

    source: str
    event_type: str
    first_day: int
    events: Counts
    customers: Counts
    even: Counts

    @property
    def last_day(self) -> int:
        """Day of the last number, since 1970."""
        return self.first_day + len(self.customers) - 1

    @property
    def weekday(self) -> int:
        """Weekday of the first day; Monday is 0."""
        return (self.first_day + 3) % 7

    def until(self, day: int) -> Feed:
        """Return the same with nothing on the further days up to `day`; a later end stays."""
        more = max(day - self.last_day, 0)
        longer = (np.pad(counts, (0, more)) for counts in (self.events, self.customers, self.even))
        return Feed(self.source, self.event_type, self.first_day, *longer)


def write_daily_volume(
    connection: duckdb.DuckDBPyConnection,
    staged: Sequence[tuple[str, Path]],
    before: Landed | None,
    out: Path,
    *,
    zone: str,
) -> None:
    """Write what was read, by source, event type and day, repeats included.

    Parameters
    ----------
    staged
        Name of each source of events, and the file of its accepted rows.
    before
        What had landed, where it is added to; of a day in both, the fuller one counts.
    """
    selects = [
        _daily(f"read_parquet('{_text(path)}')", f"'{_text(source)}'", zone)
        for source, path in staged
    ]
    if before is not None and (kept := volume_of(before)) is not None:
        selects.append(f"SELECT * FROM read_parquet('{_text(kept)}')")  # noqa: S608
    connection.execute(
        "COPY (SELECT source, event_type, day, max(events) AS events, max(customers) AS customers, "  # noqa: S608
        f"arg_max(even, events) AS even FROM ({' UNION ALL '.join(selects)}) "
        f"GROUP BY ALL ORDER BY ALL) TO '{_text(out)}' (FORMAT parquet, COMPRESSION zstd)"
    )


def volume_of(landed: Landed) -> Path | None:
    """Return the file of a landing, checked; None where an older version landed without it.

    Raises
    ------
    BadInput
        It is not what was landed.
    """
    wanted = landed.report.daily_volume
    if not wanted:
        return None
    path = landed.folder / VOLUME_FILE
    if not path.is_file() or sha256_of(path) != wanted:
        raise BadInput(
            f"The landing {landed.folder.name} must be whole. Got no readable {VOLUME_FILE}; "
            "ingest again.",
            rule="landing_whole",
            got=VOLUME_FILE,
        )
    return path


def feeds_of_sources(connection: duckdb.DuckDBPyConnection, volume: Path | None) -> list[Feed]:
    """Return the feeds of every source and event type; none where no file was kept."""
    if volume is None or not volume.is_file():
        return []
    found = connection.execute(f"SELECT * FROM read_parquet('{_text(volume)}')").df()  # noqa: S608
    return _feeds(found)


def feeds_of_types(connection: duckdb.DuckDBPyConnection, events: Path, *, zone: str) -> list[Feed]:
    """Return the feeds of every event type, as it landed."""
    query = _daily(f"read_parquet('{_text(events)}')", "''", zone)
    return _feeds(connection.execute(query).df())


def feed_of(
    connection: duckdb.DuckDBPyConnection, events: Path, types: Collection[str], *, zone: str
) -> Feed | None:
    """Return one feed of several event types together, as they landed; None without any."""
    listed = ", ".join(f"'{_text(event_type)}'" for event_type in sorted(types))
    rows = (
        f"(SELECT * REPLACE ('' AS event_type) FROM read_parquet('{_text(events)}') "  # noqa: S608
        f"WHERE event_type IN ({listed}))"
    )
    feeds = _feeds(connection.execute(_daily(rows, "''", zone)).df())
    if not feeds:
        return None
    return replace(feeds[0], event_type=next(iter(types)) if len(types) == 1 else "")


def _daily(rows: str, source: str, zone: str) -> str:
    return f"""
        SELECT {source} AS source, event_type, day, CAST(sum(events) AS BIGINT) AS events,
               count(*) AS customers, count(*) FILTER (WHERE events % 2 = 0) AS even
        FROM (SELECT event_type, customer_id, {day_of("occurred_at", zone)} AS day,
                     count(*) AS events
              FROM {rows} GROUP BY ALL)
        GROUP BY event_type, day"""  # noqa: S608 - names of our own


def _feeds(table: pd.DataFrame) -> list[Feed]:
    feeds = []
    for (source, event_type), rows in table.groupby(["source", "event_type"], sort=True):
        first, last = int(rows["day"].min()), int(rows["day"].max())
        at = rows["day"].to_numpy() - first
        columns = []
        for name in ("events", "customers", "even"):
            counts = np.zeros(last - first + 1, dtype=np.int64)
            counts[at] = rows[name].to_numpy()
            columns.append(counts)
        feeds.append(Feed(str(source), str(event_type), first, *columns))
    return feeds


def _text(value: object) -> str:
    """Return a text for a literal in quotes."""
    return str(value).replace("'", "''")
