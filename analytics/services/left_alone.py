"""Why nobody of a choice is to be contacted."""

from __future__ import annotations

from sqlalchemy import func, select

from analytics.database.mart import CUSTOMERS
from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.profiles.no_action import nothing_to_do
from analytics.services.current_run.queries import conditions
from analytics.services.current_run.run_access import OpenRun


def why_nobody(opened: OpenRun, chosen: CustomerFilter) -> str:
    """Say why no customer of a choice can be contacted; true only where none can."""
    columns = (CUSTOMERS.c.recommended_action, CUSTOMERS.c.action_label, CUSTOMERS.c.risk_tier)
    statement = (
        select(*columns, func.count().label("n")).where(*conditions(chosen)).group_by(*columns)
    )
    return nothing_to_do(
        (
            str(row["recommended_action"]),
            str(row["action_label"] or ""),
            str(row["risk_tier"]),
            int(row["n"]),
        )
        for row in opened.reader.rows(statement)
    )
