"""The population's parameters, moved from their prior by the business's own records.

Expectation maximisation with a Dirichlet prior on the moves out of each place (maximum a
posteriori; Baum et al. 1970). Half of the customers teach, the other half decide: unless they
become likelier too, by more than chance, the prior stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.features.state_filter.forward import moved_on, start_chances
from analytics.features.state_filter.state_model import PLACES, PRIOR_MOVES, RATES, StateModel

#: Customer-weeks out of each place that the prior counts for.
_PRIOR_WEEKS = 300.0
#: Customers that the prior on own rates counts for.
_PRIOR_CUSTOMERS = 40.0
ROUNDS = 4
#: The held-out customers must be likelier by so many standard errors.
_SURELY = 2.0

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]


@dataclass(frozen=True)
class SeenWeeks:
    """What is known of some customers at one date, for fitting.

    Parameters
    ----------
    days
        Active days, shape (customers, weeks).
    started, found
        First week of each, and whether they had signed up before the log begins.
    quiet
        Weeks that tell nothing of a customer: in a pause, or the log was hardly there.
    levels, seen_share
        Of each week.
    """

    days: npt.NDArray[np.int8]
    started: npt.NDArray[np.int32]
    found: npt.NDArray[np.bool_]
    quiet: npt.NDArray[np.bool_]
    levels: Floats
    seen_share: Floats

    def of(self, chosen: npt.NDArray[np.bool_]) -> SeenWeeks:
        """Return some of the customers."""
        return SeenWeeks(
            self.days[chosen],
            self.started[chosen],
            self.found[chosen],
            self.quiet[chosen],
            self.levels,
            self.seen_share,
        )


@dataclass(frozen=True)
class ParameterFit:
    """A model and what the held-out customers say of it.

    Parameters
    ----------
    gain, gain_se
        Mean gain in log-likelihood for a held-out customer over the model before, and its standard
        error.
    moved
        Whether the records moved the model.
    """

    model: StateModel
    gain: float
    gain_se: float
    moved: bool


def fitted(seen: SeenWeeks, before: StateModel) -> ParameterFit:
    """Move a model by what is known of some customers, if the held-out half agrees."""
    half = np.arange(len(seen.started)) % 2 == 0
    teach, decide = seen.of(half), seen.of(~half)
    if not len(decide.started):
        return ParameterFit(before, 0.0, 0.0, moved=False)
    model = before
    for _ in range(ROUNDS):
        model = _round(teach, model)
    gain = _log_likelihood(decide, model) - _log_likelihood(decide, before)
    error = float(gain.std() / np.sqrt(len(gain)))
    moved = bool(gain.mean() > _SURELY * error)
    return ParameterFit(model if moved else before, float(gain.mean()), error, moved)


def _round(seen: SeenWeeks, model: StateModel) -> StateModel:
    """Expect who was where, and return the likeliest model given that and the prior."""
    told = _Told(seen, model)
    forward, _ = _forward(seen, model, told)
    moves = np.zeros((PLACES, PLACES))
    onward: Floats32 | None = None
    table = model.moves.astype(np.float32)
    for week in range(seen.days.shape[1] - 1, 0, -1):
        ahead = told.at(week)
        if onward is not None:
            ahead = ahead * onward
        counted = (seen.started < week) & ~seen.quiet[:, week]
        chances, behind = forward[week - 1], moved_on_backwards(table, ahead)
        total = (chances * behind).sum(axis=(0, 2))
        weight = np.where(counted, 1 / np.maximum(total, 1e-30), 0).astype(np.float32)
        weighted = (chances * weight[None, :, None]).reshape(PLACES, -1)
        moves += (weighted @ ahead.reshape(PLACES, -1).T) * model.moves
        onward = np.where(counted[None, :, None], behind, ahead)
        onward /= onward.max(axis=(0, 2))[None, :, None]
    rates = forward[-1].sum(axis=(0, 1)).astype(np.float64)
    moves = np.where(PRIOR_MOVES > 0, moves + _PRIOR_WEEKS * PRIOR_MOVES, 0.0)
    shares = rates + _PRIOR_CUSTOMERS / len(RATES)
    return StateModel(
        moves / moves.sum(axis=1, keepdims=True), shares / shares.sum(), model.concentration
    )


def moved_on_backwards(table: Floats32, ahead: Floats32) -> Floats32:
    """Return how likely what is ahead looks from each place a week before."""
    result: Floats32 = (table @ ahead.reshape(PLACES, -1)).reshape(ahead.shape)
    return result


class _Told:
    """What each week's activity says of every place."""

    def __init__(self, seen: SeenWeeks, model: StateModel) -> None:
        self._seen, self._model = seen, model

    def at(self, week: int) -> Floats32:
        seen = self._seen
        showing = self._model.showing(float(seen.levels[week]), float(seen.seen_share[week]))
        told: Floats32 = showing[:, seen.days[:, week]]
        told[:, seen.quiet[:, week] | (seen.started > week)] = 1.0
        return told


def _forward(seen: SeenWeeks, model: StateModel, told: _Told) -> tuple[list[Floats32], Floats]:
    """Return the chances by week and each customer's log-likelihood."""
    chances = fresh = start_chances(model, seen.found)
    log_likelihood, by_week = np.zeros(len(seen.started)), []
    for week in range(seen.days.shape[1]):
        if week:
            moved = moved_on(model, chances)
            moved[:, seen.quiet[:, week]] = chances[:, seen.quiet[:, week]]
            new = seen.started >= week
            moved[:, new] = fresh[:, new]
            chances = moved
        chances = chances * told.at(week)
        total = chances.sum(axis=(0, 2))
        log_likelihood += np.log(np.maximum(total, 1e-30))
        chances /= total[None, :, None]
        by_week.append(chances)
    return by_week, log_likelihood


def _log_likelihood(seen: SeenWeeks, model: StateModel) -> Floats:
    return _forward(seen, model, _Told(seen, model))[1]
