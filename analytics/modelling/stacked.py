"""What BG/NBD makes of each customer's dates, stacked as one more column that models may see."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.errors import InsufficientData
from analytics.modelling.bgnbd import fit_bgnbd

NO_EVENT_LOG_ODDS = "bgnbd_no_event_log_odds"
#: Columns of the observations that are no features of the registry.
STACKED_COLUMNS = (NO_EVENT_LOG_ODDS,)
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
    days = frame["rhythm_lifetime_active_days"].to_numpy()
    active = days >= 1
    result = np.full(len(frame), np.nan)
    # Tenure counts from sign-up: the time before a first use is a time without any, too.
    age = np.maximum(frame["rhythm_tenure_days"].to_numpy()[active] - 1, 0.0) / _WEEK
    recency = np.maximum(age - frame["rhythm_silent_days"].to_numpy()[active] / _WEEK, 0.0)
    frequency = days[active] - 1
    recency = np.where(frequency > 0, recency, 0.0)
    step = max(len(age) // MOST_FITTED, 1)
    try:
        fitted = fit_bgnbd(frequency[::step], recency[::step], age[::step])
    except InsufficientData:
        return result
    ahead = np.nan_to_num(horizon_days[active], posinf=0.0) + gap_days
    chance = fitted.probability_of_no_event(frequency, recency, age, ahead / _WEEK)
    kept = np.clip(chance, 1e-300, 1 - 1e-12)
    result[active] = np.clip(np.log(kept) - np.log1p(-kept), -_FARTHEST, _FARTHEST)
    return result
