from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.modelling.measuring.equal_bins import equal_bins

values = st.lists(st.integers(0, 9).map(float), max_size=80)


@settings(max_examples=60, deadline=None)
@given(values, st.integers(1, 15))
def test_every_row_is_in_one_bin_equals_together_and_bins_do_not_overlap(
    given: list[float], bins: int
) -> None:
    found = equal_bins(given, bins)
    assert len(found) <= bins
    assert sorted(np.concatenate([*found, []])) == list(range(len(given)))
    held = [set(np.array(given)[rows]) for rows in found]
    assert all(held)
    assert all(max(low) < min(high) for low, high in pairwise(held))


def test_values_that_all_differ_fall_into_bins_of_equal_size() -> None:
    found = equal_bins(np.arange(150)[::-1], 15)
    assert [len(rows) for rows in found] == [10] * 15


def test_a_value_of_most_rows_fills_one_bin_whole() -> None:
    found = equal_bins([0.1] * 80 + list(np.linspace(0.2, 0.9, 20)), 10)
    assert len(found[0]) == 80
    assert sum(map(len, found)) == 100
