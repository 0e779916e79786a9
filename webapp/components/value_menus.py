"""Menus of the company's own values: as many as a person can look through, the rest to be found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import html, no_update
from dash.development.base_component import Component

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer_columns.group_columns import OWN_COLUMNS
from analytics.domain.event_log.contract import MAX_TEXT_LENGTH
from analytics.services.current_run.choices import MOST_VALUES
from analytics.services.results import FilterChoices
from webapp.components.filter_ids import find_id

#: A menu with more values than this can be searched.
FEW_VALUES = 12

Find = Callable[[str, str], Sequence[str]]


def finder(field: str, title: str, offered: int) -> Component | None:
    """Return the search box of a menu; hidden where few values are offered."""
    if field not in OWN_COLUMNS:
        return None
    more = f"The {MOST_VALUES} most frequent are listed; type to find others."
    return html.Div(
        [
            html.Label(f"Find in {title}", htmlFor=find_id(field), className="visually-hidden"),
            dbc.Input(
                id=find_id(field),
                type="search",
                placeholder="Find…",
                debounce=0.3,
                maxlength=MAX_TEXT_LENGTH,
                value="",
                autocomplete="off",
            ),
            html.P(more if offered >= MOST_VALUES else None, className="menu-note"),
        ],
        className="menu-find",
        hidden=offered <= FEW_VALUES,
    )


def value_options(values: Sequence[str]) -> list[dict[str, str]]:
    """Return values of the data as a menu lists them."""
    return [{"label": value, "value": value} for value in values if value]


def offered_options(
    choices: FilterChoices,
    chosen: CustomerFilter,
    texts: Mapping[str, object],
    find: Find,
    *,
    typed_in: str | None,
) -> dict[str, Any]:
    """Return what each menu offers: what was looked for, and always what is chosen.

    Parameters
    ----------
    texts
        What stands in the search box of each menu.
    typed_in
        Menu whose search was the cause; None where the filter was.
    """
    offered: dict[str, Any] = {}
    for field in OWN_COLUMNS:
        text, usual = texts.get(field), [value for value, _ in choices.of(field)]
        looked_for = text.strip() if isinstance(text, str) else ""
        values = find(field, looked_for) if looked_for else usual
        beyond = [
            chosen_value
            for chosen_value in getattr(chosen, field)
            if chosen_value not in set(values)
        ]
        needed = field == typed_in or bool(beyond)
        listed = [*values, *beyond] if looked_for else [*beyond, *values]
        offered[field] = value_options(listed) if needed else no_update
    return offered
