"""The scores of every customer on one observation date."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.domain.frustration import EXPERT_WEIGHTS
from analytics.modelling.observing.observations import Snapshot
from analytics.modelling.training import Trained
from analytics.scoring.frustration.frustration_index import Frustration, Weights, frustration_of

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """One observation date's scores, aligned with the snapshot's customers.

    Parameters
    ----------
    churn_risk
        Calibrated probability of silent churn; NaN where the customer is not eligible.
    """

    snapshot: Snapshot
    churn_risk: Floats
    frustration: Frustration


@dataclass(frozen=True)
class TieredScores(Scores):
    """The scores with every customer's tier, in words."""

    tier: npt.NDArray[np.str_]


def score(snapshot: Snapshot, trained: Trained, weights: Weights = EXPERT_WEIGHTS) -> Scores:
    """Apply today's model and weights of the frustration to what was known on that date."""
    risk = np.full(len(snapshot.features), np.nan)
    risk[snapshot.eligible] = trained.champion.predict(snapshot.features[snapshot.eligible])
    return Scores(
        snapshot,
        risk,
        frustration_of(snapshot.features, weights),
    )
