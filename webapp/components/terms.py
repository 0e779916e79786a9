"""Words with a definition: every number says what it is on hover and on focus."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers.measures import CUSTOMER_COLUMN, MEASURE, Column, Measure
from analytics.domain.numbers.numbers import definition
from analytics.domain.numbers.page_numbers import PAGE_NUMBER
from analytics.domain.tables.run_row import RunRow
from webapp.components.attributes import data


def term(name: str, label: str | None = None) -> Component:
    """Return the label of a measure or customer column, with its definition."""
    one: Measure | Column = MEASURE[name] if name in MEASURE else CUSTOMER_COLUMN[name]
    return defined(label or one.label, definition(one))


def column_term(name: str, label: str | None = None) -> Component:
    """Return the label of a customer column where a measure has the same name."""
    one = CUSTOMER_COLUMN[name]
    return defined(label or one.label, definition(one))


def page_term(name: str) -> Component:
    """Return the label of a number that a page works out, with its definition."""
    one = PAGE_NUMBER[name]
    return defined(one.label, definition(one))


def field_term(row: type[RunRow], name: str) -> Component:
    """Return the label of a field of a run's row, with its definition."""
    one = row.table.column[name]
    return defined(one.label, definition(one))


def defined(label: str, meaning: str) -> Component:
    """Return a word that shows its meaning on hover and focus (`assets/web/tooltip.js`)."""
    return html.Span(label, className="term", tabIndex="0", **data(tip=meaning))


def assumed(name: str) -> Component | None:
    """Return the badge of a number that rests on assumptions, if this one does."""
    one: Measure | Column = MEASURE[name] if name in MEASURE else CUSTOMER_COLUMN[name]
    return assumption_badge() if one.assumption else None


def assumption_badge(text: str = "assumed") -> Component:
    """Return the mark of an assumption."""
    return html.Span(
        text,
        className="badge-note",
        tabIndex="0",
        **data(
            tip="Rests on assumptions of the profile (save rates, margin, costs), "
            "not on a measured effect."
        ),
    )
