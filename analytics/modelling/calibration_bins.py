"""Predicted against observed: the champion's probabilities on the test dates, in bins."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.modelling.judging import Backtest
from analytics.modelling.measuring.equal_bins import equal_bins
from analytics.modelling.measuring.resampling import CustomerDraws, share_band

BINS = 10


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
        low, high = share_band(draws.where(inside), seen[inside])
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
