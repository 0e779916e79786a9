"""Observations made by hand: customers whose silence follows a few of the registry's features."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.registry import FEATURE_NAMES
from analytics.modelling.observing.observations import Observations
from analytics.modelling.observing.stacked import NO_EVENT_LOG_ODDS

STEP_DAYS = 28
HORIZON_DAYS = 35
FIRST_DAY = 20_000


def feature_table(rows: int, rng: np.random.Generator) -> pd.DataFrame:
    """Return plausible features: days are positive, the rest spreads around 1."""
    table = pd.DataFrame(rng.normal(1, 1, (rows, len(FEATURE_NAMES))), columns=FEATURE_NAMES)
    table["days_since_last_activity"] = rng.integers(0, 30, rows).astype(float)
    table["silence_surprise"] = rng.exponential(1.5, rows)
    table["last_survey_score"] = np.where(rng.random(rows) < 0.3, rng.uniform(1, 5, rows), np.nan)
    table[NO_EVENT_LOG_ODDS] = table["silence_surprise"] - 3.0
    return table


def observations(
    *,
    customers: int = 400,
    dates: int = 6,
    seed: int = 0,
    effect: float = 1.5,
    base: float = -1.5,
    told_by: Sequence[str] = ("days_since_last_activity",),
    horizon_days: npt.NDArray[np.float64] | float = float(HORIZON_DAYS),
) -> Observations:
    """Return `dates` observation dates of the same customers.

    The log-odds of silence are `base` plus `effect` times the standard scores of `told_by`.
    """
    rng = np.random.default_rng(seed)
    rows = customers * dates
    table = feature_table(rows, rng)
    told = table[list(told_by)]
    log_odds = base + effect * ((told - told.mean()) / told.std()).sum(axis=1).to_numpy()
    day = np.repeat(FIRST_DAY + STEP_DAYS * np.arange(dates), customers)
    horizon = np.broadcast_to(np.asarray(horizon_days, dtype=float), customers)
    return Observations(
        table,
        (rng.random(rows) < 1 / (1 + np.exp(-log_odds))).astype(np.int8),
        np.tile(np.arange(customers), dates),
        day,
        day + np.tile(horizon, dates),
        table["days_since_last_activity"].to_numpy() < 14,
    )


def with_shuffled_labels(given: Observations, *, seed: int) -> Observations:
    """Return the observations with outcomes dealt anew among the rows of each date."""
    rng = np.random.default_rng(seed)
    silent = given.silent.copy()
    for day in np.unique(given.day):
        rows = np.flatnonzero(given.day == day)
        silent[rows] = rng.permutation(silent[rows])
    return Observations(
        given.table, silent, given.customer_key, given.day, given.known_day, given.early
    )
