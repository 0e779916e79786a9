"""Whether the app can answer: a run is published and can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response

from analytics.errors import NoRunPublished, SilentChurnError

if TYPE_CHECKING:
    from analytics.services.analytics_service import AnalyticsService


def register_readiness(server: Flask, service: AnalyticsService) -> None:
    """Add the route `/readyz`; without a run the app is up and says so."""

    def readyz() -> Response:
        try:
            return _text(f"ready: run {service.stamp().run_id}", 200)
        except NoRunPublished:
            return _text("ready: no run published yet", 200)
        except SilentChurnError as error:
            return _text(f"not ready: {error.rule}", 503)

    server.add_url_rule("/readyz", "readyz", readyz)


def _text(line: str, status: int) -> Response:
    return Response(f"{line}\n", status, mimetype="text/plain")
