"""Weights of the frustration index: learned from what customers said later, or expert weights.

Maximise the likelihood that somebody speaks up within 28 days (ticket, complaint, refund request,
bad survey answer), the log-odds being a + u'c + k * sum of b * strength, with b >= 0 and the
penalty PULL * ||b - expert||^2. u holds activity and the habit to write to us: people who have
always written to us write again, which is no sign of frustration, and the weights must not learn
it. k is fitted first, with the expert weights. Never fitted on churn. Source: methods guide,
section 5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize
from scipy.special import expit

from analytics.domain.frustration import EXPERT_WEIGHTS
from analytics.modelling.measuring.metrics import auc as auc_of
from analytics.modelling.measuring.metrics import interval
from analytics.modelling.measuring.resampling import CustomerDraws
from analytics.scoring.frustration.frustration_index import Weights
from analytics.scoring.frustration.rows import FrustrationRows, taught_and_tested

Floats = npt.NDArray[np.float64]

#: Strength of the pull toward the expert weights, in customer dates.
PULL = 100.0
ACTIVITY, EXPERT, FITTED = "activity_only", "expert_weights", "fitted_weights"
_LABELS = {
    ACTIVITY: "No frustration at all: activity only",
    EXPERT: "Index with expert weights",
    FITTED: "Index with fitted weights",
}


@dataclass(frozen=True)
class ChosenWeights:
    """The weights in use, and what stands behind the choice.

    Parameters
    ----------
    fitted
        None where the data teach none.
    judged
        Columns of the run table ``frustration_judged``; no rows where nothing could be judged.
    """

    in_use: Weights
    fitted: Weights | None
    judged: pd.DataFrame


def choose_weights(rows: FrustrationRows, *, seed: int) -> ChosenWeights:
    """Learn weights on earlier dates, and use them if they surely rank better on later ones."""
    split = taught_and_tested(rows)
    if split is None:
        return ChosenWeights(EXPERT_WEIGHTS, None, pd.DataFrame())
    taught, tested = split
    fitted = fit_weights(taught)
    activity = _logistic(_standard(taught.use, taught.use)[:, :2], taught.voiced)
    scores = {
        ACTIVITY: _standard(tested.use, taught.use)[:, :2] @ activity[1:],
        EXPERT: _sum(tested.strengths, EXPERT_WEIGHTS),
        FITTED: _sum(tested.strengths, fitted),
    }
    judged = _judged(tested, scores, seed=seed)
    better = bool((judged.loc[judged["ranking"] == FITTED, "gain_low"] > 0).iloc[0])
    judged["in_use"] = judged["ranking"] == (FITTED if better else EXPERT)
    return ChosenWeights(fitted if better else EXPERT_WEIGHTS, fitted, judged)


def fit_weights(rows: FrustrationRows) -> dict[str, float]:
    """Return the weight of every part, near the expert weight where the rows say little."""
    names = list(rows.strengths.columns)
    amount, spoke = rows.strengths.to_numpy(), rows.voiced
    expert = np.array([EXPERT_WEIGHTS[name] for name in names])
    held = np.column_stack([np.ones(len(rows)), _standard(rows.use, rows.use)])
    first = _logistic(np.column_stack([held[:, 1:], amount @ expert]), spoke)
    steepness = max(float(first[-1]), 0.05)

    def loss(given: Floats) -> tuple[float, Floats]:
        rest, weight = given[: held.shape[1]], given[held.shape[1] :]
        odds = held @ rest + steepness * (amount @ weight)
        away = weight - expert
        value = np.sum(np.logaddexp(0, odds) - spoke * odds) + PULL * np.sum(away**2)
        error = expit(odds) - spoke
        slope = np.concatenate([held.T @ error, steepness * (amount.T @ error) + 2 * PULL * away])
        return float(value) / len(spoke), slope / len(spoke)

    free = [(None, None)] * held.shape[1]
    found = minimize(
        loss,
        np.concatenate([first[:-1], expert]),
        jac=True,
        method="L-BFGS-B",
        bounds=[*free, *[(0.0, None)] * len(names)],
    )
    return dict(zip(names, found.x[held.shape[1] :].tolist(), strict=True))


def _judged(rows: FrustrationRows, scores: dict[str, Floats], *, seed: int) -> pd.DataFrame:
    draws = CustomerDraws.of(rows.customer_key, seed=seed)
    drawn = {name: draws.auc(rows.voiced, score, within=rows.day) for name, score in scores.items()}
    found = {name: auc_of(rows.voiced, score, within=rows.day) for name, score in scores.items()}
    table = []
    for name in scores:
        low, high = interval(drawn[name])
        gain_low, gain_high = interval(drawn[name] - drawn[EXPERT])
        table.append(
            {
                "ranking": name,
                "label": _LABELS[name],
                "dates": len(np.unique(rows.day)),
                "customer_dates": len(rows),
                "voiced": int(rows.voiced.sum()),
                "auc": found[name],
                "auc_low": low,
                "auc_high": high,
                "gain": found[name] - found[EXPERT],
                "gain_low": gain_low,
                "gain_high": gain_high,
            }
        )
    return pd.DataFrame(table)


def _logistic(columns: Floats, outcome: Floats) -> Floats:
    """Return intercept and slopes of a plain logistic regression."""
    held = np.column_stack([np.ones(len(columns)), columns])

    def loss(given: Floats) -> tuple[float, Floats]:
        odds = held @ given
        value = np.mean(np.logaddexp(0, odds) - outcome * odds)
        return float(value), held.T @ (expit(odds) - outcome) / len(outcome)

    result: Floats = minimize(loss, np.zeros(held.shape[1]), jac=True, method="L-BFGS-B").x
    return result


def _standard(values: Floats, like: Floats) -> Floats:
    spread = like.std(axis=0)
    result: Floats = (values - like.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return result


def _sum(strengths: pd.DataFrame, weights: Weights) -> Floats:
    result: Floats = strengths.to_numpy() @ np.array([weights[str(name)] for name in strengths])
    return result
