"""The scores of every model on all test dates, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.tables.evidence_tables import BacktestScore
from analytics.services.evidence.evidence_results import ModelScore
from analytics.services.evidence.evidence_scores import MAIN_SLICES
from webapp.components.panels import scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import defined
from webapp.pages.evidence.wording import ratio, slice_words, times

_COLUMNS = ("auc", "average_precision", "brier", "brier_skill", "ece", "lift_top_decile")


def scores_view(scores: Sequence[ModelScore]) -> Component:
    """Return a table of the models for all customers, and one for the early warnings, folded."""
    known = [score for score in scores if score.auc is not None]
    parts = {
        name: [model_score for model_score in known if model_score.slice == name]
        for name in MAIN_SLICES
    }
    if not any(parts.values()):
        return nothing_here("No backtest is in this run.")
    return html.Div([_slice(name, rows) for name, rows in parts.items() if rows])


def column_term(name: str, label: str | None = None) -> Component:
    """Return the label of a column of the backtest, with its definition."""
    one = BacktestScore.table.column[name]
    better = {"good": " Higher is better.", "bad": " Lower is better."}.get(one.higher_is, "")
    return defined(label or one.label, f"{one.meaning}{better}")


def _slice(name: str, scores: Sequence[ModelScore]) -> Component:
    title, first = slice_words(name), scores[0]
    ordered = sorted(scores, key=lambda one: -(one.auc.value if one.auc else 0.0))
    size = f"{first.customers:,} customer dates, {first.positives:,} of them went silent"
    head = ("Model", *(column_term(column) for column in _COLUMNS))
    scored = table(
        head,
        [_row(score) for score in ordered],
        numeric=range(1, len(head)),
        caption=title,
        class_name="scores compact",
    )
    return html.Details(
        [
            html.Summary(f"Every model: {title[:1].lower()}{title[1:]}"),
            html.P(f"{size}; each date was scored by models that had seen only earlier data.",
                   className="panel-note"),
            scrolling(scored, f"Scores, {title}"),
        ],
        className="fold",
        open=name == MAIN_SLICES[0],
    )  # fmt: skip


def _row(score: ModelScore) -> list[Any]:
    champion = html.Span("shown", className="pill pill-fresh") if score.is_champion else None
    return [
        html.Span([score.label, " ", champion]),
        ratio(score.auc, 3),
        formatting.number(score.average_precision, 3),
        formatting.number(score.brier, 4),
        formatting.share(score.brier_skill).replace("-", "−"),
        formatting.share(score.ece),
        times(score.lift_top_decile),
    ]
