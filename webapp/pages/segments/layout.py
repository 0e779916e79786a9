"""The segments page before its numbers come."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from analytics.domain.customer.risk_tier import FRUSTRATED_FROM
from analytics.domain.customer_columns.group_columns import COMPARED_COLUMNS
from analytics.domain.work_list import MAX_NAME_LENGTH
from analytics.services.segments.saved_segments import MAX_SEGMENT_NAME_LENGTH
from webapp.components.data_grid import customer_grid
from webapp.components.form import field
from webapp.components.panels import loading, page_head, panel
from webapp.components.states import skeleton
from webapp.pages.segments.ids import SegmentsIds as Ids
from webapp.pages.segments.render import column_options


def layout(_tail: str = "") -> Component:
    """Return the frame of the segments page."""
    return html.Div(
        [
            dcc.Location(id=Ids.URL, refresh="callback-nav"),
            page_head(
                "Segments",
                "Which groups are leaving, and who is in them?",
                Ids.STAMP,
                Ids.NOTICES,
                html.Div(id=Ids.EXPORT),
            ),
            html.Div(id=Ids.EMPTY),
            html.Div(
                [
                    _matrix(),
                    _named(),
                    _comparison(),
                    _saved(),
                    _moves(),
                    _clusters(),
                    html.Div([_bands(), _steady()], className="grid-halves"),
                    _list(),
                ],
                id=Ids.BODY,
                className="stack",
            ),
        ]
    )


def _matrix() -> Component:
    return panel(
        "Value, risk and frustration",
        loading(html.Div(skeleton("table"), id=Ids.MATRIX)),
        note="Customers, and their revenue at risk, which shades the cells. A cell is a link: it "
        f"narrows the page. Frustrated: an index of {FRUSTRATED_FROM} or more.",
    )


def _named() -> Component:
    return panel(
        "Named segments",
        loading(html.Div(skeleton("table"), id=Ids.NAMED)),
        note="Each cell of the matrix belongs to one. A name narrows the page; a count opens the "
        "list.",
    )


def _moves() -> Component:
    return panel(
        "Moves since the last run",
        loading(html.Div(skeleton("table"), id=Ids.MOVES)),
        note="How many went from one segment to another, and the money that went along.",
    )


def _clusters() -> Component:
    return panel(
        "Behaviour clusters",
        loading(html.Div(skeleton("table"), id=Ids.CLUSTERS)),
        note="Scored customers of like behaviour (k-means). They describe; no model uses them.",
    )


def _steady() -> Component:
    return panel(
        "How steady",
        loading(html.Div(skeleton("table"), id=Ids.STEADY)),
        note="A customer moves up a tier with one score, down only when well below the tier's "
        "cut at two scores running; the tier's own words say where.",
    )


def _saved() -> Component:
    form = html.Div(
        [
            html.P(id=Ids.SAVED_WHAT, className="quiet"),
            html.Div(
                [
                    field(
                        "Name of the segment",
                        dbc.Input(id=Ids.SAVED_NAME, maxlength=MAX_SEGMENT_NAME_LENGTH, value=""),
                    ),
                    field(
                        "Your name",
                        dbc.Input(
                            id=Ids.SAVED_AUTHOR,
                            maxlength=MAX_NAME_LENGTH,
                            value="",
                            autocomplete="name",
                            persistence=True,
                        ),
                    ),
                    html.Button(
                        "Save these filters",
                        id=Ids.SAVED_BUTTON,
                        className="button",
                        type="button",
                    ),
                ],
                className="form-row",
            ),
        ],
        className="no-print",
    )
    return panel(
        "Saved segments",
        dcc.Store(id=Ids.SAVED_CHANGED, data=0),
        loading(html.Div(skeleton("table"), id=Ids.SAVED)),
        form,
        note="Filters that somebody named, for everybody to open, followed from run to run.",
    )


def _bands() -> Component:
    return panel(
        "Frustration",
        loading(html.Div(skeleton("bars"), id=Ids.BANDS)),
        note="How frustrated the chosen customers are, and how many of each are at risk.",
    )


def _comparison() -> Component:
    chooser = html.Div(
        [
            html.Label("Compare by", htmlFor=Ids.GROUP_COLUMN),
            dbc.Select(
                id=Ids.GROUP_COLUMN,
                options=column_options(COMPARED_COLUMNS),
                value=COMPARED_COLUMNS[0],
            ),
        ],
        className="inline-field no-print",
    )
    return panel(
        "Compare",
        loading(html.Div(skeleton("table"), id=Ids.GROUPS)),
        note="A name is a link: it narrows the page to that group.",
        aside=chooser,
    )


def _list() -> Component:
    return panel(
        "Customers",
        customer_grid(Ids.GRID),
        note=html.Span(id=Ids.GRID_COUNT),
        class_name="grid-panel",
    )
