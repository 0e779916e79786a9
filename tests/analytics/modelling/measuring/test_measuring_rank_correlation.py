"""Rank correlation: what varies is compared, and what does not says nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.modelling.measuring.rank_correlation import spearman_with_interval


@settings(max_examples=60, deadline=None)
@given(size=st.integers(50, 400), value=st.floats(-1e6, 1e6), dates=st.integers(1, 4))
def test_where_all_are_alike_there_is_no_correlation(size: int, value: float, dates: int) -> None:
    alike, keys = np.full(size, value), np.arange(size)
    assert np.isnan(spearman_with_interval(alike, alike, keys, keys % dates, seed=0)).all()
    assert np.isnan(spearman_with_interval(alike, keys, keys, keys % dates, seed=0)).all()


def test_the_same_order_correlates_fully_also_with_ties() -> None:
    values, keys = np.repeat(np.arange(30.0), 3), np.arange(90)
    found = spearman_with_interval(values, values**2, keys, keys * 0, seed=0)
    assert found == pytest.approx((1, 1, 1))
