"""Everything a run learns while its data are open: observations, model, weekly scores."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.modelling.training import Trained
from analytics.publishing.observed import Observed


@dataclass(frozen=True)
class Learned:
    """What a run is made of.

    Parameters
    ----------
    weekly
        Scores of every week since the oldest test date; see `weekly_scores`.
    """

    observed: Observed
    trained: Trained
    weekly: pd.DataFrame
