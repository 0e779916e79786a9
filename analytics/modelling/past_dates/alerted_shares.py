"""How many of the scored customers a week may alert, learned from the weeks whose end is known.

False alerts are what alerts cost, so it is they that are held: each week alerts the share that, in
the weeks which could be judged by then, would have called a twentieth of the stayers by mistake.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.domain.tables.flag_tables import RULE_SILENT_DAYS
from analytics.features.outcomes.labels import Outcome
from analytics.modelling.measuring.alerts import ALERTED_SHARE

#: Share of those who stay that a week may alert by mistake.
FALSE_ALERT_SHARE = 0.05
#: A week can be judged once this share of its customers' horizons has passed.
KNOWN_SHARE = 0.9
#: From so many weeks that can be judged on, what they teach is gone by.
ENOUGH_WEEKS = 4
#: Never fewer or more are alerted, whatever a few odd weeks teach.
LEAST_SHARE, MOST_SHARE = 0.01, 0.10


def alerted_shares(scored: pd.DataFrame) -> pd.Series:
    """Return the share of the scored customers that each week alerts, by day.

    It is the median of what the weeks teach that could be judged by the end of that day, between 1%
    and 10%; `ALERTED_SHARE` where they are fewer than four. Nothing that came to be known later
    counts.

    Parameters
    ----------
    scored
        One row a scored customer and week: `day`, `alert_score`, `silent_days`, `known_day`,
        `known` and `outcome`.
    """
    days, taught = [], []
    for day, week in scored.groupby("day", sort=True):
        days.append(day)
        taught.append(_taught_by(week))
    judged_on, share = np.array(taught, dtype=np.float64).reshape(-1, 2).T
    shares = [_share_of_week(share[judged_on <= float(str(day))]) for day in days]
    return pd.Series(shares, index=pd.Index(days, name="day"), dtype=np.float64)


def _share_of_week(taught: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    known = taught[np.isfinite(taught)]
    if len(known) < ENOUGH_WEEKS:
        return ALERTED_SHARE
    return float(np.clip(np.median(known), LEAST_SHARE, MOST_SHARE))


def _taught_by(week: pd.DataFrame) -> tuple[float, float]:
    """Return the day by which a week can be judged, and the share it should have alerted.

    Of those whose outcome was known by that day the highest scores are taken, until so many of them
    stayed that the false alerts are as many as they may be; NaN where nobody is known to have
    stayed.
    """
    judged_on = float(np.quantile(week["known_day"], KNOWN_SHARE, method="higher"))
    known = week[(week["known"] & (week["known_day"] <= judged_on)).to_numpy()]
    stayed = (known["outcome"] == Outcome.RETAINED).to_numpy()
    if not stayed.any():
        return judged_on, float("nan")
    open_to = (known["silent_days"] <= RULE_SILENT_DAYS).to_numpy()
    ranked = np.argsort(-known["alert_score"].to_numpy()[open_to], kind="stable")
    false_alerts = np.cumsum(stayed[open_to][ranked])
    alerts = np.searchsorted(false_alerts, FALSE_ALERT_SHARE * stayed.sum(), side="right")
    return judged_on, float(alerts / len(known))
