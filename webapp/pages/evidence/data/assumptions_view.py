"""What a run assumed and did not measure."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from analytics.services.evidence.evidence_results import EvidenceResult
from webapp.components.states import nothing_here


def assumptions_view(result: EvidenceResult) -> Component:
    """Return the assumptions, one a line."""
    if not result.stamp.assumptions:
        return nothing_here("Nothing was recorded.")
    return html.Ul([html.Li(line) for line in result.stamp.assumptions], className="prose")
