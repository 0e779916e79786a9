"""What was said and what was seen: the champion's probabilities on the test dates, in bins."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import beta

from analytics.modelling.backtest import Backtest

BINS = 10


def calibration_bins(tested: Backtest) -> pd.DataFrame:
    """Return ten bins of equal size; columns of the run table ``calibration``.

    The interval of what was seen is Clopper-Pearson's, 95%.
    """
    said = tested.predictions[tested.champion].to_numpy()
    seen = tested.predictions["silent"].to_numpy()
    rows = []
    for number, chosen in enumerate(np.array_split(np.argsort(said, kind="stable"), BINS), 1):
        count, hits = len(chosen), int(seen[chosen].sum())
        if not count:
            continue
        rows.append(
            {
                "bin": number,
                "customers": count,
                "predicted": float(said[chosen].mean()),
                "observed": hits / count,
                "observed_low": float(beta.ppf(0.025, hits, count - hits + 1)) if hits else 0.0,
                "observed_high": (
                    float(beta.ppf(0.975, hits + 1, count - hits)) if hits < count else 1.0
                ),
            }
        )
    return pd.DataFrame(rows)
