"""The evidence page as a function of its result, in groups that are asked for one by one."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.services.evidence_results import EvidenceResult
from webapp.components.badges import notices, run_stamp
from webapp.components.states import nothing_here
from webapp.pages.evidence.acceptance_view import acceptance_view
from webapp.pages.evidence.calibration_view import calibration_view
from webapp.pages.evidence.capacity_view import capacity_view
from webapp.pages.evidence.comparison_view import comparison_view
from webapp.pages.evidence.features_view import features_view
from webapp.pages.evidence.frustration_checks_view import frustration_checks_view
from webapp.pages.evidence.frustration_weights_view import frustration_weights_view
from webapp.pages.evidence.gates_view import gates_view
from webapp.pages.evidence.glossary import glossary
from webapp.pages.evidence.ladder_view import ladder_view
from webapp.pages.evidence.lead_time_view import lead_time_view
from webapp.pages.evidence.past_losses_view import past_losses_view
from webapp.pages.evidence.past_months_view import past_months_view
from webapp.pages.evidence.past_revenue_view import past_revenue_view
from webapp.pages.evidence.quality_view import pairs_view, quality_view
from webapp.pages.evidence.rules_view import rules_view
from webapp.pages.evidence.said_seen_view import said_seen_view
from webapp.pages.evidence.slices_view import slices_view
from webapp.pages.evidence.suppressed_view import suppressed_view
from webapp.pages.evidence.tier_records_view import tier_records_view
from webapp.pages.evidence.verdict_view import verdict_view


def render_evidence(result: EvidenceResult) -> dict[str, Any]:
    """Return everything that the evidence page shows, by the name of its place."""
    return {
        **render_verdict(result),
        **render_tested(result),
        **render_judged(result),
        **render_felt(result),
        **render_background(result),
    }


def render_verdict(result: EvidenceResult) -> dict[str, Any]:
    """Return the head of the page: stamp, warnings, verdict."""
    return {
        "stamp": run_stamp(result.stamp),
        "notices": notices(result.stamp),
        "verdict": verdict_view(result),
    }


def render_tested(result: EvidenceResult) -> dict[str, Any]:
    """Return what happened after what was said."""
    return {
        "ladder": ladder_view(result),
        "months": [*past_months_view(result), *tier_records_view(result)],
        "revenue": past_revenue_view(result),
        "lead_time": lead_time_view(result),
        "losses": past_losses_view(result),
    }


def render_judged(result: EvidenceResult) -> dict[str, Any]:
    """Return how right the risks are, for whom, what they would earn, and what was checked."""
    return {
        "calibration": calibration_view(result),
        "said_seen": said_seen_view(result),
        "slices": slices_view(result),
        "capacity": capacity_view(result),
        "rules": rules_view(result),
        "gates": gates_view(result),
    }


def render_felt(result: EvidenceResult) -> dict[str, Any]:
    """Return how far the frustration index can be believed."""
    found = result.frustration
    return {
        "frustration_checks": frustration_checks_view(found),
        "frustration_weights": frustration_weights_view(found),
        "suppressed": suppressed_view(found),
    }


def render_background(result: EvidenceResult) -> dict[str, Any]:
    """Return what stands behind the numbers: last run, features, data, words."""
    return {
        "comparison": comparison_view(result.claim.comparison),
        "acceptance": acceptance_view(result.acceptance),
        "features": features_view(result.features),
        "quality": quality_view(result.data_quality),
        "glossary": glossary(result.stamp.tiers),
        "versions": pairs_view(result.versions),
        "assumptions": _assumptions(result),
    }


def _assumptions(result: EvidenceResult) -> Component:
    if not result.stamp.assumptions:
        return nothing_here("Nothing was recorded.")
    return html.Ul([html.Li(line) for line in result.stamp.assumptions], className="prose")
