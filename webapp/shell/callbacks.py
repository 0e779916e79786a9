"""The callbacks of the shell: route, keep the filter in the address, find a customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update

from analytics.domain.customer_columns.group_columns import OWN_COLUMNS
from analytics.services.analytics_service import AnalyticsService
from webapp.address import Address
from webapp.components.browser_side import in_browser
from webapp.components.chosen import filter_or_everyone
from webapp.components.filter_bar import CHOICE_FIELDS, MENU_FIELDS
from webapp.components.filter_ids import FilterIds, choice_id, find_id, summary_id
from webapp.components.value_menus import offered_options
from webapp.page import Page, path_of
from webapp.shell.filter_sync import controls_of, from_controls, synced
from webapp.shell.ids import ShellIds
from webapp.shell.layout import clear_link, jump_results, nav_links
from webapp.shell.router import route


def register_shell(app: Dash, service: AnalyticsService, pages: Sequence[Page]) -> None:
    """Add the shell's callbacks to an app."""
    _register_router(app, service, pages)
    _register_filter(app)
    _register_menus(app, service)
    _register_jump(app, service)
    _register_browser_side(app)


def _register_router(app: Dash, service: AnalyticsService, pages: Sequence[Page]) -> None:
    @app.callback(
        Output(ShellIds.CONTENT, "children"),
        Output(FilterIds.PANEL, "hidden"),
        Output(ShellIds.TITLE, "data"),
        Input(ShellIds.URL, "pathname"),
    )
    def show_page(pathname: object) -> tuple[Any, bool, str]:
        return route(pages, path_of(pathname), service)

    @app.callback(
        Output(ShellIds.NAV, "children"),
        Output(FilterIds.CLEAR, "children"),
        Input(ShellIds.URL, "pathname"),
        Input(FilterIds.STORE, "data"),
    )
    def show_links(pathname: object, query: object) -> tuple[Any, Any]:
        chosen, here = filter_or_everyone(query), path_of(pathname)
        return nav_links(pages, here, chosen), clear_link(here, chosen)


def _register_filter(app: Dash) -> None:
    controls = {
        **{field: Input(choice_id(field), "value") for field in CHOICE_FIELDS},
        "flags": Input(FilterIds.FLAGS, "value"),
        "search": Input(FilterIds.SEARCH, "value"),
    }
    shown = {
        **{field: Output(choice_id(field), "value") for field in CHOICE_FIELDS},
        "flags": Output(FilterIds.FLAGS, "value"),
        "search": Output(FilterIds.SEARCH, "value"),
    }

    @app.callback(
        output={
            "controls": shown,
            "summaries": {name: Output(summary_id(name), "children") for name in MENU_FIELDS},
            "count": Output(FilterIds.COUNT, "children"),
            "search": Output(ShellIds.URL, "search"),
            "query": Output(FilterIds.STORE, "data"),
            "note": Output(ShellIds.ADDRESS_NOTE, "children"),
        },
        inputs={"search": Input(ShellIds.URL, "search"), "controls": controls},
        state={"query": State(FilterIds.STORE, "data")},
    )
    def keep_filter_in_address(
        search: object, controls: dict[str, Any], query: object
    ) -> dict[str, Any]:
        here = Address.read(search)
        if ctx.triggered_id in (None, ShellIds.URL):
            return synced(here, controls=controls_of(here.chosen), search=search, query=query)
        there = here.with_filter(from_controls(controls))
        return synced(there, controls=no_update, search=search, query=query)


def _register_menus(app: Dash, service: AnalyticsService) -> None:
    boxes = {find_id(field): field for field in OWN_COLUMNS}

    @app.callback(
        output={field: Output(choice_id(field), "options") for field in OWN_COLUMNS},
        inputs={
            "texts": {field: Input(find_id(field), "value") for field in OWN_COLUMNS},
            "query": Input(FilterIds.STORE, "data"),
        },
        prevent_initial_call=True,
    )
    def offer_values(texts: dict[str, object], query: object) -> dict[str, Any]:
        return offered_options(
            service.choices(),
            filter_or_everyone(query),
            texts,
            service.find_values,
            typed_in=boxes.get(str(ctx.triggered_id)),
        )


def _register_jump(app: Dash, service: AnalyticsService) -> None:
    @app.callback(
        Output(ShellIds.JUMP_RESULTS, "children"),
        Input(ShellIds.JUMP, "value"),
        prevent_initial_call=True,
    )
    def find_customer(text: object) -> Any:
        wanted = text.strip() if isinstance(text, str) else ""
        return jump_results(wanted, service.find(wanted) if wanted else ())


def _register_browser_side(app: Dash) -> None:
    in_browser(
        app,
        "shell",
        "toggleTheme",
        Output(ShellIds.THEME, "data"),
        Input(ShellIds.THEME_BUTTON, "n_clicks"),
        State(ShellIds.THEME, "data"),
        prevent_initial_call=True,
    )
    in_browser(
        app,
        "shell",
        "applyTheme",
        Output(ShellIds.THEME_BUTTON, "aria-label"),
        Input(ShellIds.THEME, "data"),
    )
    in_browser(
        app,
        "shell",
        "arrive",
        Output(ShellIds.JUMP, "value"),
        Output(FilterIds.DETAILS, "open"),
        Input(ShellIds.TITLE, "data"),
    )
