"""The gate of truncation: features of a past date must be the same from data that end on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np

from analytics.domain.profile import Profile
from analytics.etl.landed import Landed
from analytics.features.build import FeatureSource, build_features, feature_source
from analytics.modelling.gates import Gate
from analytics.modelling.observations import Snapshot
from analytics.settings import Settings

#: How many observation dates back the features are built again.
DATES_BACK = 3


def truncation_gate(
    settings: Settings,
    source: FeatureSource,
    landed: Landed,
    profile: Profile,
    snapshots: tuple[Snapshot, ...],
) -> Gate:
    """Build one past date again from the events known by then, and count features that differ.

    Always with the product's own DuckDB, whatever engine the run counts on: a feature that looks
    ahead does so on every engine.
    """
    seen = snapshots[min(DATES_BACK, len(snapshots) - 1)]
    names = [one.name for one in source.features]
    with TemporaryDirectory(prefix=".scratch-", dir=settings.data_folder) as scratch:
        events = Path(scratch) / "events.parquet"
        _known_by(seen.observation_date, landed, events)
        with feature_source(
            Path(scratch) / "features",
            events=events,
            customers=landed.customers,
            profile=profile,
            memory_limit_mb=settings.memory_limit_mb,
            features=source.features,
        ) as truncated:
            again = build_features(truncated, seen.observation_date)
            ids = _ids(truncated)
    whole = seen.features[names].set_axis(_ids(source)[seen.features.index], axis=0)
    again = again[names].set_axis(ids[again.index], axis=0)
    same = whole.index.intersection(again.index)
    differs = ~np.isclose(
        whole.loc[same].to_numpy(), again.loc[same].to_numpy(), rtol=1e-9, atol=1e-9, equal_nan=True
    )
    moved = int(differs.sum()) + len(whole.index.symmetric_difference(again.index))
    first = [name for name, any_moved in zip(names, differs.any(axis=0), strict=True) if any_moved]
    told = f"; the first that differs is {first[0]}" if first else ""
    return Gate(
        "truncation",
        "What came later changes no feature",
        moved == 0,
        float(moved),
        0.0,
        f"The {len(names)} features of {len(same):,} customers on {seen.observation_date}, built "
        f"again from data that end there: {moved:,} values differ{told}.",
    )


def _known_by(day: date, landed: Landed, path: Path) -> None:
    until = datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC).isoformat()
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.from_parquet(str(landed.events)).filter(
            f"occurred_at < '{until}' AND received_at < '{until}'"
        ).write_parquet(str(path))


def _ids(source: FeatureSource) -> np.ndarray:
    found = source.connection.execute(
        "SELECT customer_id FROM prepared_customers ORDER BY customer_key"
    ).df()
    return found["customer_id"].to_numpy(dtype=object)
