"""Weekly alerts and how early they were, whoever says who left: a label, or the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.tables.flag_tables import DAYS_AHEAD_COUNTED, RULE_SILENT_DAYS

#: Share of the scored customers that a week alerts where none has been learned: some alerts are
#: right, so that the false ones stay below 5% of those who stay (methods guide, section 4).
ALERTED_SHARE = 0.055
CHAMPION_ALERT = "champion"
RECENCY_ALERT = "recency"
RANDOM_ALERT = "random"
#: Every way to alert.
ALERTS = (CHAMPION_ALERT, RECENCY_ALERT, RANDOM_ALERT)

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def riskiest(
    score: npt.ArrayLike, silent_days: npt.ArrayLike, *, share: float = ALERTED_SHARE
) -> Flags:
    """Return who is alerted: the highest scores of those whom the rule has not named yet.

    Whoever has been silent for as long as the rule waits needs no model to be noticed. Alerted is
    at most that share of all. Ties go to the earlier row, so that rows in an order that stays give
    alerts that stay. Where all are alike nobody stands out and nobody is alerted.
    """
    open_to = np.flatnonzero(np.asarray(silent_days, dtype=np.float64) <= RULE_SILENT_DAYS)
    scores = np.asarray(score, dtype=np.float64)
    flags = np.zeros(len(scores), dtype=bool)
    scores, most = scores[open_to], int(share * len(scores))
    if len(scores) and scores.min() < scores.max():
        flags[open_to[np.argsort(-scores, kind="stable")[:most]]] = True
    return flags


def first_alerts(
    scored: pd.DataFrame, rule_day: pd.Series, *, within_days: float = np.inf
) -> pd.Series:
    """Return the day of each customer's first alert by the time the rule fired, lasting or not.

    Parameters
    ----------
    scored, rule_day
        As for `lasting_alerts`.
    within_days
        Alerts longer before the rule fired do not count.
    """
    fires = scored["customer"].map(rule_day)
    counts = (scored["day"] <= fires) & (scored["day"] >= fires - within_days)
    first: pd.Series = scored[counts & scored["alert"]].groupby("customer")["day"].min()
    return first


def lasting_alerts(scored: pd.DataFrame, rule_day: pd.Series) -> pd.Series:
    """Return on which day the alerts began that lasted, week by week, until the rule fired.

    An alert that was taken back before is a false alarm, however early it came.

    Parameters
    ----------
    scored
        One row a customer and scored week: `customer`, `day`, `alert`.
    rule_day
        Day on which the rule fires, by customer; others are left out.
    """
    weeks = scored[scored["day"] <= scored["customer"].map(rule_day)]
    calm = weeks[~weeks["alert"]].groupby("customer")["day"].max()
    since = weeks["customer"].map(calm).fillna(-np.inf)
    lasting: pd.Series = weeks[weeks["day"] > since].groupby("customer")["day"].min()
    return lasting


@dataclass(frozen=True)
class AlertDays:
    """When the lasting alerts of those who left began, in days since 1970; one entry a leaver.

    Parameters
    ----------
    last_active
        Day of the last activity.
    began
        Day on which the alert that lasted began; NaN without one.
    first
        Day of the first alert, taken back later or not; NaN without one.
    first_near
        Day of the first alert of the last `DAYS_AHEAD_COUNTED` days before the rule fires; NaN
        without one.
    first_scored
        Day on which the customer was first scored.
    """

    last_active: Floats
    began: Floats
    first: Floats
    first_near: Floats
    first_scored: Floats

    @property
    def alerted(self) -> Flags:
        """Who was under an alert when the rule fired."""
        return np.isfinite(self.began)

    @property
    def before_rule(self) -> Floats:
        """Days from the alert's start to the day the rule fires; NaN without an alert."""
        return self.last_active + RULE_SILENT_DAYS - self.began

    @property
    def first_before_rule(self) -> Floats:
        """Days from the first alert to the day the rule fires; NaN without an alert."""
        return self.last_active + RULE_SILENT_DAYS - self.first

    @property
    def days_ahead(self) -> Floats:
        """Days from the first near alert to the day the rule fires; 0 for who was missed.

        Missed ones count, and old alarms do not, so that luck gains little: a lottery that alerts
        often enough has a long median of first alerts, and few days ahead.
        """
        ahead: Floats = np.nan_to_num(self.last_active + RULE_SILENT_DAYS - self.first_near)
        return ahead

    @property
    def mean_days_ahead(self) -> float:
        """Mean days ahead per leaver; NaN without leavers."""
        return mean_of(self.days_ahead)

    @property
    def first_alerted_share(self) -> float:
        """Share of all leavers who were under an alert at some time before the rule fired."""
        return share_of(np.isfinite(self.first))

    @property
    def first_before_last_activity_share(self) -> float:
        """Share of all leavers whose first alert came before their last activity."""
        return share_of(self.last_active > self.first)

    @property
    def before_last_activity(self) -> Floats:
        """Days from the alert's start to the last activity; negative is after it."""
        return self.last_active - self.began

    def share_ahead(self, days: int) -> float:
        """Return the share alerted so many days ahead of the rule, of those scored by then."""
        rule_day = self.last_active + RULE_SILENT_DAYS
        known = self.first_scored <= rule_day - days
        return share_of((self.before_rule >= days)[known])

    @property
    def share_before_last_activity(self) -> float:
        """Share of all leavers whose alert began before their last activity."""
        return share_of(self.before_last_activity > 0)


def alert_days(scored: pd.DataFrame, last_active: pd.Series) -> AlertDays:
    """Return when the alerts of the leavers began.

    Parameters
    ----------
    scored
        One row a customer and scored week: `customer`, `day`, `alert`.
    last_active
        Day of the last activity, by leaver.
    """
    rule_day = last_active + RULE_SILENT_DAYS
    days = (
        lasting_alerts(scored, rule_day),
        first_alerts(scored, rule_day),
        first_alerts(scored, rule_day, within_days=DAYS_AHEAD_COUNTED),
        scored.groupby("customer")["day"].min(),
    )
    return AlertDays(
        last_active.to_numpy(dtype=np.float64),
        *(day.reindex(last_active.index).to_numpy(dtype=np.float64) for day in days),
    )


def quantile(values: Sequence[float] | Floats, share: float) -> float:
    """Return a quantile of the values that are there; NaN of none."""
    there = np.asarray(values, dtype=np.float64)
    there = there[np.isfinite(there)]
    return float(np.quantile(there, share)) if len(there) else float("nan")


def share_of(flags: npt.ArrayLike) -> float:
    """Return the share that is true; NaN of none."""
    return mean_of(flags)


def mean_of(values: npt.ArrayLike) -> float:
    """Return the mean; NaN of none."""
    there = np.asarray(values)
    return float(there.mean()) if len(there) else float("nan")
