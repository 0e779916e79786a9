from __future__ import annotations

import math

import pandas as pd
import pytest

from analytics.features.rhythm import rhythm_of
from tests.analytics.features.feature_world import profile_with

PERSONAL = profile_with(silence_probability=0.005, horizon_min_days=28, horizon_max_days=112)
FIXED = profile_with(label="no_event", horizon_max_days=90, active_within_days=180)


def customers(*rows: tuple[float, float, float, float, float]) -> pd.DataFrame:
    """Rows of daily probability, gap count, 99% gap, days silent, active days ever."""
    columns = ["daily_probability", "gap_count", "gap_q99", "silent_days", "lifetime_active_days"]
    return pd.DataFrame(rows, columns=[f"rhythm_{name}" for name in columns]).astype(float)


def test_the_own_horizon_is_the_silence_that_chance_would_hardly_make() -> None:
    rate = 0.1
    rhythm = rhythm_of(customers((rate, 12, 20, 3, 13)), PERSONAL)
    assert rhythm.horizon_days[0] == math.ceil(math.log(0.005) / math.log(1 - rate)) == 51
    assert (1 - rate) ** 51 <= 0.005 < (1 - rate) ** 50
    assert rhythm.admissible.all()


def test_a_frequent_customer_gets_the_shortest_horizon() -> None:
    rhythm = rhythm_of(customers((0.9, 200, 2, 0, 201)), PERSONAL)
    assert rhythm.horizon_days[0] == 28


def test_a_silence_that_needs_longer_than_the_bound_cannot_be_told_from_chance() -> None:
    """At 0.046 a day 113 days are needed, at 0.047 111."""
    rhythm = rhythm_of(customers((0.046, 12, 5, 0, 13), (0.047, 12, 5, 0, 13)), PERSONAL)
    assert list(rhythm.admissible) == [False, True]
    assert list(rhythm.horizon_days) == [112, 111]


def test_long_own_gaps_lengthen_the_horizon_from_ten_gaps_on() -> None:
    nine, ten = (0.2, 9, 70, 0, 10), (0.2, 10, 70, 0, 11)
    rhythm = rhythm_of(customers(ten), PERSONAL)
    assert rhythm.horizon_days[0] == 70
    few = rhythm_of(customers(nine), PERSONAL)
    assert few.horizon_days[0] == 28, "by the model alone, 25 days, and the least horizon"


def test_few_gaps_borrow_the_typical_customers_scaled_to_the_own_rate() -> None:
    """The three known customers' longest gaps are 4, 8 and 20 times their usual gap."""
    known = [(0.2, 12, 20, 0, 13), (0.2, 12, 40, 0, 13), (0.2, 12, 100, 0, 13)]
    rhythm = rhythm_of(customers(*known, (0.1, 3, 5, 0, 4)), PERSONAL)
    assert list(rhythm.horizon_days) == [28, 40, 100, 80]


def test_a_customer_is_lapsed_beyond_the_own_horizon_and_not_before() -> None:
    rhythm = rhythm_of(customers((0.1, 12, 20, 51, 13), (0.1, 12, 20, 52, 13)), PERSONAL)
    assert list(rhythm.lapsed) == [False, True]


def test_without_an_own_horizon_the_longest_one_decides_who_lapsed() -> None:
    rare = [(0.01, 2, 5, 112, 3), (0.01, 2, 5, 113, 3), (0.01, 0, math.nan, 113, 1)]
    rhythm = rhythm_of(customers(*rare), PERSONAL)
    assert not rhythm.admissible.any()
    assert list(rhythm.lapsed) == [False, True, False], "one active day shows no rhythm to lapse"


def test_a_customer_never_seen_is_neither_lapsed_nor_admissible() -> None:
    rhythm = rhythm_of(customers((0.01, 0, math.nan, math.nan, 0)), PERSONAL)
    assert not rhythm.lapsed[0]
    assert not rhythm.admissible[0]


def test_under_the_plain_label_all_share_one_horizon_and_one_limit() -> None:
    rows = [(0.01, 0, math.nan, 179, 1), (0.5, 99, 3, 180, 50), (0.01, 0, math.nan, math.nan, 0)]
    rhythm = rhythm_of(customers(*rows), FIXED)
    assert list(rhythm.horizon_days) == [90, 90, 90]
    assert list(rhythm.admissible) == [True, True, False]
    assert list(rhythm.lapsed) == [False, True, False]


@pytest.mark.parametrize("probability", [0.001, 0.01, 0.1])
def test_a_stricter_probability_never_shortens_a_horizon(probability: float) -> None:
    rows = customers(*((rate / 100, 12, 20, 0, 13) for rate in range(5, 95, 5)))
    strict = rhythm_of(rows, profile_with(silence_probability=probability / 2))
    loose = rhythm_of(rows, profile_with(silence_probability=probability))
    assert (strict.horizon_days >= loose.horizon_days).all()
