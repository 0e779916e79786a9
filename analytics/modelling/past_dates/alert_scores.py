"""By what the weekly alerts are drawn: how high a risk is, and how it stands to the customer's own.

The level finds most leavers. A risk that has risen above what is usual for the same customer comes
a few days before the level is high, so half of the change counts as well.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.modelling.log_odds import log_odds

#: How much the change against the customer's own usual log-odds counts beside their level.
CHANGE_WEIGHT = 0.5
#: From so many earlier weeks on there is a usual level to change from.
EARLIER_WEEKS = 4

Floats = npt.NDArray[np.float64]


def alert_scores(scored: pd.DataFrame) -> Floats:
    """Return the log-odds of each risk plus half their change against the customer's own median.

    The median is that of the customer's earlier scored weeks; with fewer than four of them the
    level stands alone. No score depends on a later week.

    Parameters
    ----------
    scored
        One row a scored customer and week, in any order: `customer`, `day`, `risk`.
    """
    level = log_odds(scored["risk"].to_numpy(dtype=np.float64))
    _, customer = np.unique(scored["customer"].to_numpy(), return_inverse=True)
    _, week = np.unique(scored["day"].to_numpy(), return_inverse=True)
    levels = np.full((customer.max(initial=-1) + 1, week.max(initial=-1) + 1), np.nan)
    levels[customer, week] = level
    usual = _earlier_medians(levels)[customer, week]
    change = np.where(np.isfinite(usual), level - usual, 0.0)
    scores: Floats = level + CHANGE_WEIGHT * change
    return scores


def _earlier_medians(levels: Floats) -> Floats:
    """Return the median of each row's earlier columns; NaN after fewer than `EARLIER_WEEKS`."""
    medians = np.full_like(levels, np.nan)
    for week in range(EARLIER_WEEKS, levels.shape[1]):
        earlier = np.sort(levels[:, :week], axis=1)  # missing weeks come last
        there = np.isfinite(earlier).sum(axis=1)
        middle = np.column_stack([np.maximum(there - 1, 0) // 2, np.minimum(there // 2, week - 1)])
        median = np.take_along_axis(earlier, middle, axis=1).mean(axis=1)
        medians[:, week] = np.where(there >= EARLIER_WEEKS, median, np.nan)
    return medians
