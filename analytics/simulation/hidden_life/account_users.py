"""The users of an account, who leave one by one while the account drifts away."""

from __future__ import annotations

import numpy as np

from analytics.simulation.hidden_life.world import Floats, Ints

MOST_USERS = 8
_UNEVEN = 1.5


def draw_user_shares(seats: Ints, rng: np.random.Generator) -> Floats:
    """Return each user's share of an account's activity. Shape: (customers, users)."""
    shares = rng.standard_gamma(_UNEVEN, size=(len(seats), MOST_USERS)) + 1e-9
    shares[np.arange(MOST_USERS)[None, :] >= np.clip(seats, 1, MOST_USERS)[:, None]] = 0.0
    result: Floats = shares / shares.sum(axis=1, keepdims=True)
    return result


def draw_weeks_until_they_leave(fade: Floats, rng: np.random.Generator) -> Floats:
    """Return after how many weeks at risk each user is gone. Shape: (customers, users).

    On average as much activity is left as where it fades evenly; of a single account it falls in
    steps.
    """
    mean_weeks = -1.0 / np.log(fade)
    weeks: Floats = rng.standard_exponential((len(fade), MOST_USERS)) * mean_weeks[:, None]
    return weeks


def share_of_users_left(shares: Floats, leave_after: Floats, weeks_at_risk: Floats) -> Floats:
    """Return what the users who are still there do of an account's usual activity."""
    left: Floats = (shares * (leave_after > weeks_at_risk[:, None])).sum(axis=1)
    return left
