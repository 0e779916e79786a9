"""What happened to one customer, and what to do."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from analytics.database.mart import CUSTOMERS, table_of
from analytics.domain.numbers.measures import Interval
from analytics.domain.tables.history_tables import CustomerReason, PastRisk, PossibleAction
from analytics.domain.tables.run_row import RunRow
from analytics.errors import UnknownCustomer
from analytics.services.current_run.queries import in_zone
from analytics.services.current_run.run_access import OpenRun
from analytics.services.current_run.run_rows import rows_of
from analytics.services.customers.customer_events import event_rows, usual_active_days, weeks
from analytics.services.results import (
    ActionOption,
    CustomerResult,
    Reason,
    RunStamp,
)


def customer(opened: OpenRun, stamp: RunStamp, customer_id: str) -> CustomerResult:
    """Answer the page of one customer, but for what people wrote.

    Raises
    ------
    UnknownCustomer
        The run has no customer of this id.
    """
    row = opened.reader.row(select(CUSTOMERS).where(CUSTOMERS.c.customer_id == customer_id))
    if row is None:
        raise UnknownCustomer(
            f"A customer must be one of the current run. Got {customer_id[:60]!r}.",
            rule="customer_known",
            got=customer_id[:60],
        )
    reasons = _reasons(opened, customer_id)
    events, event_count = event_rows(opened, customer_id)
    return CustomerResult(
        stamp=stamp,
        record=in_zone(row, opened.run.summary.zone_info),
        risk_interval=_interval_or_none(
            row["churn_risk"], row["churn_risk_low"], row["churn_risk_high"]
        ),
        reasons=reasons.get("risk", ()),
        changes=reasons.get("change", ()),
        nearest_change=next(iter(reasons.get("nearest_change", ())), None),
        frustration_parts=reasons.get("frustration", ()),
        actions=_actions(opened, customer_id),
        history=rows_of(opened, PastRisk, _of(PastRisk, customer_id)),
        weeks=weeks(opened, customer_id),
        usual_active_days_per_week=usual_active_days(row["usual_gap_days"]),
        events=events,
        event_count=event_count,
        notes=(),
        work_items=(),
    )


def _reasons(opened: OpenRun, customer_id: str) -> dict[str, tuple[Reason, ...]]:
    found: dict[str, tuple[Reason, ...]] = {}
    for row in rows_of(opened, CustomerReason, _of(CustomerReason, customer_id)):
        one = Reason(
            theme=row.theme,
            points=row.points,
            text=row.text,
            is_cause=bool(row.is_cause),
            risk_at_reference=row.risk_at_reference,
            stable=row.stable is not False,
        )
        found[row.kind] = (*found.get(row.kind, ()), one)
    return found


def _actions(opened: OpenRun, customer_id: str) -> tuple[ActionOption, ...]:
    return tuple(
        ActionOption(
            action=row.action,
            label=row.label,
            expected_net_value=Interval(
                row.expected_net_value, row.expected_net_value_low, row.expected_net_value_high
            ),
            expected_cost=row.expected_cost,
            break_even_save_rate=row.break_even_save_rate,
            assumed_save_rate=row.assumed_save_rate,
        )
        for row in rows_of(opened, PossibleAction, _of(PossibleAction, customer_id))
    )


def _of(row: type[RunRow], customer_id: str) -> ColumnElement[bool]:
    return table_of(row).c.customer_id == customer_id


def _interval_or_none(
    value: float | None, low: float | None, high: float | None
) -> Interval | None:
    if value is None:
        return None
    return Interval(value, value if low is None else low, value if high is None else high)
