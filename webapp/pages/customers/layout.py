"""The customer list before its rows come."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from webapp.components.data_grid import customer_grid
from webapp.components.panels import page_head, panel
from webapp.pages.customers.ids import CustomersIds as Ids


def layout(_tail: str = "") -> Component:
    """Return the frame of the customer list."""
    return html.Div(
        [
            page_head(
                "Customers",
                "Find one customer, or sort and page through all of them.",
                Ids.STAMP,
                Ids.NOTICES,
                html.Div(id=Ids.EXPORT),
            ),
            html.Div(id=Ids.EMPTY),
            html.Div(
                panel(
                    html.Span(id=Ids.COUNT),
                    customer_grid(Ids.GRID),
                    note="A click on a heading sorts; the id leads to the customer.",
                    class_name="grid-panel",
                ),
                id=Ids.BODY,
            ),
        ]
    )
