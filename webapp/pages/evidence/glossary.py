"""The glossary: every tier, measure and column with its definition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.customer.tier_rule import TierRule, meanings_of
from analytics.domain.customer_columns.columns import INNER_COLUMNS
from analytics.domain.numbers.measures import CUSTOMER_COLUMNS, MEASURES
from analytics.domain.numbers.numbers import definition
from analytics.domain.numbers.page_numbers import PAGE_NUMBERS
from webapp.components.badges import tier_badge


def glossary(tiers: TierRule | None = None) -> Component:
    """Return the four lists of definitions."""
    measures = [
        (measure.label, definition(measure))
        for measure in MEASURES
        if measure.name not in INNER_COLUMNS
    ]
    meanings = meanings_of(tiers)
    columns = [
        (customer_column.label, definition(customer_column))
        for customer_column in CUSTOMER_COLUMNS
        if customer_column.name not in INNER_COLUMNS
    ]
    return html.Div(
        [
            _list(
                "Risk tiers", [(tier_badge(tier, text), text) for tier, text in meanings.items()]
            ),
            _list("Numbers over customers", measures),
            _list("One customer", columns),
            _list(
                "Numbers of tables",
                [(number.label, definition(number)) for number in PAGE_NUMBERS],
            ),
        ]
    )


def _list(title: str, entries: Sequence[tuple[Any, str]]) -> Component:
    return html.Details(
        [
            html.Summary(f"{title} ({len(entries)})"),
            html.Dl(
                [html.Div([html.Dt(name), html.Dd(text)]) for name, text in entries],
                className="glossary",
            ),
        ],
        className="twin",
    )
