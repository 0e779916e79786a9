"""The evidence page's callbacks: one a group of parts, so that the first ones show fast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output

from webapp.components.badges import notices, run_stamp
from webapp.pages.evidence.frame import background, sections
from webapp.pages.evidence.ids import EvidenceIds as Ids
from webapp.pages.evidence.sections import FRUSTRATION, JUDGED, TESTED, VERDICT

if TYPE_CHECKING:
    from analytics.services.analytics_service import AnalyticsService

HEAD = (Output(Ids.STAMP, "children"), Output(Ids.NOTICES, "children"))
START = Input(Ids.START, "data")


def register_callbacks(app: Dash, service: AnalyticsService) -> None:
    """Add the evidence page's callbacks to an app."""

    @app.callback(*HEAD, Output(Ids.VERDICT_PART, "children"), START)
    def show_verdict(_start: int) -> tuple[Any, ...]:
        result = service.evidence()
        head = run_stamp(result.stamp), notices(result.stamp)
        return *head, sections([VERDICT], result)

    @app.callback(Output(Ids.TESTED_PARTS, "children"), START)
    def show_tested(_start: int) -> list[Any]:
        return list(sections(TESTED, service.evidence()))

    @app.callback(Output(Ids.JUDGED_PARTS, "children"), START)
    def show_judged(_start: int) -> list[Any]:
        return list(sections(JUDGED, service.evidence()))

    @app.callback(Output(Ids.FRUSTRATION_PARTS, "children"), START)
    def show_frustration(_start: int) -> list[Any]:
        return list(sections(FRUSTRATION, service.evidence()))

    @app.callback(Output(Ids.BACKGROUND_PARTS, "children"), START)
    def show_background(_start: int) -> list[Any]:
        return list(background(service.evidence()))
