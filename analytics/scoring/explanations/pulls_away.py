"""How hard each known cause pulls a customer away, in log-odds, when they were last engaged.

Weights that were fitted to past leavers did worse than these priors on simulated businesses, since
the cause of a silent leaver is never recorded. So they are assumptions, named here, and no outcome
moves them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.state_filter.last_engaged import (
    ENGAGED_DAYS_AGO,
    PRICE_ROSE_BEFORE,
    TROUBLE_THEN,
)
from analytics.features.state_filter.trouble_memory import TROUBLE_PRESSURE

Floats = npt.NDArray[np.float64]

TROUBLE, PRICE, ONBOARDING, FIT = "trouble", "price", "onboarding", "fit"

#: Assumed pull of a product that does not fit, on everybody alike: what no record tells.
FIT_PULL = 0.36
#: Assumed pull of a price rise, for so many days after it.
PRICE_RISE_PULL, PRICE_RISE_DAYS = 0.6, 56
#: Assumed pull of a contract's yearly end, for so many days before it.
RENEWAL_PULL, RENEWAL_DAYS = 0.4, 42
#: Assumed pull of somebody who has just come, and how it falls with ln(1 + weeks / 8).
ARRIVAL_PULL, SETTLED_BY, SETTLING_WEEKS = 1.0, 0.35, 8
_YEAR_DAYS = 365.25


def when_last_engaged(features: pd.DataFrame, engaged: pd.DataFrame | None) -> pd.DataFrame:
    """Return what is known of each customer's last engaged week; of today where nothing is."""
    if engaged is not None and len(engaged.columns):
        return engaged.loc[features.index]
    today = pd.DataFrame({ENGAGED_DAYS_AGO: 0.0, PRICE_ROSE_BEFORE: np.nan}, index=features.index)
    return today.assign(**{TROUBLE_THEN: features.get(TROUBLE_PRESSURE, 0.0)})


def pulls_away(
    features: pd.DataFrame, then: pd.DataFrame, contract_days: pd.Series | None = None
) -> pd.DataFrame:
    """Return the pull of each cause when the customer was last engaged; index as the features.

    What a source does not record pulls with 0, below a poor fit, so that it is never the cause.

    Parameters
    ----------
    then
        Of `when_last_engaged`.
    contract_days
        Days from the observation date to the contract's end, NaN without one; None where it is not
        known as of the date. Contracts are taken to end every year.
    """
    pull = {
        TROUBLE: then[TROUBLE_THEN].to_numpy(dtype=np.float64),
        PRICE: PRICE_RISE_PULL * _price_rose(then) + RENEWAL_PULL * _ends_soon(then, contract_days),
        ONBOARDING: ARRIVAL_PULL
        - SETTLED_BY * np.log1p(days_a_customer(features, then) / 7 / SETTLING_WEEKS),
        FIT: np.full(len(features), FIT_PULL),
    }
    return pd.DataFrame(pull, index=features.index)


def days_a_customer(features: pd.DataFrame, then: pd.DataFrame) -> Floats:
    """Return for how long each had been a customer when last engaged."""
    ago = then[ENGAGED_DAYS_AGO].to_numpy(dtype=np.float64)
    days: Floats = np.maximum(features["tenure_days"].to_numpy(dtype=np.float64) - ago, 0.0)
    return days


def _price_rose(then: pd.DataFrame) -> Floats:
    rose = then[PRICE_ROSE_BEFORE] < PRICE_RISE_DAYS
    return rose.to_numpy().astype(np.float64)


def _ends_soon(then: pd.DataFrame, contract_days: pd.Series | None) -> Floats:
    if contract_days is None:
        return np.zeros(len(then))
    ahead = contract_days.reindex(then.index) + then[ENGAGED_DAYS_AGO]
    soon = (ahead >= 0) & (ahead % _YEAR_DAYS < RENEWAL_DAYS)
    return soon.to_numpy().astype(np.float64)
