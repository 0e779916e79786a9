"""Everything a run learns while its data are open: observations, model, weekly scores."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.modelling.training import Trained
from analytics.pipeline.frustration_seen import FrustrationSeen
from analytics.pipeline.observing.observed import Observed


@dataclass(frozen=True)
class Learned:
    """What a run is made of.

    Parameters
    ----------
    weekly
        Scores of every week since the oldest test date; see `weekly_scores`.
    frustration_seen
        What the frustration index is judged by.
    """

    observed: Observed
    trained: Trained
    weekly: pd.DataFrame
    frustration_seen: FrustrationSeen
