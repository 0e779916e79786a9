"""The filter bar: which customers every page looks at, as chips, menus and toggles."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from analytics.domain.customer.filter import FILTER_FIELD, FILTER_FIELDS, CustomerFilter
from analytics.domain.customer.filter_field import Control
from analytics.domain.event_log.contract import MAX_TEXT_LENGTH
from analytics.domain.numbers.measures import CUSTOMER_COLUMN
from analytics.services.results import FilterChoices
from webapp.components.badges import sentence_case
from webapp.components.filter_ids import FilterIds, choice_id, summary_id
from webapp.components.value_menus import finder

CHIP_FIELDS = tuple(
    filter_field.name for filter_field in FILTER_FIELDS if filter_field.control is Control.CHIPS
)
MENU_FIELDS = tuple(
    filter_field.name for filter_field in FILTER_FIELDS if filter_field.control is Control.MENU
)
CHOICE_FIELDS = (*CHIP_FIELDS, *MENU_FIELDS)
FLAG_FIELDS = tuple(
    filter_field.name for filter_field in FILTER_FIELDS if filter_field.control is Control.SWITCH
)

_FLAGS = [{"label": FILTER_FIELD[name].label, "value": name} for name in FLAG_FIELDS]


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
    first = sentence_case(values[0]) if FILTER_FIELD[field].words else values[0]
    more = f" +{len(values) - 1}" if len(values) > 1 else ""
    return f"{title}: {first}{more}"


def _title(field: str) -> str:
    one = FILTER_FIELD[field]
    return one.label or CUSTOMER_COLUMN[one.column].label


def _options(choices: FilterChoices, field: str) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for value, label in choices.of(field) if value]


def _chips(field: str) -> Component:
    options = [
        {"label": word.label, "value": word.value} for word in FILTER_FIELD[field].words or ()
    ]
    return html.Fieldset(
        [
            html.Legend(_title(field)),
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
