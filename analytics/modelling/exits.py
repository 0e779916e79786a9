"""Models that learn from exits: how likely each customer has gone, rather than what a label says.

A chance p as a target means p rows that left and 1 - p that stayed (soft labels). Saved models name
these classes by this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from analytics.modelling.log_odds import log_odds

Floats = npt.NDArray[np.float64]

#: Inverse penalties that are tried, strongest penalty first.
STRENGTHS = (0.001, 0.003, 0.01, 0.03)
#: Taken where the rows are of too few dates to try.
USUAL_STRENGTH = 0.003
#: Dates that trying needs, and the share of them, the latest, that decides.
FEWEST_DATES, DECIDING_SHARE = 3, 1 / 3
_LEAST_WEIGHT = 1e-3
_KEPT_AWAY = 1e-9


class ExitLogistic(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression on chances of having gone, its penalty chosen on later dates.

    Parameters
    ----------
    seed
        Of the solver.
    strength
        Inverse of the penalty; None to choose it.
    """

    def __init__(self, seed: int = 0, strength: float | None = None) -> None:
        self.seed = seed
        self.strength = strength

    def fit(self, X: Any, y: Any) -> ExitLogistic:  # noqa: N803
        """Learn from columns and, in `y`, each row's chance of having gone and its day."""
        columns = np.asarray(X, dtype=np.float64)
        chance, day = np.asarray(y, dtype=np.float64)[:, :2].T
        self.classes_ = np.array([0, 1])
        self.n_features_in_ = columns.shape[1]
        self.strength_ = self.strength or self._chosen(columns, chance, day)
        self.logistic_ = self._fitted(columns, chance, self.strength_)
        return self

    def predict_proba(self, X: Any) -> Floats:  # noqa: N803
        """Return the chances of having stayed and of having gone."""
        chances: Floats = self.logistic_.predict_proba(np.asarray(X, dtype=np.float64))
        return chances

    def _chosen(self, columns: Floats, chance: Floats, day: Floats) -> float:
        """Return the inverse penalty that says the later dates best, taught on the earlier."""
        dates = np.unique(day)
        first = dates[-max(int(len(dates) * DECIDING_SHARE), 1)]
        later = day >= first
        can_be_tried = all(
            rows.any() and 0 < chance[rows].sum() < rows.sum() for rows in (later, ~later)
        )
        if len(dates) < FEWEST_DATES or not can_be_tried:
            return USUAL_STRENGTH
        losses = [
            _loss(
                chance[later],
                self._fitted(columns[~later], chance[~later], strength).predict_proba(
                    columns[later]
                )[:, 1],
            )
            for strength in STRENGTHS
        ]
        return STRENGTHS[int(np.argmin(losses))]

    def _fitted(self, columns: Floats, chance: Floats, strength: float) -> LogisticRegression:
        both = np.concatenate([columns, columns])
        left = np.repeat([1, 0], len(chance))
        weight = np.concatenate([chance, 1 - chance])
        some = weight > _LEAST_WEIGHT
        model = LogisticRegression(C=strength, solver="newton-cholesky", random_state=self.seed)
        return model.fit(both[some], left[some], sample_weight=weight[some])


class MeanOfModels(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """The mean log-odds of models that were fitted one by one; it learns nothing itself.

    Parameters
    ----------
    members
        Fitted pipelines, all of the same columns.
    """

    def __init__(self, members: Sequence[Pipeline] = ()) -> None:
        self.members = members

    @property
    def classes_(self) -> npt.NDArray[np.int64]:
        """Stayed, and gone."""
        return np.array([0, 1])

    def fit(self, X: Any, y: Any = None) -> MeanOfModels:  # noqa: N803
        """Learn nothing: the members have."""
        return self

    def predict_proba(self, X: Any) -> Floats:  # noqa: N803
        """Return the chances of having stayed and of having gone."""
        said = [log_odds(member.predict_proba(X)[:, 1]) for member in self.members]
        gone = expit(np.mean(said, axis=0))
        return np.column_stack([1 - gone, gone])

    def __sklearn_is_fitted__(self) -> bool:
        """Its members are."""
        return bool(self.members)


def _loss(chance: Floats, said: Floats) -> float:
    kept = np.clip(said, _KEPT_AWAY, 1 - _KEPT_AWAY)
    return float(-(chance * np.log(kept) + (1 - chance) * np.log1p(-kept)).mean())
