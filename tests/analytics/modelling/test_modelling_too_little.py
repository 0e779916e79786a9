from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analytics.errors import InsufficientData
from analytics.modelling.backtest import backtest
from analytics.modelling.models.estimators import LADDER
from analytics.modelling.too_little import (
    can_be_tested,
    other_horizons_may_help,
    too_few_outcomes,
    what_is_short,
)
from tests.analytics.modelling.model_world import FIRST_DAY, observations


def test_a_good_history_can_be_tested_and_a_short_or_silent_one_cannot() -> None:
    good = observations(customers=400, dates=6)
    assert can_be_tested(good)
    assert not can_be_tested(observations(customers=400, dates=1))
    assert not can_be_tested(replace(good, silent=np.zeros(len(good), np.int8)))


def test_outcomes_that_are_not_known_yet_are_counted() -> None:
    few = observations(customers=90, dates=1)
    few = replace(few, scored={FIRST_DAY: 90, FIRST_DAY + 28: 460})
    assert what_is_short(few) == (
        "A test needs a date on which the outcomes of 100 customers are known; the most on one "
        "date is 90. 460 of 550 customer dates have no outcome yet, because their horizons reach "
        "beyond the data."
    )
    nothing = few.where(np.zeros(len(few), bool))
    assert what_is_short(nothing).startswith("No outcome of any past date is known yet.")


def test_each_condition_is_named_with_its_figure() -> None:
    young = observations(customers=200, dates=1)
    assert "0 outcomes were known, and 300 are needed to learn from." in what_is_short(young)
    stayed = observations(customers=400, dates=6)
    stayed = replace(stayed, silent=np.zeros(len(stayed), np.int8))
    assert "none of them silent; at least 20 silent and 20 retained" in what_is_short(stayed)
    calm_end = observations(customers=400, dates=6)
    last = calm_end.day == calm_end.day.max()
    calm_end = replace(calm_end, silent=np.where(last, 0, calm_end.silent).astype(np.int8))
    assert "none of 400 customers went silent, and a test needs 10" in what_is_short(calm_end)


def test_too_few_outcomes_are_told_from_too_few_leavers() -> None:
    stayed = observations(customers=400, dates=6)
    assert not too_few_outcomes(replace(stayed, silent=np.zeros(len(stayed), np.int8)))
    assert too_few_outcomes(observations(customers=200, dates=1))
    assert too_few_outcomes(observations(customers=90, dates=3))


def test_leavers_of_too_few_customers_are_told_as_that() -> None:
    table = observations(customers=400, dates=6)
    few = np.where(table.day == table.day.max(), table.silent, table.customer_key < 8)
    said = what_is_short(replace(table, silent=few.astype(np.int8)))
    assert "known outcomes were silent. They come from too few customers to share out" in said


def test_dates_of_few_leavers_make_one_test_together() -> None:
    """Nine of 224 on the last date and as many before: together they are a test."""
    table = observations(customers=400, dates=6, base=-9.0)
    # By turns, so that on each date others left.
    place = table.customer_key - 40 * ((table.day - table.day.min()) // 28)
    nine = replace(table, silent=((place >= 0) & (place < 9)).astype(np.int8))
    assert can_be_tested(nine)
    tested = backtest(nine, origins=3, seed=0, ladder=LADDER[:2])
    assert len(tested.test_days) > 1
    four = replace(table, silent=((place >= 0) & (place < 4)).astype(np.int8))
    assert not can_be_tested(four)
    with pytest.raises(InsufficientData):
        backtest(four, origins=3, seed=0, ladder=LADDER[:2])


def test_leavers_who_came_too_late_may_be_tested_by_shorter_horizons() -> None:
    rows = observations(customers=400, dates=6)
    late = rows.silent * (rows.day >= np.unique(rows.day)[-2])
    assert other_horizons_may_help(replace(rows, silent=late.astype(np.int8)))
    assert not other_horizons_may_help(replace(rows, silent=np.zeros(len(rows), np.int8)))
