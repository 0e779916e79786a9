"""The money of each customer known by a date: purchases ever, invoices of the last 90 days.

Values are made of it, never a feature: a model sees what `families.value` says.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.features.build import FeatureSource
from analytics.features.event_groups import INVOICE_GROUP
from analytics.features.prepared import day_number

INVOICE_WINDOW_DAYS = 90
#: Columns of `money_known`.
MONEY_COLUMNS = (
    "purchase_days",
    "days_since_first_purchase",
    "days_since_last_purchase",
    "purchase_money",
    "invoices_90d",
    "invoice_money_90d",
)

# Whole numbers over the prepared tables, so that every engine can answer it.
_MONEY = f"""
WITH bought AS (
    SELECT customer_key, COUNT(DISTINCT day) AS purchase_days,
           $day - MIN(day) AS days_since_first_purchase,
           $day - MAX(day) AS days_since_last_purchase,
           SUM(paid_cents) AS purchase_cents
    FROM prepared_days
    WHERE paid > 0 AND day <= $day AND received_day <= $day
      AND customer_key >= $first_key AND customer_key < $past_key
    GROUP BY customer_key
),
billed AS (
    SELECT customer_key, COUNT(*) AS invoices_90d, SUM(value_cents) AS invoice_cents_90d
    FROM prepared_signs
    WHERE {INVOICE_GROUP.name} = 1 AND value_cents > 0
      AND day <= $day AND received_day <= $day AND day > $day - {INVOICE_WINDOW_DAYS}
      AND customer_key >= $first_key AND customer_key < $past_key
    GROUP BY customer_key
)
SELECT COALESCE(b.customer_key, i.customer_key) AS customer_key, b.purchase_days,
       b.days_since_first_purchase, b.days_since_last_purchase, b.purchase_cents,
       i.invoices_90d, i.invoice_cents_90d
FROM bought AS b FULL OUTER JOIN billed AS i ON i.customer_key = b.customer_key
"""


def money_known(source: FeatureSource, observation_date: date) -> pd.DataFrame:
    """Return the money known by the end of the date, one row a customer who had any.

    Returns
    -------
    Index `customer_key`; columns `MONEY_COLUMNS`: days with a purchase, days since the first and
    the last of them, sum of all purchases; positive invoices of the last 90 days and their sum.
    Counts and sums are 0 where nothing was known, days since are NaN.
    """
    answer = source.answer(_MONEY, {"day": day_number(observation_date)})
    frame = source.connection.execute(f"SELECT * FROM {answer} ORDER BY customer_key").df()
    frame = frame.set_index("customer_key").astype("float64")
    frame["purchase_money"] = frame.pop("purchase_cents") / 100
    frame["invoice_money_90d"] = frame.pop("invoice_cents_90d") / 100
    counted = ["purchase_days", "purchase_money", "invoices_90d", "invoice_money_90d"]
    frame[counted] = frame[counted].fillna(0.0)
    return frame[list(MONEY_COLUMNS)]
