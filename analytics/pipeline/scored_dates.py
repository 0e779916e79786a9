"""Everybody scored on every observation date: risk, frustration, what is at stake, and the tier."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.domain.customer.tier_cuts import TierCuts
from analytics.domain.profiles.profile import Profile
from analytics.modelling.tier_levels import learned_cuts
from analytics.pipeline.learned import Learned
from analytics.scoring.customer_table import Floats
from analytics.scoring.customer_value.value import Value
from analytics.scoring.customer_value.value_on_date import ValuesOnDate, values_on_dates
from analytics.scoring.frustration.frustration_index import Weights
from analytics.scoring.risk_tiers.steady_history import a_month_before, steady_history
from analytics.scoring.scores import TieredScores, score


@dataclass(frozen=True)
class ScoredDates:
    """The scores of a run, the data-as-of date first.

    Parameters
    ----------
    history
        Scores with tiers, by date.
    worth
        What customers are worth and how that was told, by date.
    cuts
        Of the tiers, as learned from today's scores.
    held
        Whose tier of today is held by the rule of two low scores.
    """

    history: list[TieredScores]
    worth: list[ValuesOnDate]
    cuts: TierCuts
    held: npt.NDArray[np.bool_]

    @property
    def now(self) -> TieredScores:
        """Scores of the data-as-of date."""
        return self.history[0]

    @property
    def before(self) -> TieredScores | None:
        """Scores of 28 days before or more; None in the shortest history."""
        return a_month_before(self.history)

    @property
    def value_by_date(self) -> list[Value]:
        """Value of each customer, by date."""
        return [on_date.value for on_date in self.worth]

    @property
    def at_stake(self) -> Floats:
        """What each customer's leaving would cost, as of the data-as-of date."""
        return self.worth[0].value.at_stake


def scored_dates(learned: Learned, weights: Weights, profile: Profile) -> ScoredDates:
    """Score everybody on every observation date, and put them into tiers.

    Parameters
    ----------
    weights
        Of the frustration index.
    """
    observed, trained = learned.observed, learned.trained
    plain = [score(snapshot, trained, weights) for snapshot in observed.snapshots]
    worth = values_on_dates(observed.snapshots, observed.people, profile)
    at_stake = worth[0].value.at_stake
    cuts = learned_cuts(plain[0].churn_risk, at_stake, trained.base_rate)
    steady = steady_history(plain, learned.weekly, cuts, at_stake)
    return ScoredDates(steady.scores, worth, cuts, steady.held)
