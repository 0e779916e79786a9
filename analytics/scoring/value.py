"""What a customer is worth over twelve months if they stay, and if they go silent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.profile import Profile
from analytics.domain.risk_tier import ValueBand

Floats = npt.NDArray[np.float64]

MONTHS = 12
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Value:
    """Money in the profile's currency, one entry a customer.

    Parameters
    ----------
    assumed
        True where the monthly revenue is the profile's default, for want of any amount.
    """

    monthly_revenue: Floats
    if_stays: Floats
    if_leaves: Floats
    assumed: npt.NDArray[np.bool_]

    @property
    def at_stake(self) -> Floats:
        """What going silent costs."""
        result: Floats = np.maximum(self.if_stays - self.if_leaves, 0.0)
        return result

    @property
    def band(self) -> npt.NDArray[np.str_]:
        """Thirds of the customers by value if they stay."""
        share = pd.Series(self.if_stays).rank(pct=True, method="first").to_numpy()
        return np.select(
            [share > 2 / 3, share > 1 / 3],
            [ValueBand.HIGH.value, ValueBand.MIDDLE.value],
            default=ValueBand.LOW.value,
        )


def value_of(
    features: pd.DataFrame,
    recurring: Floats,
    committed_days: Floats,
    *,
    profile: Profile,
    base_rate: float,
    horizon_days: float,
) -> Value:
    """Return every customer's value.

    The margin of each month is weighted by the chance to still be there (the base rate, spread
    evenly over the horizon) and discounted. A committed term is paid either way, so it is not at
    risk.

    Parameters
    ----------
    recurring
        Monthly revenue from the customer table; NaN where unknown.
    committed_days
        Days of committed term left; 0 for none.
    """
    monthly, assumed = _monthly_revenue(features, recurring, profile)
    stays = (1 - min(base_rate, 0.95)) ** (DAYS_A_MONTH / max(horizon_days, 1.0))
    discount = (1 + profile.discount_rate_annual) ** (-1 / 12)
    months = np.arange(1, MONTHS + 1)
    weights = (stays * discount) ** months
    committed = months[None, :] <= (committed_days / DAYS_A_MONTH)[:, None]
    if_stays = profile.margin * monthly * np.where(committed, discount**months, weights).sum(axis=1)
    if_leaves = profile.margin * monthly * (committed * discount**months).sum(axis=1)
    return Value(monthly, if_stays, if_leaves, assumed)


def _monthly_revenue(
    features: pd.DataFrame, recurring: Floats, profile: Profile
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    months_known = np.clip(features["tenure_days"].to_numpy(), 30.0, 180.0) / DAYS_A_MONTH
    purchases = features["value_180d"].to_numpy() / months_known
    invoices = features["invoiced_90d"].to_numpy() / np.minimum(months_known, 3.0)
    candidates = [recurring, np.where(invoices > 0, invoices, np.nan)]
    # Somebody who bought nothing brings nothing; data in which nobody ever paid say nothing.
    if profile.value_model == "transaction" and features["value_per_purchase"].notna().any():
        candidates.append(purchases)
    monthly = np.full(len(features), np.nan)
    for one in candidates:
        monthly = np.where(np.isnan(monthly), one, monthly)
    assumed = np.isnan(monthly)
    return np.where(assumed, profile.default_monthly_value, monthly), assumed
