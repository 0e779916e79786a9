"""What customers said in the weeks after an observation date: for judging, never a feature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from analytics.features.build import FeatureSource
from analytics.features.prepared import day_number

#: Days after an observation date in which a complaint, a ticket or a bad answer counts.
VOICED_WITHIN_DAYS = 28

# The channels of tickets and bad answers are those of the index, so that both mean the same.
_VOICED = """
WITH dates AS (SELECT UNNEST($days) AS observation_day)
SELECT d.observation_day, s.customer_key,
       CAST(SUM(CASE WHEN s.day > d.observation_day THEN s.is_tickets_channel ELSE 0 END) AS DOUBLE)
           AS problem_contacts,
       CAST(SUM(CASE WHEN s.day > d.observation_day AND s.is_surveys_channel = 1
                      AND s.value_cents <= 200 THEN 1 ELSE 0 END) AS DOUBLE) AS bad_answers,
       AVG(CASE WHEN s.day > d.observation_day AND s.is_survey = 1 THEN s.value_cents / 100.0 END)
           AS mean_score,
       CAST(SUM(CASE WHEN s.day <= d.observation_day AND s.received_day <= d.observation_day
                     THEN s.is_contact ELSE 0 END) AS DOUBLE) AS contacts_before
FROM prepared_signs AS s
JOIN dates AS d ON s.day <= d.observation_day + $within
WHERE s.received_day <= $known AND (s.is_contact = 1 OR s.is_survey = 1 OR s.is_tickets_channel = 1)
GROUP BY d.observation_day, s.customer_key
"""


def voiced(source: FeatureSource, dates: Sequence[date], *, known_day: int) -> pd.DataFrame:
    """Return what was said within four weeks after each date whose four weeks are over.

    Index (observation_day, customer_key), in days since 1970; only customers who ever said
    something. Columns: `problem_contacts` (tickets, complaints, refund requests), `bad_answers`
    (survey scores of at most 2), `mean_score` (of the survey answers, missing without any) after
    the date; `contacts_before`, known by it.
    """
    over = [day_number(day) for day in dates if day_number(day) + VOICED_WITHIN_DAYS <= known_day]
    bound = {"days": over, "within": VOICED_WITHIN_DAYS, "known": known_day}
    found = source.connection.execute(_VOICED, bound).df()
    return found.astype({"observation_day": "int64", "customer_key": "int64"}).set_index(
        ["observation_day", "customer_key"]
    )
