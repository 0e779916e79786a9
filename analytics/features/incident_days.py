"""Days on which far more went wrong than usual for a group of customers, found in the data alone.

A known incident (an outage, a bad release) would be given by hand; a log tells of one by a day on
which a group's problems per activity stand far above the group's own usual. Who was there is told
by activity on those days, never by own problems, so that the exposed are not chosen for having
been hit. Their group is chosen by its problems though, so that a rise of whatever counts problems
is nearly certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.build import FeatureSource
from analytics.features.prepared import EPOCH

#: Robust standard deviations over the group's median rate, and how many times that rate, at least.
SPIKE_DEVIATIONS, SPIKE_TIMES = 6.0, 2.0
#: Fewer problems on the day than this prove nothing.
SPIKE_PROBLEMS = 30
#: Fewer days with activity give no usual rate.
USUAL_FROM_DAYS = 28

_DAILY = """
WITH problems AS (
    SELECT customer_key, day, SUM(is_friction) AS problems
    FROM prepared_signs WHERE is_friction = 1 AND received_day <= $known
    GROUP BY customer_key, day
),
activity AS (
    SELECT customer_key, day, SUM(activity) AS activity FROM prepared_days
    WHERE activity > 0 AND received_day <= $known GROUP BY customer_key, day
)
SELECT g.kind, g.name, a.day, SUM(a.activity) AS activity,
       SUM(COALESCE(p.problems, 0)) AS problems
FROM activity AS a
JOIN customer_groups AS g ON g.customer_key = a.customer_key
LEFT JOIN problems AS p ON p.customer_key = a.customer_key AND p.day = a.day
WHERE a.day > $first AND a.day <= $known
GROUP BY g.kind, g.name, a.day
"""
_THERE = """
SELECT DISTINCT customer_key FROM prepared_days
WHERE activity > 0 AND day >= $first AND day <= $last AND received_day <= $known
"""


@dataclass(frozen=True)
class Incident:
    """Days on which far more went wrong than usual for one group.

    Parameters
    ----------
    kind, name
        Column of the customers and its value, such as region and DACH.
    times_usual
        Problems per activity on those days, divided by the group's median.
    there
        Keys of all customers, of the group or not, active on one of the days.
    """

    kind: str
    name: str
    first_day: date
    last_day: date
    times_usual: float
    there: npt.NDArray[np.int64]


def largest_incident(
    source: FeatureSource, groups: pd.DataFrame, *, first_day: int, known_day: int
) -> Incident | None:
    """Return the spike with most problems beyond the usual, after `first_day`; None without one.

    Parameters
    ----------
    groups
        Index `customer_key`; one column a kind of group, its values as text.
    """
    connection = source.connection
    long = groups.reset_index().melt("customer_key", var_name="kind", value_name="name")
    connection.register("customer_groups", long[long["name"] != ""].astype({"kind": str}))
    daily = connection.execute(_DAILY, {"first": first_day, "known": known_day}).df()
    connection.unregister("customer_groups")
    spikes = spikes_of(daily)
    if spikes.empty:
        return None
    days = _run_of_days(spikes)
    worst = spikes.iloc[0]
    bound = {"first": days[0], "last": days[-1], "known": known_day}
    there = connection.execute(_THERE, bound).df()["customer_key"].to_numpy(dtype=np.int64)
    return Incident(
        str(worst["kind"]),
        str(worst["name"]),
        EPOCH + timedelta(days=int(days[0])),
        EPOCH + timedelta(days=int(days[-1])),
        float(worst["rate"] / worst["usual"]),
        there,
    )


def spikes_of(daily: pd.DataFrame) -> pd.DataFrame:
    """Return the days that stand out of their group, the one with most excess problems first.

    Parameters
    ----------
    daily
        Columns `kind`, `name`, `day`, `activity`, `problems`.
    """
    table = daily.assign(rate=daily["problems"] / daily["activity"])
    of_group = table.groupby(["kind", "name"])["rate"]
    usual = of_group.transform("median")
    spread = (table["rate"] - usual).abs().groupby([table["kind"], table["name"]])
    deviation = 1.4826 * spread.transform("median")
    stands_out = (
        (of_group.transform("size") >= USUAL_FROM_DAYS)
        & (usual > 0)
        & (table["rate"] > usual + SPIKE_DEVIATIONS * deviation)
        & (table["rate"] > SPIKE_TIMES * usual)
        & (table["problems"] >= SPIKE_PROBLEMS)
    )
    found = table.assign(usual=usual, excess=table["problems"] - usual * table["activity"])
    return found[stands_out].sort_values("excess", ascending=False, ignore_index=True)


def _run_of_days(spikes: pd.DataFrame) -> list[int]:
    """Return the days in a row, in the same group, around the worst one."""
    worst = spikes.iloc[0]
    same = (spikes["kind"] == worst["kind"]) & (spikes["name"] == worst["name"])
    days = set(spikes.loc[same, "day"].astype(int))
    first = last = int(worst["day"])
    while first - 1 in days:
        first -= 1
    while last + 1 in days:
        last += 1
    return list(range(first, last + 1))
