"""What may be used at a date: nothing whose outcome was not known by then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from hypothesis import event, given, settings
from hypothesis import strategies as st

from analytics.modelling.backtest import backtest
from analytics.modelling.models.estimators import LADDER
from analytics.modelling.observing.observations import Observations
from analytics.modelling.observing.split import (
    FEWEST_POSITIVES,
    MIN_CALIBRATION_ROWS,
    MIN_POSITIVES,
    MIN_TRAIN_ROWS,
    Split,
    split_at,
)
from tests.analytics.modelling.model_world import FIRST_DAY, STEP_DAYS, observations


@st.composite
def tables(draw: st.DrawFn) -> Observations:
    """Observations of any length of history, share of leavers and mix of horizons."""
    rng = np.random.default_rng(draw(st.integers(0, 2**16)))
    customers, dates = draw(st.integers(100, 500)), draw(st.integers(2, 14))
    share = draw(st.sampled_from([0.03, 0.1, 0.3]))
    longest = draw(st.sampled_from([28, 60, 120]))
    rows = customers * dates
    day = np.repeat(FIRST_DAY + STEP_DAYS * np.arange(dates), customers)
    return Observations(
        pd.DataFrame(index=range(rows)),
        (rng.random(rows) < share).astype(np.int8),
        np.tile(np.arange(customers), dates),
        day,
        day + rng.integers(14, longest + 1, rows).astype(float),
        np.ones(rows, bool),
    )


def check(table: Observations, found: Split, day: int) -> None:
    used = found.train | found.calibrate
    assert table.known_day[used].max() <= day
    assert not (found.train & found.calibrate).any()
    assert table.day[found.calibrate].min() >= found.calibration_day
    assert found.same_dates or table.day[found.train].max() < found.calibration_day
    assert found.overlapping or not found.same_dates
    if found.overlapping:
        trained, adjusted = table.customer_key[found.train], table.customer_key[found.calibrate]
        assert not set(trained) & set(adjusted)
    else:
        assert table.known_day[found.train].max() <= found.calibration_day
    for chosen, most in ((found.train, MIN_TRAIN_ROWS), (found.calibrate, MIN_CALIBRATION_ROWS)):
        silent = int(table.silent[chosen].sum())
        assert chosen.sum() >= most
        of_each = FEWEST_POSITIVES if found.same_dates else MIN_POSITIVES
        assert min(silent, chosen.sum() - silent) >= of_each


@settings(max_examples=80, deadline=None)
@given(tables(), st.integers(30, 420))
def test_no_row_is_used_before_its_outcome_was_known(table: Observations, after: int) -> None:
    day = FIRST_DAY + after
    found = split_at(table, day)
    event("none" if found is None else f"overlapping={found.overlapping}")
    if found is not None:
        check(table, found, day)


def test_a_long_history_keeps_training_and_calibration_apart() -> None:
    table = observations(dates=8)
    day = FIRST_DAY + 7 * STEP_DAYS
    found = split_at(table, day)
    assert found is not None
    assert not found.overlapping
    check(table, found, day)


def test_a_short_history_is_split_by_date_and_by_customer() -> None:
    """Two dates whose horizons overlap: nothing was known by the second."""
    table = observations(dates=3, horizon_days=60.0)
    day = FIRST_DAY + 1 * STEP_DAYS + 60
    found = split_at(table, day)
    assert found is not None
    assert found.overlapping
    check(table, found, day)


def test_too_short_a_history_is_not_split() -> None:
    assert split_at(observations(customers=250, dates=1), FIRST_DAY + 900) is None
    assert split_at(observations(dates=6), FIRST_DAY) is None
    assert split_at(observations(dates=6, base=-9.0), FIRST_DAY + 900) is None


def test_everything_usable_is_used_for_training() -> None:
    table = observations(dates=8)
    found = split_at(table, FIRST_DAY + 7 * STEP_DAYS)
    assert found is not None
    assert (found.train == (table.known_day <= found.calibration_day)).all()


def test_what_happened_later_cannot_change_what_was_said() -> None:
    """Break every outcome that was unknown on the test date: its predictions must stay the same.

    A split that ignored when outcomes became known would learn from the broken ones.
    """
    table = observations(customers=300, dates=6)
    told = backtest(table, origins=1, seed=0, ladder=LADDER[:3])
    day = told.test_days[-1]
    unknown = table.known_day > day
    assert unknown.sum() > 300
    broken = replace(table, silent=np.where(unknown, 1 - table.silent, table.silent))
    again = backtest(broken, origins=1, seed=0, ladder=LADDER[:3])
    assert again.test_days == told.test_days
    names = [one.name for one in LADDER[:3]]
    assert again.predictions[names].equals(told.predictions[names])
    assert not again.predictions["silent"].equals(told.predictions["silent"])


def test_what_was_known_does_change_what_is_said() -> None:
    """So that the test above is not passed by models that learn nothing."""
    table = observations(customers=300, dates=6)
    told = backtest(table, origins=1, seed=0, ladder=LADDER[1:2])
    known = table.known_day <= told.test_days[-1]
    broken = replace(table, silent=np.where(known, 1 - table.silent, table.silent))
    again = backtest(broken, origins=1, seed=0, ladder=LADDER[1:2])
    assert not np.allclose(again.predictions["recency"], told.predictions["recency"])


def test_the_shortest_history_is_split_by_customer_alone() -> None:
    """One known date of 420 customers: no later date to calibrate on, but other customers."""
    one_date = observations(customers=420, dates=1, base=-1.0)
    found = split_at(one_date, int(one_date.known_day.max()))
    assert found is not None
    assert found.same_dates
    check(one_date, found, int(one_date.known_day.max()))


def test_a_longer_history_is_never_split_by_customer_alone() -> None:
    longer = observations(customers=420, dates=6, base=-1.0)
    found = split_at(longer, int(longer.known_day.max()))
    assert found is not None
    assert not found.same_dates


def test_few_leavers_are_shared_out_whoever_they_are() -> None:
    """All of the 48 who left have keys that no third would keep back."""
    table = observations(customers=420, dates=2, base=-9.0)
    gone = (table.customer_key % 3 == 1) & (table.customer_key < 144)
    few = replace(table, silent=gone.astype(np.int8))
    found = split_at(few, int(few.known_day.max()))
    assert found is not None
    check(few, found, int(few.known_day.max()))
    assert few.silent[found.calibrate].sum() >= MIN_POSITIVES


def test_where_a_third_of_the_leavers_is_too_few_half_of_the_customers_calibrate() -> None:
    table = observations(customers=420, dates=1, base=-9.0)
    few = replace(table, silent=(table.customer_key < 36).astype(np.int8))
    found = split_at(few, int(few.known_day.max()))
    assert found is not None
    assert found.calibrate.sum() == 210
    assert few.silent[found.calibrate].sum() == 18


def test_twenty_leavers_are_enough_for_the_shortest_history() -> None:
    """A shop of 200 customers: 24 leavers were known by the last date that could be tested."""
    table = observations(customers=420, dates=1, base=-9.0)
    few = replace(table, silent=(table.customer_key < 2 * FEWEST_POSITIVES).astype(np.int8))
    found = split_at(few, int(few.known_day.max()))
    assert found is not None
    check(few, found, int(few.known_day.max()))
    fewer = replace(table, silent=(table.customer_key < 2 * FEWEST_POSITIVES - 1).astype(np.int8))
    assert split_at(fewer, int(fewer.known_day.max())) is None
