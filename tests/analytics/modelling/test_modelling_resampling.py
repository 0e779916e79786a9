from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.modelling.metrics import auc, interval
from analytics.modelling.resampling import MOST_GROUPS, CustomerDraws

rows = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 9), st.integers(0, 6)), min_size=1, max_size=50
)


@settings(max_examples=60, deadline=None)
@given(rows)
def test_each_draw_counts_rows_as_often_as_their_customer_was_drawn(
    given: list[tuple[int, int, int]],
) -> None:
    silent, score, key = (np.array(column) for column in zip(*given, strict=True))
    draws = CustomerDraws.of(key, seed=1, draws=20)
    weight = draws.weight[:, draws.group]
    assert draws.totals(silent) == pytest.approx(weight @ silent)
    expected = [auc(silent, score, one) for one in weight]
    assert draws.auc(silent, score) == pytest.approx(expected, nan_ok=True)
    for customer in set(key.tolist()):
        mine = draws.group[key == customer]
        assert (mine == mine[0]).all()


def test_customers_beyond_the_most_groups_are_drawn_in_groups_of_whole_customers() -> None:
    key = np.repeat(np.arange(3 * MOST_GROUPS), 2)
    draws = CustomerDraws.of(key, seed=0, draws=5)
    assert len(np.unique(draws.group)) == MOST_GROUPS
    assert (draws.group[0::2] == draws.group[1::2]).all()


def test_the_interval_is_as_wide_in_groups_and_bins_as_it_should_be() -> None:
    """Against the standard error of Hanley and McNeil, for independent customers."""
    rng = np.random.default_rng(0)
    score = rng.normal(size=20_000)
    silent = (rng.random(20_000) < 1 / (1 + np.exp(2 - score))).astype(np.int8)
    found = auc(silent, score)
    ones, zeros = silent.sum(), (1 - silent).sum()
    both_ones, both_zeros = found / (2 - found), 2 * found**2 / (1 + found)
    variance = (
        found * (1 - found)
        + (ones - 1) * (both_ones - found**2)
        + (zeros - 1) * (both_zeros - found**2)
    ) / (ones * zeros)
    low, high = interval(CustomerDraws.of(np.arange(20_000), seed=3).auc(silent, score))
    assert low < found < high
    assert (high - low) / (2 * 1.96) == pytest.approx(math.sqrt(variance), rel=0.2)


def test_some_of_the_rows_keep_their_draws() -> None:
    draws = CustomerDraws.of(np.array([5, 5, 7, 9]), seed=0, draws=10)
    part = draws.where(np.array([True, False, True, False]))
    assert part.totals(np.ones(2)) == pytest.approx(draws.totals(np.array([1.0, 0.0, 1.0, 0.0])))


def test_a_ratio_without_anything_below_is_missing() -> None:
    draws = CustomerDraws.of(np.arange(3), seed=0, draws=4)
    assert np.isnan(draws.ratio(np.ones(3), np.zeros(3))).all()
