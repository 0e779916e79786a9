"""A landing of any size for benchmarks: log-normal activity, 180 days, late rows, all families."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

OBSERVED_ON = date(2025, 6, 25)
DAYS = 180
EVENTS_A_CUSTOMER = 100
CHUNK = 50_000
ROW_GROUP = 65_536

#: Event types and their shares; half of the feature uses and all orders carry more.
TYPES = {
    "session": 0.42,
    "feature_use": 0.27,
    "order": 0.06,
    "error": 0.07,
    "slow_load": 0.04,
    "failed_search": 0.03,
    "ticket_opened": 0.03,
    "ticket_resolved": 0.025,
    "survey_response": 0.015,
    "invoice_paid": 0.025,
    "payment_failed": 0.005,
    "price_increased": 0.003,
    "plan_upgraded": 0.002,
    "plan_downgraded": 0.001,
    "paused": 0.002,
    "complaint": 0.002,
}
FEATURES_OF_PRODUCT = 24

_DAY_US = 86_400_000_000
_TIME = pa.timestamp("us", tz="UTC")


def land(folder: Path, customers: int, *, seed: int = 1) -> tuple[Path, Path]:
    """Write the events and the customers, sorted as a landing is; return both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    events, people = folder / "events.parquet", folder / "customers.parquet"
    writer: pq.ParquetWriter | None = None
    for first in range(0, customers, CHUNK):
        rng = np.random.default_rng([seed, first])
        table = _events(rng, first, min(CHUNK, customers - first))
        writer = writer or pq.ParquetWriter(events, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=ROW_GROUP)
    assert writer is not None
    writer.close()
    pq.write_table(_customers(customers), people)
    return events, people


def _ids(keys: np.ndarray) -> pa.Array:  # type: ignore[type-arg]
    return pa.array(np.char.add("c", np.char.zfill(keys.astype(str), 8)))


def _events(rng: np.random.Generator, first: int, customers: int) -> pa.Table:
    often = rng.lognormal(0.0, 1.0, customers)
    counts = rng.poisson(often * EVENTS_A_CUSTOMER / np.exp(0.5))
    rows = int(counts.sum())
    who = np.repeat(np.arange(customers, dtype=np.int32), counts)
    # Some stop early: their days end before the others'.
    lives = np.where(rng.random(customers) < 0.2, rng.integers(30, DAYS, customers), DAYS)
    day = (rng.random(rows) * lives[who]).astype(np.int64)
    start = (OBSERVED_ON - date(1970, 1, 1)).days - DAYS + 1
    at = (start + day) * _DAY_US + rng.integers(0, 86_400, rows) * 1_000_000
    order = np.lexsort((at, who))
    at, who = at[order], who[order]
    kind = rng.choice(len(TYPES), rows, p=np.array(list(TYPES.values())))
    names = list(TYPES)
    late = np.where(rng.random(rows) < 0.03, rng.integers(1, 10, rows), 0) * _DAY_US
    value = np.full(rows, np.nan)
    valued = (("order", 5, 200), ("invoice_paid", 20, 400), ("survey_response", 1, 6))
    for name, low, high in valued:
        mine = kind == names.index(name)
        value[mine] = np.round(rng.uniform(low, high, int(mine.sum())), 0 if low == 1 else 2)
    used = kind == names.index("feature_use")
    feature = np.where(used, rng.integers(0, FEATURES_OF_PRODUCT, rows), -1).astype(np.int32)
    products = pa.array([f"feature {number}" for number in range(FEATURES_OF_PRODUCT)])
    return pa.table(
        {
            "customer_id": pa.DictionaryArray.from_arrays(
                pa.array(who), _ids(np.arange(first, first + customers))
            ),
            "occurred_at": pa.array(at).cast(_TIME),
            "event_type": pa.DictionaryArray.from_arrays(
                pa.array(kind.astype(np.int8)), pa.array(names)
            ),
            "event_id": pa.nulls(rows, pa.string()),
            "received_at": pa.array(at + late).cast(_TIME),
            "value": pa.array(value, mask=np.isnan(value)),
            "session_id": pa.nulls(rows, pa.string()),
            "properties": pa.nulls(rows, pa.string()),
            "feature": pa.DictionaryArray.from_arrays(
                pa.array(feature, mask=feature < 0), products
            ),
        }
    )


def _customers(customers: int) -> pa.Table:
    start = (OBSERVED_ON - date(1970, 1, 1)).days - DAYS - 30
    keys = np.arange(customers)
    return pa.table(
        {
            "customer_id": _ids(keys),
            "signed_up_at": pa.array((start - keys % 400) * _DAY_US).cast(_TIME),
            "ended_at": pa.nulls(customers, _TIME),
            "end_reason": pa.nulls(customers, pa.string()),
            "signed_up_by": pa.array(["recorded"] * customers),
        }
    )
