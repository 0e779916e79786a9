"""How good a ranking and a probability are, with intervals that resample whole customers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analytics.modelling.measuring.equal_bins import equal_bins
from analytics.modelling.measuring.within_date import Ranking, rows_of_dates

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ECE_BINS = 15
BOOTSTRAP_DRAWS = 200


def auc(
    silent: npt.ArrayLike,
    score: npt.ArrayLike,
    weight: Floats | None = None,
    *,
    within: npt.ArrayLike | None = None,
) -> float:
    """Return the chance that a leaver is ranked above a stayer of the same date; ties count half.

    Dates count by their number of such pairs, so that a score that says the same of everybody on
    each date has exactly .5, however the dates differ. NaN where no date has both kinds, or a score
    is missing.

    Parameters
    ----------
    weight
        How often each row counts; None once.
    within
        Date of each row; None where all are of one.
    """
    y, s = np.asarray(silent, dtype=np.float64), np.asarray(score, dtype=np.float64)
    if not len(y) or np.isnan(s).any():
        return float("nan")
    ranking = Ranking.of(s, within)
    often = np.ones_like(y) if weight is None else weight
    leavers: Floats = np.bincount(ranking.place, often * y, ranking.places).astype(np.float64)
    stayers: Floats = np.bincount(ranking.place, often * (1 - y), ranking.places).astype(np.float64)
    return float(ranking.ranked_right(leavers, stayers))


def average_precision(
    silent: npt.ArrayLike, score: npt.ArrayLike, *, within: npt.ArrayLike | None = None
) -> float:
    """Return the area under precision and recall, the mean over the dates by number of leavers.

    Chance gives the share who left on the leavers' own dates.
    """
    y, s = np.asarray(silent, dtype=np.float64), np.asarray(score, dtype=np.float64)
    if not y.sum():
        return float("nan")
    found = [
        (y[rows].sum(), _precision(y[rows], s[rows])) for rows in rows_of_dates(within, len(y))
    ]
    return float(sum(leavers * precision for leavers, precision in found) / y.sum())


def _precision(y: Floats, s: Floats) -> float:
    if not y.sum():
        return 0.0
    order = np.argsort(-s, kind="stable")
    hits, seen = np.cumsum(y[order]), np.arange(1, len(y) + 1)
    last_of_tie = np.append(np.diff(s[order]) != 0, True)
    precision, recall = (hits / seen)[last_of_tie], (hits / y.sum())[last_of_tie]
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))


def brier(silent: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return the mean squared error of the probability."""
    return float(np.mean((np.asarray(probability) - np.asarray(silent)) ** 2))


def expected_calibration_error(silent: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return the mean gap between predicted and observed in 15 equal bins; ties share one."""
    y, p = np.asarray(silent, dtype=np.float64), np.asarray(probability, dtype=np.float64)
    gaps = [
        len(rows) * abs(float(p[rows].mean() - y[rows].mean())) for rows in equal_bins(p, ECE_BINS)
    ]
    return sum(gaps) / max(len(y), 1)


def lift_top_decile(
    silent: npt.ArrayLike, score: npt.ArrayLike, *, within: npt.ArrayLike | None = None
) -> float:
    """Return how many of each date's riskiest tenth left over as many at random; ties alike."""
    y = np.asarray(silent, dtype=np.float64)
    if not y.sum():
        return float("nan")
    hits, at_random = _top_decile(y, np.asarray(score, dtype=np.float64), within)
    return hits / at_random


def recall_top_decile(
    silent: npt.ArrayLike, score: npt.ArrayLike, *, within: npt.ArrayLike | None = None
) -> float:
    """Return the share of all leavers who are in their date's riskiest tenth; ties count alike."""
    y = np.asarray(silent, dtype=np.float64)
    if not y.sum():
        return float("nan")
    return _top_decile(y, np.asarray(score, dtype=np.float64), within)[0] / float(y.sum())


def _top_decile(y: Floats, s: Floats, within: npt.ArrayLike | None) -> tuple[float, float]:
    """Return how many of the riskiest tenths left, and how many of as large a share at random."""
    hits, at_random = 0.0, 0.0
    for rows in rows_of_dates(within, len(y)):
        gone, score = y[rows], s[rows]
        size = max(len(rows) // 10, 1)
        cut = np.partition(score, -size)[-size]
        above, tied = score > cut, score == cut
        hits += float(gone[above].sum() + (size - above.sum()) * gone[tied].mean())
        at_random += size * float(gone.mean())
    return hits, at_random


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
    """Return the AUC of every draw of `customer_draws`, of rows of one date."""
    y = np.asarray(silent, dtype=np.float64)
    ranking = Ranking.of(score)
    leavers, stayers = (
        np.stack(
            [np.bincount(ranking.place, draw * kind, ranking.places) for draw in draws]
        ).astype(np.float64)
        for kind in (y, 1 - y)
    )
    return ranking.ranked_right(leavers, stayers)


def interval(values: Floats, *, level: float = 0.95) -> tuple[float, float]:
    """Return the central interval of the draws, NaN where there are none."""
    kept = values[np.isfinite(values)]
    if not len(kept):
        return float("nan"), float("nan")
    low, high = np.quantile(kept, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
