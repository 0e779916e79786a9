"""The evidence page as a function of its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.run_tables import BACKTEST
from analytics.services.evidence_results import EvidenceResult, ModelScore
from webapp import formatting
from webapp.components.badges import notices, run_stamp
from webapp.components.panels import scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import defined
from webapp.figures.calibration_chart import calibration_chart
from webapp.figures.trend_charts import said_and_seen_line_chart
from webapp.pages.evidence.acceptance_view import acceptance_view
from webapp.pages.evidence.features_view import features_view
from webapp.pages.evidence.glossary import glossary
from webapp.pages.evidence.quality_view import pairs_view, quality_view

SLICE_WORDS: Mapping[str, str] = MappingProxyType(
    {"all": "All scored customers", "early_warning": "Seen in the last 14 days: the early warnings"}
)
_BACKTEST_COLUMN = {one.name: one for one in BACKTEST.columns}
_SCORE_COLUMNS = ("auc", "average_precision", "brier", "ece", "lift_top_decile")


def render_evidence(result: EvidenceResult) -> dict[str, Any]:
    """Return everything that the evidence page shows, by the name of its place."""
    return {
        "stamp": run_stamp(result.stamp),
        "notices": notices(result.stamp),
        "verdict": _verdict(result),
        "scores": _scores(result.scores),
        "calibration": calibration_chart(result.calibration),
        "calibration_table": _calibration_table(result),
        "said_seen": said_and_seen_line_chart(result.trend),
        "said_seen_table": _said_seen_table(result),
        "acceptance": acceptance_view(result.acceptance),
        "features": features_view(result.features),
        "quality": quality_view(result.data_quality),
        "glossary": glossary(),
        "versions": pairs_view(result.versions),
        "assumptions": _assumptions(result),
    }


def _verdict(result: EvidenceResult) -> list[Any]:
    return [
        html.Strong(result.stamp.verdict),
        f" The model shown is {result.stamp.champion_label}. In the past "
        f"{formatting.share(result.base_rate)} of the scored customers went silent.",
    ]


def _scores(scores: Sequence[ModelScore]) -> Component:
    if not scores:
        return nothing_here("No backtest is in this run.")
    slices = list(dict.fromkeys(score.slice for score in scores))
    return html.Div(
        [_slice(name, [one for one in scores if one.slice == name]) for name in slices],
        className="stack",
    )


def _slice(name: str, scores: Sequence[ModelScore]) -> Component:
    title = SLICE_WORDS.get(name, name)
    first = scores[0]
    ordered = sorted(scores, key=lambda one: -one.auc.value)
    head = ("Model", *(_column_term(column) for column in _SCORE_COLUMNS))
    size = f"{first.customers:,} customer dates, {first.positives:,} of them went silent"
    return html.Div(
        [
            html.H3(title),
            html.P(size, className="panel-note"),
            scrolling(
                table(
                    head,
                    [_score_row(score) for score in ordered],
                    numeric=range(1, len(head)),
                    caption=title,
                    class_name="scores",
                ),
                title,
            ),
        ]
    )


def _score_row(score: ModelScore) -> list[Any]:
    champion = html.Span("shown", className="pill pill-fresh") if score.is_champion else None
    interval = f"{score.auc.low:.3f} to {score.auc.high:.3f}"
    return [
        html.Span([score.label, " ", champion]),
        html.Span([f"{score.auc.value:.3f}", html.Span(interval, className="quiet sub")]),
        formatting.number(score.average_precision, 3),
        formatting.number(score.brier, 4),
        formatting.share(score.ece),
        f"{formatting.number(score.lift_top_decile, 1)}×",
    ]


def _column_term(name: str) -> Component:
    one = _BACKTEST_COLUMN[name]
    better = {"good": " Higher is better.", "bad": " Lower is better."}.get(one.higher_is, "")
    return defined(one.label, f"{one.meaning}{better}")


def _calibration_table(result: EvidenceResult) -> Component:
    rows = [
        (
            formatting.share(one.predicted),
            formatting.share(one.observed.value),
            formatting.share_interval(one.observed),
            formatting.count(one.customers),
        )
        for one in result.calibration
    ]
    return table(("Said", "Seen", "95% interval", "Customers"), rows, numeric=(0, 1, 2, 3))


def _said_seen_table(result: EvidenceResult) -> Component:
    rows = [
        (
            formatting.day(point.observation_date),
            formatting.share(point.predicted_share),
            formatting.share(point.silent_churn_share),
            formatting.count(point.eligible),
        )
        for point in result.trend
    ]
    return table(("Date", "Said then", "Seen since", "Customers"), rows, numeric=(1, 2, 3))


def _assumptions(result: EvidenceResult) -> Component:
    if not result.stamp.assumptions:
        return nothing_here("Nothing was recorded.")
    return html.Ul([html.Li(line) for line in result.stamp.assumptions], className="prose")
