"""What the labels say became of everyone who was scored weekly, and when they were last active."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.tables.flag_tables import RULE_SILENT_DAYS
from analytics.features.outcomes.labels import Outcome
from analytics.modelling.past_dates.alert_scores import alert_scores
from analytics.modelling.past_dates.alerted_shares import KNOWN_SHARE, alerted_shares


@dataclass(frozen=True)
class JudgedWeeks:
    """Weekly scores beside their outcomes.

    Parameters
    ----------
    scored
        One row a scored customer and week, oldest first, in one order within each week: customer,
        day, risk, silent_days, known (the horizon has passed), known_day, outcome, silent, and what
        the alerts of the week are drawn by: alert_score and alerted_share, both as known that week.
    last_active
        Day of the last activity of every customer who went silent in these weeks and was scored
        before a rule of 30 silent days fired, by customer.
    stayed
        Customers who were still there when last judged.
    """

    scored: pd.DataFrame
    last_active: pd.Series
    stayed: npt.NDArray[np.int64]

    @property
    def weeks(self) -> int:
        """How many weeks had somebody to score."""
        return int(self.scored["day"].nunique())

    @property
    def judged(self) -> npt.NDArray[np.bool_]:
        """Rows by which an alert is judged: of weeks whose horizons have passed.

        In the later weeks short horizons alone have passed; where there are no other weeks, they
        count.
        """
        known = self.scored["known"].to_numpy(dtype=bool)
        share = self.scored.groupby("day")["known"].transform("mean").to_numpy(dtype=np.float64)
        whole = known & (share >= KNOWN_SHARE)
        return whole if whole.any() else known


def judge_weeks(weekly: pd.DataFrame, *, gap_days: int) -> JudgedWeeks:
    """Judge the rows of `weekly_scores`.

    A customer has gone silent if that is the last outcome known of them, they have not come back
    since, and they are scored no longer: whoever still is, is not given up.
    """
    outcome = weekly["outcome"].to_numpy()
    known = (outcome != Outcome.CENSORED) & (outcome != Outcome.NOT_ADMISSIBLE)
    has_risk = weekly["risk"].notna().to_numpy()
    scored = (
        weekly[has_risk]
        .assign(known=known[has_risk], silent=(outcome == Outcome.SILENT)[has_risk])
        .rename(columns={"customer_key": "customer"})
        .sort_values(["day", "customer"], ignore_index=True)
    )
    scored["alert_score"] = alert_scores(scored)
    scored["alerted_share"] = scored["day"].map(alerted_shares(scored))
    final = scored[scored["known"]].groupby("customer").tail(1).set_index("customer")
    stayed = final.index[(final["outcome"] == Outcome.RETAINED).to_numpy()].to_numpy(dtype=np.int64)
    silent = final[final["silent"].astype(bool)]
    last_active = _last_active(weekly, silent["day"], gap_days)
    return JudgedWeeks(scored, _in_these_weeks(scored, last_active), stayed)


def _last_active(weekly: pd.DataFrame, silent_on: pd.Series, gap_days: int) -> pd.Series:
    """Return the day of the last activity, by customer who has not come back since.

    The silence that was judged begins after the gap, so somebody may have been active within it.
    """
    on = weekly["customer_key"].map(silent_on) + gap_days
    after = weekly[(weekly["day"] >= on).to_numpy()]
    first = after.loc[after.groupby("customer_key")["day"].idxmin()].set_index("customer_key")
    last: pd.Series = (first["day"] - first["silent_days"]).dropna()
    latest = weekly.loc[weekly.groupby("customer_key")["day"].idxmax()].set_index("customer_key")
    since = (latest["day"] - latest["silent_days"]).reindex(last.index)
    given_up = latest["risk"].isna().reindex(last.index)
    return last[(since <= last).to_numpy() & given_up.to_numpy(dtype=bool)]


def _in_these_weeks(scored: pd.DataFrame, last_active: pd.Series) -> pd.Series:
    first_scored = scored.groupby("customer")["day"].min().reindex(last_active.index)
    first_week = scored["day"].min() if len(scored) else np.inf
    before_rule = first_scored <= last_active + RULE_SILENT_DAYS
    kept: pd.Series = last_active[(last_active >= first_week) & before_rule]
    return kept.sort_index()
