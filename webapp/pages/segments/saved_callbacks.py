"""The callbacks of the saved segments: list, save, rename, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ALL, Dash, Input, Output, State, ctx
from dash.exceptions import PreventUpdate

from webapp.components.chosen import chosen_filter, filter_or_everyone
from webapp.components.filter_ids import FilterIds
from webapp.components.form import one_more
from webapp.pages.segments.form_values import pressed_segment, typed
from webapp.pages.segments.ids import DELETE_TYPE, RENAME_TYPE
from webapp.pages.segments.ids import SegmentsIds as Ids
from webapp.pages.segments.saved_view import filter_words, saved_view

if TYPE_CHECKING:
    from analytics.services.analytics_service import AnalyticsService


def register_saved(app: Dash, service: AnalyticsService) -> None:
    """Add the callbacks of the saved segments to an app."""
    _register_list(app, service)
    _register_save(app, service)
    _register_row_buttons(app, service)


def _register_list(app: Dash, service: AnalyticsService) -> None:
    @app.callback(Output(Ids.SAVED, "children"), Input(Ids.SAVED_CHANGED, "data"))
    def show_saved(changed: object) -> Any:
        return saved_view(service.saved_segments(), service.stamp().currency)

    @app.callback(Output(Ids.SAVED_WHAT, "children"), Input(FilterIds.STORE, "data"))
    def show_what_would_be_saved(query: object) -> str:
        return f"The filters now: {filter_words(chosen_filter(query))}."


def _register_save(app: Dash, service: AnalyticsService) -> None:
    @app.callback(
        Output(Ids.SAVED_CHANGED, "data"),
        Output(Ids.SAVED_NAME, "value"),
        Input(Ids.SAVED_BUTTON, "n_clicks"),
        State(Ids.SAVED_NAME, "value"),
        State(Ids.SAVED_AUTHOR, "value"),
        State(FilterIds.STORE, "data"),
        State(Ids.SAVED_CHANGED, "data"),
        prevent_initial_call=True,
    )
    def save(
        clicks: object, name: object, author: object, query: object, changed: object
    ) -> tuple[int, str]:
        if not clicks:
            raise PreventUpdate
        service.save_segment(typed(name), filter_or_everyone(query), typed(author))
        return one_more(changed), ""


def _register_row_buttons(app: Dash, service: AnalyticsService) -> None:
    @app.callback(
        Output(Ids.SAVED_CHANGED, "data", allow_duplicate=True),
        Input({"type": RENAME_TYPE, "segment": ALL}, "n_clicks"),
        Input({"type": DELETE_TYPE, "segment": ALL}, "n_clicks"),
        State(Ids.SAVED_NAME, "value"),
        State(Ids.SAVED_AUTHOR, "value"),
        State(Ids.SAVED_CHANGED, "data"),
        prevent_initial_call=True,
    )
    def change(
        renamed: object, deleted: object, name: object, author: object, changed: object
    ) -> int:
        if not any(trigger["value"] for trigger in ctx.triggered):
            raise PreventUpdate
        segment_id = pressed_segment(ctx.triggered_id)
        if ctx.triggered_id["type"] == RENAME_TYPE:
            service.rename_segment(segment_id, typed(name), typed(author))
        else:
            service.delete_segment(segment_id, typed(author))
        return one_more(changed)
