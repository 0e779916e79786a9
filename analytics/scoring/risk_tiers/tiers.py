"""Where every customer stands: in a tier by the calibrated risk, or why there is none."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analytics.domain.customer.risk_tier import SCORED_TIERS, RiskTier
from analytics.modelling.observing.observations import Snapshot

_WORDS = np.array([str(tier) for tier in SCORED_TIERS])


def tiers_of(snapshot: Snapshot, level: npt.NDArray[np.int64]) -> npt.NDArray[np.str_]:
    """Return each customer's tier in words.

    Parameters
    ----------
    level
        Place in `SCORED_TIERS`; it counts for those who are eligible.
    """
    return np.select(
        [snapshot.ended, snapshot.eligible, snapshot.rhythm.lapsed],
        [RiskTier.ENDED.value, _WORDS[level], RiskTier.LAPSED.value],
        default=RiskTier.INSUFFICIENT_CADENCE.value,
    )
