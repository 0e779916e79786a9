"""The verdict, and what a reader must know to weigh it."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.services.evidence.evidence_results import EvidenceResult
from webapp.pages.evidence.section import anchor_of

NO_PREDICTION = "The data of this run cannot support a prediction."


def verdict_view(result: EvidenceResult) -> list[Any]:
    """Return the verdict in a sentence, then what was predicted, when, and how it was tested."""
    return [
        _cannot(result),
        html.P(html.Strong(result.stamp.verdict), className="headline"),
        html.Dl(
            [html.Div([html.Dt(name), html.Dd(text)]) for name, text in _facts(result)],
            className="glossary claims",
        ),
    ]


def _cannot(result: EvidenceResult) -> Component | None:
    if result.claim.supported:
        return None
    return html.Div(
        [
            html.Strong(NO_PREDICTION),
            html.P(result.claim.no_prediction_reason or "The checks below say why."),
            html.P(
                [
                    "Do not act on single risks. Use ",
                    html.A("plain rules with their lift", href=f"#{anchor_of('rules')}"),
                    " instead.",
                ]
            ),
        ],
        className="notice notice-bad no-prediction",
        role="status",
    )


def _facts(result: EvidenceResult) -> list[tuple[str, Any]]:
    claim, stamp = result.claim, result.stamp
    facts: list[tuple[str, Any]] = [
        ("What is predicted", claim.predicted),
        (
            "As of",
            f"{formatting.moment(stamp.as_of)}; nothing later was used. By {stamp.champion_label}.",
        ),
        ("How it was tested", f"{claim.evidence_kind}{_dates(result)}"),
        ("How many go silent", _base_rate(result)),
    ]
    if stamp.alert_words:
        facts.append(("How often a flag was right", f"{stamp.alert_words}."))
    return facts


def _dates(result: EvidenceResult) -> str:
    known = [of_date.observation_date for of_date in result.by_date]
    if not known:
        return ""
    if len(known) == 1:
        return f" One test date, {formatting.day(known[0])}."
    return f" {len(known)} test dates, {formatting.day(known[0])} to {formatting.day(known[-1])}."


def _base_rate(result: EvidenceResult) -> str:
    return f"In the past {formatting.share(result.base_rate)} of the scored customers did."
