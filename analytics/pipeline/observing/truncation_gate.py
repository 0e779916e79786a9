"""The gate of truncation: features of a past date must be the same from data that end on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np

from analytics.domain.event_log.local_days import start_of_day
from analytics.domain.profiles.profile import Profile
from analytics.domain.words.counting import counted, verb_of
from analytics.etl.landing.landed import Landed
from analytics.features.build import FeatureSource, build_features, feature_source
from analytics.features.prepared import day_number
from analytics.features.state_filter.filtered_weeks import FILTER_COLUMNS
from analytics.features.state_filter.state_filter import StateFilter
from analytics.modelling.leakage.gates import Gate, not_checked
from analytics.modelling.observing.observations import Snapshot
from analytics.settings import Settings

#: How many observation dates back the features are built again: one late, one early.
DATES_BACK = (3, 9)
_LABEL = "What came later changes no feature"


@dataclass(frozen=True)
class _BuiltAgain:
    """How the features of one date came out from data that end on it."""

    day: date
    customers: int
    differing: int
    first: str


def truncation_gate(
    settings: Settings,
    source: FeatureSource,
    landed: Landed,
    profile: Profile,
    snapshots: tuple[Snapshot, ...],
) -> Gate:
    """Build past dates again from the events and customers known by then; count what differs.

    Always with the product's own DuckDB, whatever engine the run counts on: a feature that looks
    ahead does so on every engine.
    """
    chosen = sorted({min(back, len(snapshots) - 1) for back in DATES_BACK})
    found = [_built_again(settings, source, landed, profile, snapshots[back]) for back in chosen]
    moved = sum(difference.differing for difference in found)
    if not moved and not any(difference.customers for difference in found):
        return not_checked("truncation", _LABEL, "nobody was known on the earlier dates")
    first = next((difference.first for difference in found if difference.first), "")
    told = f"; the first that differs is {first}" if first else ""
    dates = " and ".join(
        f"{counted(difference.customers, 'customer')} on {difference.day}" for difference in found
    )
    return Gate(
        "truncation",
        _LABEL,
        moved == 0,
        float(moved),
        0.0,
        f"The {counted(len(source.features) + len(FILTER_COLUMNS), 'feature')} of {dates}, built "
        "again from data that end there: "
        f"{counted(moved, 'value')} {verb_of(moved, 'differs', 'differ')}{told}.",
    )


def _built_again(
    settings: Settings, source: FeatureSource, landed: Landed, profile: Profile, seen: Snapshot
) -> _BuiltAgain:
    names = [*(feature.name for feature in source.features), *FILTER_COLUMNS]
    day = day_number(seen.observation_date)
    with TemporaryDirectory(prefix=".scratch-", dir=settings.data_folder) as scratch:
        events, customers = Path(scratch) / "events.parquet", Path(scratch) / "customers.parquet"
        next_day = start_of_day(seen.observation_date + timedelta(days=1), profile.zone_of_days)
        _known_by(next_day, landed, events, customers)
        with feature_source(
            Path(scratch) / "features",
            events=events,
            customers=customers,
            profile=profile,
            memory_limit_mb=settings.memory_limit_mb,
            features=source.features,
            unseen=source.unseen.known_by(day),
        ) as truncated:
            again = build_features(truncated, seen.observation_date)
            stand = StateFilter(truncated, day).on(day).columns
            again = again.assign(**stand.loc[again.index])
            ids = _ids(truncated)
    whole = seen.features[names].set_axis(_ids(source)[seen.features.index], axis=0)
    again = again[names].set_axis(ids[again.index], axis=0)
    same = whole.index.intersection(again.index)
    differs = ~np.isclose(
        whole.loc[same].to_numpy(), again.loc[same].to_numpy(), rtol=1e-9, atol=1e-9, equal_nan=True
    )
    moved = int(differs.sum()) + len(whole.index.symmetric_difference(again.index))
    first = [name for name, any_moved in zip(names, differs.any(axis=0), strict=True) if any_moved]
    return _BuiltAgain(seen.observation_date, len(same), moved, first[0] if first else "")


def _known_by(moment: datetime, landed: Landed, events: Path, customers: Path) -> None:
    """Write the landing as it stood before a moment: no later event, sign-up or end."""
    until = moment.isoformat()
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.from_parquet(str(landed.events)).filter(
            f"occurred_at < '{until}' AND received_at < '{until}'"
        ).write_parquet(str(events))
        connection.from_parquet(str(landed.customers)).filter(
            f"signed_up_by <> 'recorded' OR signed_up_at < '{until}'"
        ).project(
            f"* REPLACE (CASE WHEN ended_at < '{until}' THEN ended_at END AS ended_at, "
            f"CASE WHEN ended_at < '{until}' THEN end_reason END AS end_reason)"
        ).write_parquet(str(customers))


def _ids(source: FeatureSource) -> np.ndarray:
    found = source.connection.execute(
        "SELECT customer_id FROM prepared_customers ORDER BY customer_key"
    ).df()
    return found["customer_id"].to_numpy(dtype=object)
