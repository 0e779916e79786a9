"""The segments page before its numbers come."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from webapp.address import GROUP_COLUMNS
from webapp.components.data_grid import customer_grid
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
                    html.Div([_matrix(), _bands()], className="grid-two-one"),
                    _comparison(),
                    _list(),
                ],
                id=Ids.BODY,
                className="stack",
            ),
        ]
    )


def _matrix() -> Component:
    return panel(
        "Value and risk",
        loading(html.Div(skeleton("table"), id=Ids.MATRIX)),
        note="Customers, and their revenue at risk, which shades the cells. A cell is a link: it "
        "narrows the page.",
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
                id=Ids.GROUP_COLUMN, options=column_options(GROUP_COLUMNS), value=GROUP_COLUMNS[0]
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
