"""Predicted against observed: do risks of 30% come true in 30% of the cases?"""

from __future__ import annotations

from collections.abc import Sequence

from analytics.services.evidence.evidence_results import CalibrationBin
from webapp.figures.template import Figure, empty_figure, figure
from webapp.theme import ACCENT, QUIET


def calibration_chart(bins: Sequence[CalibrationBin]) -> Figure:
    """Points of predicted against observed share with 95% intervals, and the line of truth."""
    if not bins:
        return empty_figure("No test date has calibrated probabilities yet")
    top = min(1.0, 1.08 * max(max(each_bin.observed.high, each_bin.predicted) for each_bin in bins))
    truth = {
        "type": "scatter",
        "mode": "lines",
        "name": "Predicted = observed",
        "x": [0, top],
        "y": [0, top],
        "line": {"color": QUIET, "width": 1.5, "dash": "dash"},
        "hoverinfo": "skip",
    }
    points = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "Test dates, with 95% interval",
        "x": [each_bin.predicted for each_bin in bins],
        "y": [each_bin.observed.value for each_bin in bins],
        "customdata": [each_bin.customers for each_bin in bins],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [
                max(each_bin.observed.high - each_bin.observed.value, 0.0) for each_bin in bins
            ],
            "arrayminus": [
                max(each_bin.observed.value - each_bin.observed.low, 0.0) for each_bin in bins
            ],
            "color": ACCENT,
            "thickness": 1.25,
            "width": 3,
        },
        "line": {"color": ACCENT, "width": 2},
        "marker": {"size": 7},
        "hovertemplate": "predicted %{x:.1%}, observed %{y:.1%}, "
        "%{customdata:,} customers<extra></extra>",
    }
    return figure(
        [truth, points],
        x={
            "title": {"text": "Predicted: mean churn risk"},
            "tickformat": ".0%",
            "rangemode": "tozero",
            "nticks": 6,
        },
        y={"title": {"text": "Observed: share who went silent"}, "tickformat": ".0%"},
        hovermode="closest",
    )
