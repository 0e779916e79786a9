"""Who is still there after so many months, from the course of past customers."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.features.rhythm import Rhythm
from analytics.modelling.models.survival import FEWEST_DATES, Survival, survival_of, survivors
from analytics.modelling.observing.observations import Snapshot

TODAY = date(2025, 6, 25)
PEOPLE = 1_000


def course(gone_after: np.ndarray, dates: int, back: np.ndarray | None = None) -> list[Snapshot]:
    """Snapshots, latest first, of customers who lapse after so many dates; some for one date."""
    found = []
    for place in range(dates):
        lapsed = place >= gone_after
        if back is not None:
            lapsed = lapsed | (back == place)
        found.append(_snapshot(TODAY + timedelta(days=28 * (place - dates + 1)), lapsed))
    return found[::-1]


def _snapshot(on: date, lapsed: np.ndarray) -> Snapshot:
    size = len(lapsed)
    flat, no = np.full(size, 30.0), np.zeros(size, bool)
    rhythm = Rhythm(flat, ~no, flat, lapsed)
    outcome = np.zeros(size, np.int8)
    table = pd.DataFrame(index=range(size))
    return Snapshot(on, table, rhythm, no, ~lapsed, outcome, flat, np.empty((size, 0)))


def measured(known: list[Snapshot]) -> Survival:
    return survival_of(known, silent_share=0.1, horizon_days=40.0)


def test_survivors_are_counted_from_the_oldest_date_and_a_holiday_is_no_loss() -> None:
    gone = np.array([1, 2, 9, 9, 9])
    back = np.array([-1, -1, 1, -1, -1])
    assert survivors(course(gone, 4, back)).tolist() == [5, 4, 3, 3]


def test_the_curve_follows_customers_who_leave_at_a_steady_pace() -> None:
    rng = np.random.default_rng(0)
    gone = rng.geometric(0.04, PEOPLE)
    found = measured(course(gone, 12))
    assert found.measured_on == PEOPLE
    assert (np.diff(found.share) <= 0).all()
    months = np.arange(1, 13)
    outlasted = 40 / 30.4
    expected = 0.96 ** ((np.maximum(months, outlasted) - outlasted) * 30.4375 / 28)
    assert found.share == pytest.approx(expected, abs=0.05)


def test_loyalty_that_differs_bends_the_curve_up() -> None:
    rng = np.random.default_rng(1)
    gone = rng.geometric(np.where(rng.random(PEOPLE) < 0.3, 0.3, 0.005))
    share = measured(course(gone, 12)).share
    assert share[11] > share[5] ** 2


@pytest.mark.parametrize(
    ("gone", "dates"),
    [
        (np.full(PEOPLE, 99), 12),
        (np.r_[np.ones(5), np.full(PEOPLE - 5, 99)], FEWEST_DATES),
        (np.r_[np.ones(5), np.full(50, 99)], 12),
    ],
    ids=["nobody left", "short history", "few customers"],
)
def test_where_it_cannot_be_measured_the_silent_share_stands_in(
    gone: np.ndarray, dates: int
) -> None:
    found = measured(course(gone, dates))
    assert found.measured_on == 0
    months = np.arange(1, 13)
    horizon = 40 / (365.25 / 12)
    expected = 0.9 ** ((np.maximum(months, horizon) - horizon) / horizon)
    assert found.share == pytest.approx(expected)
    assert np.isfinite(
        survival_of(course(gone, dates), silent_share=1.0, horizon_days=1.0).share
    ).all()
