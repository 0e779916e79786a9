"""Every customer's active days week by week, from what was known by one date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from analytics.features.build import FeatureSource
from analytics.features.prepared import day_number

#: Half a year of looks, and behind the oldest of them a year, a month and the reference before it.
WEEKS = 106

# Whole numbers over the prepared tables, so that every engine can answer it.
_WEEKLY = """
SELECT d.customer_key, a.week, COUNT(DISTINCT d.day) AS active_days
FROM prepared_days AS d JOIN ages AS a ON a.age = $day - d.day
WHERE d.activity > 0 AND d.day <= $day AND d.received_day <= $day AND a.week < $weeks
  AND d.customer_key >= $first_key AND d.customer_key < $past_key
GROUP BY d.customer_key, a.week
"""


@dataclass(frozen=True)
class WeeklyActivity:
    """Active days by week, one row a customer of the landing, by key.

    Parameters
    ----------
    observation_date
        Nothing after its end, or received after it, is counted.
    days
        Active days, 0 to 7; column 0 is the week that ends on the observation date.
    """

    observation_date: date
    days: npt.NDArray[np.int8]


def weekly_activity(
    source: FeatureSource, observation_date: date, *, weeks: int = WEEKS
) -> WeeklyActivity:
    """Count the active days of every customer in the last weeks before the end of a date."""
    bound = {"day": day_number(observation_date), "weeks": weeks}
    answer = source.answer(_WEEKLY, bound)
    found = source.connection.execute(f"SELECT * FROM {answer}").fetchnumpy()
    days = np.zeros((source.prepared.customers, weeks), dtype=np.int8)
    rows, columns = (np.asarray(found[name]) for name in ("customer_key", "week"))
    days[rows, columns] = np.asarray(found["active_days"])
    return WeeklyActivity(observation_date, days)
