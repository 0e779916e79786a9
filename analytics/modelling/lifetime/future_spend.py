"""What customers without a contract will spend: purchases by BG/NBD, money by gamma-gamma.

Fader, Hardie, Lee (2005), RFM and CLV, Journal of Marketing Research 42(4). Gamma-gamma takes it
that how much somebody spends a purchase has nothing to do with how often they buy; where that does
not hold, or too few bought again, the own mean shrunk towards everyone's stands in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.words.counting import counted
from analytics.errors import InsufficientData
from analytics.modelling.lifetime.bgnbd import BgNbd, fit_bgnbd
from analytics.modelling.lifetime.gamma_gamma import GammaGamma, fit_gamma_gamma

Floats = npt.NDArray[np.float64]

#: Correlation of frequency and spend, either way, above which they are not taken as unrelated.
HIGHEST_CORRELATION = 0.3
#: Customers with two purchases or more below which gamma-gamma is not fitted.
FEWEST_REPEATERS = 100
#: Customers that the models are fitted on; more of them hardly move the fit.
MOST_FITTED = 5_000
#: Own purchases count against so many of everyone's, where gamma-gamma is not used.
SHRUNK_BY_PURCHASES = 2.0
#: Bounds of `a + b` and of `r`; see `tamed`.
MOST_BETA_SIZE, MOST_GAMMA_SHAPE = 300.0, 100.0
_WEEK = 7.0
_YEAR_DAYS = 365.25
_ALMOST_SURE = 1 - 1e-6


@dataclass(frozen=True)
class Bought:
    """What was known of customers who bought: purchase days, weeks, mean spend a purchase day.

    Parameters
    ----------
    days
        Days with a purchase; 1 or more.
    last_week, age_weeks
        Weeks from the first purchase to the last one, and to the date.
    """

    days: Floats
    last_week: Floats
    age_weeks: Floats
    mean_spend: Floats

    @classmethod
    def of(cls, money: pd.DataFrame) -> Bought:
        """Read the customers who bought from a frame of `money_known`."""
        days = money["purchase_days"].to_numpy(np.float64)
        age = money["days_since_first_purchase"].to_numpy(np.float64) / _WEEK
        since = money["days_since_last_purchase"].to_numpy(np.float64) / _WEEK
        return cls(days, age - since, age, money["purchase_money"].to_numpy(np.float64) / days)

    def every(self, step: int) -> Bought:
        """Return each customer so many apart."""
        parts = (self.days, self.last_week, self.age_weeks, self.mean_spend)
        return Bought(*(part[::step] for part in parts))


@dataclass(frozen=True)
class SpendModel:
    """Money a purchase day: gamma-gamma, or a shrunk mean with the reason for it.

    Parameters
    ----------
    correlation
        Of purchase days and mean spend among those who bought again; NaN where too few did.
    refused
        Why gamma-gamma is not used, in words; empty where it is.
    """

    fitted: GammaGamma | None
    mean_spend: float
    correlation: float
    refused: str = ""

    def expected(self, bought: Bought) -> Floats:
        """Return what each customer spends a purchase day in the long run."""
        if self.fitted is not None:
            return self.fitted.expected_spend(bought.days, bought.mean_spend)
        own, others = bought.days * bought.mean_spend, SHRUNK_BY_PURCHASES * self.mean_spend
        shrunk: Floats = (own + others) / (bought.days + SHRUNK_BY_PURCHASES)
        return shrunk

    def relative_variance(self, bought: Bought) -> Floats:
        """Return the variance of that mean, given the purchases seen, over its square.

        Under gamma-gamma the mean is inverse-gamma with shape p x + q. Without it, as wide as one
        purchase of everyone's over the number of purchases.
        """
        if self.fitted is not None:
            shape = self.fitted.p * bought.days + self.fitted.q
            return 1.0 / np.maximum(shape - 2.0, 0.5)
        return 1.0 / (bought.days + SHRUNK_BY_PURCHASES)


@dataclass(frozen=True)
class Spend:
    """Expected spend over twelve months of each customer, before margin and discount.

    Parameters
    ----------
    if_stays, if_silent
        Given a purchase, and none, within the horizon; the latter is what those who come back
        later bring.
    relative_variance
        Variance of either, for want of purchases to tell from, over its square.
    """

    if_stays: Floats
    if_silent: Floats
    relative_variance: Floats


@dataclass(frozen=True)
class FutureSpend:
    """Both models, fitted on what was known by one date."""

    purchases: BgNbd
    spend: SpendModel

    def over_a_year(self, bought: Bought, horizon_days: Floats) -> Spend:
        """Return what each customer spends in the next year, by what they do within the horizon.

        The mean over both ways is that of BG/NBD, so that E[X] = P(silent) E[X | silent] +
        (1 - P(silent)) E[X | stays] gives the last one.
        """
        model, ahead = self.purchases, np.minimum(horizon_days, _YEAR_DAYS) / _WEEK
        year = _YEAR_DAYS / _WEEK
        repeats = bought.days - 1
        last = np.where(repeats > 0, bought.last_week, 0.0)
        every_way = model.expected_purchases(repeats, last, bought.age_weeks, year)
        silent = model.probability_of_no_event(repeats, last, bought.age_weeks, ahead)
        later = model.expected_purchases(repeats, last, bought.age_weeks + ahead, year - ahead)
        share = np.minimum(silent, _ALMOST_SURE)
        stays = np.maximum((every_way - share * later) / (1 - share), 1.0)
        money = self.spend.expected(bought)
        variance = 1 / (model.r + repeats) + self.spend.relative_variance(bought)
        return Spend(money * stays, money * np.minimum(later, stays), variance)


def fit_future_spend(bought: Bought) -> FutureSpend | None:
    """Fit both models; None where nobody bought twice."""
    some = bought.every(max(len(bought.days) // MOST_FITTED, 1))
    repeats = some.days - 1
    last = np.where(repeats > 0, some.last_week, 0.0)
    try:
        purchases = fit_bgnbd(repeats, last, some.age_weeks)
    except InsufficientData:
        return None
    return FutureSpend(tamed(purchases), fit_spend(some))


def tamed(model: BgNbd) -> BgNbd:
    """Return the model with its Beta and Gamma no narrower than the closed forms can be told for.

    Where customers hardly differ, the likeliest parameters run off; beyond this size a
    distribution of the same mean differs from them by nothing that matters.
    """
    beta = min(MOST_BETA_SIZE / (model.a + model.b), 1.0)
    gamma = min(MOST_GAMMA_SHAPE / model.r, 1.0)
    return BgNbd(model.r * gamma, model.alpha * gamma, model.a * beta, model.b * beta)


def fit_spend(bought: Bought) -> SpendModel:
    """Fit gamma-gamma where spend and frequency are unrelated and enough customers bought again."""
    again = bought.days >= 2
    mean = float(np.average(bought.mean_spend, weights=bought.days))
    if again.sum() < FEWEST_REPEATERS:
        few = f"only {counted(int(again.sum()), 'customer')} bought on two days or more"
        return SpendModel(None, mean, float("nan"), few)
    related = correlation(bought.days[again], bought.mean_spend[again])
    if abs(related) > HIGHEST_CORRELATION:
        said = f"how often customers buy and how much are related (correlation {related:.2f})"
        return SpendModel(None, mean, related, said)
    fitted = fit_gamma_gamma(bought.days[again], bought.mean_spend[again])
    if fitted.q <= 1:
        return SpendModel(None, mean, related, "a few customers spend without bound")
    return SpendModel(fitted, mean, related)


def correlation(days: Floats, mean_spend: Floats) -> float:
    """Return Pearson's correlation; 0 where one of both is the same for everybody."""
    if np.ptp(days) == 0 or np.ptp(mean_spend) == 0:
        return 0.0
    return float(np.corrcoef(days, mean_spend)[0, 1])
