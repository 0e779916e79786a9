"""How long before the end a silent leaver was flagged, and how often the flag was false."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.errors import InsufficientData
from analytics.evaluation.published_run.evaluated_run import EvaluatedRun
from analytics.evaluation.truth import GONE_SILENTLY
from analytics.features.prepared import day_number
from analytics.modelling.measuring.alerts import (
    ALERTS,
    CHAMPION_ALERT,
    RANDOM_ALERT,
    AlertDays,
    alert_days,
    quantile,
    share_of,
)
from analytics.modelling.past_dates.judged_weeks import judge_weeks
from analytics.modelling.past_dates.lead_times import with_alerts
from analytics.modelling.past_dates.weekly_scores import weekly_scores
from analytics.pipeline.run import SEED

_DAY_S = 86_400


@dataclass(frozen=True)
class TrueLeadTime:
    """The weekly alerts as the run draws them, by a model learned before the first week.

    Parameters
    ----------
    leavers
        True silent exits after the first week, of customers scored in at least one week.
    mean_days_ahead
        By way to alert (champion, recency, random, as many a week): mean days per leaver from the
        first alert of the last 56 days to the day on which a rule of 30 silent days fires, counted
        from the last visit; 0 for who was missed.
    alerted_share
        Of them, under an alert when the rule fired, or when they were last scored before it.
    first_alerted_share, first_days_before_rule, first_before_last_visit_share
        Share of the leavers with any alert before the rule fired, taken back or not; median days
        from it to that day; share of the leavers with any before their last visit.
    random_alerted_share, random_days_before_rule
        The same of as many alerts drawn at random each week: by luck alone.
    days_before_rule, days_before_rule_p25
        Median and lower quartile of the days from the start of that alert to the day on which a
        rule of 30 silent days fires, counted from the last visit; of those alerted.
    days_before_exit
        Median days from the start of that alert to the true exit; negative is after it.
    before_last_visit_share
        Share of the leavers alerted before their last visit.
    weekly_alert_share, weekly_false_alert_share
        Mean share of the scored customers, and of those who stay, that a week alerts.
    alert_precision
        Share of the alerted customers who had truly gone silently by the run's date.
    """

    leavers: int
    mean_days_ahead: dict[str, float]
    alerted_share: float
    first_alerted_share: float
    first_days_before_rule: float
    first_before_last_visit_share: float
    random_alerted_share: float
    random_days_before_rule: float
    days_before_rule: float
    days_before_rule_p25: float
    days_before_exit: float
    before_last_visit_share: float
    weekly_alert_share: float
    weekly_false_alert_share: float
    alert_precision: float


def lead_time(seen: EvaluatedRun) -> TrueLeadTime:
    """Score every week with the model of the first one and date each customer's alerts."""
    people = seen.truth.customers
    silent = (people["final_state"] == GONE_SILENTLY) & (people["exit_day"] <= seen.as_of_day)
    first_week = day_number(seen.weekly[0].observation_date)
    by_way = _weekly_alerts(seen)
    scored = by_way[CHAMPION_ALERT]
    stays = ~scored["customer"].map(silent).fillna(True).astype(bool)
    alerted = scored.loc[scored["alert"], "customer"].unique()
    leavers = people[silent & (people["exit_day"] > first_week)]
    leavers = leavers[leavers.index.isin(scored["customer"])]
    last_visit = pd.Series(_days(leavers["last_visit_at"]), index=leavers.index)
    of_way: dict[str, AlertDays] = {
        way: alert_days(alerts, last_visit) for way, alerts in by_way.items()
    }
    days, luck = of_way[CHAMPION_ALERT], of_way[RANDOM_ALERT]
    return TrueLeadTime(
        leavers=len(leavers),
        mean_days_ahead={way: found.mean_days_ahead for way, found in of_way.items()},
        alerted_share=share_of(days.alerted),
        first_alerted_share=days.first_alerted_share,
        first_days_before_rule=quantile(days.first_before_rule, 0.5),
        first_before_last_visit_share=days.first_before_last_activity_share,
        random_alerted_share=luck.first_alerted_share,
        random_days_before_rule=quantile(luck.first_before_rule, 0.5),
        days_before_rule=quantile(days.before_rule, 0.5),
        days_before_rule_p25=quantile(days.before_rule, 0.25),
        days_before_exit=quantile(leavers["exit_day"].to_numpy(dtype=float) - days.began, 0.5),
        before_last_visit_share=days.share_before_last_activity,
        weekly_alert_share=float(scored.groupby("day")["alerted_share"].first().mean()),
        weekly_false_alert_share=float(scored[stays].groupby("day")["alert"].mean().mean()),
        alert_precision=float(silent.reindex(alerted).mean()),
    )


def _weekly_alerts(seen: EvaluatedRun) -> dict[str, pd.DataFrame]:
    """Return who was scored in which week, and whether it was an alert, by way; no strangers."""
    by_date = {week.observation_date: week for week in seen.weekly}
    weekly = weekly_scores(list(by_date), by_date.__getitem__, seen.early_model)
    weeks = judge_weeks(weekly, gap_days=seen.profile.gap_days)
    if not weeks.weeks:
        raise InsufficientData(
            "Lead time needs a week with customers who can be scored. Got none.",
            rule="enough_cadence",
        )
    found = {}
    for way in ALERTS:
        scored = with_alerts(weeks, way, seed=SEED)
        named = scored.assign(customer=seen.ids[scored["customer"].to_numpy(dtype=np.int64)])
        found[way] = named[named["customer"].isin(seen.truth.customers.index)]
    return found


def _days(times: pd.Series) -> np.ndarray:
    seconds = (times - pd.Timestamp(0, tz="UTC")).dt.total_seconds().to_numpy()
    return np.asarray(seconds // _DAY_S)
