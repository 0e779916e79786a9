"""Exports as files, each with a file beside it that says what it holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from analytics.domain.customer.filter import CustomerFilter
from analytics.exports.customer_csv import write_lines
from analytics.services.analytics_service import AnalyticsService
from analytics.written_file import is_plain


def export_customers(
    service: AnalyticsService, chosen: CustomerFilter, path: Path
) -> dict[str, Any]:
    """Write the customers of a choice to a CSV file, and what it holds to a JSON file beside it.

    Returns
    -------
    dict
        What the JSON file says: file, run_id, data_as_of, filter, rows, at_risk, revenue_at_risk
        with its interval, currency, simulated.

    Raises
    ------
    EnvironmentFault
        The disk refused it; files that were there are as they were.
    """
    found = service.overview(chosen)
    write_lines(path, service.export_rows(chosen))
    held = {
        "file": str(path),
        "run_id": found.stamp.run_id,
        "data_as_of": found.stamp.as_of.isoformat(),
        "filter": chosen.to_query(),
        "rows": found.totals.customers,
        "at_risk": found.totals.at_risk,
        "revenue_at_risk": vars(found.totals.revenue_at_risk),
        "currency": found.stamp.currency,
        "simulated": found.stamp.simulated,
    }
    said = {**held, "file": path.name}
    beside = json.dumps(said, indent=2, sort_keys=True) + "\n"
    if is_plain(path):  # beside a device or a pipe there is no place for a file
        write_lines(path.with_name(path.name + ".json"), [beside])
    return held
