"""Every week scored as it would have been: by the model as the oldest test date knew it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.prepared import EPOCH, day_number
from analytics.modelling.backtest import taught_on
from analytics.modelling.judging import Backtest
from analytics.modelling.models.calibrated import Calibrated, fit_calibrated
from analytics.modelling.models.estimators import spec_of
from analytics.modelling.observing.observations import Observations, Snapshot
from analytics.modelling.observing.split import split_at

WEEK_DAYS = 7
#: Weeks in which customers are followed by today's model: scoring takes time.
FOLLOWED_WEEKS = 12
#: Columns of a week, for `weekly_scores`.
COLUMNS = (
    "customer_key",
    "day",
    "risk",
    "risk_today",
    "silent_days",
    "outcome",
    "known_day",
)


def early_model(observations: Observations, tested: Backtest, *, seed: int) -> Calibrated:
    """Fit the champion again on what was known on the oldest test date."""
    split = split_at(observations, tested.test_days[0])
    assert split is not None, "a date that was tested was trained for"
    learn, adjust = taught_on(observations, split)
    return fit_calibrated(spec_of(tested.champion), learn, adjust, seed=seed)


def weeks_of(tested: Backtest, as_of: date) -> list[date]:
    """Return every seventh day from the oldest test date to the run's date."""
    first = EPOCH + timedelta(days=tested.test_days[0])
    number = (as_of - first).days // WEEK_DAYS + 1
    return [first + timedelta(days=WEEK_DAYS * week) for week in range(number)]


def weekly_scores(
    weeks: Sequence[date],
    snapshot_of: Callable[[date], Snapshot],
    model: Calibrated,
    *,
    today: Calibrated | None = None,
) -> pd.DataFrame:
    """Return one row a customer and week, oldest week first; one week is in memory at a time.

    Parameters
    ----------
    today
        Today's model, to follow each customer with over the last `FOLLOWED_WEEKS`; never to judge
        it by, since it has learned from these weeks.

    Returns
    -------
    customer_key; day since 1970; risk, NaN for who is not scored; the same by today's model (NaN
    in earlier weeks); silent_days, NaN for who was never active; outcome as a code of `Outcome`;
    known_day, the day by whose end the outcome was known.
    """
    followed = set(weeks[-FOLLOWED_WEEKS:])
    parts = [
        _of_week(snapshot_of(week), model, today if week in followed else None) for week in weeks
    ]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype="float64") for name in COLUMNS})
    return pd.concat(parts, ignore_index=True)


def _of_week(seen: Snapshot, model: Calibrated, today: Calibrated | None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_key": seen.features.index.to_numpy(dtype=np.int32),
            "day": np.int32(day_number(seen.observation_date)),
            "risk": _risk(seen, model),
            "risk_today": _risk(seen, today),
            "silent_days": seen.rhythm.silent_days.astype(np.float32),
            "outcome": seen.outcome,
            "known_day": seen.known_day.astype(np.float32),
        }
    )


def _risk(seen: Snapshot, model: Calibrated | None) -> npt.NDArray[np.float32]:
    risk = np.full(len(seen.features), np.nan, dtype=np.float32)
    if model is not None and seen.eligible.any():
        risk[seen.eligible] = model.predict(seen.features[seen.eligible])
    return risk
