"""The frustration index, 0 to 100: what went wrong, per unit of use and lately.

For each channel, the decayed load of problems and its excess over the typical rate per activity are
each squeezed into 0 to 1, weighted by expert weights and added; the index is
100 * (1 - exp(-sum / scale)). Contributions add up to the index. The weights are an assumption
and are not fitted on churn, so that "frustration predicts churn" stays a question that data answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.frustration import FRICTION_CHANNELS, FrictionChannel
from analytics.domain.risk_tier import BAND_CUTS

Floats = npt.NDArray[np.float64]

#: Prior exposure, in activities, that pulls the rate of a little-used account to the typical rate.
PRIOR_EXPOSURE = 5.0
#: Excess and load at which a channel counts half: three times the typical rate, two problems.
HALF_EXCESS = float(np.log(3.0))
HALF_LOAD = float(np.log(3.0))
#: Frozen with `FRUSTRATION_SCALE_VERSION`. Excess is against the typical rate of the same date, so
#: an index compares a customer with the others of that date.
SCALE = 1.6


@dataclass(frozen=True)
class Frustration:
    """The index and what it is made of.

    Parameters
    ----------
    index
        0 to 100, one a customer.
    parts
        Index points by channel; index and rows as the features; rows add up to `index`.
    """

    index: Floats
    parts: pd.DataFrame

    @property
    def band(self) -> npt.NDArray[np.str_]:
        """The index in words."""
        names = [band.value for band in BAND_CUTS]
        cuts = [self.index >= cut for cut in BAND_CUTS.values()]
        return np.select(cuts, names, default=names[-1])


def frustration_of(features: pd.DataFrame) -> Frustration:
    """Return the frustration index of every customer on the features' observation date."""
    weighted = pd.DataFrame(
        {one.name: one.weight * _channel(features, one) for one in FRICTION_CHANNELS},
        index=features.index,
    )
    total = weighted.sum(axis=1).to_numpy()
    index: Floats = 100 * (1 - np.exp(-total / SCALE))
    share = weighted.div(np.where(total > 0, total, 1.0), axis=0)
    return Frustration(index, share.mul(index, axis=0))


def _channel(features: pd.DataFrame, channel: FrictionChannel) -> Floats:
    """Return how much a channel frustrates, from 0 to 1."""
    # A channel that the source does not have frustrates nobody that we could know of.
    load = np.nan_to_num(features[f"load_{channel.name}"].to_numpy())
    if channel.name == "tickets":
        # An open issue does not fade.
        load = np.fmax(load, features["tickets_unresolved_180d"].to_numpy())
    exposure = features[f"exposure_{channel.half_life_days}"].to_numpy()
    if not load.sum():
        return np.zeros(len(load))
    typical = load.sum() / max(exposure.sum(), 1.0)
    rate = (load + PRIOR_EXPOSURE * typical) / (exposure + PRIOR_EXPOSURE)
    excess = np.maximum(np.log(rate / typical), 0.0)
    amount = np.log1p(load)
    by_rate = np.where(load > 0, excess / (excess + HALF_EXCESS), 0.0)
    result: Floats = (by_rate + amount / (amount + HALF_LOAD)) / 2
    return result
