"""Whether a reason would still be among the first three had other customers been there to learn
from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics.features.record import Feature
from analytics.features.registry import FEATURES
from analytics.modelling.explaining.coalition_worth import log_odds_lost
from analytics.modelling.explaining.themes import theme_columns
from analytics.modelling.models.calibrated import Calibrated

TOP = 3
#: A theme that is among the first three of fewer refits is an uncertain reason.
REASONS_STABLE_FROM = 0.6


def top_three_share(
    refits: Sequence[Calibrated],
    features: pd.DataFrame,
    reference: pd.Series,
    *,
    registry: Sequence[Feature] = FEATURES,
) -> pd.DataFrame:
    """Return the share of the refits in which each theme is among the three that raise most.

    Themes are ordered by what the log-odds lose with the theme at the reference; for a model that
    adds up theme by theme that is the order of the Shapley values.

    Returns
    -------
    Index as `features`, one column a theme.
    """
    tops = [_in_top(refit, features, reference, registry) for refit in refits]
    return sum(tops[1:], start=tops[0].astype(np.float64)) / len(tops)


def _in_top(
    model: Calibrated, features: pd.DataFrame, reference: pd.Series, registry: Sequence[Feature]
) -> pd.DataFrame:
    """Tell which themes are among the three that raise the log-odds most."""
    themes = theme_columns(model.columns, registry)
    typical = pd.DataFrame([reference.to_numpy()], columns=reference.index)
    lost = pd.DataFrame(
        log_odds_lost(model, features, typical, themes), index=features.index, columns=list(themes)
    )
    place = lost.rank(axis=1, ascending=False, method="first")
    return (place <= TOP) & (lost > 0)
