"""When and how customers leave: a weekly hazard for each of silent, vocal and involuntary exits.

The causes compete: who has left in one way can no longer leave in another, so chances add up over
the weeks as cumulative incidence, not as one minus Kaplan-Meier (Fine and Gray 1999). The first
week is a model of its own, since it also holds those who had stopped before anybody could know;
later weeks share one, with the week's number among its columns.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression

from analytics.features.outcomes.silences import WEEKS_AHEAD

Floats = npt.NDArray[np.float64]

#: Customer-weeks after the first that are learned from, at most; of more, so many at random.
MOST_LATER_ROWS = 60_000
MIN_EXITS = 15


class Exit(IntEnum):
    """Ways to leave, and the column of each in a chance table."""

    SILENT = 0
    VOCAL = 1
    INVOLUNTARY = 2


class WeeklyHazard(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Pooled logistic regressions over customer-weeks, one a cause.

    As a classifier it gives the chance of a silent exit within the first week, which is what the
    label asks, or within some weeks; `cumulative_incidence` gives all causes over the weeks.

    Parameters
    ----------
    strength
        Inverse of the L2 penalty.
    weeks
        Weeks over which it adds up the chance of a silent exit, as a classifier.
    """

    weeks = 1  # of models saved before it could be chosen

    def __init__(self, strength: float = 0.1, seed: int = 0, weeks: int = 1) -> None:
        self.strength = strength
        self.seed = seed
        self.weeks = weeks

    def fit(self, X: Any, y: Any) -> WeeklyHazard:  # noqa: N803
        """Learn from columns and, in `y`, week of exit (0: none), cause and weeks known."""
        columns = np.asarray(X, dtype=np.float64)
        week, cause, known = (np.asarray(y)[:, place] for place in range(3))
        happened = (week >= 1) & (week <= known)
        self.classes_ = np.array([0, 1])
        self.n_features_in_ = columns.shape[1]
        at_risk = known >= 1
        self.first_ = [
            self._fitted(columns[at_risk], ((week == 1) & (cause == exit_kind) & happened)[at_risk])
            for exit_kind in Exit
        ]
        rows, number, exits = _customer_weeks(week, cause, known, happened, seed=self.seed)
        wide = np.column_stack([columns[rows], number])
        self.later_ = [self._fitted(wide, exits == exit_kind) for exit_kind in Exit]
        return self

    def predict_proba(self, X: Any) -> Floats:  # noqa: N803
        """Return the chances of no silent exit and of one, by the end of its weeks."""
        silent = self.cumulative_incidence(X, weeks=self.weeks)[:, Exit.SILENT, -1]
        return np.column_stack([1 - silent, silent])

    def cumulative_incidence(self, X: Any, weeks: int = WEEKS_AHEAD) -> Floats:  # noqa: N803
        """Return the chance of each exit by the end of each week, shape (rows, causes, weeks)."""
        columns = np.asarray(X, dtype=np.float64)
        left = np.zeros((len(columns), len(Exit), weeks))
        staying, so_far = np.ones(len(columns)), np.zeros((len(columns), len(Exit)))
        for number in range(1, weeks + 1):
            hazard = self._hazards(columns, number)
            so_far = so_far + staying[:, None] * hazard
            staying = staying * np.maximum(1 - hazard.sum(axis=1), 0.0)
            left[:, :, number - 1] = so_far
        return left

    def _hazards(self, columns: Floats, number: int) -> Floats:
        models = self.first_ if number == 1 else self.later_
        seen = columns if number == 1 else np.column_stack([columns, np.full(len(columns), number)])
        hazards = np.column_stack([_chance(model, seen) for model in models])
        total = np.maximum(hazards.sum(axis=1, keepdims=True), 1.0)
        result: Floats = hazards / total
        return result

    def _fitted(self, columns: Floats, exits: npt.NDArray[np.bool_]) -> LogisticRegression | float:
        """Fit one cause; with too few exits of it, the same small chance for everybody."""
        count = int(exits.sum())
        if count < MIN_EXITS or count == len(exits):
            return count / max(len(exits), 1)
        model = LogisticRegression(
            C=self.strength, solver="newton-cholesky", random_state=self.seed
        )
        return model.fit(columns, exits)


def _chance(model: LogisticRegression | float, columns: Floats) -> Floats:
    if isinstance(model, float):
        return np.full(len(columns), model)
    chance: Floats = model.predict_proba(columns)[:, 1]
    return chance


def _customer_weeks(
    week: Floats, cause: Floats, known: Floats, happened: npt.NDArray[np.bool_], *, seed: int
) -> tuple[npt.NDArray[np.intp], Floats, Floats]:
    """Return row, week's number and cause (-1: none) of the weeks after the first under risk."""
    last = np.where(happened, week, known)
    length = np.maximum(last - 1, 0).astype(int)
    rows = np.repeat(np.arange(len(week)), length)
    starts = np.repeat(np.cumsum(length) - length, length)
    number = np.arange(len(rows)) - starts + 2.0
    exits = np.where(happened[rows] & (number == week[rows]), cause[rows], -1.0)
    if len(rows) <= MOST_LATER_ROWS:
        return rows, number, exits
    kept = np.random.default_rng(seed).choice(len(rows), MOST_LATER_ROWS, replace=False)
    kept.sort()
    return rows[kept], number[kept], exits[kept]
