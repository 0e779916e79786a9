"""What customers were meeting in the last week in which the filter held them engaged.

Whoever fades uses little and so meets little: what drove them away is seen best in the week before
they began to. That week is told from what was known by the end of each week, never from later.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.build import FeatureSource
from analytics.features.event_groups import PRICE_INCREASE_GROUP
from analytics.features.state_filter.evidence import WEEK_DAYS
from analytics.features.state_filter.filtered_weeks import (
    FILTER_COLUMNS,
    NOT_ENGAGED,
    FilteredWeeks,
)
from analytics.features.state_filter.trouble_memory import TROUBLE_PRESSURE

#: A customer is held engaged in a week if the chance that they are not is below this.
NOT_ENGAGED_BELOW = 0.25

ENGAGED_DAYS_AGO, TROUBLE_THEN, PRICE_ROSE_BEFORE = (
    "engaged_days_ago",
    "trouble_when_engaged",
    "price_rise_days_before",
)

# Whole numbers over the prepared tables, so that every engine can answer it.
_PRICE_RISES = f"""
SELECT customer_key, day AS rise_day FROM prepared_signs
WHERE {PRICE_INCREASE_GROUP.name} = 1 AND day <= $day AND received_day <= $day
  AND customer_key >= $first_key AND customer_key < $past_key
"""


def last_engaged(
    source: FeatureSource, weeks: FilteredWeeks, day: int, silent_days: pd.Series
) -> pd.DataFrame:
    """Return what was known of each customer's last engaged week by the end of a day.

    It is no week after the last activity, however long the filter waits before it gives somebody
    up: who says "silent for 94 days" cannot say "engaged 56 days ago" beside it.

    Parameters
    ----------
    silent_days
        Days since the last activity, by customer key; NaN for who was never active.

    Returns
    -------
    Index as `silent_days`. `engaged_days_ago`: days from the last day of that week to the day, or
    from the last activity if that was before it;
    `trouble_when_engaged`: what the memory of trouble held then; `price_rise_days_before`: days
    from the last price rise before to that day, NaN without one. Of somebody whom the filter never
    held engaged it is the week in which they were most likely so.
    """
    week = max(weeks.week_of(day), 0)
    keys = silent_days.index.to_numpy()
    silent = np.nan_to_num(silent_days.to_numpy(dtype=np.float64)).astype(np.int64)
    odds = weeks.columns[keys, : week + 1, FILTER_COLUMNS.index(NOT_ENGAGED)]
    then = np.minimum(last_engaged_weeks(odds), np.maximum(week - silent // WEEK_DAYS, 0))
    trouble = weeks.columns[:, :, FILTER_COLUMNS.index(TROUBLE_PRESSURE)]
    ago = np.maximum((week - then) * WEEK_DAYS, silent)
    rises = _price_rises(source, day)
    return pd.DataFrame(
        {
            ENGAGED_DAYS_AGO: ago.astype(np.float64),
            TROUBLE_THEN: trouble[keys, then].astype(np.float64),
            PRICE_ROSE_BEFORE: _days_since_price_rose(
                rises, pd.Series(day - ago, index=silent_days.index)
            ),
        },
        index=silent_days.index,
    )


def last_engaged_weeks(not_engaged: npt.NDArray[np.float16]) -> npt.NDArray[np.int64]:
    """Return each customer's last week held engaged, from log-odds of shape (customers, weeks)."""
    held = not_engaged < np.log(NOT_ENGAGED_BELOW / (1 - NOT_ENGAGED_BELOW))
    last = held.shape[1] - 1 - held[:, ::-1].argmax(axis=1)
    found: npt.NDArray[np.int64] = np.where(
        held.any(axis=1), last, not_engaged.argmin(axis=1)
    ).astype(np.int64)
    return found


def _price_rises(source: FeatureSource, day: int) -> pd.DataFrame:
    answer = source.answer(_PRICE_RISES, {"day": day})
    found: pd.DataFrame = source.connection.execute(f"SELECT * FROM {answer}").df()
    return found.astype("int64")


def _days_since_price_rose(rises: pd.DataFrame, engaged_day: pd.Series) -> npt.NDArray[np.float64]:
    """Return the days from the last rise up to each customer's day to that day; NaN without one."""
    rises = rises[rises["customer_key"].isin(engaged_day.index)]
    since = rises["customer_key"].map(engaged_day) - rises["rise_day"]
    before = since[since >= 0].groupby(rises["customer_key"]).min()
    return before.reindex(engaged_day.index).to_numpy(dtype=np.float64)
