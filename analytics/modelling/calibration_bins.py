"""What was said and what was seen: the champion's probabilities on the test dates, in bins."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import beta

from analytics.modelling.equal_bins import equal_bins
from analytics.modelling.judging import Backtest
from analytics.modelling.metrics import interval
from analytics.modelling.resampling import CustomerDraws

BINS = 10
#: With fewer leavers or stayers in a bin, draws of customers tell too little of what may be.
_FEW = 5


def calibration_bins(tested: Backtest, *, seed: int = 0) -> pd.DataFrame:
    """Return ten bins of about equal size; columns of the run table ``calibration``.

    Equal risks share a bin, so there are fewer where many are equal. The 95% interval of what was
    seen draws whole customers with replacement. Where a bin has fewer than five leavers, or
    stayers, it is at least as wide as Clopper-Pearson's.
    """
    said = tested.predictions[tested.champion].to_numpy()
    seen = tested.predictions["silent"].to_numpy()
    draws = CustomerDraws.of(tested.predictions["customer_key"].to_numpy(), seed=seed)
    rows = []
    for number, chosen in enumerate(equal_bins(said, BINS), 1):
        inside = np.zeros(len(said), dtype=bool)
        inside[chosen] = True
        low, high = _band(draws.where(inside), seen[inside])
        rows.append(
            {
                "bin": number,
                "customers": len(chosen),
                "predicted": float(said[inside].mean()),
                "observed": float(seen[inside].mean()),
                "observed_low": low,
                "observed_high": high,
            }
        )
    return pd.DataFrame(rows)


def _band(draws: CustomerDraws, seen: np.ndarray) -> tuple[float, float]:
    count, hits = len(seen), int(seen.sum())
    low, high = interval(draws.ratio(seen, np.ones(count)))
    if min(hits, count - hits) < _FEW:
        exact_low = float(beta.ppf(0.025, hits, count - hits + 1)) if hits else 0.0
        exact_high = float(beta.ppf(0.975, hits + 1, count - hits)) if hits < count else 1.0
        low, high = np.nanmin([low, exact_low]), np.nanmax([high, exact_high])
    return float(low), float(high)
