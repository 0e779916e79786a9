"""The share that a week alerts is learned from weeks that could be judged by then."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.features.outcomes.labels import Outcome
from analytics.modelling.measuring.alerts import ALERTED_SHARE
from analytics.modelling.past_dates.alerted_shares import (
    ENOUGH_WEEKS,
    LEAST_SHARE,
    MOST_SHARE,
    alerted_shares,
)

HORIZON = 35


def week(day: int, *, leavers_on_top: int, customers: int = 200) -> pd.DataFrame:
    """A week in which the first customers score highest, and they alone went silent."""
    rank = np.arange(customers)
    return pd.DataFrame(
        {
            "customer": rank,
            "day": day,
            "alert_score": -rank.astype(float),
            "silent_days": 2.0,
            "known_day": float(day + HORIZON),
            "known": True,
            "outcome": np.where(rank < leavers_on_top, Outcome.SILENT, Outcome.RETAINED),
        }
    )


def weeks(*leavers_on_top: int) -> pd.DataFrame:
    return pd.concat(
        [week(7 * number, leavers_on_top=top) for number, top in enumerate(leavers_on_top)],
        ignore_index=True,
    )


def test_the_share_leaves_room_for_the_right_alerts_beside_a_twentieth_of_those_who_stay() -> None:
    shares = alerted_shares(weeks(*[8] * 12))
    # 8 who left and 5% of the 192 who stayed, of 200.
    assert shares.iloc[-1] == pytest.approx((8 + 9) / 200)


def test_until_enough_weeks_can_be_judged_the_share_is_the_assumed_one() -> None:
    shares = alerted_shares(weeks(*[8] * 12))
    first = HORIZON // 7 + ENOUGH_WEEKS - 1
    assert (shares.iloc[:first] == ALERTED_SHARE).all()
    assert (shares.iloc[first:] > ALERTED_SHARE).all()


def test_odd_weeks_do_not_move_it_beyond_its_bounds() -> None:
    assert alerted_shares(weeks(*[60] * 12)).iloc[-1] == MOST_SHARE
    few = weeks(*[0] * 12)
    # Of the twenty who stayed one may be alerted, and nobody else scores as high.
    few["outcome"] = np.where(few["customer"] < 20, Outcome.RETAINED, Outcome.VOCAL)
    assert alerted_shares(few).iloc[-1] == LEAST_SHARE


def test_whom_the_rule_has_named_takes_no_alert_but_stays_in_the_count() -> None:
    named = weeks(*[8] * 12)
    named.loc[named["customer"] < 8, "silent_days"] = 45.0
    assert alerted_shares(named).iloc[-1] == pytest.approx(9 / 200, abs=0.0001)


def test_where_nobody_is_known_to_have_stayed_the_week_teaches_nothing() -> None:
    gone = weeks(*[200] * 12)
    assert (alerted_shares(gone) == ALERTED_SHARE).all()


def test_without_weeks_there_are_no_shares() -> None:
    assert alerted_shares(week(0, leavers_on_top=0).iloc[:0]).empty


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(6, 13))
def test_what_became_known_after_a_week_changes_nothing_about_it(seed: int, now: int) -> None:
    rng = np.random.default_rng(seed)
    past = weeks(*rng.integers(0, 30, 14))
    other = past.copy()
    later = other["known_day"] > 7 * now
    became = [Outcome.SILENT, Outcome.RETAINED, Outcome.CENSORED]
    other.loc[later, "outcome"] = rng.choice(became, int(later.sum()))
    other.loc[later, "known"] = other.loc[later, "outcome"] != Outcome.CENSORED
    other.loc[other["day"] > 7 * now, "alert_score"] *= -1
    pd.testing.assert_series_equal(
        alerted_shares(past).iloc[: now + 1], alerted_shares(other).iloc[: now + 1]
    )
