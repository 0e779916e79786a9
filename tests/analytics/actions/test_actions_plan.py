from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.actions.plan import choose

UNHURRIED = settings(deadline=None)  # a loaded machine is no failure
contacts = st.lists(
    st.tuples(st.floats(-50, 500), st.floats(0.5, 60), st.floats(1, 60)), max_size=9
)


def arrays(rows: list[tuple[float, float, float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns = np.array(rows, dtype=float).reshape(-1, 3).T
    return columns[0], columns[1], columns[2]


def test_without_limits_everyone_worth_it_is_contacted() -> None:
    chosen = choose(np.array([5.0, -1.0, 0.0, 2.0]), np.ones(4), np.ones(4))
    assert chosen.tolist() == [True, False, False, True]


def test_time_goes_to_what_is_worth_most_a_minute() -> None:
    worth, minutes = np.array([100.0, 90.0, 80.0]), np.array([100.0, 30.0, 30.0])
    chosen = choose(worth, np.ones(3), minutes, capacity_minutes=100)
    assert chosen.tolist() == [False, True, True]


def test_a_contact_that_does_not_fit_makes_room_for_a_smaller_one() -> None:
    worth, cost = np.array([90.0, 50.0, 10.0]), np.array([10.0, 95.0, 5.0])
    chosen = choose(worth, cost, np.ones(3), budget=20)
    assert chosen.tolist() == [True, False, True]


@UNHURRIED
@given(contacts, st.floats(0, 200) | st.none(), st.floats(0, 200) | st.none())
def test_no_limit_is_ever_broken_and_nothing_that_fits_is_left(
    rows: list[tuple[float, float, float]], budget: float | None, capacity: float | None
) -> None:
    worth, cost, minutes = arrays(rows)
    chosen = choose(worth, cost, minutes, budget=budget, capacity_minutes=capacity)
    money = (np.inf if budget is None else budget) - cost[chosen].sum()
    time = (np.inf if capacity is None else capacity) - minutes[chosen].sum()
    assert money >= -1e-9
    assert time >= -1e-9
    assert (worth[chosen] > 0).all()
    left = ~chosen & (worth > 0)
    assert not ((cost[left] < money - 1e-9) & (minutes[left] < time - 1e-9)).any()


@UNHURRIED
@given(contacts, st.floats(1, 200))
def test_with_one_limit_greedy_is_within_one_contact_of_the_best(
    rows: list[tuple[float, float, float]], capacity: float
) -> None:
    worth, cost, minutes = arrays(rows)
    found = worth[choose(worth, cost, minutes, capacity_minutes=capacity)].sum()
    best = 0.0
    for size in range(len(rows) + 1):
        for some in itertools.combinations(range(len(rows)), size):
            if minutes[list(some)].sum() <= capacity:
                best = max(best, float(worth[list(some)].sum()))
    assert found >= best - max(worth.max(initial=0.0), 0.0) - 1e-6


def test_a_million_contacts_are_chosen_among_in_seconds() -> None:
    rng = np.random.default_rng(1)
    worth, minutes = rng.gamma(2, 50, 1_000_000), rng.choice([10.0, 25.0, 40.0], 1_000_000)
    chosen = choose(worth, minutes / 2, minutes, budget=1e6, capacity_minutes=2e6)
    assert minutes[chosen].sum() == pytest.approx(2e6, abs=40)
