"""Is a risk of 30% a risk of 30%? Predicted against observed, overall and by slice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from analytics.domain.numbers import formatting
from analytics.domain.numbers.measures import Interval
from analytics.services.evidence.evidence_results import CalibrationBin, EvidenceResult, ModelScore
from webapp.components.panels import drawn_chart, scrolling, table
from webapp.components.states import nothing_here
from webapp.components.terms import page_term
from webapp.figures.calibration_chart import calibration_chart
from webapp.pages.evidence.models.scores_view import column_term
from webapp.pages.evidence.wording import (
    finding,
    plain,
    ratio,
    slice_order,
    slice_words,
)

NO_CALIBRATION = "No test date has calibrated probabilities yet."
_ASKED = 0.3


def calibration_view(result: EvidenceResult) -> list[Any]:
    """Return whether risks are what they say, as words, a chart and a table by slice."""
    own = sorted(
        (score for score in result.scores if score.is_champion),
        key=lambda one: slice_order(one.slice),
    )
    everyone = next((row for row in own if row.slice == "all"), None)
    if not result.calibration:
        return [nothing_here(NO_CALIBRATION)]
    return [
        finding(*calibration_words(result.calibration, everyone)),
        drawn_chart(
            calibration_chart(result.calibration),
            _bins(result.calibration),
            "Predicted against observed share",
            340,
        ),
        _by_slice(own),
    ]


def calibration_words(bins: Sequence[CalibrationBin], everyone: ModelScore | None) -> list[str]:
    """Say what came where about 30% was predicted, and how many came for how many expected."""
    nearest = min(bins, key=lambda one: abs(one.predicted - _ASKED))
    highest = max(bins, key=lambda one: one.predicted)
    shown = nearest if highest.predicted >= _ASKED * 0.8 else highest
    where = "" if shown is nearest else ", the highest of all"
    said = [
        f"Where we predicted about {formatting.share(shown.predicted)}{where}, "
        f"{formatting.share(shown.observed.value)} went silent (95% interval "
        f"{formatting.share_interval(shown.observed)}; {shown.customers:,} customer dates). "
    ]
    if everyone is None:
        return said
    if everyone.observed_over_expected is not None:
        said.append(_total_words(everyone.observed_over_expected))
    if everyone.ece is not None:
        said.append(
            f"The mean gap between predicted and observed is {formatting.share(everyone.ece)}"
        )
        chance = everyone.ece_by_chance
        said.append(
            f"; perfect risks would show {formatting.share(chance)} by chance on so few."
            if chance is not None
            else "."
        )
    return said


def _total_words(ratio_seen: Interval) -> str:
    times = f"{ratio_seen.value:.2f} times as many went silent as the risks had predicted"
    span = f"(95% interval {ratio_seen.low:.2f} to {ratio_seen.high:.2f})"
    if ratio_seen.low <= 1 <= ratio_seen.high:
        return f"In all, {times} {span}: no more off than chance allows. "
    side = "low" if ratio_seen.value > 1 else "high"
    return f"In all, {times} {span}: the risks were too {side}. "


def _bins(bins: Sequence[CalibrationBin]) -> Component:
    rows = [
        (
            formatting.share(each_bin.predicted),
            formatting.share(each_bin.observed.value),
            formatting.share_interval(each_bin.observed),
            formatting.count(each_bin.customers),
        )
        for each_bin in bins
    ]
    head = ("Predicted", "Observed", page_term("interval_95"), "Customer dates")
    return table(head, rows, numeric=(0, 1, 2, 3), class_name="compact")


def _by_slice(scores: Sequence[ModelScore]) -> Component | None:
    known = [score for score in scores if score.brier is not None]
    if not known:
        return None
    names = ("observed_over_expected", "brier", "brier_skill", "log_loss", "ece",
             "calibration_slope")  # fmt: skip
    head = ("Customers", *(column_term(name) for name in names))
    title = "Predicted against observed, by group of customers"
    rows = [_row(row) for row in known]
    return html.Div(
        [
            html.H3(title, className="spaced"),
            scrolling(
                table(head, rows, numeric=range(1, len(head)), caption=title, class_name="compact"),
                title,
            ),
        ]
    )


def _row(one: ModelScore) -> list[Any]:
    chance = f"{formatting.share(one.ece_by_chance)} by chance"
    error: Any = formatting.share(one.ece)
    if one.ece_by_chance is not None:
        error = html.Span([error, html.Span(chance, className="quiet sub")])
    return [
        slice_words(one.slice),
        ratio(one.observed_over_expected),
        formatting.number(one.brier, 4),
        formatting.share(one.brier_skill),
        formatting.number(one.log_loss, 3),
        error,
        plain(one.calibration_slope, 2),
    ]
