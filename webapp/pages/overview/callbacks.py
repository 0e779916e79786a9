"""The overview's one callback: filter in, everything out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output

from webapp.components.chosen import chosen_filter
from webapp.components.filter_ids import FilterIds
from webapp.pages.overview.ids import OverviewIds as Ids
from webapp.pages.overview.render import render_overview

if TYPE_CHECKING:
    from analytics.services.analytics_service import AnalyticsService

OUTPUTS = {
    "stamp": Output(Ids.STAMP, "children"),
    "notices": Output(Ids.NOTICES, "children"),
    "empty": Output(Ids.EMPTY, "children"),
    "hide_body": Output(Ids.BODY, "hidden"),
    "export": Output(Ids.EXPORT, "children"),
    "headline": Output(Ids.HEADLINE, "children"),
    "kpis": Output(Ids.KPIS, "children"),
    "watch": Output(Ids.WATCH, "children"),
    "plan_link": Output(Ids.PLAN_LINK, "children"),
    "causes": Output(Ids.CAUSES, "children"),
    "tiers": Output(Ids.TIERS, "children"),
    "states": Output(Ids.STATES, "children"),
    "groups_title": Output(Ids.GROUPS_TITLE, "children"),
    "groups": Output(Ids.GROUPS, "children"),
    "at_risk": Output(Ids.AT_RISK, "figure"),
    "at_risk_table": Output(Ids.AT_RISK_TABLE, "children"),
    "revenue": Output(Ids.REVENUE, "figure"),
    "revenue_table": Output(Ids.REVENUE_TABLE, "children"),
    "predicted_observed": Output(Ids.PREDICTED_OBSERVED, "figure"),
    "predicted_observed_table": Output(Ids.PREDICTED_OBSERVED_TABLE, "children"),
}


def register_callbacks(app: Dash, service: AnalyticsService) -> None:
    """Add the overview's callbacks to an app."""

    @app.callback(output=OUTPUTS, inputs={"query": Input(FilterIds.STORE, "data")})
    def show_overview(query: object) -> dict[str, Any]:
        chosen = chosen_filter(query)
        return render_overview(service.overview(chosen), chosen)
