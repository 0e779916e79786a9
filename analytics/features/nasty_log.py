"""A small log made to break features: every type, ties, late and early rows, odd values and names.

It is not a simulation of a business; `analytics.features.laws` runs every feature on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.domain.event_log.events import EVENT_CATALOGUE

#: The observation date that the log is made around.
OBSERVED_ON = date(2025, 6, 25)
CUSTOMERS, ROWS, LATER_ROWS = 40, 4_000, 800

_TIME = pa.timestamp("us", tz="UTC")
_VALUES = (None, None, 0.0, 0.005, 1.0, 2.0, 3.5, 5.0, 49.99, -20.0, 123456.78, 1e15)
_NAMES = (None, "search", "export", "Größe", "a'b", "", "search ")
_REGULAR = ("session", "login", "feature_use", "order", "usage")


@dataclass(frozen=True)
class LandedLog:
    """Events and customers as the landing would hold them."""

    events: pa.Table
    customers: pa.Table

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write both as Parquet; return the paths."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = folder / "events.parquet", folder / "customers.parquet"
        pq.write_table(self.events, paths[0])
        pq.write_table(self.customers, paths[1])
        return paths


def nasty_log(event_types: Sequence[str], *, seed: int, later: bool = False) -> LandedLog:
    """Return the log known by `OBSERVED_ON`; with `later`, also what came to light after it.

    The first rows are the same either way.

    Parameters
    ----------
    event_types
        Types that must occur, besides those of the catalogue.
    """
    rng = np.random.default_rng(seed)
    types = [*EVENT_CATALOGUE, *event_types, "of_no_catalogue"]
    known = _rows(rng, types, ROWS, known=True)
    rows = known + (_rows(rng, types, LATER_ROWS, known=False) if later else [])
    for number, row in enumerate(rows):
        row["event_id"] = f"e{number}"
    events = pa.Table.from_pylist(rows, LANDED_EVENTS)
    return LandedLog(events, _customers(rows))


#: The landed columns that features read, and those that stand beside them.
LANDED_EVENTS = pa.schema(
    [
        ("customer_id", pa.string()),
        ("occurred_at", _TIME),
        ("event_type", pa.string()),
        ("event_id", pa.string()),
        ("received_at", _TIME),
        ("value", pa.float64()),
        ("session_id", pa.string()),
        ("feature", pa.string()),
        ("properties", pa.string()),
    ]
)
LANDED_CUSTOMERS = pa.schema(
    [
        ("customer_id", pa.string()),
        ("signed_up_at", _TIME),
        ("ended_at", _TIME),
        ("end_reason", pa.string()),
        ("signed_up_by", pa.string()),
    ]
)


def _rows(
    rng: np.random.Generator, types: Sequence[str], count: int, *, known: bool
) -> list[dict[str, object]]:
    """Return rows of customers who differ in how often they are active, and since when."""
    end = datetime(OBSERVED_ON.year, OBSERVED_ON.month, OBSERVED_ON.day, tzinfo=UTC) + timedelta(
        days=1
    )
    rows: list[dict[str, object]] = []
    for number in range(count):
        who = int(CUSTOMERS * rng.random() ** 1.7)
        # Some stop early, some begin late; on few days, so that there are ties.
        age_days = int(rng.integers(0, 30 + 13 * (who % 40))) + (who % 7) * 5
        hour = int(rng.choice([0, 12, 12, 23]))
        occurred = end - timedelta(days=age_days + 1) + timedelta(hours=hour)
        learned = occurred
        if known and rng.random() < 0.15:
            learned = min(occurred + timedelta(days=int(rng.integers(0, 12))), end - _SECOND)
        if not known:
            if rng.random() < 0.5:
                occurred = learned = end + timedelta(days=int(rng.integers(0, 40)), hours=hour)
            else:
                learned = end + timedelta(days=int(rng.integers(0, 40)))
        kind = str(rng.choice(_REGULAR)) if rng.random() < 0.5 else types[number % len(types)]
        rows.append(
            {
                "customer_id": f"c{who:02d}" if who % 5 else f"Ünï {who:02d}'",
                "occurred_at": occurred,
                "event_type": kind,
                "received_at": learned,
                "value": _VALUES[int(rng.integers(len(_VALUES)))],
                "session_id": None,
                "feature": _NAMES[int(rng.integers(len(_NAMES)))],
                "properties": None,
            }
        )
    return rows


_SECOND = timedelta(seconds=1)
#: Signed up and never did anything.
_NOBODY = "nobody"


def _customers(rows: list[dict[str, object]]) -> pa.Table:
    """Return the customers: some with a recorded sign-up, some known by their first event."""
    landed = []
    for name in sorted({str(row["customer_id"]) for row in rows} | {_NOBODY}):
        mark = sum(name.encode())
        recorded = mark % 3 == 0 or name == _NOBODY
        born = datetime(2024, 12, 1, tzinfo=UTC) + timedelta(days=mark % 200)
        landed.append(
            {
                "customer_id": name,
                "signed_up_at": born,
                "ended_at": None,
                "end_reason": None,
                "signed_up_by": "recorded" if recorded else "first_event",
            }
        )
    return pa.Table.from_pylist(landed, LANDED_CUSTOMERS)
