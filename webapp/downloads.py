"""The CSV files: exactly the rows that a page shows, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, request, stream_with_context

from analytics.errors import UsageError
from webapp.address import Address
from webapp.left_out import refuse_unknown_choices, refuse_unknown_limits

if TYPE_CHECKING:
    from analytics.services.analytics_service import AnalyticsService


def register_downloads(server: Flask, service: AnalyticsService) -> None:
    """Add the routes of the CSV files."""

    def customers() -> Response:
        here = _address()
        return _csv(service.export_rows(here.chosen), f"customers_{service.stamp().run_id}.csv")

    def plan() -> Response:
        here = _address(limited=True)
        lines = service.export_plan(
            here.chosen, budget=here.budget, capacity_minutes=here.capacity_minutes
        )
        return _csv(lines, f"plan_{service.stamp().run_id}.csv")

    server.add_url_rule("/export/customers.csv", "export_customers", customers)
    server.add_url_rule("/export/plan.csv", "export_plan", plan)


def _address(*, limited: bool = False) -> Address:
    search = request.query_string.decode("ascii", "replace")
    try:
        refuse_unknown_choices(search)
        if limited:
            refuse_unknown_limits(search)
        return Address.read(search)
    except UsageError as error:
        sentence = error.message
    abort(Response(f"{sentence}\n", 400, mimetype="text/plain"))


def _csv(lines: Iterator[str], name: str) -> Response:
    response = Response(
        stream_with_context(lines), mimetype="text/csv", content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
