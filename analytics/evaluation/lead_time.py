"""How long before the end a silent leaver was flagged, and how often the flag was false."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.errors import InsufficientData
from analytics.evaluation.evaluated_run import EvaluatedRun
from analytics.evaluation.truth import GONE_SILENTLY
from analytics.features.prepared import day_number

#: The rule that a team without a model goes by: an alert after so many silent days.
RULE_SILENT_DAYS = 30
#: Share of the scored customers that each week alerts, so that false alerts stay about as few
#: (methods guide, section 4: at most 5% a week).
ALERTED_SHARE = 0.05
_DAY_S = 86_400


@dataclass(frozen=True)
class LeadTime:
    """Alerts of one model, learned before the first week: the riskiest 5% of each week.

    Parameters
    ----------
    leavers
        True silent exits after the first week, of customers scored in at least one week.
    alerted_share
        Of them, under an alert when the rule fired, or when they were last scored before it.
    days_before_rule, days_before_rule_p25
        Median and lower quartile of the days from the start of that alert to the day on which a
        rule of 30 silent days fires, counted from the last visit; of those alerted.
    days_before_exit
        Median days from the start of that alert to the true exit; negative is after it.
    before_last_visit_share
        Share of the leavers alerted before their last visit.
    weekly_false_alert_share
        Mean share of the customers who stay that a week alerts.
    alert_precision
        Share of the alerted customers who had truly gone silently by the run's date.
    """

    leavers: int
    alerted_share: float
    days_before_rule: float
    days_before_rule_p25: float
    days_before_exit: float
    before_last_visit_share: float
    weekly_false_alert_share: float
    alert_precision: float


def lead_time(seen: EvaluatedRun) -> LeadTime:
    """Score every week with the model of the first one and date each customer's first alert."""
    people = seen.truth.customers
    silent = (people["final_state"] == GONE_SILENTLY) & (people["exit_day"] <= seen.as_of_day)
    first_week = day_number(seen.weekly[0].observation_date)
    scored, alerts = _weekly_alerts(seen)
    stays = ~scored["customer_id"].map(silent).fillna(True).astype(bool)
    false_share = float(scored.loc[stays].groupby("day")["alert"].mean().mean())
    leavers = people[silent & (people["exit_day"] > first_week)]
    leavers = leavers[leavers.index.isin(scored["customer_id"])]
    last_visit = _days(leavers["last_visit_at"])
    rule_day = pd.Series(last_visit + RULE_SILENT_DAYS, index=leavers.index)
    alert_day = _final_alerts(scored, rule_day).reindex(leavers.index).to_numpy(dtype=float)
    alerted = ~np.isnan(alert_day)
    before_rule = (last_visit + RULE_SILENT_DAYS - alert_day)[alerted]
    before_exit = (leavers["exit_day"].to_numpy(dtype=float) - alert_day)[alerted]
    return LeadTime(
        leavers=len(leavers),
        alerted_share=float(alerted.mean()) if len(leavers) else float("nan"),
        days_before_rule=_quantile(before_rule, 0.5),
        days_before_rule_p25=_quantile(before_rule, 0.25),
        days_before_exit=_quantile(before_exit, 0.5),
        before_last_visit_share=float(np.mean(alert_day < last_visit))
        if len(leavers)
        else float("nan"),
        weekly_false_alert_share=false_share,
        alert_precision=float(silent.reindex(alerts["customer_id"].unique()).mean()),
    )


def _final_alerts(scored: pd.DataFrame, rule_day: pd.Series) -> pd.Series:
    """Return when the alerts began that lasted, week by week, until the rule fired.

    An alert that was taken back before is a false alarm, however early it came.
    """
    weeks = scored[scored["day"] <= scored["customer_id"].map(rule_day)]
    calm = weeks[~weeks["alert"]].groupby("customer_id")["day"].max()
    since = weeks["customer_id"].map(calm).fillna(-np.inf)
    lasting: pd.Series = weeks[weeks["day"] > since].groupby("customer_id")["day"].min()
    return lasting


def _weekly_alerts(seen: EvaluatedRun) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return who was scored in which week, and those rows that were alerts; no strangers."""
    parts = []
    for one in seen.weekly:
        features = one.features[one.eligible]
        if not len(features):
            continue
        risk = seen.early_model.predict(features)
        parts.append(
            pd.DataFrame(
                {
                    "customer_id": seen.ids[features.index.to_numpy()],
                    "day": day_number(one.observation_date),
                    "alert": risk > np.quantile(risk, 1 - ALERTED_SHARE),
                }
            )
        )
    if not parts:
        raise InsufficientData(
            "Lead time needs a week with customers who can be scored. Got none.",
            rule="enough_cadence",
        )
    scored = pd.concat(parts, ignore_index=True)
    scored = scored[scored["customer_id"].isin(seen.truth.customers.index)]
    return scored, scored[scored["alert"]]


def _days(times: pd.Series) -> np.ndarray:
    seconds = (times - pd.Timestamp(0, tz="UTC")).dt.total_seconds().to_numpy()
    return np.asarray(seconds // _DAY_S)


def _quantile(values: np.ndarray, share: float) -> float:
    return float(np.quantile(values, share)) if len(values) else float("nan")
