"""What BG/NBD makes of each customer's dates, stacked as one more column that models may see."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.errors import InsufficientData
from analytics.features.state_filter.filtered_weeks import FILTER_COLUMNS
from analytics.modelling.lifetime.bgnbd import BgNbd, fit_bgnbd

NO_EVENT_LOG_ODDS = "bgnbd_no_event_log_odds"
#: Columns of the observations that are no features of the registry.
STACKED_COLUMNS = (NO_EVENT_LOG_ODDS, *FILTER_COLUMNS)

#: What the column is made of: three facts of a customer, the days ahead that are asked about, and
#: the four fitted parameters, which are the same for all customers of a date.
SILENT_DAYS, ACTIVE_DAYS = "bgnbd_silent_days", "bgnbd_active_days"
TENURE_DAYS, DAYS_AHEAD = "bgnbd_tenure_days", "bgnbd_days_ahead"
FITTED_COLUMNS = ("bgnbd_r", "bgnbd_alpha", "bgnbd_a", "bgnbd_b")
PART_COLUMNS = (SILENT_DAYS, ACTIVE_DAYS, TENURE_DAYS, DAYS_AHEAD, *FITTED_COLUMNS)

#: Customers that the four parameters are fitted on; more of them hardly move the fit.
MOST_FITTED = 5_000
_WEEK = 7.0
_FARTHEST = 9.0

Floats = npt.NDArray[np.float64]


def no_event_log_odds(frame: pd.DataFrame, horizon_days: Floats, gap_days: int) -> Floats:
    """Return the log-odds of no activity from the date to the end of the own horizon.

    BG/NBD is fitted on what was known on the date, active days taken for purchases and weeks for
    the unit of time; nothing later is used. NaN for everybody where nobody was ever active twice,
    and for a customer who was never active.

    Parameters
    ----------
    frame
        Of `build_features`: needs `rhythm_lifetime_active_days`, `rhythm_silent_days` and
        `rhythm_tenure_days`.
    horizon_days
        Each customer's own horizon.
    """
    names = ("rhythm_silent_days", "rhythm_lifetime_active_days", "rhythm_tenure_days")
    return log_odds_of_parts(parts_of(frame[list(names)].to_numpy(), horizon_days, gap_days))


def parts_of(facts: Floats, horizon_days: Floats, gap_days: int) -> Floats:
    """Return what the column is made of, in the order of `PART_COLUMNS`, one row a customer.

    Parameters
    ----------
    facts
        Days silent, active days on record and days of tenure of every customer of a date: the
        parameters are fitted on them. They are NaN where nobody was ever active twice.
    """
    silent, days, tenure = np.asarray(facts, dtype=np.float64).T
    active = days >= 1
    frequency, recency, age = _summary(silent[active], days[active], tenure[active])
    step = max(len(age) // MOST_FITTED, 1)
    try:
        fitted = fit_bgnbd(frequency[::step], recency[::step], age[::step])
        parameters: tuple[float, ...] = (fitted.r, fitted.alpha, fitted.a, fitted.b)
    except InsufficientData:
        parameters = (np.nan,) * len(FITTED_COLUMNS)
    ahead = np.nan_to_num(horizon_days, posinf=0.0) + gap_days
    return np.column_stack(
        [silent, days, tenure, ahead, *(np.full(len(days), parameter) for parameter in parameters)]
    )


def log_odds_of_parts(parts: Floats) -> Floats:
    """Return the column for rows of parts; NaN without an active day or without parameters."""
    result = np.full(len(parts), np.nan)
    known = (parts[:, 1] >= 1) & np.isfinite(parts).all(axis=1)
    fits = parts[:, -len(FITTED_COLUMNS) :]
    todo = known.copy()
    while todo.any():  # one turn for each date there is
        one = fits[np.argmax(todo)]
        rows = todo & (fits == one).all(axis=1)
        result[rows] = _log_odds(BgNbd(*one), *parts[rows, :4].T)
        todo &= ~rows
    return result


def _log_odds(fitted: BgNbd, silent: Floats, days: Floats, tenure: Floats, ahead: Floats) -> Floats:
    chance = fitted.probability_of_no_event(*_summary(silent, days, tenure), ahead / _WEEK)
    kept = np.clip(chance, 1e-300, 1 - 1e-12)
    odds: Floats = np.clip(np.log(kept) - np.log1p(-kept), -_FARTHEST, _FARTHEST)
    return odds


def _summary(silent: Floats, days: Floats, tenure: Floats) -> tuple[Floats, Floats, Floats]:
    """Return repeat purchases, and the weeks from the first to the last and to the date."""
    # Tenure counts from sign-up: the time before a first use is a time without any, too.
    age = np.maximum(tenure - 1, 0.0) / _WEEK
    recency = np.maximum(age - silent / _WEEK, 0.0)
    frequency = np.floor(days) - 1  # a typical customer may have half a day
    return frequency, np.where(frequency > 0, recency, 0.0), age
