"""Spearman's rank correlation with an interval over whole customers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from analytics.modelling.measuring.metrics import interval
from analytics.modelling.measuring.resampling import CustomerDraws

Floats = npt.NDArray[np.float64]
FEWEST_ROWS = 50


def spearman_with_interval(
    one: npt.ArrayLike,
    other: npt.ArrayLike,
    customer_key: npt.NDArray[np.int64],
    within: npt.ArrayLike,
    *,
    seed: int,
) -> tuple[float, float, float]:
    """Return the correlation of ranks within groups, such as dates, with its 95% interval.

    Ranks are taken once, not in each draw. NaN with fewer than 50 rows, or where nothing varies.

    Parameters
    ----------
    within
        Group of each row: ranks are compared inside a group, so that what moves all rows of a date
        counts for nothing.
    """
    first, second = (_ranks(np.asarray(x, dtype=np.float64), within) for x in (one, other))
    if len(first) < FEWEST_ROWS or not first.any() or not second.any():
        return float("nan"), float("nan"), float("nan")
    draws = CustomerDraws.of(customer_key, seed=seed)
    spread = np.sqrt(draws.totals(first**2) * draws.totals(second**2))
    drawn = draws.totals(first * second) / np.where(spread > 0, spread, np.nan)
    found = float(first @ second / np.sqrt((first @ first) * (second @ second)))
    return found, *interval(drawn)


def _ranks(values: Floats, within: npt.ArrayLike) -> Floats:
    """Return ranks between -0.5 and 0.5 within each group, ties alike."""
    result = np.zeros(len(values))
    group = np.asarray(within)
    for name in np.unique(group):
        rows = group == name
        size = int(rows.sum())
        # Around the exact middle rank: a mean would leave traces of rounding where all are alike.
        result[rows] = (rankdata(values[rows]) - (size + 1) / 2) / size
    return result
