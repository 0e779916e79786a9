"""Observations as a file for a data team: features on some dates, and what became of everyone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet

from analytics.domain.profiles.profile import Profile
from analytics.features.build import FeatureSource, feature_parts
from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import EPOCH
from analytics.modelling.observing.observations import snapshot


def write_observations(
    source: FeatureSource,
    dates: Sequence[date],
    path: Path,
    *,
    profile: Profile,
    outcomes: bool,
) -> int:
    """Write one row a customer and observation date as Parquet; return how many.

    Columns: `customer_id`, `observation_date` and the features; with `outcomes` also `horizon_days`
    (the customer's own), `eligible`, `outcome` (silent, vocal, involuntary, retained,
    not_admissible or censored) and `outcome_known_on`, the day by whose end it is known.
    """
    rows, writer = 0, None
    try:
        for day in dates:
            for part in _labelled(source, day, profile) if outcomes else _plain(source, day):
                writer = writer or parquet.ParquetWriter(path, part.schema, compression="zstd")
                writer.write_table(part)
                rows += part.num_rows
    finally:
        if writer is not None:
            writer.close()
    return rows


def _plain(source: FeatureSource, observation_date: date) -> Iterator[pa.Table]:
    """Yield the features of one date, some customers at a time."""
    for part in feature_parts(source, observation_date, named=True):
        names = [feature.name for feature in source.features]
        day = pa.array([observation_date] * part.num_rows, pa.date32())
        yield part.select(["customer_id", *names]).add_column(1, "observation_date", day)


def _labelled(
    source: FeatureSource, observation_date: date, profile: Profile
) -> Iterator[pa.Table]:
    """Yield the features of one date with the outcomes that are known today."""
    one = snapshot(source, observation_date, profile=profile, last_day=source.prepared.last_day)
    ids = source.connection.execute(
        "SELECT customer_id FROM prepared_customers ORDER BY customer_key"
    ).df()["customer_id"]
    table = one.features.reset_index(drop=True)
    table.insert(0, "customer_id", ids.to_numpy()[one.features.index])
    table.insert(1, "observation_date", observation_date)
    admissible = one.rhythm.admissible
    table["horizon_days"] = np.where(admissible, one.rhythm.horizon_days, np.nan)
    table["eligible"] = one.eligible
    table["outcome"] = [Outcome(code).name.lower() for code in one.outcome.tolist()]
    known_on = pd.Series(
        [EPOCH + timedelta(days=int(day)) for day in one.known_day], dtype="object"
    )
    table["outcome_known_on"] = known_on.where(pd.Series(admissible))
    schema = pa.schema(
        [
            ("customer_id", pa.string()),
            ("observation_date", pa.date32()),
            *((feature.name, pa.float64()) for feature in source.features),
            ("horizon_days", pa.float64()),
            ("eligible", pa.bool_()),
            ("outcome", pa.string()),
            ("outcome_known_on", pa.date32()),
        ]
    )
    yield pa.Table.from_pandas(table, schema=schema, preserve_index=False)
