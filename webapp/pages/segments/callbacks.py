"""The callbacks of the segments page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, ctx, no_update

from webapp.address import Address, group_column
from webapp.components.chosen import chosen_filter
from webapp.components.data_grid import register_grid
from webapp.components.filter_ids import FilterIds
from webapp.pages.segments.ids import SegmentsIds as Ids
from webapp.pages.segments.render import column_options, render_segments, varying_columns
from webapp.pages.segments.saved_callbacks import register_saved

if TYPE_CHECKING:
    from analytics.services.analytics_service import AnalyticsService

OUTPUTS = {
    "stamp": Output(Ids.STAMP, "children"),
    "notices": Output(Ids.NOTICES, "children"),
    "empty": Output(Ids.EMPTY, "children"),
    "hide_body": Output(Ids.BODY, "hidden"),
    "export": Output(Ids.EXPORT, "children"),
    "named": Output(Ids.NAMED, "children"),
    "clusters": Output(Ids.CLUSTERS, "children"),
    "moves": Output(Ids.MOVES, "children"),
    "steady": Output(Ids.STEADY, "children"),
    "matrix": Output(Ids.MATRIX, "children"),
    "bands": Output(Ids.BANDS, "children"),
    "groups": Output(Ids.GROUPS, "children"),
    "count": Output(Ids.GRID_COUNT, "children"),
}


def register_callbacks(app: Dash, service: AnalyticsService) -> None:
    """Add the callbacks of the segments page to an app."""

    @app.callback(
        Output(Ids.GROUP_COLUMN, "value"),
        Output(Ids.GROUP_COLUMN, "options"),
        Output(Ids.URL, "search"),
        Input(Ids.URL, "search"),
        Input(Ids.GROUP_COLUMN, "value"),
    )
    def keep_column_in_address(search: object, column: object) -> tuple[Any, Any, Any]:
        here, varying = Address.read(search), varying_columns(service.choices())
        if ctx.triggered_id in (None, Ids.URL):
            wanted = here.by or varying[0]
            return no_update if column == wanted else wanted, column_options(varying), no_update
        chosen = group_column(column)
        there = replace(here, by="" if chosen == varying[0] else chosen)
        return no_update, no_update, no_update if there == here else there.to_search()

    @app.callback(
        output=OUTPUTS,
        inputs={
            "query": Input(FilterIds.STORE, "data"),
            "column": Input(Ids.GROUP_COLUMN, "value"),
        },
    )
    def show_segments(query: object, column: object) -> dict[str, Any]:
        by = group_column(column) or varying_columns(service.choices())[0]
        here = Address(chosen_filter(query), by=by)
        return render_segments(service.segments(here.chosen, by), here)

    register_saved(app, service)
    register_grid(app, service, Ids.GRID)
