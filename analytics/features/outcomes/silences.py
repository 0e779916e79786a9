"""Every long silence of every customer: what tells, later, in which week somebody stopped."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domain.event_log.unseen_days import NONE_UNSEEN, UnseenDays
from analytics.domain.profiles.profile import Profile
from analytics.features.build import FeatureSource
from analytics.features.outcomes.labels import VOCAL_LOOKBACK_DAYS
from analytics.features.rhythm import Rhythm

#: Weeks ahead of an observation date in which an exit is looked for.
WEEKS_AHEAD = 8
_WEEK = 7

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# Whole numbers over the prepared tables, so that every engine can answer it.
LONG_SILENCES = """
WITH days AS (
    SELECT customer_key, day,
           LEAD(day) OVER (PARTITION BY customer_key ORDER BY day) AS next_day
    FROM prepared_days
    WHERE activity > 0 AND day <= $known AND received_day <= $known
      AND customer_key >= $first_key AND customer_key < $past_key
)
SELECT customer_key, day AS from_day, next_day AS to_day FROM days
WHERE next_day IS NULL OR next_day - day > $longer_than
"""


def long_silences(source: FeatureSource, *, profile: Profile, known_day: int) -> pd.DataFrame:
    """Return silences that may be an exit, known by `known_day`; for labels only, never a feature.

    Returns
    -------
    Columns customer_key, from_day (last activity), to_day (next activity; infinite if none yet).
    """
    bound = {"known": known_day, "longer_than": profile.horizon_min_days}
    answer = source.answer(LONG_SILENCES, bound)
    found = source.connection.execute(
        f"SELECT * FROM {answer} ORDER BY customer_key, from_day"
    ).df()
    return found.astype({"customer_key": "int64", "from_day": "float64"}).assign(
        to_day=found["to_day"].astype("float64").fillna(np.inf)
    )


def silent_week(
    keys: npt.NDArray[np.int64],
    day: int,
    rhythm: Rhythm,
    long: pd.DataFrame,
    unseen: UnseenDays = NONE_UNSEEN,
) -> Floats:
    """Return in which week after `day` each customer's first silence over the own horizon began.

    Week k means no activity from the end of week k on, over the whole horizon; one who had stopped
    before the date belongs to week 1. Infinite where there is none in `WEEKS_AHEAD` weeks.
    """
    place = pd.Series(np.arange(len(keys)), index=keys)
    rows = long[long["customer_key"].isin(keys)]
    who = place.loc[rows["customer_key"]].to_numpy()
    began, back = rows["from_day"].to_numpy(), rows["to_day"].to_numpy()
    week = np.maximum(np.ceil((began - day) / _WEEK), 1.0)
    lasts = back > unseen.end_of(day, _WEEK * week + rhythm.horizon_days[who])
    week = np.where(lasts & (week <= WEEKS_AHEAD), week, np.inf)
    first = np.full(len(keys), np.inf)
    np.minimum.at(first, who, week)
    return first


def exit_weeks(
    signs: pd.DataFrame,
    silent: Floats,
    day: int,
    horizon_days: Floats,
    unseen: UnseenDays = NONE_UNSEEN,
) -> tuple[Floats, Flags, Flags]:
    """Return the week of each customer's first exit, and whether it was vocal or involuntary.

    Neither means silent. A recorded end, or a silence with a complaint or request around it, is
    vocal; an end for want of payment is involuntary; a silence in a pause is no exit.
    """
    ended_day = signs["ended_day"].fillna(np.inf).to_numpy()
    ended = np.maximum(np.ceil((ended_day - day) / _WEEK), 1.0)
    ended = np.where(ended <= WEEKS_AHEAD, ended, np.inf)
    weeks = np.minimum(np.minimum(ended, silent), WEEKS_AHEAD)
    by = unseen.end_of(day, _WEEK * weeks + horizon_days)
    ends = ended_day <= by
    unpaid = ends & (signs["end_reason"] == "unpaid").to_numpy()
    spoke = signs["next_vocal_day"].fillna(np.inf).to_numpy() <= by
    spoke |= signs["last_vocal_day"].fillna(-np.inf).to_numpy() > day - VOCAL_LOOKBACK_DAYS
    pausing = signs["last_pause_day"].fillna(-np.inf) > signs["last_resume_day"].fillna(-np.inf)
    paused = pausing.to_numpy() | (signs["next_pause_day"].fillna(np.inf).to_numpy() <= by)
    silent = np.where(paused & ~ends, np.inf, silent)
    return np.minimum(ended, silent), (ends | spoke) & ~unpaid, unpaid
