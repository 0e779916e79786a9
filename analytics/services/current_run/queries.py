"""How a choice of customers and an order become SQL: known columns, bound values, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select

from analytics.database.mart import CUSTOMERS
from analytics.domain.customer.filter import FILTER_FIELDS, CustomerFilter
from analytics.domain.customer.filter_field import Control
from analytics.domain.customer.risk_tier import AT_RISK_TIERS
from analytics.domain.customer_columns.group_columns import GROUP_COLUMNS
from analytics.domain.numbers.measures import CUSTOMER_COLUMN, MEASURES
from analytics.errors import UsageError
from analytics.runs.serving_file import SEARCH_COLUMN

RowCondition = ColumnElement[bool]
Sort = tuple[tuple[str, bool], ...]

DEFAULT_SORT: Sort = (("revenue_at_risk", True),)


def conditions(chosen: CustomerFilter) -> list[RowCondition]:
    """Return what a customer must meet to be in the choice."""
    found: list[RowCondition] = []
    for filter_field in FILTER_FIELDS:
        wanted = getattr(chosen, filter_field.name)
        if filter_field.column and wanted:
            column = CUSTOMERS.c[filter_field.column]
            found.append(
                column.is_(True) if filter_field.control is Control.SWITCH else column.in_(wanted)
            )
    if chosen.search:
        found.append(text_in(chosen.search))
    return found


def text_in(text: str) -> RowCondition:
    """Return the condition that an id or a name contains a text, letter case aside."""
    return func.strpos(literal_column(SEARCH_COLUMN), func.lower(text)) > 0


def is_at_risk() -> RowCondition:
    """Return the condition that a customer is counted at risk."""
    return CUSTOMERS.c.risk_tier.in_(tuple(str(at_risk_tier) for at_risk_tier in AT_RISK_TIERS))


def was_at_risk() -> RowCondition:
    """Return the condition that a customer was counted at risk 28 days ago."""
    return CUSTOMERS.c.previous_risk_tier.in_(
        tuple(str(at_risk_tier) for at_risk_tier in AT_RISK_TIERS)
    )


def can_be_contacted() -> RowCondition:
    """Return the condition that an action is recommended and the customer is not held out."""
    return (CUSTOMERS.c.recommended_action != "none") & CUSTOMERS.c.holdout.is_(False)


def order_by(sort: Iterable[tuple[str, bool]]) -> list[ColumnElement[Any]]:
    """Return an order over known columns, empty values last, the id as tie-break.

    Raises
    ------
    UsageError
        A column is not one of the customers table.
    """
    chosen = [
        column.desc().nulls_last() if descending else column.asc().nulls_last()
        for column, descending in ((customer_column(name), down) for name, down in sort)
    ]
    return [*chosen, CUSTOMERS.c.customer_id.asc()]


def customer_column(name: str) -> ColumnElement[Any]:
    """Return a column of the customers table by a name that came from outside."""
    if name not in CUSTOMER_COLUMN:
        raise UsageError(
            f"A column must be one of the customers table. Got {name[:60]!r}.",
            rule="column_known",
            got=name[:60],
        )
    return CUSTOMERS.c[name]


def group_column(name: str) -> ColumnElement[Any]:
    """Return a column to group by, from a name that came from outside."""
    if name not in GROUP_COLUMNS:
        raise UsageError(
            f"Customers may be grouped by {', '.join(GROUP_COLUMNS)}. Got {name[:60]!r}.",
            rule="group_column_known",
            got=name[:60],
        )
    return CUSTOMERS.c[name]


def measured(*groups: ColumnElement[Any]) -> Select[Any]:
    """Return the select of every measure, for all customers or each group of them."""
    measures: list[ColumnElement[Any]] = [
        literal_column(measure.sql).label(measure.name) for measure in MEASURES
    ]
    statement = select(*groups, *measures).select_from(CUSTOMERS)
    return statement.group_by(*groups) if groups else statement


def in_zone(row: dict[str, Any], zone: tzinfo) -> dict[str, Any]:
    """Return a row of the serving store with its times in a zone."""
    return {
        name: value.astimezone(zone) if isinstance(value, datetime) else value
        for name, value in in_utc(row).items()
    }


def in_utc(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its times marked as UTC, which is what the serving store keeps."""
    return {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
        for name, value in row.items()
    }
