"""Turns a row of measures into totals with their interval; groups of them into rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import NoneType
from typing import Any, get_args, get_type_hints

from sqlalchemy import ColumnElement

from analytics.domain.customer.filter import FILTER_FIELDS, CustomerFilter
from analytics.domain.customer_columns.group_columns import OWN_COLUMNS
from analytics.domain.numbers.measures import MEASURES, Interval, revenue_interval
from analytics.services.current_run.queries import conditions, measured
from analytics.services.current_run.run_access import OpenRun
from analytics.services.results import GroupRow, Totals

#: The measures that a page shows, by name, each with the type of its field.
_TYPES: Mapping[str, Any] = get_type_hints(Totals)
#: The measures over no customers: 0, and nothing where a field may have none.
_NOBODY: Mapping[str, Any] = {measure.name: 0 for measure in MEASURES} | {
    name: None for name, kind in _TYPES.items() if NoneType in get_args(kind)
}

#: Columns whose values come in an order of their own, all of them shown.
_CLOSED: dict[str, tuple[str, ...]] = {
    filter_field.column: tuple(str(word) for word in filter_field.words)
    for filter_field in FILTER_FIELDS
    if filter_field.words
}
#: Columns whose values are shown as they are.
_AS_THEY_ARE = (*OWN_COLUMNS, "behaviour_cluster")
#: Shown for an empty value of a company's own column.
NONE_GIVEN = "Not given"


def totals_over(opened: OpenRun, chosen: CustomerFilter, *further: ColumnElement[bool]) -> Totals:
    """Return the measures over a choice of customers."""
    row = opened.reader.row(measured().where(*conditions(chosen), *further))
    return as_totals(row or _NOBODY, opened)


def groups_of(
    opened: OpenRun,
    chosen: CustomerFilter,
    column: ColumnElement[Any],
    *further: ColumnElement[bool],
    limit: int = 50,
) -> tuple[GroupRow, ...]:
    """Return the measures over each value of a column.

    Columns with a closed set of values give all of them in their own order; others give those
    with the most revenue at risk first.
    """
    statement = measured(column).where(*conditions(chosen), *further)
    name = str(column.key)
    found = {str(row[name] or ""): row for row in opened.reader.rows(statement)}
    closed = _CLOSED.get(name)
    keys: Iterable[str] = closed or sorted(
        found, key=lambda key: (-float(found[key]["revenue_at_risk"]), key)
    )
    rows = ((key, found.get(key, _NOBODY)) for key in keys)
    made = (GroupRow(key, label_of(name, key), as_totals(row, opened)) for key, row in rows)
    return tuple(made)[:limit]


def as_totals(row: Mapping[str, Any], opened: OpenRun) -> Totals:
    """Return a row of measures as totals, revenue at risk with its interval."""
    plain = {
        name: _as_type(row[name], kind) for name, kind in _TYPES.items() if kind is not Interval
    }
    return Totals(
        **plain,
        revenue_at_risk=revenue_interval(
            float(row["revenue_at_risk"]),
            variance=float(row["revenue_variance"]),
            shock=float(row["revenue_shock"]),
            shock_sd=opened.run.summary.shock_sd,
        ),
    )


def _as_type(value: Any, kind: Any) -> Any:
    """Return what a database counted as what the field says; nothing stays nothing."""
    if value is None:
        return None
    return int(value) if kind is int else float(value)


def empty_totals(opened: OpenRun) -> Totals:
    """Return the totals of nobody."""
    return as_totals(_NOBODY, opened)


def label_of(column: str, key: str) -> str:
    """Return a value as shown: words of ours in sentence case, a company's own as they are."""
    if not key:
        return NONE_GIVEN
    return key if column in _AS_THEY_ARE else key.replace("_", " ").capitalize()
