"""Everything known of the customer: the scored row, and the raw events behind it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from analytics.domain.events import event_type
from analytics.domain.measures import CUSTOMER_COLUMNS, Unit
from analytics.services.results import CustomerResult
from webapp import formatting
from webapp.components.panels import scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import column_term

#: Columns that only serve to add up intervals.
_INNER = frozenset({"revenue_variance", "revenue_shock"})


def facts_view(result: CustomerResult) -> Component:
    """Return every column of the customer's row, with its definition."""
    currency = result.stamp.currency
    rows = [
        (column_term(one.name), formatting.by_unit(result.record.get(one.name), one.unit, currency))
        for one in CUSTOMER_COLUMNS
        if one.name not in _INNER and one.name in result.record
    ]
    known = [row for row in rows if row[1] != formatting.MISSING]
    facts = table(("Fact", "Value"), known, caption="Facts", class_name="compact facts-table")
    return scrolling(facts, "Facts", tall=True)


def events_view(result: CustomerResult) -> Component:
    """Return the latest events, and how many there are in all."""
    if not result.events:
        return nothing_here("No events are known.")
    currency = result.stamp.currency
    rows = [
        (
            formatting.moment(one.occurred_at),
            html.Span(one.event_type.replace("_", " "), title=event_type(one.event_type).meaning),
            one.kind,
            formatting.by_unit(one.value, Unit.RATIO, currency),
            one.feature or formatting.MISSING,
        )
        for one in result.events
    ]
    shown = f"The latest {len(rows):,} of {result.event_count:,} events"
    head = ("When", "What", "Kind", "Value", "Feature")
    records = table(head, rows, numeric=(3,), caption=shown, class_name="compact")
    note = html.P(f"{shown}, newest first.", className="panel-note")
    return html.Div([note, scrolling(records, shown, tall=True)])
