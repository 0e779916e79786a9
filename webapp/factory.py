"""Builds the app: one function, nothing at import."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import plotly.io as pio
from dash import Dash, html
from dash.development.base_component import Component
from flask import Flask

from analytics.errors import SilentChurnError
from analytics.services.results import FilterChoices
from analytics.settings import Settings
from webapp.delivery import register_delivery
from webapp.downloads import register_downloads
from webapp.index import INDEX, ChurnDash
from webapp.page import Page
from webapp.pages import PAGES
from webapp.readiness import register_readiness
from webapp.security.callbacks import register_callback_check
from webapp.security.errors import register_error_pages
from webapp.security.headers import register_headers
from webapp.security.hosts import check_host, register_host_check
from webapp.security.origin import register_origin_check
from webapp.shell.callbacks import register_shell
from webapp.shell.layout import TITLE, shell
from webapp.shell.toast import show_toast

if TYPE_CHECKING:
    from analytics.services.analytics_service import AnalyticsService

MAX_REQUEST_BYTES = 1_000_000
NO_CHOICES = FilterChoices()


def create_app(settings: Settings, service: AnalyticsService | None = None) -> Dash:
    """Return the app, warmed and ready to be forked.

    Parameters
    ----------
    service
        What answers the pages; made from the settings where none is given.
    """
    check_host(settings.host)
    answers = service or _service_of(settings)
    server = _server(settings)
    app = _dash(server)
    register_host_check(server)
    register_origin_check(server)
    register_callback_check(server, lambda: app._callback_list)
    register_delivery(server)
    register_headers(server, cache(app.csp_hashes))
    register_error_pages(server)
    register_readiness(server, answers)
    register_downloads(server, answers)
    frame = shell(PAGES, NO_CHOICES)
    app.validation_layout = html.Div(  # type: ignore[assignment]
        [frame, *(page.layout("any") for page in PAGES)]
    )
    app.layout = frame
    register_shell(app, answers, PAGES)
    for page in PAGES:
        page.register_callbacks(app, answers)
    _warm(app)
    app.layout = _layout_of(PAGES, answers)
    return app


def _service_of(settings: Settings) -> AnalyticsService:
    from analytics.services.analytics_service import AnalyticsService

    return AnalyticsService(settings)


def _server(settings: Settings) -> Flask:
    server = Flask("webapp")
    key = settings.secret_key.get_secret_value() or secrets.token_hex(32)
    server.config.update(
        SECRET_KEY=key,
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
    )
    return server


def _dash(server: Flask) -> Dash:
    pio.templates.default = "none"
    app = ChurnDash(
        "webapp",
        server=server,  # type: ignore[arg-type]
        assets_folder=str(assets_folder()),
        use_pages=False,
        pages_folder="",
        serve_locally=True,
        compress=False,
        index_string=INDEX,
        title=TITLE,
        update_title=None,  # type: ignore[arg-type]
        suppress_callback_exceptions=False,
        health_endpoint="healthz",
        enable_mcp=False,
        add_log_handler=False,
        on_error=show_toast,
        meta_tags=[
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {"name": "color-scheme", "content": "light dark"},
        ],
    )
    app.logger.setLevel(logging.WARNING)
    return app


def assets_folder() -> Path:
    """Return the style sheets, scripts and fonts: inside the wheel, else beside the package."""
    inside = Path(__file__).parent / "assets"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "assets"


def _layout_of(pages: Sequence[Page], service: AnalyticsService) -> Callable[[], Component]:
    def layout() -> Component:
        try:
            choices = service.choices()
        except SilentChurnError:
            choices = NO_CHOICES
        return shell(pages, choices)

    return layout


def _warm(app: Dash) -> None:
    """Let Dash set itself up now: it does so in its first request, and answers others with errors
    until it is done. The frame alone is laid out, so that nothing is connected before a fork."""
    with app.server.test_client() as client:
        status = client.get("/_dash-dependencies").status_code
    if status != 200:
        raise RuntimeError(f"The app must answer before it serves. Got HTTP {status}.")
