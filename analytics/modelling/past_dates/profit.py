"""What a ranking could earn: the expected maximum profit of a campaign against churn.

Verbraken, Verbeke and Baesens 2013 (IEEE TKDE 25): the profit at the best cut, averaged over what
is not known, the share of contacted would-be leavers whom the contact keeps. That share is an
assumption, so the profit is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import beta
from sklearn.isotonic import isotonic_regression

from analytics.domain.profiles.profile import Action
from analytics.modelling.judging import Backtest
from analytics.modelling.models.estimators import LADDER

Floats = npt.NDArray[np.float64]

_LABELS = {rung.name: rung.label for rung in LADDER}


@dataclass(frozen=True)
class Stakes:
    """Money of contacting one customer, and what is assumed of the save rate.

    Parameters
    ----------
    gain_if_saved
        What a kept would-be leaver brings, less the offer.
    cost_of_leaver, cost_of_stayer
        Cost of contacting a would-be leaver, and somebody who would have stayed.
    save_alpha, save_beta
        Beta prior of the save rate.
    """

    gain_if_saved: float
    cost_of_leaver: float
    cost_of_stayer: float
    save_alpha: float
    save_beta: float

    @classmethod
    def published(
        cls,
        *,
        value: float = 200.0,
        offer: float = 10.0,
        contact: float = 1.0,
        save_alpha: float = 6.0,
        save_beta: float = 14.0,
    ) -> Stakes:
        """Return those of the paper: kept leavers take the offer, and so do all who would stay."""
        return cls(value - offer, contact, contact + offer, save_alpha, save_beta)

    @classmethod
    def of_action(cls, action: Action, value: float) -> Stakes:
        """Return those of one of the profile's actions, for customers of this mean value."""
        cost = cost_of(action)
        return cls(value, cost, cost, action.save_alpha, action.save_beta)


@dataclass(frozen=True)
class MaximumProfit:
    """Expected maximum profit per scored customer, and the mean of the best share to contact."""

    profit: float
    share: float


def cost_of(action: Action) -> float:
    """Return what it costs to contact one customer, with the offer's expected cost."""
    return action.contact_cost + action.accept_rate * action.offer_cost


def cheapest_sensible(actions: Sequence[Action], value: float) -> Action:
    """Return the cheapest action that would pay for a sure leaver of this value, else the cheapest.

    Parameters
    ----------
    actions
        At least one.
    """
    paying = [action for action in actions if action.assumed_save_rate * value > cost_of(action)]
    return min(paying or actions, key=lambda one: (cost_of(one), one.name))


def expected_maximum_profit(
    silent: npt.ArrayLike, score: npt.ArrayLike, stakes: Stakes
) -> MaximumProfit:
    """Return the profit at the best cut for each save rate, averaged over all save rates.

    Exact: for a given save rate the best cut lies on the convex hull of the ROC curve, and which of
    its corners is best changes at save rates that are known; between them the profit is linear in
    the save rate, so only the prior's partial means are needed.
    """
    leavers, stayers = _hull(np.asarray(silent, dtype=np.float64), np.asarray(score, np.float64))
    if stakes.gain_if_saved <= 0 or leavers[-1] == 0:
        return MaximumProfit(0.0, 0.0)
    with np.errstate(divide="ignore"):
        price = stakes.cost_of_stayer * np.diff(stayers) / np.diff(leavers)
    from_rate = np.clip((price + stakes.cost_of_leaver) / stakes.gain_if_saved, 0.0, 1.0)
    ends = np.concatenate([[0.0], np.maximum.accumulate(from_rate), [1.0]])
    chance = np.diff(beta.cdf(ends, stakes.save_alpha, stakes.save_beta))
    mean = stakes.save_alpha / (stakes.save_alpha + stakes.save_beta)
    part_mean = mean * np.diff(beta.cdf(ends, stakes.save_alpha + 1, stakes.save_beta))
    cost = stakes.cost_of_leaver * leavers + stakes.cost_of_stayer * stayers
    profit = stakes.gain_if_saved * leavers * part_mean - cost * chance
    return MaximumProfit(float(profit.sum()), float(((leavers + stayers) * chance).sum()))


def model_profits(
    tested: Backtest, names: Sequence[str], actions: Sequence[Action], value: float
) -> pd.DataFrame:
    """Return one row a model, columns of the run table ``profit``.

    Parameters
    ----------
    value
        Mean value at stake of the tested customers.
    """
    stakes = Stakes.of_action(cheapest_sensible(actions, value), value)
    rows = []
    for name in names:
        found = expected_maximum_profit(
            tested.predictions["silent"], tested.predictions[name], stakes
        )
        rows.append(
            {
                "model": name,
                "label": _LABELS.get(name, name),
                "expected_maximum_profit": found.profit,
                "best_share_contacted": found.share,
            }
        )
    return pd.DataFrame(rows)


def _hull(silent: Floats, score: Floats) -> tuple[Floats, Floats]:
    """Return the corners of the ROC curve's convex hull: shares of all customers contacted who
    would leave, and who would stay, from nobody to the last corner that adds a leaver.

    Between two corners lie the scores whose shares of leavers an isotonic regression pools.
    """
    order = np.argsort(-score, kind="stable")
    tie = np.cumsum(np.concatenate([[0], np.diff(score[order]) != 0]))
    size = np.bincount(tie).astype(np.float64)
    gone = np.bincount(tie, silent[order])
    share = isotonic_regression(gone / size, sample_weight=size, increasing=False)
    last = np.append(np.diff(share) != 0, True) & (share > 0)
    leavers = np.concatenate([[0.0], np.cumsum(gone)[last]])
    contacted = np.concatenate([[0.0], np.cumsum(size)[last]])
    return leavers / len(silent), (contacted - leavers) / len(silent)
