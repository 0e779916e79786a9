"""Shapley values of a small game: how a whole is shared among its players.

Shapley (1953), A Value for n-Person Games. The share of a player is the mean, over all orders in
which the players may come, of what the worth gains when the player comes. With at most eight
players all 256 coalitions can be asked, so that the shares are exact.
"""

from __future__ import annotations

from math import factorial

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MOST_PLAYERS = 8


def coalitions(players: int) -> Flags:
    """Return who is in which coalition; shape (2^players, players).

    The first coalition is empty, the last is everybody; player p is in coalition c where bit p of c
    is set.
    """
    if not 0 <= players <= MOST_PLAYERS:
        raise ValueError(f"players must be between 0 and {MOST_PLAYERS}. Got {players}.")
    numbers = np.arange(1 << players)
    members: Flags = (numbers[:, None] >> np.arange(players)) & 1 == 1
    return members


def shapley_weights(players: int) -> Floats:
    """Return the matrix that turns worths into shares; shape (players, 2^players)."""
    members = coalitions(players)
    size = members.sum(axis=1)
    orders = np.array([factorial(number) for number in range(players + 1)], dtype=np.float64)
    joining = orders[np.maximum(size - 1, 0)] * orders[players - size] / orders[players]
    staying = orders[size] * orders[np.maximum(players - size - 1, 0)] / orders[players]
    weights: Floats = np.where(members, joining[:, None], -staying[:, None]).T
    return weights


def shapley_shares(worth: Floats) -> Floats:
    """Return each player's share of worth(everybody) - worth(nobody), one row a game.

    Parameters
    ----------
    worth
        One row a game, one column a coalition, in the order of `coalitions`.
    """
    players = worth.shape[1].bit_length() - 1
    shares: Floats = worth @ shapley_weights(players).T
    return shares


def shares_alone(worth: Floats) -> Floats:
    """Return what everybody together loses when one player alone leaves, one row a game."""
    players = worth.shape[1].bit_length() - 1
    everybody = worth.shape[1] - 1
    without = [everybody ^ (1 << player) for player in range(players)]
    alone: Floats = worth[:, [everybody]] - worth[:, without]
    return alone
