"""What was predicted of those who went silent: counted whole, the most valuable one by one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select

from analytics.database.mart import table_of
from analytics.domain.tables.flag_tables import PastLoss
from analytics.services.current_run.run_access import OpenRun
from analytics.services.current_run.run_rows import rows_of

LOSSES_SHOWN = 50


@dataclass(frozen=True)
class PastLosses:
    """All customers who went silent in the tested weeks, counted, and the most valuable of them.

    Parameters
    ----------
    alerted_before
        Under an alert that had begun by their last activity.
    alerted_after
        Under an alert that began only after it.
    """

    customers: int
    alerted_before: int
    alerted_after: int
    value_at_stake: float
    rows: tuple[PastLoss, ...]


def past_losses(opened: OpenRun) -> PastLosses:
    """Return how many went silent under an alert, and the most valuable of all."""
    table = table_of(PastLoss).c
    before = case((table.alert_began_on <= table.last_activity_on, 1), else_=0)
    after = case((table.alert_began_on > table.last_activity_on, 1), else_=0)
    counted = select(
        func.count().label("customers"),
        func.coalesce(func.sum(before), 0).label("before"),
        func.coalesce(func.sum(after), 0).label("after"),
        func.coalesce(func.sum(table.value_at_stake), 0).label("value"),
    ).select_from(table_of(PastLoss))
    found = opened.reader.row(counted) or {}
    return PastLosses(
        customers=int(found.get("customers", 0)),
        alerted_before=int(found.get("before", 0)),
        alerted_after=int(found.get("after", 0)),
        value_at_stake=float(found.get("value", 0.0)),
        rows=rows_of(opened, PastLoss, limit=LOSSES_SHOWN),
    )
