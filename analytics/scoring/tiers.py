"""Every customer's tier: from the calibrated risk, or from why there is none."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analytics.domain.risk_tier import SCORED_TIERS, RiskTier, tier_cuts
from analytics.modelling.observations import Snapshot


def tiers_of(
    snapshot: Snapshot, churn_risk: npt.NDArray[np.float64], base_rate: float
) -> npt.NDArray[np.str_]:
    """Return each customer's tier; `churn_risk` is NaN where the customer is not eligible."""
    cuts = tier_cuts(base_rate)
    return np.select(
        [
            snapshot.ended,
            snapshot.eligible & (churn_risk >= cuts[RiskTier.CRITICAL]),
            snapshot.eligible & (churn_risk >= cuts[RiskTier.HIGH]),
            snapshot.eligible & (churn_risk >= cuts[RiskTier.MEDIUM]),
            snapshot.eligible,
            snapshot.rhythm.lapsed,
        ],
        [RiskTier.ENDED.value, *(tier.value for tier in SCORED_TIERS), RiskTier.LAPSED.value],
        default=RiskTier.INSUFFICIENT_CADENCE.value,
    )
