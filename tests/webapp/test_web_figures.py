from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
import pytest

from analytics.domain.measures import Interval
from analytics.services.results import CalibrationBin, RiskPoint, TrendPoint, WeekPoint
from webapp.figures import (
    calibration_chart,
    customer_charts,
    marginal_value_chart,
    template,
    trend_charts,
)

START = date(2026, 1, 5)
TREND = tuple(
    TrendPoint(START + timedelta(days=28 * n), 100, 10 + n, 9.5, 1000.0 * n, 5, 0.08, 0.07)
    for n in range(5)
)
OPEN_TREND = tuple(
    TrendPoint(START + timedelta(days=28 * n), 100, 10 + n, 9.5, 1000.0 * n, 5, None, None)
    for n in range(2)
)
HISTORY = tuple(
    RiskPoint(START + timedelta(days=28 * n), 0.1 * n, "low", 10.0 * n) for n in range(4)
)
WEEKS = tuple(
    WeekPoint(START + timedelta(days=7 * n), n % 5, 2 if n == 3 else 0, 1 if n == 4 else 0, 0.0)
    for n in range(10)
)
BINS = tuple(CalibrationBin(p, Interval(p, p / 2, p * 1.3), 50) for p in (0.02, 0.2, 0.5))
MARGINAL = ((0, 0.0), (10, 500.0), (50, 900.0))

FILLED: dict[str, Any] = {
    "at risk": trend_charts.at_risk_bar_chart(TREND),
    "at risk, few dates": trend_charts.at_risk_bar_chart(TREND[:1]),
    "revenue": trend_charts.revenue_at_risk_line_chart(TREND, currency="EUR"),
    "said and seen": trend_charts.said_and_seen_line_chart(TREND),
    "activity": customer_charts.activity_bar_chart(WEEKS, usual=3.2),
    "activity without a usual": customer_charts.activity_bar_chart(WEEKS, usual=None),
    "risk": customer_charts.risk_line_chart(HISTORY),
    "frustration": customer_charts.frustration_line_chart(HISTORY),
    "calibration": calibration_chart.calibration_chart(BINS),
    "marginal": marginal_value_chart.marginal_value_line_chart(
        MARGINAL, planned=10, currency="EUR"
    ),
}
EMPTY: dict[str, Any] = {
    "at risk": trend_charts.at_risk_bar_chart(()),
    "revenue": trend_charts.revenue_at_risk_line_chart((), currency="EUR"),
    "said and seen": trend_charts.said_and_seen_line_chart(OPEN_TREND),
    "activity": customer_charts.activity_bar_chart((), usual=None),
    "risk": customer_charts.risk_line_chart(()),
    "frustration": customer_charts.frustration_line_chart(()),
    "calibration": calibration_chart.calibration_chart(()),
    "marginal": marginal_value_chart.marginal_value_line_chart((), planned=0, currency="EUR"),
}


@pytest.mark.parametrize("name", FILLED)
def test_a_chart_meets_the_schema_of_plotly(name: str) -> None:
    made = go.Figure(FILLED[name])
    assert len(made.data) > 0


@pytest.mark.parametrize("name", EMPTY)
def test_a_chart_without_data_says_why(name: str) -> None:
    made = go.Figure(EMPTY[name])
    assert len(made.data) == 0
    assert len(made.layout.annotations[0].text) > 10


@pytest.mark.parametrize("name", FILLED)
def test_every_drawn_mark_has_a_hover_text(name: str) -> None:
    traces = FILLED[name]["data"]
    assert all("hovertemplate" in trace or trace.get("hoverinfo") == "skip" for trace in traces)


def test_weeks_with_friction_and_contacts_are_marked_apart_from_the_bars() -> None:
    traces = {trace["name"]: trace for trace in FILLED["activity"]["data"]}
    assert traces["Friction"]["x"] == [WEEKS[3].week.isoformat()]
    assert traces["Contact"]["customdata"] == [1]
    assert min(traces["Friction"]["y"]) > max(traces["Active days"]["y"])


def test_the_template_is_small_on_the_wire() -> None:
    assert len(json.dumps(template.TEMPLATE)) < 1_500
