"""What the filter sees: every customer's weeks of activity, and when each became known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.build import FeatureSource
from analytics.features.event_groups import (
    FRICTION_GROUP,
    OPENED_GROUP,
    PAYMENT_FAILED_GROUP,
    RAGE_GROUP,
)

WEEK_DAYS = 7
#: Product features that narrowing tells apart, at most: the first that the log came to know.
MOST_FEATURES = 64

Ints = npt.NDArray[np.int64]

_KNOWN = "day <= $day AND received_day <= $day"
_PART = "customer_key >= $first_key AND customer_key < $past_key"
# Whole numbers over the prepared tables, so that every engine can answer them.
_ACTIVE = f"""
WITH first_known AS (
    SELECT customer_key, day, MIN(received_day) AS received_day FROM prepared_days
    WHERE activity > 0 AND {_KNOWN} AND {_PART} GROUP BY customer_key, day
)
SELECT f.customer_key, a.week AS weeks_ago, k.week AS known_weeks_ago, COUNT(*) AS number
FROM first_known AS f JOIN ages AS a ON a.age = $day - f.day
JOIN ages AS k ON k.age = $day - f.received_day
GROUP BY f.customer_key, a.week, k.week
"""
_USES = f"""
SELECT u.customer_key, k.week AS known_weeks_ago, u.feature_code, SUM(u.uses) AS number
FROM prepared_uses AS u JOIN ages AS k ON k.age = $day - u.received_day
WHERE {_KNOWN} AND {_PART} GROUP BY u.customer_key, k.week, u.feature_code
"""
#: What the memory of trouble counts; each is a column of `WeeklyEvidence.troubles`.
TROUBLES = ("problems", "rage", "failed_payments", "tickets")
_TROUBLES = f"""
SELECT s.customer_key, k.week AS known_weeks_ago, SUM(s.{FRICTION_GROUP.name}) AS problems,
       SUM(s.{RAGE_GROUP.name}) AS rage, SUM(s.{PAYMENT_FAILED_GROUP.name}) AS failed_payments,
       SUM(s.{OPENED_GROUP.name}) AS tickets
FROM prepared_signs AS s JOIN ages AS k ON k.age = $day - s.received_day
WHERE (s.{FRICTION_GROUP.name} = 1 OR s.{PAYMENT_FAILED_GROUP.name} = 1
       OR s.{OPENED_GROUP.name} = 1 OR s.{RAGE_GROUP.name} = 1) AND {_KNOWN} AND {_PART}
GROUP BY s.customer_key, k.week
"""
_PAUSES = f"""
SELECT s.customer_key, k.week AS known_weeks_ago,
       MAX(CASE WHEN s.is_pause = 1 THEN s.day END) AS paused_day,
       MAX(CASE WHEN s.is_resume = 1 THEN s.day END) AS resumed_day
FROM prepared_signs AS s JOIN ages AS k ON k.age = $day - s.received_day
WHERE (s.is_pause = 1 OR s.is_resume = 1) AND {_KNOWN} AND {_PART}
GROUP BY s.customer_key, k.week
"""


@dataclass(frozen=True)
class WeeklyEvidence:
    """Weeks that end on an observation date and every seven days before it, oldest first.

    Parameters
    ----------
    day
        The observation date, in days since 1970: the last week's last day.
    weeks
        How many there are, from the first event on.
    ids
        Ids of the customers who have landed, by key.
    started
        Week of each customer's recorded sign-up; -1 before the first week, `weeks` where none is
        recorded.
    active
        One row a customer, week and week in which it became known, sorted by customer: columns
        customer_key, week, known, number (of active days).
    uses
        One row a customer, week in which it became known and product feature: customer_key, known,
        feature, number.
    pauses
        customer_key, known, paused_day, resumed_day (-1: none), sorted by customer.
    troubles
        customer_key, known and the counts of `TROUBLES`, sorted by customer.
    seen_share
        Share of each week's days on which the log saw anybody at all.
    """

    day: int
    weeks: int
    ids: npt.NDArray[np.object_]
    started: npt.NDArray[np.int32]
    active: pd.DataFrame
    uses: pd.DataFrame
    pauses: pd.DataFrame
    troubles: pd.DataFrame
    seen_share: npt.NDArray[np.float64]

    @property
    def customers(self) -> int:
        """How many customers have landed; their keys run from 0."""
        return len(self.ids)


def weekly_evidence(source: FeatureSource, day: int) -> WeeklyEvidence:
    """Read the weeks before the end of a day, as known by its end.

    Of each row is kept in which week it became known, so that the filter can tell what it would
    have said in every week.
    """
    weeks = max((day - source.prepared.first_day) // WEEK_DAYS + 1, 1)
    ends = day - WEEK_DAYS * np.arange(weeks - 1, -1, -1)
    unseen = source.unseen.within(ends - WEEK_DAYS, ends)
    active = _answered(source, _ACTIVE, day, weeks)
    return WeeklyEvidence(
        day,
        weeks,
        _ids(source),
        _started(source, day, weeks),
        active.sort_values(["customer_key", "known", "week"], ignore_index=True),
        _first_features(_answered(source, _USES, day, weeks)),
        _answered(source, _PAUSES, day, weeks).sort_values("customer_key", ignore_index=True),
        _answered(source, _TROUBLES, day, weeks).sort_values("customer_key", ignore_index=True),
        1 - unseen / WEEK_DAYS,
    )


def _answered(source: FeatureSource, query: str, day: int, weeks: int) -> pd.DataFrame:
    """Return the answer with weeks counted from the oldest, whole numbers throughout."""
    answer = source.answer(query, {"day": day})
    found: pd.DataFrame = source.connection.execute(f"SELECT * FROM {answer}").df()
    found = found.fillna(-1).astype("int64")
    for ago, name in (("weeks_ago", "week"), ("known_weeks_ago", "known")):
        if ago in found:
            found[name] = weeks - 1 - found.pop(ago)
    return found


def _first_features(uses: pd.DataFrame) -> pd.DataFrame:
    """Number the product features by when they were first known, and keep the first of them."""
    first = uses.groupby("feature_code")["known"].min().reset_index()
    kept = first.sort_values(["known", "feature_code"])["feature_code"].to_numpy()[:MOST_FEATURES]
    number = pd.Series(np.arange(len(kept)), index=kept)
    uses = uses[uses["feature_code"].isin(kept)]
    return uses.assign(feature=uses["feature_code"].map(number).astype("int64")).sort_values(
        ["customer_key", "known", "feature"], ignore_index=True
    )


def _started(source: FeatureSource, day: int, weeks: int) -> npt.NDArray[np.int32]:
    signed_up = source.connection.execute(
        "SELECT signed_up_day FROM prepared_customers ORDER BY customer_key"
    ).fetchnumpy()["signed_up_day"]
    days = np.ma.filled(np.ma.asarray(signed_up).astype("float64"), np.inf)
    week = weeks - 1 - np.floor((day - days) / WEEK_DAYS)
    started: npt.NDArray[np.int32] = np.clip(week, -1, weeks).astype(np.int32)
    return started


def _ids(source: FeatureSource) -> npt.NDArray[np.object_]:
    found = source.connection.execute(
        "SELECT customer_id FROM prepared_customers ORDER BY customer_key"
    ).df()
    return found["customer_id"].to_numpy(dtype=object)
