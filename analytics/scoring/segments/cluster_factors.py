"""What behaviour is clustered by: a handful of factors, each with words for high and low."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

#: A factor enters only where this share of the customers have it and it varies.
_LEAST_KNOWN = 0.5


@dataclass(frozen=True)
class Factor:
    """One behavioural factor.

    Parameters
    ----------
    feature
        Name in the feature registry.
    high, low
        What a cluster is called that has much or little of it.
    logged
        Counts and gaps are skewed: their logarithm is clustered.
    """

    feature: str
    label: str
    high: str
    low: str
    logged: bool = True


#: Nothing of risk, money or frustration: clusters tell how customers use the product.
FACTORS: tuple[Factor, ...] = (
    Factor("active_days_90d", "Active days in 90", "often here", "seldom here"),
    Factor("events_per_active_day_28d", "Activities a visit", "long visits", "short visits"),
    Factor("features_used_28d", "Features used in 28 days", "broad use", "narrow use"),
    Factor("weekend_share_180d", "Share on weekends", "weekends", "weekdays", logged=False),
    Factor("gap_variation", "Irregularity of the gaps", "irregular", "regular", logged=False),
    Factor("friction_per_active_day_90d", "Problems a visit", "many problems", "few problems"),
    Factor("contacts_90d", "Contacts in 90 days", "outspoken", "quiet"),
    Factor("tenure_days", "Days since sign-up", "long-standing", "new"),
)


def present_factors(features: pd.DataFrame) -> tuple[Factor, ...]:
    """Return the factors that the data have: known for half of the customers, and varying."""
    return tuple(
        factor
        for factor in FACTORS
        if factor.feature in features
        and features[factor.feature].notna().mean() >= _LEAST_KNOWN
        and features[factor.feature].std() > 0
    )


def scaled(features: pd.DataFrame, factors: tuple[Factor, ...]) -> pd.DataFrame:
    """Return the factors on the scale that is clustered, missing ones at the median."""
    return pd.DataFrame(
        {
            factor.feature: _scale(features[factor.feature], logged=factor.logged)
            for factor in factors
        },
        index=features.index,
    )


def _scale(values: pd.Series, *, logged: bool) -> Floats:
    filled = values.fillna(values.median()).to_numpy(dtype=np.float64)
    return np.log1p(np.maximum(filled, 0.0)) if logged else filled
