from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.modelling.measuring.metrics import auc, interval
from analytics.modelling.measuring.resampling import MOST_DRAWN_GROUPS, CustomerDraws, share_band

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
    key = np.repeat(np.arange(3 * MOST_DRAWN_GROUPS), 2)
    draws = CustomerDraws.of(key, seed=0, draws=5)
    assert len(np.unique(draws.group)) == MOST_DRAWN_GROUPS
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


def band(seen: list[int], key: list[int]) -> tuple[float, float]:
    return share_band(CustomerDraws.of(np.array(key), seed=0), np.array(seen, dtype=np.int8))


def test_few_cases_of_as_many_customers_have_the_exact_interval() -> None:
    """14 of 17 was said to be 57% to 100%; Clopper and Pearson give 56.6% to 96.2%."""
    found = band([1] * 14 + [0] * 3, list(range(17)))
    assert found == pytest.approx((0.566, 0.962), abs=0.001)
    assert band([1] * 17, list(range(17))) == pytest.approx((0.805, 1.0), abs=0.001)


@settings(max_examples=60, deadline=None)
@given(rows)
def test_an_end_of_0_or_100_per_cent_is_never_said_against_what_was_seen(
    given: list[tuple[int, int, int]],
) -> None:
    seen, _, key = (list(column) for column in zip(*given, strict=True))
    low, high = band(seen, key)
    assert 0 <= low <= sum(seen) / len(seen) <= high <= 1
    assert low > 0 or not any(seen)
    assert high < 1 or all(seen)


def test_rows_of_few_customers_are_worth_less_than_as_many_customers() -> None:
    alike = band([1] * 40, list(range(4)) * 10)
    assert alike == pytest.approx((0.398, 1.0), abs=0.001)
    assert band([], []) == (0.0, 1.0)
