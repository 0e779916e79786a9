"""The recommendations page before its numbers come."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from webapp.address import MAX_BUDGET, MAX_HOURS
from webapp.components.panels import chart, loading, page_head, panel
from webapp.components.states import loading_row, skeleton
from webapp.components.terms import assumption_badge
from webapp.pages.recommendations.ids import RecommendationsIds as Ids
from webapp.pages.recommendations.plan_grid import plan_grid

RANGE_HOURS = 200


def layout(_tail: str = "") -> Component:
    """Return the frame of the recommendations page."""
    return html.Div(
        [
            dcc.Location(id=Ids.URL, refresh="callback-nav"),
            dcc.Store(id=Ids.PLAN_QUERY),
            page_head(
                "Recommendations",
                "Whom do we contact this week, with what, for what return?",
                Ids.STAMP,
                Ids.NOTICES,
                html.Div(id=Ids.EXPORT),
            ),
            html.Div(id=Ids.EMPTY),
            html.Div(
                [
                    _limits(),
                    loading(html.Div(loading_row("kpi", 4), id=Ids.TOTALS, className="kpi-grid")),
                    html.Div([_by_action(), _marginal(), _holdout()], className="grid-three"),
                    _plan(),
                ],
                id=Ids.BODY,
                className="stack",
            ),
        ]
    )


def _limits() -> Component:
    return html.Section(
        [
            html.H2("This week's limits", className="visually-hidden"),
            html.Div(
                [
                    html.Label("Budget for costs", htmlFor=Ids.BUDGET),
                    dbc.Input(
                        id=Ids.BUDGET,
                        type="number",
                        min=0,
                        max=MAX_BUDGET,
                        step=50,
                        debounce=True,
                        placeholder="no limit",
                    ),
                ],
                className="field",
            ),
            html.Div(
                [
                    html.Label("Working hours", htmlFor=Ids.HOURS),
                    dbc.Input(
                        id=Ids.HOURS, type="number", min=0, max=MAX_HOURS, step=1, debounce=True
                    ),
                ],
                className="field",
            ),
            html.Div(
                [
                    html.Label("Working hours, as a slider", htmlFor=Ids.HOURS_RANGE),
                    dbc.Input(
                        id=Ids.HOURS_RANGE,
                        type="range",
                        min=0,
                        max=RANGE_HOURS,
                        step=1,
                        class_name="form-range",
                    ),
                ],
                className="field field-wide",
            ),
            html.P(
                "The plan takes the contacts that bring most for the hours and the money they use, "
                "within both limits.",
                className="quiet",
            ),
        ],
        className="panel limits no-print",
    )


def _by_action() -> Component:
    return panel(
        "By action",
        loading(html.Div(skeleton("bars"), id=Ids.BY_ACTION)),
        note="Customers whose best action it is. A name is a link: it narrows the page.",
    )


def _marginal() -> Component:
    return panel(
        "What more contacts bring, in the plan's order",
        chart(Ids.MARGINAL, Ids.MARGINAL_TABLE, "Expected net value over contacts", 220),
        note="Expected net value in order of value per hour of work, as the plan takes them; with "
        "a budget, per share of hours and money. The first contact need not be worth most.",
        aside=assumption_badge(),
    )


def _holdout() -> Component:
    return panel("Holdout", html.Div(skeleton("bars"), id=Ids.HOLDOUT))


def _plan() -> Component:
    return panel(
        "Plan",
        plan_grid(Ids.PLAN),
        note=html.Span(id=Ids.PLAN_NOTE),
        aside=assumption_badge("assumed, not measured"),
        class_name="grid-panel",
    )
