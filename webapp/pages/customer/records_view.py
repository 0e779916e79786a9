"""Everything known of the customer: the scored row, and the raw events behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from dash.development.base_component import Component

from analytics.domain.customer.rfm import rfm_group_word
from analytics.domain.customer.value_form import value_form_word
from analytics.domain.event_log.events import event_type
from analytics.domain.numbers import formatting
from analytics.domain.numbers.measures import CUSTOMER_COLUMNS, Column, Unit
from analytics.domain.tables.column import Wording
from analytics.domain.words.counting import counted
from analytics.domain.words.theme_words import theme_word
from analytics.services.results import CustomerResult
from webapp.components.badges import sentence_case, tier_word
from webapp.components.panels import scrolling, table
from webapp.components.plain_grid import plain_grid
from webapp.components.terms import column_term

_WRITE: Mapping[Wording, Callable[[str], str]] = MappingProxyType(
    {
        Wording.TIER: tier_word,
        Wording.WORD: sentence_case,
        Wording.THEME: theme_word,
        Wording.RFM_GROUP: rfm_group_word,
        Wording.VALUE_FORM: value_form_word,
    }
)


def facts_view(result: CustomerResult) -> Component:
    """Return every column of the customer's row, with its definition."""
    currency = result.stamp.currency
    rows = [
        (
            column_term(customer_column.name),
            _written(customer_column, result.record.get(customer_column.name), currency),
        )
        for customer_column in CUSTOMER_COLUMNS
        if not customer_column.inner and customer_column.name in result.record
    ]
    known = [row for row in rows if row[1] != formatting.MISSING]
    facts = table(("Fact", "Value"), known, caption="Facts", class_name="compact facts-table")
    return scrolling(facts, "Facts", tall=True)


def _written(one: Column, value: object, currency: str) -> str:
    """Write a fact; words of ours as everywhere else on the page."""
    word = _WRITE.get(one.wording)
    if word and isinstance(value, str) and value:
        return word(value)
    return formatting.by_unit(value, one.unit, currency)


def event_rows(result: CustomerResult) -> list[dict[str, str]]:
    """Return the latest events as plain texts: two hundred rows of components would be slow."""
    currency = result.stamp.currency
    return [
        {
            "when": formatting.moment(event.occurred_at),
            "what": event.event_type.replace("_", " "),
            "meaning": event_type(event.event_type).meaning,
            "kind": event.kind,
            "value": formatting.by_unit(event.value, Unit.RATIO, currency),
            "feature": event.feature or formatting.MISSING,
        }
        for event in result.events
    ]


def events_note(result: CustomerResult) -> str:
    """Say how many events are shown, and how many there are in all."""
    if not result.events:
        return "No events are known."
    return (
        f"The latest {len(result.events):,} of {counted(result.event_count, 'event')}, newest "
        "first."
    )


def event_grid(grid_id: str) -> Component:
    """Return the empty list of events."""
    columns: list[dict[str, Any]] = [
        {"field": "when", "headerName": "When", "width": 210},
        {"field": "what", "headerName": "What", "width": 170, "tooltipField": "meaning"},
        {"field": "kind", "headerName": "Kind", "width": 130},
        {"field": "value", "headerName": "Value", "width": 110, "type": "rightAligned"},
        {"field": "feature", "headerName": "Feature", "flex": 1, "minWidth": 120},
    ]
    unsorted = [{**column, "sortable": False} for column in columns]
    return plain_grid(grid_id, "Events", unsorted, height=420)
