"""How far probabilities can be taken at their word."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analytics.modelling.measuring.equal_bins import equal_bins
from analytics.modelling.measuring.metrics import ECE_BINS

Floats = npt.NDArray[np.float64]

_SMALLEST = 1e-6
#: Draws of outcomes for the calibration error by chance.
CHANCE_DRAWS = 60
#: With bins of so many rows the number of leavers in a bin is as good as normal.
_NORMAL_FROM_ROWS = 20_000
_NEWTON_STEPS = 25
_CONVERGED = 1e-8


def log_loss(silent: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return the mean surprise in nats at what happened."""
    y, p = np.asarray(silent, dtype=np.float64), _inside(probability)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log1p(-p)))


def brier_skill(silent: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return the share of the Brier score of always saying the average that is saved.

    NaN where all are of one kind: then saying the average is perfect.
    """
    y, p = np.asarray(silent, dtype=np.float64), np.asarray(probability, dtype=np.float64)
    of_average = y.mean() * (1 - y.mean())
    return float(1 - np.mean((p - y) ** 2) / of_average) if of_average else float("nan")


def calibration_error_by_chance(probability: npt.ArrayLike, *, seed: int) -> float:
    """Return the calibration error to expect if every probability were exactly right.

    Outcomes are drawn from the probabilities; the error over the same 15 bins is never zero, and
    the larger the fewer customers there are. With 20,000 rows or more the sum of each bin is drawn
    from the normal distribution that it then follows.
    """
    p = np.asarray(probability, dtype=np.float64)
    if not len(p):
        return float("nan")
    rng = np.random.default_rng(seed)
    bins = [p[rows] for rows in equal_bins(p, ECE_BINS)]
    if len(p) >= _NORMAL_FROM_ROWS:
        spread = np.sqrt([float((risks * (1 - risks)).sum()) for risks in bins])
        return float(
            np.abs(rng.normal(0.0, spread, (CHANCE_DRAWS, len(bins)))).sum(1).mean()
        ) / len(p)
    gaps = [
        np.abs((rng.random((CHANCE_DRAWS, len(risks))) < risks).sum(axis=1) - risks.sum())
        for risks in bins
    ]
    return float(np.sum(gaps, axis=0).mean()) / len(p)


def calibration_slope(silent: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return the slope of a logistic regression of what happened on the log-odds that were said.

    1 is right; below 1 the risks are too far apart, above 1 too close together (Cox 1958). NaN
    where it does not exist: one kind alone, one risk for all, or kinds that risks tell apart fully.
    """
    y, p = np.asarray(silent, dtype=np.float64), _inside(probability)
    said = np.log(p / (1 - p))
    if not 0 < y.sum() < len(y) or np.ptp(said) < _SMALLEST:
        return float("nan")
    terms = np.column_stack([np.ones_like(said), said])
    weights = np.array([np.log(y.mean() / (1 - y.mean())), 0.0])  # from here Newton converges
    for _ in range(_NEWTON_STEPS):
        fitted = 1 / (1 + np.exp(-np.clip(terms @ weights, -30, 30)))
        curvature = terms.T @ (terms * (fitted * (1 - fitted))[:, None])
        try:
            step = np.linalg.solve(curvature, terms.T @ (y - fitted))
        except np.linalg.LinAlgError:
            return float("nan")
        weights = weights + step
        if np.abs(step).max() < _CONVERGED:
            return float(weights[1])
    return float("nan")


def _inside(probability: npt.ArrayLike) -> Floats:
    inside: Floats = np.clip(np.asarray(probability, dtype=np.float64), _SMALLEST, 1 - _SMALLEST)
    return inside
