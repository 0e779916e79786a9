"""What a customer is worth over twelve months if they stay, and if they go silent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.customer.risk_tier import ValueBand
from analytics.domain.customer.value_form import ValueForm
from analytics.domain.profiles.profile import Profile
from analytics.modelling.lifetime.future_spend import Spend
from analytics.modelling.models.survival import DAYS_A_MONTH, MONTHS

Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Value:
    """Money in the profile's currency, one entry a customer.

    Parameters
    ----------
    form
        What each value is made from: names of `ValueForm`.
    spread
        Standard deviation of the value at stake, for want of data to tell it from; 0 where the
        monthly revenue is on record.
    """

    monthly_revenue: Floats
    if_stays: Floats
    if_leaves: Floats
    form: Texts
    spread: Floats

    @property
    def at_stake(self) -> Floats:
        """What going silent costs."""
        result: Floats = np.maximum(self.if_stays - self.if_leaves, 0.0)
        return result

    @property
    def assumed(self) -> npt.NDArray[np.bool_]:
        """Where the profile's default stands in, for want of any amount."""
        flags: npt.NDArray[np.bool_] = self.form == ValueForm.DEFAULT.value
        return flags

    @property
    def band(self) -> Texts:
        """Thirds of the customers by value if they stay; equal values are in the same third.

        A group of equal values is where its middle is: where all are equal, all are in the middle.
        """
        share = pd.Series(self.if_stays).rank(pct=True, method="average").to_numpy()
        return np.select(
            [share > 2 / 3, share > 1 / 3],
            [ValueBand.HIGH.value, ValueBand.MIDDLE.value],
            default=ValueBand.LOW.value,
        )


@dataclass(frozen=True)
class MonthlyRevenue:
    """Revenue a month of each customer, and the form of value that it gives."""

    money: Floats
    form: Texts


def monthly_revenue(features: pd.DataFrame, recurring: Floats, profile: Profile) -> MonthlyRevenue:
    """Return the recurring revenue; else paid invoices, else purchases, else the default.

    Parameters
    ----------
    recurring
        Monthly revenue on record; NaN where unknown.
    """
    months_known = np.clip(features["tenure_days"].to_numpy(), 30.0, 180.0) / DAYS_A_MONTH
    purchases = features["value_180d"].to_numpy() / months_known
    invoices = features["invoiced_90d"].to_numpy() / np.minimum(months_known, 3.0)
    subscribed = np.where(np.isnan(recurring) & (invoices > 0), invoices, recurring)
    # Somebody who bought nothing brings nothing; data in which nobody ever paid say nothing.
    buys = profile.value_model == "transaction" and features["value_per_purchase"].notna().any()
    bought = purchases if buys else np.full(len(features), profile.default_monthly_value)
    makeshift = ValueForm.RECENT_PURCHASES if buys else ValueForm.DEFAULT
    known = ~np.isnan(subscribed)
    return MonthlyRevenue(
        np.where(known, subscribed, bought),
        np.where(known, ValueForm.SUBSCRIPTION.value, makeshift.value),
    )


def subscription_value(
    monthly: MonthlyRevenue, survival: Floats, committed_days: Floats, profile: Profile
) -> Value:
    """Return the margin of each month, weighted by the chance to be there, and discounted.

    A committed term is paid either way, so it is not at risk. Beyond it, who goes silent is taken
    to bring nothing more.

    Parameters
    ----------
    survival
        Share still there at the end of each of the twelve months.
    committed_days
        Days of committed term left; 0 for none.
    """
    months = np.arange(1, MONTHS + 1)
    discount = (1 + profile.discount_rate_annual) ** (-months / 12)
    committed = months[None, :] <= (committed_days / DAYS_A_MONTH)[:, None]
    margin = profile.margin * monthly.money
    stays = margin * (np.where(committed, 1.0, survival) * discount).sum(axis=1)
    leaves = margin * (committed * discount).sum(axis=1)
    return Value(monthly.money, stays, leaves, monthly.form, np.zeros_like(stays))


def with_purchases(
    value: Value, buyers: npt.NDArray[np.intp], spend: Spend, profile: Profile
) -> Value:
    """Return the values with those of the transaction form for customers without a contract.

    A year's purchases are discounted as if they all came in its middle.

    Parameters
    ----------
    buyers
        Positions of the customers whom the spend is of.
    """
    earned = profile.margin * (1 + profile.discount_rate_annual) ** -0.5
    stays, leaves = value.if_stays.copy(), value.if_leaves.copy()
    form, spread = value.form.copy(), value.spread.copy()
    stays[buyers], leaves[buyers] = earned * spend.if_stays, earned * spend.if_silent
    form[buyers] = ValueForm.PURCHASES.value
    spread[buyers] = (stays - leaves)[buyers] * np.sqrt(spend.relative_variance)
    return Value(value.monthly_revenue, stays, leaves, form, spread)
