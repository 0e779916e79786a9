"""The callbacks of the customer list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output

from webapp.components.chosen import chosen_filter
from webapp.components.data_grid import register_grid
from webapp.components.filter_ids import FilterIds
from webapp.pages.customers.ids import CustomersIds as Ids
from webapp.pages.customers.render import render_list

if TYPE_CHECKING:
    from analytics.services.analytics_service import AnalyticsService

OUTPUTS = {
    "stamp": Output(Ids.STAMP, "children"),
    "notices": Output(Ids.NOTICES, "children"),
    "empty": Output(Ids.EMPTY, "children"),
    "hide_body": Output(Ids.BODY, "hidden"),
    "export": Output(Ids.EXPORT, "children"),
    "count": Output(Ids.COUNT, "children"),
}


def register_callbacks(app: Dash, service: AnalyticsService) -> None:
    """Add the callbacks of the customer list to an app."""

    @app.callback(output=OUTPUTS, inputs={"query": Input(FilterIds.STORE, "data")})
    def show_list(query: object) -> dict[str, Any]:
        chosen = chosen_filter(query)
        block = service.customer_block(chosen, start=0, end=1, sort=())
        return render_list(service.stamp(), block.total, chosen)

    register_grid(app, service, Ids.GRID)
