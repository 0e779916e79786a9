"""How good a ranking and a probability are, with intervals that resample whole customers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ECE_BINS = 15
BOOTSTRAP_DRAWS = 200


def auc(silent: npt.ArrayLike, score: npt.ArrayLike, weight: Floats | None = None) -> float:
    """Return the chance that a leaver is ranked above a stayer, ties counting half.

    NaN where one of the two kinds is missing.
    """
    y, s = np.asarray(silent, dtype=np.float64), np.asarray(score, dtype=np.float64)
    if weight is None:
        positives = y.sum()
        negatives = len(y) - positives
        if not positives or not negatives:
            return float("nan")
        above = rankdata(s)[y == 1].sum() - positives * (positives + 1) / 2
        return float(above / (positives * negatives))
    return _weighted_auc(y, np.unique(s, return_inverse=True)[1], weight)


def _weighted_auc(y: Floats, rank: npt.NDArray[np.intp], weight: Floats) -> float:
    positive = np.bincount(rank, weight * y)
    negative = np.bincount(rank, weight * (1 - y))
    total = positive.sum() * negative.sum()
    if not total:
        return float("nan")
    below = np.concatenate([[0.0], np.cumsum(negative)[:-1]])
    return float((positive * (below + negative / 2)).sum() / total)


def average_precision(silent: npt.ArrayLike, score: npt.ArrayLike) -> float:
    """Return the area under precision and recall; the base rate is what chance gives."""
    y, s = np.asarray(silent, dtype=np.float64), np.asarray(score, dtype=np.float64)
    if not y.sum():
        return float("nan")
    order = np.argsort(-s, kind="stable")
    hits, seen = np.cumsum(y[order]), np.arange(1, len(y) + 1)
    last_of_tie = np.append(np.diff(s[order]) != 0, True)
    precision, recall = (hits / seen)[last_of_tie], (hits / y.sum())[last_of_tie]
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))


def brier(silent: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return the mean squared error of the probability."""
    return float(np.mean((np.asarray(probability) - np.asarray(silent)) ** 2))


def expected_calibration_error(silent: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return the mean gap between said and seen over 15 bins of equal size."""
    y, p = np.asarray(silent, dtype=np.float64), np.asarray(probability, dtype=np.float64)
    bins = np.array_split(np.argsort(p, kind="stable"), min(ECE_BINS, max(len(y), 1)))
    gaps = [len(rows) * abs(float(p[rows].mean() - y[rows].mean())) for rows in bins if len(rows)]
    return sum(gaps) / max(len(y), 1)


def lift_top_decile(silent: npt.ArrayLike, score: npt.ArrayLike) -> float:
    """Return churn among the riskiest tenth divided by churn of all; ties count alike."""
    y, s = np.asarray(silent, dtype=np.float64), np.asarray(score, dtype=np.float64)
    if not y.sum():
        return float("nan")
    size = max(len(y) // 10, 1)
    cut = np.partition(s, -size)[-size]
    above, tied = s > cut, s == cut
    hits = y[above].sum() + (size - above.sum()) * y[tied].mean()
    return float(hits / size / y.mean())


def recall_top_decile(silent: npt.ArrayLike, score: npt.ArrayLike) -> float:
    """Return the share of all leavers who are in the riskiest tenth; ties count alike."""
    size = max(len(np.asarray(silent)) // 10, 1)
    return lift_top_decile(silent, score) * size / max(len(np.asarray(silent)), 1)


def customer_draws(customer_key: Ints, *, seed: int, draws: int = BOOTSTRAP_DRAWS) -> Floats:
    """Return how often each row counts in each draw, shape (draws, rows).

    Whole customers are drawn, since rows of one customer are not independent.
    """
    rng = np.random.default_rng(seed)
    unique, position = np.unique(customer_key, return_inverse=True)
    counts = rng.poisson(1.0, size=(draws, len(unique)))
    result: Floats = counts[:, position].astype(np.float64)
    return result


def bootstrap_auc(silent: npt.ArrayLike, score: npt.ArrayLike, draws: Floats) -> Floats:
    """Return the AUC of every draw of `customer_draws`."""
    y = np.asarray(silent, dtype=np.float64)
    rank = np.unique(np.asarray(score), return_inverse=True)[1]
    return np.array([_weighted_auc(y, rank, weight) for weight in draws])


def interval(values: Floats, *, level: float = 0.95) -> tuple[float, float]:
    """Return the central interval of the draws, NaN where there are none."""
    kept = values[np.isfinite(values)]
    if not len(kept):
        return float("nan"), float("nan")
    low, high = np.quantile(kept, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
