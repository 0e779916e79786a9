"""Values that a filter may take in a run."""

from __future__ import annotations

from sqlalchemy import func, select

from analytics.database.mart import CUSTOMERS
from analytics.domain.customer.filter import FILTER_FIELDS
from analytics.domain.customer.filter_field import Control, FilterField, Words
from analytics.domain.customer_columns.group_columns import OWN_COLUMNS, field_of
from analytics.domain.profiles.profile import NO_ACTION
from analytics.errors import UsageError
from analytics.services.current_run.run_access import OpenRun
from analytics.services.results import FilterChoices

#: Values that a menu lists before anybody looks for others.
MOST_VALUES = 200


def filter_choices(opened: OpenRun) -> FilterChoices:
    """Return the values of each field, the most frequent ones where there are many."""
    menus = (filter_field for filter_field in FILTER_FIELDS if filter_field.control is Control.MENU)
    return FilterChoices({menu.name: _choices(opened, menu) for menu in menus})


def _choices(opened: OpenRun, one: FilterField) -> tuple[tuple[str, str], ...]:
    if one.column == "recommended_action":
        return _actions(opened)
    if one.words:
        return _present(opened, one.column, one.words)
    return tuple((value, value) for value in _values(opened, one.column))


def _actions(opened: OpenRun) -> tuple[tuple[str, str], ...]:
    label = func.max(CUSTOMERS.c.action_label).label("label")
    rows = opened.reader.rows(
        select(CUSTOMERS.c.recommended_action, label)
        .where(CUSTOMERS.c.recommended_action != NO_ACTION)
        .group_by(CUSTOMERS.c.recommended_action)
        .order_by(label)
    )
    return tuple((row["recommended_action"], row["label"]) for row in rows)


def find_values(opened: OpenRun, field: str, text: str) -> tuple[str, ...]:
    """Return values of one of the company's own columns that contain a text, letter case aside.

    At most `MOST_VALUES`: those that are the text first, then the most frequent.

    Raises
    ------
    UsageError
        The field is none of them.
    """
    if field not in OWN_COLUMNS:
        raise UsageError(
            f"Values may be looked for in {', '.join(OWN_COLUMNS)}. Got {field[:60]!r}.",
            rule="field_known",
            got=field[:60],
        )
    column = CUSTOMERS.c[field]
    wanted = func.lower(text)
    rows = opened.reader.rows(
        select(column)
        .where(func.strpos(func.lower(column), wanted) > 0, column != "")
        .group_by(column)
        .order_by(func.bool_or(func.lower(column) == wanted).desc(), func.count().desc(), column)
        .limit(MOST_VALUES)
    )
    return tuple(row[field] for row in rows)


def varying_column(choices: FilterChoices) -> str:
    """Return the first of the company's own columns that tells customers apart; else the value."""
    return next((name for name in OWN_COLUMNS if choices.of(field_of(name))), "value_band")


def _present(opened: OpenRun, name: str, words: Words) -> tuple[tuple[str, str], ...]:
    """Return the words of ours that some customer has, in their own order, with their labels."""
    column = CUSTOMERS.c[name]
    found = {row[name] for row in opened.reader.rows(select(column).distinct())}
    return tuple((str(word), word.label) for word in words if str(word) in found)


def _values(opened: OpenRun, name: str) -> tuple[str, ...]:
    column = CUSTOMERS.c[name]
    rows = opened.reader.rows(
        select(column, func.count().label("n"))
        .group_by(column)
        .order_by(func.count().desc(), column)
        .limit(MOST_VALUES + 1)
    )
    found = tuple(sorted([row[name] for row in rows if row[name]][:MOST_VALUES]))
    return found if len(rows) > 1 else ()
