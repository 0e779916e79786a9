"""The loads of the index from odd and from even days alone: for judging, never a feature."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.domain.frustration import FRICTION_CHANNELS, FrictionChannel
from analytics.features.build import FeatureSource
from analytics.features.event_groups import channel_group
from analytics.features.prepared import day_number

ODD_AND_EVEN = (0, 1)


def friction_half(source: FeatureSource, on: date, half: int) -> pd.DataFrame:
    """Return loads and exposures on a date from the days whose number is odd (1) or even (0).

    Index `customer_key`, every customer who was active by then; columns named like the features.
    """
    loads = ",\n       ".join(
        f"SUM({_load(friction_channel)}) / 1e6 AS load_{friction_channel.name}"
        for friction_channel in FRICTION_CHANNELS
    )
    exposures = ", ".join(
        f"SUM(d.activity * a.decay_{life}) / 1e6 AS exposure_{life}" for life in (21, 45)
    )
    signs, days = (
        f"{of}.day <= $day AND {of}.received_day <= $day AND {of}.day % 2 = $half"
        for of in ("s", "d")
    )
    query = f"""
    WITH signs AS (
        SELECT s.customer_key, {loads}
        FROM prepared_signs AS s JOIN ages AS a ON a.age = $day - s.day
        WHERE {signs} GROUP BY s.customer_key
    ),
    days AS (
        SELECT d.customer_key, {exposures}
        FROM prepared_days AS d JOIN ages AS a ON a.age = $day - d.day
        WHERE {days} GROUP BY d.customer_key
    )
    SELECT * FROM days LEFT JOIN signs USING (customer_key) ORDER BY customer_key
    """
    found: pd.DataFrame = source.connection.execute(
        query, {"day": day_number(on), "half": half}
    ).df()
    return found.set_index("customer_key").astype("float64").fillna(0.0)


def _load(channel: FrictionChannel) -> str:
    condition = f"s.{channel_group(channel).name} = 1"
    if channel.value_at_most is not None:
        condition += f" AND s.value_cents <= {100 * channel.value_at_most}"
    return f"CASE WHEN {condition} THEN a.decay_{channel.half_life_days} ELSE 0 END"
