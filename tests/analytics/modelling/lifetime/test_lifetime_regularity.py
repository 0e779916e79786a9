"""Regularity tells a rhythm from chance, whatever each customer's own rate."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.errors import InsufficientData
from analytics.modelling.lifetime.regularity import wheat_morrison_k


@pytest.mark.parametrize("shape", [0.6, 1.0, 3.0])
def test_the_shape_of_the_gaps_is_found_among_customers_of_all_rates(shape: float) -> None:
    rng = np.random.default_rng(1)
    rate = rng.gamma(0.5, 1.0, (6000, 1)) + 0.01
    time = np.cumsum(rng.gamma(shape, 1.0, (6000, 6)) / rate, axis=1)
    customer = np.repeat(np.arange(6000), 6)
    assert wheat_morrison_k(customer, time.ravel()) == pytest.approx(shape, rel=0.05)


def test_neither_the_order_of_the_events_nor_a_doubled_one_matters() -> None:
    rng = np.random.default_rng(2)
    customer, time = rng.integers(0, 40, 400), rng.random(400)
    found = wheat_morrison_k(customer, time)
    order = rng.permutation(np.tile(np.arange(400), 2))
    assert wheat_morrison_k(customer[order], time[order]) == pytest.approx(found)


def test_customers_are_never_mixed() -> None:
    alone = wheat_morrison_k(["a", "a", "a", "a"], [0, 1, 3, 4])
    assert wheat_morrison_k(["a", "b", "a", "b", "a", "a"], [0, 2, 1, 2.5, 3, 4]) == alone
    assert alone == pytest.approx((1 - 4 / 36) / (8 / 36))


@pytest.mark.parametrize(
    ("times", "rule"),
    [([], "gap_pairs_present"), ([1, 2, 4], "gap_pairs_present"), ([1, 2, 3, 4], "gaps_differ")],
)
def test_too_few_or_equal_gaps_are_refused(times: list[int], rule: str) -> None:
    with pytest.raises(InsufficientData, match="Got") as caught:
        wheat_morrison_k(["a"] * len(times), times)
    assert caught.value.rule == rule
