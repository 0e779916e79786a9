"""Rows as CSV: the same lines for the app and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analytics.domain.customer.filter import CustomerFilter
from analytics.exports.csv_lines import csv_line
from analytics.exports.customer_csv import lines_of
from analytics.services.current_run.queries import Sort
from analytics.services.current_run.run_access import OpenRun
from analytics.services.customers.customer_rows import every_column
from analytics.services.results import PlanRow

PLAN_COLUMNS = (
    "customer_id",
    "name",
    "segment",
    "risk_tier",
    "churn_risk",
    "revenue_at_risk",
    "reason_1",
    "action",
    "action_label",
    "expected_net_value",
    "expected_net_value_low",
    "expected_net_value_high",
    "expected_cost",
    "minutes",
    "break_even_save_rate",
    "status",
    "owner",
)


def customer_lines(opened: OpenRun, chosen: CustomerFilter, sort: Sort = ()) -> Iterator[str]:
    """Return the CSV of a choice of customers, the header first."""
    return lines_of(opened.reader, every_column(chosen, sort), opened.run.summary.zone)


def plan_lines(rows: Iterable[PlanRow]) -> Iterator[str]:
    """Return the CSV of a plan, line by line, the header first."""
    yield csv_line(PLAN_COLUMNS)
    for row in rows:
        known = vars(row.customer) | vars(row)
        known |= {
            "expected_net_value": row.expected_net_value.value,
            "expected_net_value_low": row.expected_net_value.low,
            "expected_net_value_high": row.expected_net_value.high,
        }
        yield csv_line(known[name] for name in PLAN_COLUMNS)
