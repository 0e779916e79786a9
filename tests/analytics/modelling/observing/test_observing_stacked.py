from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.modelling.lifetime.bgnbd import fit_bgnbd
from analytics.modelling.observing.stacked import no_event_log_odds


def _frame(seed: int = 0, customers: int = 800) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    tenure = rng.integers(30, 365, customers).astype(float)
    days = rng.poisson(tenure / rng.uniform(5, 60, customers)).astype(float)
    silent = np.where(days > 1, rng.uniform(0, 1, customers) * (tenure - 1), tenure - 1)
    return pd.DataFrame(
        {
            "rhythm_lifetime_active_days": days,
            "rhythm_silent_days": np.where(days >= 1, np.floor(silent), np.nan),
            "rhythm_tenure_days": tenure,
        }
    )


def test_the_stacked_column_is_the_log_odds_of_bgnbd_on_the_same_weeks() -> None:
    frame = _frame()
    frame = frame[frame["rhythm_lifetime_active_days"] >= 1].reset_index(drop=True)
    horizon = np.full(len(frame), 60.0)
    age = (frame["rhythm_tenure_days"] - 1) / 7
    frequency = frame["rhythm_lifetime_active_days"] - 1
    recency = np.where(frequency > 0, age - frame["rhythm_silent_days"] / 7, 0.0)
    model = fit_bgnbd(frequency, recency, age)
    chance = model.probability_of_no_event(frequency, recency, age, 67 / 7)
    found = 1 / (1 + np.exp(-no_event_log_odds(frame, horizon, gap_days=7)))
    assert found == pytest.approx(chance, abs=2e-4)


def test_a_longer_horizon_makes_silence_less_likely() -> None:
    frame = _frame()
    short, long = (no_event_log_odds(frame, np.full(len(frame), days), 7) for days in (30.0, 90.0))
    there = np.isfinite(short)
    assert (long[there] <= short[there]).all()
    inside = there & (np.abs(short) < 8)
    assert (long[inside] < short[inside]).all()


def test_who_was_never_active_and_a_business_without_repeats_have_none() -> None:
    frame = _frame()
    idle = (frame["rhythm_lifetime_active_days"] < 1).to_numpy()
    assert idle.any()
    assert np.isnan(no_event_log_odds(frame, np.full(len(frame), 60.0), 7)[idle]).all()
    once = frame.assign(rhythm_lifetime_active_days=1.0)
    assert np.isnan(no_event_log_odds(once, np.full(len(once), 60.0), 7)).all()
