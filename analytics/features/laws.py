"""The laws of features, checked on a log made to break them.

What became known after the observation date changes nothing; the order of the rows changes nothing;
nothing is infinite, and nothing is missing but what its record says; every feature says something;
and another engine gives the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.domain.profiles.profile import Profile
from analytics.features.build import FeatureSource, build_features, feature_source
from analytics.features.engines.open_engine import DUCKDB_URL
from analytics.features.nasty_log import OBSERVED_ON, LandedLog, nasty_log
from analytics.features.record import Feature

MEMORY_MB = 512
SEEDS = (1, 2)


def broken_laws(
    features: Sequence[Feature],
    profile: Profile,
    scratch: Path,
    *,
    engine_url: str = DUCKDB_URL,
    seeds: Sequence[int] = SEEDS,
) -> list[str]:
    """Return one sentence for each law that a feature breaks; none where all keep them.

    Parameters
    ----------
    engine_url
        Another engine whose numbers must be DuckDB's, to the last bit.
    """
    found: list[str] = []
    for seed in seeds:
        found += _broken(features, profile, scratch / str(seed), engine_url, seed)
    return list(dict.fromkeys(found))


def _broken(
    features: Sequence[Feature], profile: Profile, scratch: Path, engine_url: str, seed: int
) -> list[str]:
    own_types = sorted(
        {
            t
            for feature in features
            for a in feature.accumulators
            for g in a.groups
            for t in g.event_types
        }
    )
    known = nasty_log(own_types, seed=seed)
    after = nasty_log(own_types, seed=seed, later=True)
    rows = np.random.default_rng(seed).permutation(known.events.num_rows)
    shuffled = LandedLog(known.events.take(rows), known.customers)

    def built(log: LandedLog, name: str, url: str = DUCKDB_URL) -> pd.DataFrame:
        return _built(log, features, profile, scratch / name, url)

    base = built(known, "known")
    found = [
        *_differing(base, built(after, "after"), "changes with what became known after the date"),
        *_differing(base, built(shuffled, "shuffled"), "changes with the order of the rows"),
        *(problem for feature in features for problem in _unexplained(feature, base[feature.name])),
    ]
    if engine_url != DUCKDB_URL:
        found += _differing(base, built(known, "engine", engine_url), "differs between engines")
    return found


def _built(
    log: LandedLog, features: Sequence[Feature], profile: Profile, folder: Path, url: str
) -> pd.DataFrame:
    """Return the features by customer id."""
    events, customers = log.write(folder)
    with feature_source(
        folder / "scratch",
        events=events,
        customers=customers,
        profile=profile,
        memory_limit_mb=MEMORY_MB,
        threads=1,
        engine_url=url,
        features=features,
    ) as source:
        return by_customer_id(source, build_features(source, OBSERVED_ON))


def by_customer_id(source: FeatureSource, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame by customer id instead of by key."""
    ids = source.connection.execute(
        "SELECT customer_id FROM prepared_customers ORDER BY customer_key"
    ).fetchall()
    return frame.set_axis(pd.Index([ids[key][0] for key in frame.index]), axis="index")


def _differing(one: pd.DataFrame, other: pd.DataFrame, law: str) -> list[str]:
    """Return a sentence for each feature that is not the same to the last bit."""
    if not one.index.equals(other.index):
        return [f"Who is a customer {law}. Got {len(other)} for {len(one)}."]
    same = one.eq(other) | (one.isna() & other.isna())
    return [
        f"Feature {name!r} {law}. "
        f"Got {other.loc[who, name]} for {one.loc[who, name]} of customer {who!r}."
        for name in one.columns
        if not name.startswith("rhythm_")
        for who in same.index[~same[name]][:1]
    ]


def _unexplained(feature: Feature, values: pd.Series) -> list[str]:
    if np.isinf(values).any():
        return [f"Feature {feature.name!r} must be finite. Got {values[np.isinf(values)].iloc[0]}."]
    if feature.default is not None and values.isna().any():
        return [
            f"Feature {feature.name!r} must have a value for every customer, since it has a "
            f"default. Got none for {values.index[values.isna()][0]!r}."
        ]
    if values.nunique(dropna=False) < 2:
        return [
            f"Feature {feature.name!r} must tell customers apart. Got {values.iloc[0]} for all."
        ]
    return []
