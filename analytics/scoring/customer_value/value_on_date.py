"""Every customer's value from what was known on one date, and on the past dates before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.customer.value_form import ValueForm
from analytics.domain.profiles.profile import Profile
from analytics.features.outcomes.labels import Outcome
from analytics.features.prepared import day_number
from analytics.modelling.lifetime.future_spend import Bought, FutureSpend, fit_future_spend
from analytics.modelling.models.survival import DAYS_A_MONTH, Survival, survival_of
from analytics.modelling.observing.observations import Snapshot
from analytics.scoring.customer_value.value import (
    MonthlyRevenue,
    Value,
    monthly_revenue,
    subscription_value,
    with_purchases,
)

Floats = npt.NDArray[np.float64]

#: Invoices in 90 days from which on a customer is taken to be billed every month.
BILLED_MONTHLY = 2
_MONTHS_OF_INVOICES = 90 / DAYS_A_MONTH
_YEAR_DAYS = 365.25
#: Silent share taken where no outcome was known by the date.
_UNKNOWN_SILENT_SHARE = 0.05


@dataclass(frozen=True)
class ValuesOnDate:
    """The values, and what they rest on.

    Parameters
    ----------
    spend
        Models of the transaction form; None where nobody's value has it.
    by_invoices
        Share of the subscriptions on a past date whose price was told by invoices known then;
        today's price on record stands in for the others.
    """

    value: Value
    survival: Survival
    spend: FutureSpend | None
    by_invoices: float


def values_on_dates(
    snapshots: Sequence[Snapshot], people: pd.DataFrame, profile: Profile
) -> list[ValuesOnDate]:
    """Return the values on every date, in the order of the snapshots: latest first."""
    return [
        values_on_date(snapshots[place:], people, profile, today=snapshots[0].observation_date)
        for place in range(len(snapshots))
    ]


def values_on_date(
    known: Sequence[Snapshot], people: pd.DataFrame, profile: Profile, *, today: date
) -> ValuesOnDate:
    """Return the values on the latest of the snapshots; nothing later is used.

    The customer table holds today's prices and contract ends only. On a past date, the invoices
    known by then tell the price of who is billed monthly, and a term is taken to be of one year.

    Parameters
    ----------
    known
        Snapshots of the date and before, latest first.
    people
        The landed customers, index `customer_key`.
    today
        Date of the run.
    """
    now = known[0]
    person = people.loc[now.features.index]
    past = now.observation_date < today
    recurring = np.asarray(person["monthly_revenue"], dtype=np.float64)
    billed = _billed_monthly(now) if past else np.full(len(recurring), np.nan)
    monthly = monthly_revenue(now.features, np.where(np.isnan(billed), recurring, billed), profile)
    survival = survival_of(
        known, silent_share=silent_share(known), horizon_days=_mean_horizon_days(now, profile)
    )
    committed = _committed_days(person, now.observation_date, past=past)
    value = subscription_value(monthly, survival.share, committed, profile)
    spend, value = _with_purchases(value, now, monthly, profile)
    subscribed = monthly.form == ValueForm.SUBSCRIPTION.value
    told = float(np.mean(~np.isnan(billed[subscribed]))) if subscribed.any() else 0.0
    return ValuesOnDate(value, survival, spend, told)


def silent_share(known: Sequence[Snapshot]) -> float:
    """Return the share who went silent of those whose outcome was known by the latest date."""
    by = day_number(known[0].observation_date)
    told = [(earlier, earlier.labelled & (earlier.known_day <= by)) for earlier in known]
    rows = sum(int(labelled.sum()) for _, labelled in told)
    silent = sum(int((earlier.outcome[rows_] == Outcome.SILENT).sum()) for earlier, rows_ in told)
    return silent / rows if rows else _UNKNOWN_SILENT_SHARE


def _billed_monthly(now: Snapshot) -> Floats:
    """Return the monthly price by the invoices of 90 days; NaN for who is not billed monthly."""
    rows = np.full(len(now.features), np.nan)
    if now.money.empty:
        return rows
    money = now.money.reindex(now.features.index)
    count, total = money["invoices_90d"].to_numpy(), money["invoice_money_90d"].to_numpy()
    monthly = np.nan_to_num(count) >= BILLED_MONTHLY
    a_month = np.maximum(np.round(count[monthly] / _MONTHS_OF_INVOICES), 1.0)
    rows[monthly] = total[monthly] / count[monthly] * a_month
    return rows


def _committed_days(person: pd.DataFrame, on: date, *, past: bool) -> Floats:
    """Return the days of committed term left; a past one ended a year or more before today's."""
    left = (person["contract_ends_at"] - pd.Timestamp(on, tz="UTC")).dt.total_seconds() / 86_400
    days = np.asarray(left.fillna(0.0).clip(lower=0.0), dtype=np.float64)
    return days % _YEAR_DAYS if past else days


def _horizon_days(now: Snapshot, profile: Profile) -> Floats:
    """Return how long a silence must last to count, from the date; the longest where unknown."""
    own = np.where(now.rhythm.admissible, now.rhythm.horizon_days, profile.horizon_max_days)
    result: Floats = own + profile.gap_days
    return result


def _mean_horizon_days(now: Snapshot, profile: Profile) -> float:
    scored = _horizon_days(now, profile)[now.eligible]
    return float(np.mean(scored)) if scored.size else float(profile.horizon_min_days)


def _with_purchases(
    value: Value, now: Snapshot, monthly: MonthlyRevenue, profile: Profile
) -> tuple[FutureSpend | None, Value]:
    """Return the models of what is bought, and the values with those they give."""
    buyers = _buyers(now, monthly)
    if not buyers.size:
        return None, value
    bought = Bought.of(now.money.loc[now.features.index[buyers]])
    models = fit_future_spend(bought)
    if models is None:
        return None, value
    spend = models.over_a_year(bought, _horizon_days(now, profile)[buyers])
    return models, with_purchases(value, buyers, spend, profile)


def _buyers(now: Snapshot, monthly: MonthlyRevenue) -> npt.NDArray[np.intp]:
    """Return the positions of those who bought and have no recurring revenue."""
    if now.money.empty:
        return np.empty(0, dtype=np.intp)
    days = now.money["purchase_days"].reindex(now.features.index).fillna(0.0).to_numpy()
    return np.flatnonzero((days > 0) & (monthly.form == ValueForm.RECENT_PURCHASES.value))
