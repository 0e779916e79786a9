"""What became of each customer after an observation date: competing outcomes, silent among them."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.features.build import FeatureSource
from analytics.features.prepared import day_number
from analytics.features.rhythm import Rhythm

VOCAL_LOOKBACK_DAYS = 30


class Outcome(IntEnum):
    """First to happen in the window.

    NOT_ADMISSIBLE where the customer's rhythm is too sparse for silence to mean anything; CENSORED
    where the data end before the window does.
    """

    NOT_ADMISSIBLE = -2
    CENSORED = -1
    RETAINED = 0
    SILENT = 1
    VOCAL = 2
    INVOLUNTARY = 3


# Whole numbers over the prepared tables, so that every engine can answer it.
SIGNS = """
WITH days AS (
    SELECT customer_key,
           MIN(CASE WHEN activity > 0 AND day > $day + $gap THEN day END) AS next_active_day
    FROM prepared_days
    WHERE day <= $known AND received_day <= $known
      AND customer_key >= $first_key AND customer_key < $past_key
    GROUP BY customer_key
),
signs AS (
    SELECT customer_key,
           MIN(CASE WHEN is_vocal = 1 AND day > $day THEN day END) AS next_vocal_day,
           MAX(CASE WHEN is_vocal = 1 AND day <= $day THEN day END) AS last_vocal_day,
           MAX(CASE WHEN is_pause = 1 AND day <= $day THEN day END) AS last_pause_day,
           MAX(CASE WHEN is_resume = 1 AND day <= $day THEN day END) AS last_resume_day,
           MIN(CASE WHEN is_pause = 1 AND day > $day THEN day END) AS next_pause_day
    FROM prepared_signs
    WHERE day <= $known AND received_day <= $known
      AND customer_key >= $first_key AND customer_key < $past_key
    GROUP BY customer_key
)
SELECT d.customer_key, d.next_active_day, s.next_vocal_day, s.last_vocal_day, s.last_pause_day,
       s.last_resume_day, s.next_pause_day
FROM days AS d LEFT JOIN signs AS s ON s.customer_key = d.customer_key
"""

_WITH_ENDS = """
SELECT c.customer_key, c.ended_day, c.end_reason, s.* EXCLUDE (customer_key)
FROM prepared_customers AS c LEFT JOIN {answer} AS s ON s.customer_key = c.customer_key
ORDER BY c.customer_key
"""


def future_signs(
    source: FeatureSource, observation_date: date, *, gap_days: int, known_day: int
) -> pd.DataFrame:
    """Return what happened after the date, one row a customer; for labels only, never a feature.

    Only events that had happened and were received by `known_day` count: a run as of a date must
    not learn from what came to light later.
    """
    bound = {"day": day_number(observation_date), "gap": gap_days, "known": known_day}
    answer = source.answer(SIGNS, bound)
    frame = source.connection.execute(_WITH_ENDS.format(answer=answer)).df()
    frame = frame.set_index("customer_key")
    days = [name for name in frame.columns if name.endswith("_day")]
    return frame.astype(dict.fromkeys(days, "float64"))


def has_ended(signs: pd.DataFrame, observation_date: date) -> npt.NDArray[np.bool_]:
    """Return who had left with a record by the observation date."""
    ended: npt.NDArray[np.bool_] = (
        signs["ended_day"].fillna(np.inf) <= day_number(observation_date)
    ).to_numpy()
    return ended


def outcomes(
    signs: pd.DataFrame,
    rhythm: Rhythm,
    observation_date: date,
    *,
    window_end: npt.NDArray[np.float64],
    last_day: int,
) -> npt.NDArray[np.int8]:
    """Return each customer's outcome over the window (date + gap, date + gap + own horizon].

    Days on which the log saw nobody do not count, so the window ends later by them.

    A recorded end is involuntary (unpaid) or vocal; silence with a complaint, a cancel or refund
    request or a reopened ticket from 30 days before the date to the window's end is vocal; silence
    in a pause that runs on the date or begins in the window is not churn; silence with nothing
    around it is silent churn.

    Parameters
    ----------
    window_end
        Day since 1970 by whose end each outcome is known.
    """
    day = day_number(observation_date)
    silent = ~(signs["next_active_day"].fillna(np.inf).to_numpy() <= window_end)
    ended = signs["ended_day"].fillna(np.inf).to_numpy() <= window_end
    unpaid = ended & (signs["end_reason"] == "unpaid").to_numpy()
    spoke_after = signs["next_vocal_day"].fillna(np.inf).to_numpy() <= window_end
    spoke_before = signs["last_vocal_day"].fillna(-np.inf).to_numpy() > day - VOCAL_LOOKBACK_DAYS
    pausing = signs["last_pause_day"].fillna(-np.inf) > signs["last_resume_day"].fillna(-np.inf)
    paused = pausing.to_numpy() | (signs["next_pause_day"].fillna(np.inf).to_numpy() <= window_end)
    result = np.select(
        [
            ~rhythm.admissible,
            window_end > last_day,
            unpaid,
            ended | (silent & (spoke_after | spoke_before)),
            silent & ~paused,
        ],
        [
            Outcome.NOT_ADMISSIBLE,
            Outcome.CENSORED,
            Outcome.INVOLUNTARY,
            Outcome.VOCAL,
            Outcome.SILENT,
        ],
        default=Outcome.RETAINED,
    )
    return result.astype(np.int8)
