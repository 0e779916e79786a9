"""What is broken is found in every log, and nothing in a clean one, however it goes up and down."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.etl.volume.log_volume import Shape, double_days, shape_of
from tests.analytics.etl.volume.volume_world import daily_customers, even_numbers

LOGS = range(40)


def test_nothing_is_found_in_forty_clean_logs() -> None:
    for seed in LOGS:
        customers = daily_customers(seed)
        assert shape_of(customers, weekday=0) == Shape(), seed
        assert double_days(customers, even_numbers(customers, seed)) == (), seed


@pytest.mark.parametrize("days", [14, 30])
def test_a_hole_is_found_in_forty_logs(days: int) -> None:
    for seed in LOGS:
        customers = daily_customers(seed)
        first = int(np.random.default_rng(seed).integers(60, len(customers) - 60 - days))
        customers[first : first + days] = 0
        holes = shape_of(customers, weekday=0).holes
        # Closed days at its edges may belong to it or not.
        assert any(
            abs(one.first - first) <= 7 and abs(one.last - (first + days - 1)) <= 7 for one in holes
        ), seed


@pytest.mark.parametrize("days", [14, 30])
@pytest.mark.parametrize("strays", [0, 1, 3])
def test_an_early_end_is_found_in_forty_logs_whatever_stray_rows_follow(
    days: int, strays: int
) -> None:
    for seed in LOGS:
        customers = daily_customers(seed)
        first = len(customers) - days
        customers[first:] = 0
        customers[len(customers) - 1] = strays
        stopped = shape_of(customers, weekday=0).stopped
        assert stopped is not None, seed
        assert abs(stopped.first - first) <= 7, seed


def test_one_row_nine_months_late_is_found_in_forty_logs() -> None:
    for seed in LOGS:
        customers = daily_customers(seed)
        late = np.concatenate([customers, np.zeros(270, dtype=np.int64), [1]])
        stopped = shape_of(late, weekday=0).stopped
        assert stopped is not None, seed
        assert abs(stopped.first - len(customers)) <= 6, seed


def test_stray_rows_before_the_log_begins_are_found_in_forty_logs() -> None:
    for seed in LOGS:
        customers = daily_customers(seed)
        early = np.concatenate([[1], np.zeros(60, dtype=np.int64), customers])
        strays = shape_of(early, weekday=0).strays_before
        assert strays is not None, seed
        assert 55 <= strays.last <= 66, seed


@pytest.mark.parametrize("days", [7, 30])
def test_a_double_load_is_found_in_forty_logs(days: int) -> None:
    for seed in LOGS:
        customers = daily_customers(seed)
        even = even_numbers(customers, seed)
        first = int(np.random.default_rng(seed).integers(0, len(customers) - days))
        even[first : first + days] = customers[first : first + days]
        doubled = double_days(customers, even)
        assert any(one.first <= first + 5 and one.last >= first + days - 6 for one in doubled), seed


def test_a_whole_log_loaded_twice_is_found() -> None:
    customers = daily_customers(1)
    assert double_days(customers, customers)[0].days >= len(customers) - 7


def test_a_small_shop_has_empty_days() -> None:
    customers = np.random.default_rng(3).poisson(0.4, 700).astype(np.int64)
    assert shape_of(customers, weekday=2) == Shape()


def test_one_cohort_that_fades_has_no_end_before_its_end() -> None:
    days = np.arange(545)
    level = np.where(days < 90, 350, 90 * np.exp(-days / 300))
    customers = np.random.default_rng(5).poisson(level).astype(np.int64)
    assert shape_of(customers, weekday=2) == Shape()


@pytest.mark.parametrize("every", [14, 28, 30])
def test_what_comes_in_batches_has_no_holes(every: int) -> None:
    customers = np.zeros(500, dtype=np.int64)
    customers[::every] = 400
    assert shape_of(customers, weekday=0) == Shape()


@pytest.mark.parametrize("days", [0, 1, 5, 20])
def test_nothing_can_be_told_of_a_few_days(days: int) -> None:
    assert shape_of(np.ones(days, dtype=np.int64), weekday=0) == Shape()
