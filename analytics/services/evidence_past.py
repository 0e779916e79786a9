"""What happened after what was said: past months, lead time, losses, and what contact would pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, case, func, select

from analytics.database.mart import (
    CAPACITY,
    GATES,
    LADDER_STEPS,
    LEAD_TIME,
    PAST_LOSSES,
    PAST_MONTHS,
    PAST_REVENUE,
    PROFIT,
    RULES,
)
from analytics.services.evidence_rows import (
    CapacityPoint,
    Gate,
    LadderStep,
    LeadTime,
    ModelProfit,
    PastLoss,
    PastLosses,
    PastMonth,
    PastRevenue,
    PlainRule,
)
from analytics.services.run_access import OpenRun

Row = TypeVar("Row")

LOSSES_SHOWN = 50
_MOST_ROWS = 500


def ladder(opened: OpenRun) -> tuple[LadderStep, ...]:
    """Return the ladder, the simplest model first."""
    return read_rows(opened, LADDER_STEPS, LadderStep, LADDER_STEPS.c.rung, LADDER_STEPS.c.model)


def past_months(opened: OpenRun) -> tuple[PastMonth, ...]:
    """Return the test dates, oldest first."""
    return read_rows(opened, PAST_MONTHS, PastMonth, PAST_MONTHS.c.observation_date)


def past_revenue(opened: OpenRun) -> tuple[PastRevenue, ...]:
    """Return revenue at risk said and lost, oldest date first."""
    table = PAST_REVENUE.c
    order = (table.observation_date, table.kind, table.part)
    return read_rows(opened, PAST_REVENUE, PastRevenue, *order)


def lead_time(opened: OpenRun) -> tuple[LeadTime, ...]:
    """Return the ways to alert, the champion's first."""
    return read_rows(opened, LEAD_TIME, LeadTime, LEAD_TIME.c.alert)


def capacity(opened: OpenRun) -> tuple[CapacityPoint, ...]:
    """Return what contacting the first so many gives, by way to choose."""
    return read_rows(opened, CAPACITY, CapacityPoint, CAPACITY.c.policy, CAPACITY.c.contacted)


def profit(opened: OpenRun) -> tuple[ModelProfit, ...]:
    """Return what each model's ranking could earn, the best first."""
    table = PROFIT.c
    best = table.expected_maximum_profit.desc().nulls_last()
    return read_rows(opened, PROFIT, ModelProfit, best, table.model)


def gates(opened: OpenRun) -> tuple[Gate, ...]:
    """Return the checks of the run, those that failed first."""
    return read_rows(opened, GATES, Gate, GATES.c.passed, GATES.c.gate)


def rules(opened: OpenRun) -> tuple[PlainRule, ...]:
    """Return the rules that need no model, the one of the highest lift first."""
    return read_rows(opened, RULES, PlainRule, RULES.c.lift.desc().nulls_last(), RULES.c.rule)


def past_losses(opened: OpenRun) -> PastLosses:
    """Return how many went silent under an alert, and the most valuable of all."""
    table = PAST_LOSSES.c
    before = case((table.alert_began_on <= table.last_activity_on, 1), else_=0)
    after = case((table.alert_began_on > table.last_activity_on, 1), else_=0)
    counted = select(
        func.count().label("customers"),
        func.coalesce(func.sum(before), 0).label("before"),
        func.coalesce(func.sum(after), 0).label("after"),
        func.coalesce(func.sum(table.value_at_stake), 0).label("value"),
    ).select_from(PAST_LOSSES)
    found = opened.reader.row(counted) or {}
    most_first = (table.value_at_stake.desc().nulls_last(), table.customer_id)
    return PastLosses(
        customers=int(found.get("customers", 0)),
        alerted_before=int(found.get("before", 0)),
        alerted_after=int(found.get("after", 0)),
        value_at_stake=float(found.get("value", 0.0)),
        rows=read_rows(opened, PAST_LOSSES, PastLoss, *most_first, limit=LOSSES_SHOWN),
    )


def read_rows(
    opened: OpenRun,
    table: Table,
    kind: type[Row],
    *order: ColumnElement[Any],
    limit: int = _MOST_ROWS,
) -> tuple[Row, ...]:
    """Read rows into a kind whose fields are columns of the table."""
    columns: Sequence[Any] = [table.c[one.name] for one in fields(kind)]  # type: ignore[arg-type]
    statement = select(*columns).order_by(*order).limit(limit)
    return tuple(kind(**row) for row in opened.reader.rows(statement))
