"""How many of today's customers will still be there in each of the next months, from past ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.errors import InsufficientData
from analytics.modelling.lifetime.shifted_beta_geometric import fit_shifted_beta_geometric
from analytics.modelling.observing.observations import Snapshot

Floats = npt.NDArray[np.float64]

MONTHS = 12
DAYS_A_MONTH = 365.25 / 12
#: Fewer customers at the start, or dates after it, tell no curve.
FEWEST_CUSTOMERS, FEWEST_DATES = 200, 6


@dataclass(frozen=True)
class Survival:
    """Share still there at the end of each of twelve months, of those who outlast the horizon.

    Parameters
    ----------
    measured_on
        Customers whose course gave the curve; 0 where the share who go silent stands in for it.
    """

    share: Floats
    measured_on: int = 0


def survival_of(known: Sequence[Snapshot], *, silent_share: float, horizon_days: float) -> Survival:
    """Return the curve from what was known by the latest of the snapshots.

    A shifted beta-geometric curve is fitted to the customers scored on the oldest date and still
    there on each later one. Who lapsed and came back counts as there all along, so that a holiday
    is no loss. Where the history is too short, the share who go silent within a horizon stands in,
    the same month after month.

    Parameters
    ----------
    known
        Snapshots of that date and before, latest first.
    silent_share
        Share of the scored customers who went silent within their horizon.
    """
    outlasted = horizon_days / DAYS_A_MONTH
    months = np.maximum(np.arange(1, MONTHS + 1), outlasted)
    counts = survivors(known)
    if len(counts) > FEWEST_DATES and counts[0] >= FEWEST_CUSTOMERS and counts[-1] < counts[0]:
        step = (known[-2].observation_date - known[-1].observation_date).days / DAYS_A_MONTH
        try:
            curve = fit_shifted_beta_geometric(counts)
        except InsufficientData:
            pass
        else:
            share = curve.survival(months / step) / curve.survival(outlasted / step)
            return Survival(share, int(counts[0]))
    stays = 1 - min(silent_share, 0.95)
    return Survival(stays ** ((months - outlasted) / max(outlasted, 1 / DAYS_A_MONTH)))


def survivors(known: Sequence[Snapshot]) -> npt.NDArray[np.int64]:
    """Return how many of those scored on the oldest date were there then, and on each later one.

    There: neither lapsed nor ended, on that date or a later one.
    """
    first = known[-1]
    keys = first.features.index[first.eligible]
    there = np.zeros(len(keys), dtype=bool)
    counts = []
    for snapshot in known:
        alive = pd.Series(~(snapshot.rhythm.lapsed | snapshot.ended), index=snapshot.features.index)
        there |= alive.reindex(keys, fill_value=False).to_numpy()
        counts.append(int(there.sum()))
    return np.array(counts[::-1], dtype=np.int64)
