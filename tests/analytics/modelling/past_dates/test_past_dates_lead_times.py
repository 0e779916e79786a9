from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analytics.domain.tables.flag_tables import AlertLeadTime, PastLoss
from analytics.features.outcomes.labels import Outcome
from analytics.modelling.past_dates.judged_weeks import judge_weeks
from analytics.modelling.past_dates.lead_times import lead_times, past_losses, with_alerts
from analytics.modelling.past_dates.weekly_scores import COLUMNS

GAP_DAYS = 7
FIRST_DAY = 20_003
WEEKS = 16
#: Day from whose week on horizons of 28 days are not over yet.
AS_OF = FIRST_DAY + 7 * (WEEKS - 1)
LAST_ACTIVE = FIRST_DAY + 30
LEAVERS = range(5)
WAYS = ("champion", "recency", "random")
IDS = np.array([f"C{number}" for number in range(100)], dtype=object)


def world() -> pd.DataFrame:
    """A hundred customers, active every day; the first five stop, their risk rising before."""
    parts = []
    for day in FIRST_DAY + 7 * np.arange(WEEKS):
        key = np.arange(100)
        leaver = key < len(LEAVERS)
        silent_days = np.where(leaver, max(day - LAST_ACTIVE, 0), 0)
        silent = leaver & (day + GAP_DAYS >= LAST_ACTIVE)
        outcome = np.where(silent, Outcome.SILENT, Outcome.RETAINED)
        outcome = np.where(day + GAP_DAYS + 28 > AS_OF, Outcome.CENSORED, outcome)
        rising = np.where(leaver & (day >= LAST_ACTIVE - 9), 0.8, 0.1)
        risk = np.where(silent_days > 28, np.nan, rising + key / 10_000)
        parts.append(
            pd.DataFrame(
                {
                    "customer_key": key,
                    "day": day,
                    "risk": risk,
                    "silent_days": silent_days.astype(float),
                    "outcome": outcome.astype(np.int8),
                    "known_day": float(day + GAP_DAYS + 28),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def test_who_went_silent_and_when_they_were_last_active_is_found() -> None:
    found = judge_weeks(world(), gap_days=GAP_DAYS)
    assert found.last_active.to_dict() == dict.fromkeys(LEAVERS, float(LAST_ACTIVE))
    assert set(found.stayed) == set(range(5, 100))
    assert found.weeks == WEEKS


def test_somebody_active_within_the_gap_was_last_active_then() -> None:
    """The week before the last activity is labelled silent: its window begins after the gap."""
    weekly = world()
    labelled = weekly[(weekly["customer_key"] == 0) & (weekly["outcome"] == Outcome.SILENT)]
    assert labelled["day"].min() < LAST_ACTIVE
    until = weekly["day"] <= labelled["day"].min()
    cut = weekly.assign(risk=weekly["risk"].where(until))
    found = judge_weeks(cut, gap_days=GAP_DAYS)
    assert found.last_active[0] == LAST_ACTIVE


def test_somebody_who_came_back_was_not_lost() -> None:
    weekly = world()
    back = (weekly["customer_key"] == 0) & (weekly["day"] == AS_OF)
    returned = weekly.assign(silent_days=weekly["silent_days"].where(~back, 2.0))
    found = judge_weeks(returned, gap_days=GAP_DAYS)
    assert set(found.last_active.index) == set(LEAVERS) - {0}


def test_somebody_who_is_still_scored_is_not_lost() -> None:
    weekly = world()
    today = (weekly["customer_key"] == 0) & (weekly["day"] == AS_OF)
    scored = weekly.assign(risk=weekly["risk"].where(~today, 0.9))
    found = judge_weeks(scored, gap_days=GAP_DAYS)
    assert set(found.last_active.index) == set(LEAVERS) - {0}


def test_alerts_are_judged_by_weeks_whose_horizons_have_passed() -> None:
    found = judge_weeks(world(), gap_days=GAP_DAYS)
    days = found.scored.loc[found.judged, "day"]
    assert days.max() + GAP_DAYS + 28 <= AS_OF
    assert (found.scored.loc[~found.judged, "day"] > days.max()).all()


def test_the_champion_is_days_ahead_of_the_longest_silent() -> None:
    table = lead_times(judge_weeks(world(), gap_days=GAP_DAYS), seed=0).set_index("alert")
    assert set(AlertLeadTime.table.column_names) <= {"alert", *table.columns}
    champion, recency = table.loc["champion"], table.loc["recency"]
    assert (champion["leavers"], champion["alerted"]) == (5, 5)
    # The risk jumped on the week of day 21, nine days before the last activity on day 30.
    assert champion["days_before_last_activity"] == 9
    assert champion["days_before_rule"] == 39
    assert champion["alerted_before_last_activity"] == 1
    assert champion[["alerted_14_days_ahead", "alerted_30_days_ahead"]].tolist() == [1, 1]
    assert champion["alerted_60_days_ahead"] == 0
    assert math.isnan(champion["alerted_90_days_ahead"])  # no week lies so far back
    assert recency["days_before_last_activity"] == -5  # the first week after they stopped
    assert recency["days_before_rule"] == 25


def test_luck_names_leavers_too_but_its_alerts_do_not_last() -> None:
    table = lead_times(judge_weeks(world(), gap_days=GAP_DAYS), seed=0).set_index("alert")
    champion, luck = table.loc["champion"], table.loc["random"]
    assert luck["first_alerted"] > 0
    assert luck["alerted"] == 0
    assert luck["weekly_false_alert_share"] > champion["weekly_false_alert_share"]
    assert champion["first_alerted"] == 1
    assert champion["first_days_before_rule"] >= champion["days_before_rule"]


def test_days_ahead_per_leaver_put_luck_last() -> None:
    table = lead_times(judge_weeks(world(), gap_days=GAP_DAYS), seed=0).set_index("alert")
    days = table["mean_days_ahead"]
    assert days["champion"] == 39
    assert days["champion"] > days["recency"] > days["random"]
    assert (table["mean_days_ahead_low"] <= days).all()
    assert (days <= table["mean_days_ahead_high"]).all()


def test_every_way_alerts_as_many_a_week_as_was_learned_by_then() -> None:
    weeks = judge_weeks(world(), gap_days=GAP_DAYS)
    assert weeks.scored["alerted_share"].nunique() > 1
    alerts = [with_alerts(weeks, way, seed=0).groupby("day")["alert"].sum() for way in WAYS]
    open_to = weeks.scored[weeks.scored["silent_days"] <= 30].groupby("day").size()
    share = weeks.scored.groupby("day")["alerted_share"].first()
    for found in alerts:
        assert (found <= share * open_to).all()
    assert alerts[0].equals(alerts[2])


def test_false_alerts_are_no_more_than_were_allowed_and_precision_has_an_interval() -> None:
    table = lead_times(judge_weeks(world(), gap_days=GAP_DAYS), seed=0).set_index("alert")
    assert (table["weekly_false_alert_share"] <= 0.055 * 100 / 95).all()
    row = table.loc["champion"]
    assert row["alert_precision_low"] <= row["alert_precision"] <= row["alert_precision_high"]


def test_each_loss_says_what_was_said_before() -> None:
    index = pd.MultiIndex.from_product([[FIRST_DAY, AS_OF], range(100)])
    value = pd.Series(np.r_[np.full(100, 50.0), np.full(100, 1.0)], index=index)
    lost = past_losses(judge_weeks(world(), gap_days=GAP_DAYS), value, IDS).set_index("customer_id")
    assert set(PastLoss.table.column_names) <= {"customer_id", *lost.columns}
    assert sorted(lost.index) == ["C0", "C1", "C2", "C3", "C4"]
    assert (lost["value_at_stake"] == 50).all()  # as of the date before they stopped
    assert lost[["predicted_90_days_before", "predicted_60_days_before"]].isna().all(axis=None)
    assert lost.loc["C0", "predicted_30_days_before"] == pytest.approx(0.1)
    assert lost.loc["C0", "predicted_at_last_activity"] == pytest.approx(0.8)
    assert (lost["last_activity_on"] == pd.Timestamp(LAST_ACTIVE, unit="D", tz="UTC")).all()
    assert (lost["alert_began_on"] == pd.Timestamp(FIRST_DAY + 21, unit="D", tz="UTC")).all()


def test_a_value_known_only_later_stands_in() -> None:
    index = pd.MultiIndex.from_product([[AS_OF], range(100)])
    weeks = judge_weeks(world(), gap_days=GAP_DAYS)
    lost = past_losses(weeks, pd.Series(3.0, index=index), IDS)
    assert (lost["value_at_stake"] == 3).all()


def test_without_weeks_the_tables_are_empty_and_have_their_columns() -> None:
    nothing = judge_weeks(pd.DataFrame(columns=list(COLUMNS)).astype(float), gap_days=GAP_DAYS)
    assert list(lead_times(nothing, seed=0).columns) == list(AlertLeadTime.table.column_names)
    value = pd.Series(dtype=float, index=pd.MultiIndex.from_arrays([[], []]))
    assert list(past_losses(nothing, value, IDS).columns) == list(PastLoss.table.column_names)


def test_where_nobody_left_lead_times_are_missing() -> None:
    weekly = world()
    stayed = weekly[weekly["customer_key"] >= len(LEAVERS)]
    table = lead_times(judge_weeks(stayed, gap_days=GAP_DAYS), seed=0)
    assert (table["leavers"] == 0).all()
    assert table["days_before_rule"].isna().all()
    assert table["mean_days_ahead"].isna().all()
