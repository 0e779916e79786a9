"""The callbacks of the recommendations page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, ctx

from analytics.domain.customer.filter import CustomerFilter
from webapp.address import MINUTES_AN_HOUR, Address
from webapp.components.chosen import chosen_filter
from webapp.components.filter_ids import FilterIds
from webapp.pages.recommendations.ids import RecommendationsIds as Ids
from webapp.pages.recommendations.limits import limited, shown_limits
from webapp.pages.recommendations.render import render_recommendations

if TYPE_CHECKING:
    from analytics.services.analytics_service import AnalyticsService

OUTPUTS = {
    "stamp": Output(Ids.STAMP, "children"),
    "notices": Output(Ids.NOTICES, "children"),
    "empty": Output(Ids.EMPTY, "children"),
    "hide_body": Output(Ids.BODY, "hidden"),
    "export": Output(Ids.EXPORT, "children"),
    "totals": Output(Ids.TOTALS, "children"),
    "by_action": Output(Ids.BY_ACTION, "children"),
    "marginal": Output(Ids.MARGINAL, "figure"),
    "marginal_table": Output(Ids.MARGINAL_TABLE, "children"),
    "holdout": Output(Ids.HOLDOUT, "children"),
    "plan": Output(Ids.PLAN, "rowData"),
    "plan_note": Output(Ids.PLAN_NOTE, "children"),
}


def register_callbacks(app: Dash, service: AnalyticsService) -> None:
    """Add the callbacks of the recommendations page to an app."""
    _register_limits(app, service)

    @app.callback(
        output=OUTPUTS,
        inputs={"query": Input(FilterIds.STORE, "data"), "limits": Input(Ids.PLAN_QUERY, "data")},
    )
    def show_plan(query: object, limits: object) -> dict[str, Any]:
        here = Address.read(limits).with_filter(chosen_filter(query))
        result = service.recommendations(
            here.chosen, budget=here.budget, capacity_minutes=here.capacity_minutes
        )
        customers = service.customer_block(here.chosen, start=0, end=1, sort=()).total
        return render_recommendations(result, here, customers)


def _register_limits(app: Dash, service: AnalyticsService) -> None:
    @app.callback(
        output={
            "budget": Output(Ids.BUDGET, "value"),
            "hours": Output(Ids.HOURS, "value"),
            "slider": Output(Ids.HOURS_RANGE, "value"),
            "search": Output(Ids.URL, "search"),
            "limits": Output(Ids.PLAN_QUERY, "data"),
        },
        inputs={
            "search": Input(Ids.URL, "search"),
            "budget": Input(Ids.BUDGET, "value"),
            "hours": Input(Ids.HOURS, "value"),
            "slider": Input(Ids.HOURS_RANGE, "value"),
        },
    )
    def keep_limits_in_address(
        search: object, budget: object, hours: object, slider: object
    ) -> dict[str, Any]:
        here, usual = Address.read(search), usual_hours(service)
        if ctx.triggered_id not in (None, Ids.URL):
            typed = slider if ctx.triggered_id == Ids.HOURS_RANGE else hours
            here = limited(here, budget=budget, hours=typed, usual_hours=usual)
        return shown_limits(here, usual_hours=usual, search=search)


def usual_hours(service: AnalyticsService) -> float:
    """Return the working hours of a week that the run's profile says."""
    everyone = service.recommendations(CustomerFilter(), budget=None, capacity_minutes=None)
    return everyone.capacity_minutes / MINUTES_AN_HOUR
