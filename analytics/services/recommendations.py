"""Whom to contact this week, with what, for what return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ARRAY, String, bindparam, func, select

from analytics.actions.plan import choose, priority
from analytics.database.mart import CUSTOMERS
from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.numbers.measures import Interval
from analytics.errors import UsageError
from analytics.services.current_run.choices import filter_choices
from analytics.services.current_run.queries import (
    RowCondition,
    can_be_contacted,
    conditions,
    order_by,
)
from analytics.services.current_run.run_access import OpenRun
from analytics.services.current_run.totals import groups_of
from analytics.services.customers.customer_rows import as_customer_rows
from analytics.services.left_alone import why_nobody
from analytics.services.results import GroupRow, PlanRow, RecommendationsResult, RunStamp

MOST_PLAN_ROWS = 500
MARGINAL_POINTS = 50

_NUMBERS = (
    "expected_net_value",
    "expected_net_value_low",
    "expected_net_value_high",
    "action_cost",
    "action_minutes",
)


@dataclass(frozen=True)
class Plan:
    """The contacts chosen for a week, as arrays over everyone worth contacting."""

    ids: NDArray[np.object_]
    numbers: Mapping[str, NDArray[np.float64]]
    chosen: NDArray[np.bool_]
    order: NDArray[np.intp]
    capacity_minutes: float

    def total(self, name: str) -> float:
        """Sum a number over the chosen contacts."""
        return float(self.numbers[name][self.chosen].sum())

    @property
    def chosen_ids(self) -> list[str]:
        """Who is to be contacted."""
        return [str(customer_id) for customer_id in self.ids[self.chosen]]


def make_plan(
    opened: OpenRun,
    chosen: CustomerFilter,
    *,
    budget: float | None,
    capacity_minutes: float | None,
) -> Plan:
    """Choose whom of a choice of customers to contact, nobody of the holdout.

    Parameters
    ----------
    capacity_minutes
        Working minutes of a week; None takes the run's own.

    Raises
    ------
    UsageError
        A limit is negative or no number.
    """
    capacity = opened.run.summary.capacity_minutes_per_week
    capacity = _limit("capacity_minutes", capacity_minutes, capacity)
    money = None if budget is None else _limit("budget", budget, 0.0)
    columns = opened.reader.columns(
        select(CUSTOMERS.c.customer_id, *(CUSTOMERS.c[name] for name in _NUMBERS))
        .where(*conditions(chosen), can_be_contacted(), _is_worth_it())
        .order_by(*order_by((("expected_net_value", True),)))
    )
    numbers = {name: np.nan_to_num(_filled(columns[name])) for name in _NUMBERS}
    known = (numbers["expected_net_value"], numbers["action_cost"], numbers["action_minutes"])
    return Plan(
        ids=columns["customer_id"],
        numbers=numbers,
        chosen=choose(*known, budget=money, capacity_minutes=capacity),
        order=priority(*known, budget=money, capacity_minutes=capacity),
        capacity_minutes=capacity,
    )


def recommendations(
    opened: OpenRun,
    stamp: RunStamp,
    chosen: CustomerFilter,
    *,
    budget: float | None,
    capacity_minutes: float | None,
) -> RecommendationsResult:
    """Answer the recommendations page, but for what people took on."""
    plan = make_plan(opened, chosen, budget=budget, capacity_minutes=capacity_minutes)
    ids = plan.chosen_ids
    return RecommendationsResult(
        stamp=stamp,
        budget=budget,
        capacity_minutes=plan.capacity_minutes,
        plan=plan_rows(opened, ids[:MOST_PLAN_ROWS]),
        plan_size=len(ids),
        plan_net_value=Interval(
            plan.total("expected_net_value"),
            plan.total("expected_net_value_low"),
            plan.total("expected_net_value_high"),
        ),
        plan_cost=plan.total("action_cost"),
        plan_minutes=plan.total("action_minutes"),
        worth_contacting=len(plan.ids),
        holdout_customers=_held_out(opened, chosen),
        by_action=_by_action(opened, ids),
        marginal=marginal(plan.numbers["expected_net_value"][plan.order]),
        nothing_to_do="" if len(plan.ids) else why_nobody(opened, chosen),
    )


def plan_rows(opened: OpenRun, ids: Sequence[str]) -> tuple[PlanRow, ...]:
    """Return the lines of a plan, highest expected net value first."""
    if not ids:
        return ()
    statement = (
        select(CUSTOMERS)
        .where(_is_one_of(ids))
        .order_by(*order_by((("expected_net_value", True),)))
    )
    rows = opened.reader.rows(statement)
    return tuple(
        PlanRow(
            customer=customer,
            action=row["recommended_action"],
            expected_net_value=Interval(*(_number(row[name]) for name in _NUMBERS[:3])),
            expected_cost=_number(row["action_cost"]),
            minutes=_number(row["action_minutes"]),
            break_even_save_rate=_number(row["break_even_save_rate"]),
            status="",
            owner="",
        )
        for customer, row in zip(as_customer_rows(rows), rows, strict=True)
    )


def marginal(net_values: NDArray[np.float64]) -> tuple[tuple[int, float], ...]:
    """Return how the net value grows with the number of contacts, at about 50 points from 0."""
    sums = np.cumsum(net_values)
    places = np.unique(np.linspace(0, len(sums), MARGINAL_POINTS).round().astype(int))
    return tuple((int(place), float(sums[place - 1]) if place else 0.0) for place in places)


def _by_action(opened: OpenRun, ids: Sequence[str]) -> tuple[GroupRow, ...]:
    labels = dict(filter_choices(opened).of("action"))
    column = CUSTOMERS.c.recommended_action
    groups = groups_of(opened, CustomerFilter(), column, _is_one_of(ids))
    return tuple(replace(group, label=labels.get(group.key, group.label)) for group in groups)


def _held_out(opened: OpenRun, chosen: CustomerFilter) -> int:
    statement = (
        select(func.count().label("n"))
        .select_from(CUSTOMERS)
        .where(
            *conditions(chosen),
            CUSTOMERS.c.recommended_action != "none",
            CUSTOMERS.c.holdout.is_(True),
            _is_worth_it(),
        )
    )
    return int(opened.reader.rows(statement)[0]["n"])


def _is_worth_it() -> RowCondition:
    return CUSTOMERS.c.expected_net_value > 0


def _is_one_of(ids: Sequence[str]) -> RowCondition:
    """Return the condition of being in a list of any length, sent as one bound value."""
    given = bindparam("ids", list(ids), type_=ARRAY(String))
    return CUSTOMERS.c.customer_id.in_(select(func.unnest(given)))


def _limit(name: str, given: float | None, default: float) -> float:
    value = default if given is None else float(given)
    if not 0 <= value < float("inf"):
        raise UsageError(
            f"{name} must be a number of 0 or more. Got {given!r}.", rule="limit_valid", got=given
        )
    return value


def _filled(values: Any) -> NDArray[np.float64]:
    return np.asarray(np.ma.filled(values, 0.0), dtype=float)


def _number(value: float | None) -> float:
    return 0.0 if value is None else float(value)
