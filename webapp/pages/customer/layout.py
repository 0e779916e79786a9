"""One customer's page before its numbers come."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from analytics.domain.work_list import MAX_NAME_LENGTH, MAX_NOTE_LENGTH
from webapp.components.form import field
from webapp.components.panels import chart, panel
from webapp.components.states import skeleton
from webapp.components.terms import assumption_badge
from webapp.pages.customer.ids import CustomerIds as Ids
from webapp.pages.customer.records_view import event_grid


def layout(customer_id: str = "") -> Component:
    """Return the frame of one customer's page."""
    return html.Div(
        [
            dcc.Store(id=Ids.CUSTOMER, data=customer_id),
            dcc.Store(id=Ids.CHANGED, data=0),
            html.Div(id=Ids.EMPTY),
            html.Div(
                [
                    html.Header(skeleton("head"), id=Ids.HEAD, className="customer-head"),
                    html.Div(id=Ids.STAMP, className="stamp-slot"),
                    html.Div(id=Ids.NOTICES),
                    html.Div(
                        [
                            html.Div(
                                [_why(), _nearest_change(), _activity(), _history(), _parts()],
                                className="stack",
                            ),
                            html.Div([_action(), _work(), _notes()], className="stack"),
                        ],
                        className="grid-two-one customer-columns",
                    ),
                    html.Div([_events(), _facts()], className="grid-two-one"),
                ],
                id=Ids.BODY,
            ),
        ]
    )


def _why() -> Component:
    return html.Div(
        [
            panel(
                "Why this risk",
                html.Div(skeleton("bars"), id=Ids.REASONS),
                note="Shares of the risk in percentage points against the typical scored "
                "customer; those of all themes add up to the difference. A likely cause is named "
                "because it is assumed to have pulled hardest in the last week in which the "
                "customer was held engaged, whatever the model makes of it.",
            ),
            panel(
                "What changed in 28 days",
                html.Div(skeleton("bars"), id=Ids.CHANGES),
                note="Shares of the change in percentage points since 28 days ago, by today's "
                "model.",
            ),
        ],
        className="grid-halves",
    )


def _nearest_change() -> Component:
    return panel(
        "What would lower the tier",
        html.Div(skeleton("bars"), id=Ids.NEAREST_CHANGE),
        note="The smallest single change of tickets, problems, failed payments or features used.",
        aside=assumption_badge("the model's response, not a promise"),
    )


def _activity() -> Component:
    return panel(
        "Activity against own rhythm",
        chart(Ids.ACTIVITY, Ids.ACTIVITY_TABLE, "Active days a week against the own usual", 280),
        note="Active days a week; above them the weeks with friction and with contacts.",
    )


def _history() -> Component:
    return html.Div(
        [
            panel(
                "Churn risk",
                chart(Ids.RISK, Ids.RISK_TABLE, "Churn risk at past observation dates", 200),
                note="Today's model on what was known at each date.",
            ),
            panel(
                "Frustration index",
                chart(
                    Ids.FRUSTRATION,
                    Ids.FRUSTRATION_TABLE,
                    "Frustration index at past observation dates",
                    200,
                ),
                note="0 to 100; frustrated from 40.",
            ),
        ],
        className="grid-halves",
    )


def _action() -> Component:
    return panel(
        "Recommended action",
        html.Div(skeleton("bars"), id=Ids.ACTIONS),
        aside=assumption_badge("assumed, not measured"),
        class_name="panel-strong",
    )


def _work() -> Component:
    form = html.Div(
        [
            field("Action", dbc.Select(id=Ids.WORK_ACTION, options=[], value="")),
            field(
                "Owner",
                dbc.Input(
                    id=Ids.WORK_OWNER, maxlength=MAX_NAME_LENGTH, value="", autocomplete="name"
                ),
            ),
            field("Due", dbc.Input(id=Ids.WORK_DUE, type="date", value="")),
            html.Button("Take on", id=Ids.WORK_BUTTON, className="button", type="button"),
        ],
        className="form no-print",
    )
    shown = html.Div([html.Div(id=Ids.WORK), dcc.Store(id=Ids.WORK_SEEN, data={})])
    return panel("Work list", shown, form)


def _notes() -> Component:
    form = html.Div(
        [
            field("Note", dbc.Textarea(id=Ids.NOTE_TEXT, maxlength=MAX_NOTE_LENGTH, value="")),
            field(
                "Your name",
                dbc.Input(
                    id=Ids.NOTE_AUTHOR, maxlength=MAX_NAME_LENGTH, value="", autocomplete="name"
                ),
            ),
            html.Button("Add note", id=Ids.NOTE_BUTTON, className="button-ghost", type="button"),
        ],
        className="form no-print",
    )
    return panel("Notes", html.Div(id=Ids.NOTES), form)


def _parts() -> Component:
    return panel(
        "What the frustration is made of",
        html.Div(skeleton("bars"), id=Ids.PARTS),
        note="Points of the index. Evidence says which weights are in use.",
        aside=assumption_badge("weights"),
    )


def _facts() -> Component:
    return panel("Facts", html.Div(skeleton("table"), id=Ids.FACTS))


def _events() -> Component:
    return panel(
        "Events behind the numbers",
        event_grid(Ids.EVENTS),
        note=html.Span(id=Ids.EVENTS_NOTE),
        class_name="grid-panel",
    )
