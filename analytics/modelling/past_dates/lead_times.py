"""How early the weekly alerts were, and what was said of each customer who was lost."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.tables.flag_tables import AlertLeadTime, PastLoss
from analytics.modelling.measuring.alerts import (
    CHAMPION_ALERT,
    RANDOM_ALERT,
    RECENCY_ALERT,
    AlertDays,
    alert_days,
    quantile,
    riskiest,
)
from analytics.modelling.measuring.metrics import interval
from analytics.modelling.measuring.resampling import CustomerDraws
from analytics.modelling.past_dates.judged_weeks import JudgedWeeks

AHEAD_DAYS = (14, 30, 60, 90)
PREDICTED_DAYS_BEFORE = (90, 60, 30)

_LABELS = {
    CHAMPION_ALERT: "Churn risk: the riskiest of each week",
    RECENCY_ALERT: "Days of silence: as many, the longest silent",
    RANDOM_ALERT: "At random: as many, drawn anew each week",
}


def with_alerts(weeks: JudgedWeeks, alert: str, *, seed: int) -> pd.DataFrame:
    """Return the scored rows with whether each was an alert; every way gives as many a week.

    Parameters
    ----------
    seed
        Of the alerts at random.
    """
    scored = weeks.scored
    silent_days = scored["silent_days"].to_numpy(dtype=np.float64)
    score = {
        CHAMPION_ALERT: scored["alert_score"].to_numpy(dtype=np.float64),
        RECENCY_ALERT: silent_days,
        RANDOM_ALERT: np.random.default_rng(seed).random(len(scored)),
    }[alert]
    flags = np.zeros(len(scored), dtype=bool)
    for rows in scored.groupby("day").indices.values():
        share = float(scored["alerted_share"].iloc[rows[0]])
        flags[rows] = riskiest(score[rows], silent_days[rows], share=share)
    return scored.assign(alert=flags)


def lead_times(weeks: JudgedWeeks, *, seed: int) -> pd.DataFrame:
    """Return one row a way to alert; columns of the run table ``lead_time``."""
    if not len(weeks.scored):
        return pd.DataFrame(columns=list(AlertLeadTime.table.column_names))
    return pd.DataFrame([_of_alert(weeks, alert, seed) for alert in _LABELS])


def past_losses(weeks: JudgedWeeks, value: pd.Series, ids: npt.NDArray[np.object_]) -> pd.DataFrame:
    """Return one row a customer who went silent; columns of the run table ``past_losses``.

    Parameters
    ----------
    value
        Value at stake by (day, customer_key), of any dates; the last by the last activity counts,
        or the first where there is none before.
    ids
        Ids by customer key.
    """
    if not len(weeks.last_active):
        return pd.DataFrame(columns=list(PastLoss.table.column_names))
    lost = weeks.last_active
    scored = with_alerts(weeks, CHAMPION_ALERT, seed=0)
    found = pd.DataFrame(
        {"customer_id": ids[lost.index.to_numpy(dtype=np.int64)]}, index=lost.index
    )
    found["last_activity_on"] = _times(lost.to_numpy(dtype=np.float64))
    found["value_at_stake"] = _value_then(value, lost)
    for days in PREDICTED_DAYS_BEFORE:
        found[f"predicted_{days}_days_before"] = _predicted_by(scored, lost - days)
    found["predicted_at_last_activity"] = _predicted_by(scored, lost)
    found["alert_began_on"] = _times(alert_days(scored, lost).began)
    return found.reset_index(drop=True)


def _of_alert(weeks: JudgedWeeks, alert: str, seed: int) -> dict[str, object]:
    scored = with_alerts(weeks, alert, seed=seed)
    days = alert_days(scored, weeks.last_active)
    false = scored[scored["customer"].isin(weeks.stayed)].groupby("day")["alert"].mean()
    judged = weeks.judged
    alerts = (scored["alert"].to_numpy() & judged).astype(np.float64)
    right = alerts * scored["silent"].to_numpy(dtype=np.float64)
    draws = CustomerDraws.of(scored["customer"].to_numpy(dtype=np.int64), seed=seed)
    low, high = interval(draws.ratio(right, alerts))
    ahead_low, ahead_high = _interval_of_days(days, weeks.last_active, seed)
    return {
        "alert": alert,
        "label": _LABELS[alert],
        "weeks": weeks.weeks,
        "leavers": len(weeks.last_active),
        "alerted": int(days.alerted.sum()),
        "mean_days_ahead": days.mean_days_ahead,
        "mean_days_ahead_low": ahead_low,
        "mean_days_ahead_high": ahead_high,
        "days_before_rule": quantile(days.before_rule, 0.5),
        "days_before_rule_low": quantile(days.before_rule, 0.25),
        "days_before_rule_high": quantile(days.before_rule, 0.75),
        "first_alerted": days.first_alerted_share,
        "first_days_before_rule": quantile(days.first_before_rule, 0.5),
        "first_before_last_activity": days.first_before_last_activity_share,
        "days_before_last_activity": quantile(days.before_last_activity, 0.5),
        "alerted_before_last_activity": days.share_before_last_activity,
        **{f"alerted_{ahead}_days_ahead": days.share_ahead(ahead) for ahead in AHEAD_DAYS},
        "weekly_alert_share": float(scored.groupby("day")["alerted_share"].first().mean()),
        "weekly_false_alert_share": float(false.mean()) if len(false) else float("nan"),
        "alert_precision": float(right.sum() / alerts.sum()) if alerts.any() else float("nan"),
        "alert_precision_low": low,
        "alert_precision_high": high,
    }


def _interval_of_days(days: AlertDays, leavers: pd.Series, seed: int) -> tuple[float, float]:
    """Return the 95% interval of the mean days ahead, by draws of the leavers."""
    draws = CustomerDraws.of(leavers.index.to_numpy(dtype=np.int64), seed=seed)
    return interval(draws.ratio(days.days_ahead, np.ones(len(leavers))))


def _predicted_by(scored: pd.DataFrame, day: pd.Series) -> pd.Series:
    """Return the risk said in each customer's last scored week by the day; NaN before the first."""
    by_then = scored[(scored["day"] <= scored["customer"].map(day)).to_numpy()]
    last = by_then.groupby("customer")["risk"].last()
    return last.reindex(day.index)


def _value_then(value: pd.Series, lost: pd.Series) -> pd.Series:
    """Return the value at stake as last known by the last activity, else as first known."""
    known = value.rename("value").rename_axis(["day", "customer"]).reset_index().sort_values("day")
    known = known[known["customer"].isin(lost.index)]
    by_then = known[(known["day"] <= known["customer"].map(lost)).to_numpy()]
    then = by_then.groupby("customer")["value"].last().reindex(lost.index)
    return then.fillna(known.groupby("customer")["value"].first().reindex(lost.index))


def _times(days: npt.NDArray[np.float64]) -> pd.DatetimeIndex:
    """Return days since 1970 as times, missing where there is none."""
    return pd.DatetimeIndex(pd.to_datetime(days, unit="D", utc=True))
