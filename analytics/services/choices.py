"""Values that a filter may take in a run."""

from __future__ import annotations

from sqlalchemy import func, select

from analytics.database.mart import CUSTOMERS
from analytics.domain.customer_state import CustomerState
from analytics.domain.named_segment import NamedSegment
from analytics.domain.rfm import RfmGroup
from analytics.services.queries import OWN_COLUMNS
from analytics.services.results import FilterChoices
from analytics.services.run_access import OpenRun

_MOST_VALUES = 50


def filter_choices(opened: OpenRun) -> FilterChoices:
    """Return the values of each field, the most frequent ones where there are many."""
    label = func.max(CUSTOMERS.c.action_label).label("label")
    actions = opened.reader.rows(
        select(CUSTOMERS.c.recommended_action, label)
        .where(CUSTOMERS.c.recommended_action != "none")
        .group_by(CUSTOMERS.c.recommended_action)
        .order_by(label)
    )
    return FilterChoices(
        **{name: _values(opened, name) for name in OWN_COLUMNS},
        action=tuple((row["recommended_action"], row["label"]) for row in actions),
        state=_present(opened, "customer_state", CustomerState),
        named=_present(opened, "named_segment", NamedSegment),
        rfm=_present(opened, "rfm_group", RfmGroup),
        cluster=_values(opened, "behaviour_cluster"),
    )


def varying_column(choices: FilterChoices) -> str:
    """Return the first of the company's own columns that tells customers apart; else the value."""
    return next((name for name in OWN_COLUMNS if getattr(choices, name)), "value_band")


def _present(
    opened: OpenRun, name: str, words: type[CustomerState | NamedSegment | RfmGroup]
) -> tuple[tuple[str, str], ...]:
    """Return the words of ours that some customer has, in their own order, with their labels."""
    column = CUSTOMERS.c[name]
    found = {row[name] for row in opened.reader.rows(select(column).distinct())}
    return tuple((str(one), one.label) for one in words if str(one) in found)


def _values(opened: OpenRun, name: str) -> tuple[str, ...]:
    column = CUSTOMERS.c[name]
    rows = opened.reader.rows(
        select(column, func.count().label("n"))
        .group_by(column)
        .order_by(func.count().desc(), column)
        .limit(_MOST_VALUES)
    )
    found = tuple(sorted(row[name] for row in rows if row[name]))
    return found if len(rows) > 1 else ()
