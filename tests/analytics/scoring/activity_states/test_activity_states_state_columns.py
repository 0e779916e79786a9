"""The state of customers as columns, and the words of it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analytics.domain.profiles.profile import Profile
from analytics.domain.profiles.profile_file import load_profile
from analytics.features.rhythm import Rhythm
from analytics.features.weekly_activity import WEEKS, WeeklyActivity
from analytics.modelling.observing.observations import Snapshot
from analytics.scoring.activity_states.state_columns import state_columns
from tests.analytics.modelling.model_world import feature_table

TODAY = date(2025, 6, 25)
SAAS = load_profile("saas")


def columns(
    days: np.ndarray,
    *,
    tenure_days: float | np.ndarray = 730.0,
    horizon: float = 180.0,
    profile: Profile = SAAS,
) -> pd.DataFrame:
    """Columns of customers with the same rhythm; the tenure counts today and the first day."""
    size = len(days)
    silent = np.where((days > 0).any(axis=1), (days > 0).argmax(axis=1) * 7.0, 7.0 * WEEKS)
    features = feature_table(size, np.random.default_rng(1)).abs()
    features = features.assign(tenure_days=tenure_days, mean_gap_days=28.0)
    nobody = np.zeros(size, bool)
    rhythm = Rhythm(np.full(size, horizon), ~nobody, silent, silent > horizon)
    outcome = np.zeros(size, np.int8)
    seen = Snapshot(
        TODAY, features, rhythm, nobody, ~nobody, outcome, np.zeros(size), np.empty((size, 0))
    )
    people = pd.DataFrame({"ended_at": pd.to_datetime([None] * size, utc=True)})
    return state_columns(seen, WeeklyActivity(TODAY, days), people, profile)


def test_no_state_began_before_the_first_day() -> None:
    """Also where older customers make the looks go back behind the first day of the newer."""
    tenure = np.array([730.0, 1.0, 6.0, 20.0])
    days = np.zeros((4, WEEKS), np.int8)
    days[:, 0] = 1
    found = columns(days, tenure_days=tenure)
    signed_up = pd.Timestamp(TODAY, tz="UTC") - pd.to_timedelta(tenure - 1, unit="D")
    assert found["customer_state"].tolist()[1:] == ["unclear"] * 3
    assert (found["state_since"].to_numpy() >= signed_up.to_numpy()).all()
    assert found["state_since"].tolist()[1:] == signed_up.tolist()[1:]


def test_one_visit_a_month_and_none_in_five_weeks_is_said_to_tell_nothing() -> None:
    days = np.zeros((1, WEEKS), np.int8)
    days[0, 5::4] = 1
    found = columns(days).iloc[0]
    assert found["customer_state"] == "unclear"
    assert found["state_reason"] == (
        "Comes too rarely to tell a pause of 35 days from fading: "
        "active 0 days in 28 where 1 is usual."
    )


def test_who_is_engaged_without_a_visit_is_so_because_everybody_stayed_away() -> None:
    days = np.full((60, WEEKS), 3, np.int8)
    days[:, :5] = 0
    found = columns(days).iloc[0]
    assert found["customer_state"] == "engaged"
    assert "active 0 days in 28 where 12 are usual" in found["state_reason"]
    assert "all customers together fell 100%" in found["state_reason"]


def test_a_silence_is_said_to_be_long_by_what_decides_it() -> None:
    """By the own rhythm; or, in a shop where everybody lapses after 180 days, by those."""
    days = np.zeros((1, WEEKS), np.int8)
    days[0, 20:] = 1
    by_rhythm = columns(days, horizon=90.0).iloc[0]["state_reason"]
    by_profile = columns(days, profile=load_profile("retail")).iloc[0]["state_reason"]
    assert by_rhythm.endswith("longer than the 90 that the own rhythm explains.")
    assert by_profile.endswith("silent for 140 days; a customer lapses after 179.")
