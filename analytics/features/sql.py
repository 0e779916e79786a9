"""The one SQL text of the feature build, made from the registry.

Written in DuckDB's dialect over prepared events: integer codes, days since 1970, money in cents.
Every event after the observation day, or received after it, is left out in the first step, so that
nothing later can see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.features.families.accumulators import active_days
from analytics.features.record import Accumulator, Feature

#: Days before the data begin were not observed: they count toward the tenure, not toward rates.
#: What each customer's rhythm is made of; features may use these columns.
RHYTHM_COLUMNS = (
    "tenure_days",
    "observed_days",
    "silent_days",
    "reference_active_days",
    "reference_days",
    "daily_probability",
    "gap_count",
    "gap_mean",
    "gap_longest",
    "gap_q99",
    "lifetime_active_days",
)

#: Days at the end that do not count toward the own reference, so a fade does not lower it.
REFERENCE_SKIP_DAYS = 14
REFERENCE_WINDOW_DAYS = 180
#: Strength of the shrinkage toward the mean rate, in active days.
RATE_PRIOR_ACTIVE_DAYS = 2.0

_KNOWN = """
known AS (
    SELECT e.* EXCLUDE (received_day), a.age, a.bit_0, a.bit_1, a.bit_2, a.decay_21, a.decay_45
    FROM prepared_events AS e
    JOIN ages AS a ON a.age = $day - e.day
    WHERE e.day <= $day AND e.received_day <= $day
)"""

_GAPS = """
active AS (
    SELECT customer_key, day FROM known WHERE is_activity = 1 GROUP BY customer_key, day
),
gaps AS (
    SELECT customer_key, day - LAG(day) OVER (PARTITION BY customer_key ORDER BY day) AS gap,
           MAX(day) OVER (PARTITION BY customer_key) AS last_day
    FROM active
),
gap_totals AS (
    SELECT customer_key, MAX(last_day) AS last_day, COUNT(*) AS lifetime_active_days,
           COUNT(gap) AS gap_count, CAST(SUM(gap) AS BIGINT) AS gap_sum,
           CAST(SUM(gap * gap) AS BIGINT) AS gap_squares, MAX(gap) AS gap_longest,
           QUANTILE_DISC(gap, 0.99) AS gap_q99,
           SUM(CASE WHEN gap <= $day - last_day THEN 1 ELSE 0 END) AS gaps_up_to_silence
    FROM gaps GROUP BY customer_key
)"""


def feature_query(features: Sequence[Feature]) -> str:
    """Return the whole query; parameters: ``$day``, the observation day since 1970.

    Result: one row a customer who had signed up by then, with `customer_key`, the rhythm columns
    (prefixed ``rhythm_``) and one column a feature, ordered by `customer_key`.
    """
    accumulators = _distinct(one for feature in features for one in feature.accumulators)
    sums = ",\n           ".join(f"CAST({one.sql} AS BIGINT) AS {one.name}" for one in accumulators)
    filled = ", ".join(f"COALESCE(s.{one.name}, 0) AS {one.name}" for one in accumulators)
    rhythm = ", ".join(f"{name} AS rhythm_{name}" for name in RHYTHM_COLUMNS)
    columns = ",\n       ".join(f"{one.sql} AS {one.name}" for one in features)
    return f"""WITH {_KNOWN.strip()},
{_GAPS.strip()},
sums AS (
    SELECT customer_key, MIN(day) AS first_known_day,
           {sums}
    FROM known GROUP BY customer_key
),
present AS (
    SELECT c.customer_key, s.* EXCLUDE (customer_key),
           COALESCE(c.signed_up_day, s.first_known_day) AS signed_up_day
    FROM prepared_customers AS c LEFT JOIN sums AS s ON s.customer_key = c.customer_key
),
joined AS (
    SELECT s.customer_key, $day - s.signed_up_day + 1 AS tenure_days,
           LEAST($day - s.signed_up_day, $day - (SELECT MIN(day) FROM known)) + 1 AS observed_days,
           $day - g.last_day AS silent_days, COALESCE(g.lifetime_active_days, 0)
               AS lifetime_active_days,
           COALESCE(g.gap_count, 0) AS gap_count, g.gap_sum, g.gap_squares, g.gap_longest,
           g.gap_q99, COALESCE(g.gaps_up_to_silence, 0) AS gaps_up_to_silence,
           {filled}
    FROM present AS s
    LEFT JOIN gap_totals AS g ON g.customer_key = s.customer_key
    WHERE s.signed_up_day <= $day
),
reference AS (
    SELECT *, {active_days(REFERENCE_SKIP_DAYS, REFERENCE_WINDOW_DAYS)} AS reference_active_days,
           GREATEST(LEAST(observed_days, {REFERENCE_WINDOW_DAYS}) - {REFERENCE_SKIP_DAYS}, 1)
               AS reference_days
    FROM joined
),
fleet AS (
    SELECT CAST(SUM(reference_active_days) AS DOUBLE) / SUM(reference_days) AS daily_probability
    FROM reference WHERE reference_active_days > 0
),
rhythm AS (
    SELECT r.*,
           LEAST((r.reference_active_days + {RATE_PRIOR_ACTIVE_DAYS})
               / (r.reference_days + {RATE_PRIOR_ACTIVE_DAYS}
                   / COALESCE(NULLIF(f.daily_probability, 0), 0.01)), 0.95) AS daily_probability,
           CAST(r.gap_sum AS DOUBLE) / NULLIF(r.gap_count, 0) AS gap_mean
    FROM reference AS r CROSS JOIN fleet AS f
)
SELECT customer_key, {rhythm},
       {columns}
FROM rhythm ORDER BY customer_key
"""


def _distinct(accumulators: Iterable[Accumulator]) -> list[Accumulator]:
    found: dict[str, Accumulator] = {}
    for one in accumulators:
        if found.setdefault(one.name, one) != one:
            raise ValueError(f"Accumulator {one.name} must have one definition. Got two.")
    return list(found.values())
