"""The evidence page's one callback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output

from webapp.pages.evidence.ids import EvidenceIds as Ids
from webapp.pages.evidence.render import render_evidence

if TYPE_CHECKING:
    from analytics.services.analytics_service import AnalyticsService

OUTPUTS = {
    "stamp": Output(Ids.STAMP, "children"),
    "notices": Output(Ids.NOTICES, "children"),
    "verdict": Output(Ids.VERDICT, "children"),
    "scores": Output(Ids.SCORES, "children"),
    "calibration": Output(Ids.CALIBRATION, "figure"),
    "calibration_table": Output(Ids.CALIBRATION_TABLE, "children"),
    "said_seen": Output(Ids.SAID_SEEN, "figure"),
    "said_seen_table": Output(Ids.SAID_SEEN_TABLE, "children"),
    "acceptance": Output(Ids.ACCEPTANCE, "children"),
    "features": Output(Ids.FEATURES, "children"),
    "quality": Output(Ids.QUALITY, "children"),
    "glossary": Output(Ids.GLOSSARY, "children"),
    "versions": Output(Ids.VERSIONS, "children"),
    "assumptions": Output(Ids.ASSUMPTIONS, "children"),
}


def register_callbacks(app: Dash, service: AnalyticsService) -> None:
    """Add the evidence page's callbacks to an app."""

    @app.callback(output=OUTPUTS, inputs={"_start": Input(Ids.START, "data")})
    def show_evidence(_start: int) -> dict[str, Any]:
        return render_evidence(service.evidence())
