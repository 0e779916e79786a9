"""The nearest change that would lower the tier, or why there is none."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from analytics.domain.customer.risk_tier import RiskTier
from analytics.services.results import CustomerResult
from webapp.components.states import nothing_here

NONE_FOUND = "No single change that you could make would lower the tier in the model's eyes."
ALREADY_LOW = "The tier is the lowest already."
NOT_SCORED = "Without a score there is no tier to lower."
_LOWERED = (RiskTier.CRITICAL, RiskTier.HIGH, RiskTier.MEDIUM)


def nearest_change_view(result: CustomerResult) -> Component:
    """Return the change in words; the sentence that it is no promise belongs to its text."""
    if result.nearest_change is not None:
        return html.P(result.nearest_change.text)
    tier = str(result.record["risk_tier"])
    if tier == RiskTier.LOW:
        return nothing_here(ALREADY_LOW)
    return nothing_here(NONE_FOUND if tier in _LOWERED else NOT_SCORED)
