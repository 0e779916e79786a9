"""Rows as CSV: the same lines for the app and the command line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from analytics.domain.customer_filter import CustomerFilter
from analytics.domain.measures import CUSTOMER_COLUMNS
from analytics.services.customer_rows import every_column
from analytics.services.queries import Sort
from analytics.services.results import PlanRow
from analytics.services.run_access import OpenRun

#: A spreadsheet takes a cell that starts with one of these for a formula.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")

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
    """Return the CSV of a choice of customers, line by line, the header first."""
    yield csv_line(one.name for one in CUSTOMER_COLUMNS)
    for part in opened.reader.stream(every_column(chosen, sort)):
        yield "".join(csv_line(row) for row in part)


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


def csv_line(values: Iterable[object]) -> str:
    """Return one line of CSV; a text that a spreadsheet would run as a formula is disarmed.

    Such a text gets a leading apostrophe (OWASP, CSV injection). Numbers stay as they are, also
    negative ones; times are ISO 8601 in UTC; what is missing is empty.
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_cell(one) for one in values])
    return line.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
