"""The filter bar: which customers every page looks at, as chips, menus and toggles."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from analytics.domain.contract import MAX_TEXT_LENGTH
from analytics.domain.customer_filter import FIELD_COLUMNS, CustomerFilter
from analytics.domain.measures import CUSTOMER_COLUMN
from analytics.domain.risk_tier import FrustrationBand, RiskTier, ValueBand
from analytics.services.results import FilterChoices
from webapp.components.badges import sentence_case
from webapp.components.filter_ids import FilterIds, choice_id, summary_id
from webapp.components.value_menus import finder, value_options

CHIP_FIELDS = ("tier", "band", "value")
MENU_FIELDS = ("state", "named", "rfm", "cluster", "segment", "plan", "region", "channel", "action")
#: Menus whose values are words of ours, with a label.
_WORDED_FIELDS = ("state", "named", "rfm", "action")
CHOICE_FIELDS = (*CHIP_FIELDS, *MENU_FIELDS)
FLAG_FIELDS = ("early", "suppressed")

_CHIPS: dict[str, tuple[str, list[dict[str, str]]]] = {
    "tier": (
        "Risk",
        [{"label": one.label, "value": one.value} for one in RiskTier],
    ),
    "band": (
        "Frustration",
        [{"label": one.label, "value": one.value} for one in FrustrationBand],
    ),
    "value": ("Value", [{"label": one.label, "value": one.value} for one in ValueBand]),
}
_FLAGS = [
    {"label": "Seen in the last 14 days", "value": "early"},
    {"label": "Frustrated but silent", "value": "suppressed"},
]


def filter_bar(choices: FilterChoices) -> Component:
    """Return the bar; menus without a choice to make are hidden."""
    return html.Div(
        html.Details(
            [
                html.Summary(["Filters", html.Span(id=FilterIds.COUNT)]),
                html.Div(
                    [
                        html.Div([_chips(field) for field in CHIP_FIELDS], className="filter-row"),
                        html.Div(
                            [
                                *(_menu(field, _options(choices, field)) for field in MENU_FIELDS),
                                _flags(),
                                _search(),
                                html.Div(id=FilterIds.CLEAR, className="filter-clear"),
                            ],
                            className="filter-row",
                        ),
                    ],
                    className="filter-body",
                ),
            ],
            id=FilterIds.DETAILS,
            open=True,
            className="filters",
        ),
        id=FilterIds.PANEL,
        className="filter-strip",
    )


def labels_of(chosen: CustomerFilter) -> dict[str, str]:
    """Return for each menu what it has chosen, as its button shows it."""
    return {field: _label(field, getattr(chosen, field)) for field in MENU_FIELDS}


def count_of(chosen: CustomerFilter) -> int:
    """Return how many fields of the filter are in use."""
    return sum(1 for name in CustomerFilter.names() if getattr(chosen, name))


def _label(field: str, values: Sequence[str]) -> str:
    title = _title(field)
    if not values:
        return title
    if field == "action":
        return f"{title}: {len(values)} chosen"
    first = sentence_case(values[0]) if field in _WORDED_FIELDS else values[0]
    more = f" +{len(values) - 1}" if len(values) > 1 else ""
    return f"{title}: {first}{more}"


def _title(field: str) -> str:
    return "Action" if field == "action" else CUSTOMER_COLUMN[FIELD_COLUMNS[field]].label


def _options(choices: FilterChoices, field: str) -> list[dict[str, str]]:
    if field in _WORDED_FIELDS:
        return [{"label": label, "value": name} for name, label in getattr(choices, field)]
    return value_options(getattr(choices, field))


def _chips(field: str) -> Component:
    title, options = _CHIPS[field]
    return html.Fieldset(
        [
            html.Legend(title),
            dbc.Checklist(
                id=choice_id(field),
                options=options,
                value=[],
                inline=True,
                inputClassName="btn-check",
                labelClassName="chip",
                className="chips",
            ),
        ],
        className=f"filter-group chips-{field}",
    )


def _menu(field: str, options: list[dict[str, str]]) -> Component:
    return html.Details(
        [
            html.Summary(_title(field), id=summary_id(field)),
            html.Fieldset(
                [
                    html.Legend(_title(field), className="visually-hidden"),
                    finder(field, _title(field), len(options)),
                    dbc.Checklist(
                        id=choice_id(field), options=options, value=[], className="menu-list"
                    ),
                ],
                className="menu-panel",
            ),
        ],
        className="menu",
        hidden=not options,
    )


def _flags() -> Component:
    return html.Fieldset(
        [
            html.Legend("Only", className="visually-hidden"),
            dbc.Checklist(
                id=FilterIds.FLAGS,
                options=_FLAGS,
                value=[],
                inline=True,
                inputClassName="btn-check",
                labelClassName="chip",
                className="chips",
            ),
        ],
        className="filter-group",
    )


def _search() -> Component:
    return html.Div(
        [
            html.Label(
                "Name or id contains", htmlFor=FilterIds.SEARCH, className="visually-hidden"
            ),
            dbc.Input(
                id=FilterIds.SEARCH,
                type="search",
                placeholder="Name or id contains…",
                debounce=True,
                maxlength=MAX_TEXT_LENGTH,
                value="",
                autocomplete="off",
            ),
        ],
        className="filter-search",
    )
