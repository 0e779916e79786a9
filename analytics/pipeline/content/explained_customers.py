"""The customers table: everybody's scores with their reasons, and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.domain.profiles.profile import Profile
from analytics.modelling.models.calibrated import Calibrated
from analytics.modelling.models.estimators import NOVELTY_COLUMNS, spec_of
from analytics.modelling.models.uncertainty import interval_of, log_odds_spread, refit
from analytics.modelling.training import Trained
from analytics.pipeline.learned import Learned
from analytics.pipeline.scored_dates import ScoredDates
from analytics.scoring.customer_table import Floats, customer_table
from analytics.scoring.explanations.explained import Explained, explain
from analytics.scoring.scores import Scores


@dataclass(frozen=True)
class ExplainedCustomers:
    """The customers table so far, by `customer_key`, and the reasons behind it."""

    table: pd.DataFrame
    explained: Explained


def explained_customers(
    learned: Learned, scored: ScoredDates, profile: Profile
) -> ExplainedCustomers:
    """Explain today's scores and lay everything known of a customer into one row."""
    observed, trained, now = learned.observed, learned.trained, scored.now
    refits = _refits(trained)
    explained = explain(
        now,
        scored.before,
        trained,
        scored.at_stake,
        cuts=scored.cuts,
        gap_days=profile.gap_days,
        refits=refits,
        registry=observed.features,
        contract_days=_contract_days(observed.people, now.snapshot.observation_date),
    )
    table = customer_table(
        observed.people.loc[now.snapshot.features.index],
        now,
        scored.before,
        scored.value_by_date[0],
        explained,
        risk_interval=_risk_interval(now, refits, trained.average_interval),
        cuts=scored.cuts,
        unusual=_unusual(now, trained),
        profile=profile,
    )
    return ExplainedCustomers(table, explained)


def _contract_days(people: pd.DataFrame, today: date) -> pd.Series | None:
    """Return the days to the end of each contract; None where no source tells.

    A source tells it as it is today, so that it is asked of the run's own date alone.
    """
    if "contract_ends_at" not in people or people["contract_ends_at"].isna().all():
        return None
    ends = pd.to_datetime(people["contract_ends_at"], utc=True)
    return (ends - pd.Timestamp(today, tz="UTC")).dt.days.astype("float64")


def _refits(trained: Trained) -> Sequence[Calibrated]:
    """Return the champion on other draws of the customers; of a bare average there are none."""
    if trained.average_interval is not None:
        return ()
    return refit(spec_of(trained.champion.name), trained.train, trained.calibrate, seed=0)


def _risk_interval(
    now: Scores, refits: Sequence[Calibrated], of_average: tuple[float, float] | None
) -> tuple[Floats, Floats]:
    eligible = now.snapshot.eligible
    low = np.full(len(eligible), np.nan)
    high = low.copy()
    if of_average is not None:
        low[eligible] = np.minimum(of_average[0], now.churn_risk[eligible])
        high[eligible] = np.maximum(of_average[1], now.churn_risk[eligible])
    elif eligible.any():
        spread = log_odds_spread(refits, now.snapshot.features[eligible])
        low[eligible], high[eligible] = interval_of(now.churn_risk[eligible], spread)
    return low, high


def _unusual(now: Scores, trained: Trained) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    flags = np.zeros(len(now.churn_risk), dtype=bool)
    eligible = now.snapshot.eligible
    if eligible.any():
        seen = now.snapshot.features.loc[eligible, list(NOVELTY_COLUMNS)].to_numpy()
        flags[eligible] = trained.novelty.predict(seen) == -1
    return flags
