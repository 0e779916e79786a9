"""The finish: from each customer's integers to their features, in the product's own DuckDB.

Whatever engine counted, the arithmetic is done here, so that equal integers are equal features. It
goes in three steps: each customer's rhythm; the features that compare a customer with the others,
over as few columns as they need; then all features, for some customers at a time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from analytics.domain.event_log.unseen_days import NONE_UNSEEN, UnseenDays
from analytics.features.accumulate import accumulators_of
from analytics.features.families.rhythm_accumulators import (
    ALWAYS_COUNTED,
    REFERENCE_ACTIVE_DAYS,
    REFERENCE_SKIP_DAYS,
    REFERENCE_WINDOW_DAYS,
)
from analytics.features.record import Accumulator, Feature

#: What each customer's rhythm is made of; features may use these columns. Days before the data
#: begin were not observed: they count toward the tenure, not toward rates.
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

#: Strength of the shrinkage toward the mean rate, in active days.
RATE_PRIOR_ACTIVE_DAYS = 2.0

_OVER = re.compile(r"\bOVER\b", re.IGNORECASE)


def rhythm_query(unseen: UnseenDays = NONE_UNSEEN) -> str:
    """Return the query over `accumulated` and `prepared_customers`; parameter: ``$day``.

    One row a customer who had signed up by then. Days on which the log saw nobody are no silence.
    """
    lost = unseen.sql("last_active_day", "$day")
    observed = f"LEAST(observed_days, {REFERENCE_WINDOW_DAYS})"
    lost_reference = unseen.sql(f"$day - {observed}", f"$day - {REFERENCE_SKIP_DAYS}")
    filled = ",\n           ".join(_filled(accumulator) for accumulator in ALWAYS_COUNTED)
    return f"""WITH present AS (
    SELECT c.customer_key,
           {filled},
           COALESCE(c.signed_up_day, s.first_known_day) AS signed_up_day,
           LEAST(c.signed_up_day, s.first_known_day) AS began_day,
           (SELECT MIN(first_known_day) FROM accumulated) AS first_observed_day
    FROM prepared_customers AS c LEFT JOIN accumulated AS s ON s.customer_key = c.customer_key
),
joined AS (
    SELECT *, $day - began_day + 1 AS tenure_days,
           LEAST($day - began_day, $day - first_observed_day) + 1 AS observed_days,
           $day - last_active_day{lost} AS silent_days
    FROM present WHERE signed_up_day <= $day
),
reference AS (
    SELECT *, {REFERENCE_ACTIVE_DAYS.name} AS reference_active_days,
           GREATEST({observed} - {REFERENCE_SKIP_DAYS}{lost_reference}, 1) AS reference_days
    FROM joined
),
fleet AS (
    SELECT CAST(SUM(reference_active_days) AS DOUBLE) / SUM(reference_days) AS fleet_probability
    FROM reference WHERE reference_active_days > 0
)
SELECT r.*,
       LEAST((r.reference_active_days + {RATE_PRIOR_ACTIVE_DAYS})
           / (r.reference_days + {RATE_PRIOR_ACTIVE_DAYS}
               / COALESCE(NULLIF(f.fleet_probability, 0), 0.01)), 0.95) AS daily_probability,
       CAST(r.gap_sum AS DOUBLE) / NULLIF(r.gap_count, 0) AS gap_mean
FROM reference AS r CROSS JOIN fleet AS f
"""


def among_query(features: Sequence[Feature]) -> str:
    """Return the query over `rhythm` and `accumulated` for what compares customers."""
    columns = "".join(f",\n       {_column(feature)}" for feature in features if _compares(feature))
    return f"SELECT customer_key{columns}\nFROM ({_together(features)}) AS t"


def finish_query(features: Sequence[Feature], *, absent: Collection[str] = ()) -> str:
    """Return the query over `rhythm`, `accumulated` and `among`.

    Parameters: ``$first_key`` and ``$past_key``, the customers to finish. One row a customer:
    `customer_key`, the rhythm columns (prefixed ``rhythm_``) and one column a feature, ordered by
    `customer_key`.

    Parameters
    ----------
    absent
        Names of features that the source cannot support on that day: they are NULL, never 0.
    """
    rhythm = ", ".join(f"t.{name} AS rhythm_{name}" for name in RHYTHM_COLUMNS)
    columns = ",\n       ".join(
        f"CAST(NULL AS DOUBLE) AS {feature.name}"
        if feature.name in absent
        else f"a.{feature.name}"
        if _compares(feature)
        else _column(feature)
        for feature in features
    )
    return f"""SELECT t.customer_key, {rhythm},
       {columns}
FROM ({_together(features)}
    WHERE r.customer_key >= $first_key AND r.customer_key < $past_key
) AS t JOIN among AS a ON a.customer_key = t.customer_key
ORDER BY t.customer_key
"""


def _together(features: Sequence[Feature]) -> str:
    """Return each customer's rhythm with all their integers."""
    others = [
        accumulator
        for accumulator in accumulators_of(features)
        if accumulator not in ALWAYS_COUNTED
    ]
    filled = "".join(f",\n           {_filled(other)}" for other in others)
    return (
        f"\n    SELECT r.*{filled}\n"
        "    FROM rhythm AS r LEFT JOIN accumulated AS s ON s.customer_key = r.customer_key"
    )


def _filled(one: Accumulator) -> str:
    if one.empty is None:
        return f"s.{one.name}"
    return f"COALESCE(s.{one.name}, {one.empty}) AS {one.name}"


def _compares(feature: Feature) -> bool:
    """Tell whether a feature needs the other customers."""
    return bool(_OVER.search(feature.sql))


def _column(feature: Feature) -> str:
    """Return the SQL of one feature's column."""
    if feature.default is None:
        return f"CAST({feature.sql} AS DOUBLE) AS {feature.name}"
    return f"COALESCE(CAST({feature.sql} AS DOUBLE), {feature.default}) AS {feature.name}"
