"""The as-of build: every customer's features, from what was known by one observation date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import pandas as pd

from analytics.features.prepared import day_number
from analytics.features.record import Feature
from analytics.features.registry import FEATURES
from analytics.features.sql import feature_query


def build_features(
    connection: duckdb.DuckDBPyConnection,
    observation_date: date,
    *,
    features: Sequence[Feature] = FEATURES,
) -> pd.DataFrame:
    """Return one row a customer who had signed up by the end of the observation date.

    Columns: ``rhythm_...`` (what the label needs) and one column a feature, all float64; index:
    ``customer_key`` in order. An event after the observation date, or received after it, changes
    nothing.
    """
    frame = connection.execute(feature_query(features), {"day": day_number(observation_date)}).df()
    return frame.set_index("customer_key").astype("float64")
