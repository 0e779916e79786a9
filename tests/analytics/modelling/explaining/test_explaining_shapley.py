from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.modelling.explaining.shapley import coalitions, shapley_shares, shares_alone

WORTH = st.floats(-100, 100, allow_nan=False, width=32)


def games(players: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float64, (2, 1 << players), elements=WORTH)


ANY_GAMES = st.integers(1, 8).flatmap(games)


def by_all_orders(worth: np.ndarray) -> np.ndarray:
    """Shapley values as their definition has it: the mean gain over all orders of coming."""
    players = len(worth).bit_length() - 1
    orders = list(permutations(range(players)))
    share = np.zeros(players)
    for order in orders:
        there = 0
        for player in order:
            share[player] += worth[there | 1 << player] - worth[there]
            there |= 1 << player
    return share / len(orders)


@given(games(4))
def test_shares_are_the_mean_gain_over_all_orders_of_coming(worth: np.ndarray) -> None:
    expected = [by_all_orders(one) for one in worth]
    assert shapley_shares(worth) == pytest.approx(np.array(expected), abs=1e-9)


@given(ANY_GAMES)
def test_shares_add_up_to_what_everybody_gains(worth: np.ndarray) -> None:
    gained = worth[:, -1] - worth[:, 0]
    assert shapley_shares(worth).sum(axis=1) == pytest.approx(gained, abs=1e-9)


@given(games(5), st.integers(0, 4))
def test_a_player_who_never_changes_anything_gets_nothing(worth: np.ndarray, idle: int) -> None:
    members = coalitions(5)
    without = np.arange(32) & ~(1 << idle)
    still = np.where(members[:, idle], worth[:, without], worth)
    assert shapley_shares(still)[:, idle] == pytest.approx(0, abs=1e-9)
    assert shares_alone(still)[:, idle] == pytest.approx(0, abs=1e-9)


@given(games(4))
def test_two_players_who_do_the_same_get_the_same(worth: np.ndarray) -> None:
    number = np.arange(16)
    swapped = (number & ~3) | ((number & 1) << 1) | ((number & 2) >> 1)
    alike = (worth + worth[:, swapped]) / 2
    shares = shapley_shares(alike)
    assert shares[:, 0] == pytest.approx(shares[:, 1], abs=1e-9)


@given(games(3), games(3))
def test_the_shares_of_two_games_add_up_to_those_of_their_sum(
    one: np.ndarray, other: np.ndarray
) -> None:
    together = shapley_shares(one) + shapley_shares(other)
    assert shapley_shares(one + other) == pytest.approx(together, abs=1e-9)


def test_a_game_without_players_has_no_shares() -> None:
    assert shapley_shares(np.ones((3, 1))).shape == (3, 0)


def test_more_than_eight_players_are_refused() -> None:
    with pytest.raises(ValueError, match=r"between 0 and 8\. Got 9"):
        coalitions(9)
