"""The frustration index, 0 to 100: what went wrong lately, and how much of it per unit of use.

For each channel the decayed load of problems is squeezed into 0 to 1; where more use meets more
of them, so is the excess of their rate per activity over the typical rate. Weighted and added, the
index is 100 * (1 - exp(-sum / scale)): bounded, never lower with one more problem, and the parts
add up to it. In silence it falls no faster than the half-life of its channels, because everything
in it bends downward. Weights are never fitted on churn, so that "frustration predicts churn" stays
a question that data answer. Source: methods guide, section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.customer.risk_tier import BAND_CUTS
from analytics.domain.frustration import (
    EXPERT_WEIGHTS,
    FRESH_FROM_ACTIVE_DAYS_28D,
    FRICTION_CHANNELS,
    OPEN_TICKET_HELD_DAYS,
    UNRESOLVED,
    FrictionChannel,
)

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Weights = Mapping[str, float]

#: Prior exposure, in activities, that pulls the rate of a little-used account to the typical rate.
PRIOR_EXPOSURE = 10.0
#: Share of the rate in a channel that use meets more of; the load has the rest. Against simulated
#: latent frustration the load tells far more, because who meets twice as much is twice as annoyed.
RATE_SHARE = 0.2
#: Excess and load at which a channel counts half: three times the typical rate, two problems.
HALF_EXCESS = float(np.log(3.0))
HALF_LOAD = float(np.log(3.0))
#: Frozen with `FRUSTRATION_SCALE_VERSION`.
SCALE = 1.7


@dataclass(frozen=True)
class Frustration:
    """The index and what it is made of.

    Parameters
    ----------
    index
        0 to 100, one a customer.
    parts
        Index points by part; index and rows as the features; rows add up to `index`.
    """

    index: Floats
    parts: pd.DataFrame

    @property
    def band(self) -> npt.NDArray[np.str_]:
        """The index in words."""
        names = [band.value for band in BAND_CUTS]
        cuts = [self.index >= cut for cut in BAND_CUTS.values()]
        return np.select(cuts, names, default=names[-1])


def frustration_of(
    features: pd.DataFrame,
    weights: Weights = EXPERT_WEIGHTS,
    reference: Mapping[str, float] | None = None,
) -> Frustration:
    """Return the frustration index of every customer on the features' observation date.

    Parameters
    ----------
    reference
        Of `reference_rates`; None for those of the same customers and date.
    """
    return weighed(strengths(features, reference), weights)


def weighed(found: pd.DataFrame, weights: Weights = EXPERT_WEIGHTS) -> Frustration:
    """Return the index of parts whose strengths are known."""
    weighted = found.mul([weights[name] for name in found.columns], axis=1)
    total = weighted.sum(axis=1).to_numpy()
    index: Floats = 100 * (1 - np.exp(-total / SCALE))
    share = weighted.div(np.where(total > 0, total, 1.0), axis=0)
    return Frustration(index, share.mul(index, axis=0))


def strengths(features: pd.DataFrame, reference: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Return how strong each part of the index is, from 0 to 1, one column a part."""
    typical = reference_rates(features) if reference is None else reference
    loads = {
        friction_channel.name: _load(features, friction_channel)
        for friction_channel in FRICTION_CHANNELS
    }
    found = {
        friction_channel.name: _strength(
            loads[friction_channel.name], features, friction_channel, typical[friction_channel.name]
        )
        for friction_channel in FRICTION_CHANNELS
    }
    lived = np.sum(
        [
            loads[friction_channel.name]
            for friction_channel in FRICTION_CHANNELS
            if not friction_channel.said
        ],
        axis=0,
    )
    waited = np.minimum(_known(features, "oldest_unresolved_ticket_180d"), OPEN_TICKET_HELD_DAYS)
    found[UNRESOLVED] = waited / OPEN_TICKET_HELD_DAYS * _squeezed(np.log1p(lived), HALF_LOAD)
    return pd.DataFrame(found, index=features.index)


def reference_rates(features: pd.DataFrame) -> dict[str, float]:
    """Return the problems of each channel per activity over all customers of the date."""
    return {
        friction_channel.name: float(_load(features, friction_channel).sum())
        / max(float(features[f"exposure_{friction_channel.half_life_days}"].sum()), 1.0)
        for friction_channel in FRICTION_CHANNELS
    }


def is_stale(features: pd.DataFrame) -> Flags:
    """Tell whose index is of the last use, not of today: too few active days to meet a problem."""
    stale: Flags = features["active_days_28d"].to_numpy() < FRESH_FROM_ACTIVE_DAYS_28D
    return stale


def _load(features: pd.DataFrame, channel: FrictionChannel) -> Floats:
    """Return the decayed problems of a channel; a ticket still open has not faded."""
    load = _known(features, f"load_{channel.name}")
    return load + _known(features, "load_tickets_held_180d") if channel.name == "tickets" else load


def _known(features: pd.DataFrame, name: str) -> Floats:
    """Return a column; what the source cannot tell frustrates nobody that we could know of."""
    known: Floats = np.nan_to_num(features[name].to_numpy())
    return known


def _strength(
    load: Floats, features: pd.DataFrame, channel: FrictionChannel, typical: float
) -> Floats:
    by_load = _squeezed(np.log1p(load), HALF_LOAD)
    if not channel.per_use or typical <= 0:
        return by_load
    exposure = features[f"exposure_{channel.half_life_days}"].to_numpy()
    rate = (load + PRIOR_EXPOSURE * typical) / (exposure + PRIOR_EXPOSURE)
    excess = np.maximum(np.log(rate / typical), 0.0)
    return RATE_SHARE * _squeezed(excess, HALF_EXCESS) + (1 - RATE_SHARE) * by_load


def _squeezed(amount: Floats, half: float) -> Floats:
    result: Floats = amount / (amount + half)
    return result
