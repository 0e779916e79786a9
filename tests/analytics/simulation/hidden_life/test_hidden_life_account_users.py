"""Users of an account who leave one by one."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.simulation.hidden_life.account_users import (
    MOST_USERS,
    draw_user_shares,
    draw_weeks_until_they_leave,
    share_of_users_left,
)


def test_users_share_the_whole_activity_and_are_no_more_than_the_seats() -> None:
    shares = draw_user_shares(np.array([1, 3, 400]), np.random.default_rng(1))
    assert shares.sum(axis=1) == pytest.approx(np.ones(3))
    assert (shares > 0).sum(axis=1).tolist() == [1, 3, MOST_USERS]


def test_activity_falls_only_when_a_user_goes() -> None:
    shares, leave_after = np.array([[0.6, 0.3, 0.1]]), np.array([[5.0, 2.0, 9.0]])
    left = [share_of_users_left(shares, leave_after, np.array([float(week)]))[0]
            for week in range(10)]  # fmt: skip
    assert left == pytest.approx([1, 1, 0.7, 0.7, 0.7, 0.1, 0.1, 0.1, 0.1, 0])


def test_on_average_as_much_is_left_as_where_activity_fades_evenly() -> None:
    rng, fade = np.random.default_rng(2), np.full(20_000, 0.5 ** (1 / 4))
    shares = draw_user_shares(rng.integers(1, 9, size=len(fade)), rng)
    leave_after = draw_weeks_until_they_leave(fade, rng)
    left = share_of_users_left(shares, leave_after, np.full(len(fade), 4.0))
    assert left.mean() == pytest.approx(0.5, abs=0.01)
