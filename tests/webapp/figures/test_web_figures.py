from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
import pytest

from analytics.domain.numbers.measures import Interval
from analytics.domain.tables.flag_tables import AlertLeadTime, CapacityPoint, PastMonth
from analytics.domain.tables.history_tables import PastPortfolio, PastRisk
from analytics.domain.tables.value_tables import PastRevenue
from analytics.runs.acceptance_report import ComparedCurve
from analytics.services.evidence.acceptance import AcceptanceCurve
from analytics.services.evidence.evidence_results import CalibrationBin
from analytics.services.results import WeekPoint
from tests.sample_acceptance import GAPS, RETENTION, WEEKDAYS
from webapp.figures import (
    acceptance_charts,
    calibration_chart,
    capacity_charts,
    customer_charts,
    interval_charts,
    lead_time_chart,
    marginal_value_chart,
    past_month_charts,
    past_revenue_chart,
    template,
    trend_charts,
)

START = date(2026, 1, 5)
TREND = tuple(
    PastPortfolio(START + timedelta(days=28 * n), 120, 100, 10 + n, 9.5, 1000.0 * n, 5, 0.08, 0.07)
    for n in range(5)
)
OPEN_TREND = tuple(
    PastPortfolio(START + timedelta(days=28 * n), 120, 100, 10 + n, 9.5, 1000.0 * n, 5, None, None)
    for n in range(2)
)
HISTORY = tuple(
    PastRisk("C1", START + timedelta(days=28 * n), 0.1 * n, "low", 10.0 * n) for n in range(4)
)
WEEKS = tuple(
    WeekPoint(START + timedelta(days=7 * n), n % 5, 2 if n == 3 else 0, 1 if n == 4 else 0, 0.0)
    for n in range(10)
)
BINS = tuple(CalibrationBin(p, Interval(p, p / 2, p * 1.3), 50) for p in (0.02, 0.2, 0.5))
MONTHS = tuple(
    PastMonth(START + timedelta(days=28 * n), 100, 12, 9, 4, 5, 8, 9.1, 1.0, 2.0, 3.0, 3)
    for n in range(9)
)
REVENUE = tuple(
    PastRevenue(
        START + timedelta(days=28 * n), "all", "", 90, 8.0, 9, 900.0, 700.0, 1100.0, 950.0, True
    )
    for n in range(3)
)
WAYS = tuple(
    AlertLeadTime(
        name,
        name,
        26,
        50,
        30,
        *[9.0] * 6,
        0.8,
        20.0,
        0.3,
        9.0,
        0.2,
        0.6,
        0.4,
        0.2,
        share,
        0.06,
        0.05,
        *[0.3] * 3,
    )
    for name, share in (("champion", 0.1), ("recency", 0.0))
)
CURVE = tuple(
    CapacityPoint(policy, n, n / 100, n / 4, 3 * n / 4, n / 100, 9.0 * n, 5.0 * n, 12.0 * n)
    for policy in ("random", "champion")
    for n in (0, 50, 100)
)
WHISKERS = (
    interval_charts.Whisker("All", Interval(0.8, 0.7, 0.9)),
    interval_charts.Whisker("A group of a rather long name", Interval(0.6, 0.4, 0.8), strong=False),
)
MARGINAL = ((0, 0.0), (10, 500.0), (50, 900.0))


def compared(curve: ComparedCurve, **changed: Any) -> Any:
    given = {**asdict(curve), **changed}
    return acceptance_charts.compared_curve_chart(AcceptanceCurve(**given))


def whiskers(lines: Any) -> Any:
    return interval_charts.interval_chart(
        lines,
        x_title="AUC",
        held_against=0.5,
        mark="chance",
        names=("Whole", "Part"),
        empty="Nothing could be measured",
    )


FILLED: dict[str, Any] = {
    "at risk": trend_charts.at_risk_bar_chart(TREND),
    "at risk, few dates": trend_charts.at_risk_bar_chart(TREND[:1]),
    "revenue": trend_charts.revenue_at_risk_line_chart(TREND, currency="EUR"),
    "said and seen": trend_charts.predicted_and_observed_line_chart(TREND),
    "activity": customer_charts.activity_bar_chart(WEEKS, usual=3.2),
    "activity without a usual": customer_charts.activity_bar_chart(WEEKS, usual=None),
    "risk": customer_charts.risk_line_chart(HISTORY),
    "frustration": customer_charts.frustration_line_chart(HISTORY),
    "calibration": calibration_chart.calibration_chart(BINS),
    "marginal": marginal_value_chart.marginal_value_line_chart(
        MARGINAL, planned=10, currency="EUR"
    ),
    "past months": past_month_charts.past_month_bar_chart(MONTHS),
    "past revenue": past_revenue_chart.past_revenue_chart(REVENUE, currency="EUR"),
    "lead time": lead_time_chart.lead_time_bar_chart(WAYS),
    "caught": capacity_charts.caught_line_chart(CURVE),
    "net value": capacity_charts.net_value_line_chart(CURVE, currency="EUR"),
    "whiskers": whiskers(WHISKERS),
    "compared, few points": compared(RETENTION),
    "compared, many points": compared(GAPS),
    "compared, names": compared(WEEKDAYS, real=WEEKDAYS.simulated),
    "simulated alone": compared(WEEKDAYS),
}
EMPTY: dict[str, Any] = {
    "at risk": trend_charts.at_risk_bar_chart(()),
    "revenue": trend_charts.revenue_at_risk_line_chart((), currency="EUR"),
    "said and seen": trend_charts.predicted_and_observed_line_chart(OPEN_TREND),
    "activity": customer_charts.activity_bar_chart((), usual=None),
    "risk": customer_charts.risk_line_chart(()),
    "frustration": customer_charts.frustration_line_chart(()),
    "calibration": calibration_chart.calibration_chart(()),
    "marginal": marginal_value_chart.marginal_value_line_chart((), planned=0, currency="EUR"),
    "past months": past_month_charts.past_month_bar_chart(()),
    "past revenue": past_revenue_chart.past_revenue_chart((), currency="EUR"),
    "lead time": lead_time_chart.lead_time_bar_chart(()),
    "caught": capacity_charts.caught_line_chart(()),
    "net value": capacity_charts.net_value_line_chart((), currency="EUR"),
    "whiskers": whiskers(()),
    "compared": compared(RETENTION, x=(), simulated=(), real=()),
    "compared, nothing measured": compared(RETENTION, simulated=(None,) * 4),
}


@pytest.mark.parametrize("name", FILLED)
def test_a_chart_meets_the_schema_of_plotly(name: str) -> None:
    made = go.Figure(FILLED[name])
    assert len(made.data) > 0


@pytest.mark.parametrize(
    "chart", [customer_charts.risk_line_chart, customer_charts.frustration_line_chart]
)
def test_one_score_alone_stands_on_its_day_and_not_on_parts_of_a_second(chart: Any) -> None:
    scored = next(
        one for one in HISTORY if one.churn_risk is not None and one.frustration_index is not None
    )
    day = scored.observation_date
    axis = chart([scored])["layout"]["xaxis"]
    assert axis["tickvals"] == [day.isoformat()]
    assert axis["tickformat"] == "%-d %b %Y"
    assert axis["range"][0] < day.isoformat() < axis["range"][1]
    assert go.Figure(chart([scored])).layout.xaxis.tickvals == (day.isoformat(),)


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


@pytest.mark.parametrize("name", [one for one in FILLED if one.startswith("compared")])
def test_simulated_and_real_are_told_apart_without_colour(name: str) -> None:
    real, simulated = FILLED[name]["data"]
    assert (real["name"], simulated["name"]) == ("Real", "Simulated")
    if real["type"] == "bar":
        assert "pattern" in simulated["marker"]
        assert "pattern" not in real["marker"]
    else:
        assert (real["line"]["dash"], simulated["line"]["dash"]) == ("solid", "dash")
        assert real["marker"]["symbol"] != simulated["marker"]["symbol"]


@pytest.mark.parametrize("name", [one for one in FILLED if "compared" in one or "alone" in one])
def test_a_compared_curve_has_a_legend_and_titles_on_both_axes(name: str) -> None:
    layout = FILLED[name]["layout"]
    assert layout["showlegend"]
    assert layout["xaxis"]["title"]["text"]
    assert layout["yaxis"]["title"]["text"]


def test_months_are_stacked_with_the_leavers_at_the_bottom_and_few_names() -> None:
    chart = FILLED["past months"]
    assert [one["name"] for one in chart["data"][:3]] == ["Caught", "Missed", "False alarms"]
    assert chart["layout"]["barmode"] == "stack"
    named = chart["layout"]["xaxis"]["tickvals"]
    assert len(named) <= 6
    assert named[-1] == MONTHS[-1].observation_date.isoformat()


def test_bars_beside_and_on_each_other_are_told_apart_without_colour() -> None:
    for name in ("past months", "lead time"):
        looks = [one["marker"].get("pattern", {}).get("shape") for one in FILLED[name]["data"]]
        assert len(looks) > 1
        assert looks[0] is None
        assert len(set(looks[1:3])) == len(looks[1:3])


def test_ways_to_choose_are_told_apart_by_dash_the_own_first() -> None:
    lines = FILLED["caught"]["data"]
    assert [one["name"] for one in lines] == ["Churn risk", "At random"]
    assert len({one["line"]["dash"] for one in lines}) == 2


def test_whiskers_keep_their_order_and_wrap_long_names() -> None:
    axis = FILLED["whiskers"]["layout"]["yaxis"]
    assert axis["categoryarray"] == [one.label for one in WHISKERS]
    assert "<br>" in axis["ticktext"][1]
    strong, weak = FILLED["whiskers"]["data"]
    assert strong["marker"]["symbol"] != weak["marker"]["symbol"]
    assert strong["error_x"]["array"] == pytest.approx([0.1])


def test_shares_are_percentages_and_other_numbers_are_not() -> None:
    assert FILLED["compared, few points"]["layout"]["yaxis"]["tickformat"] == ".0%"
    assert FILLED["compared, few points"]["layout"]["xaxis"]["tickformat"] == ",~g"
    assert FILLED["compared, many points"]["layout"]["yaxis"]["tickformat"] == ",~g"


def test_each_day_of_the_week_is_named() -> None:
    assert FILLED["simulated alone"]["layout"]["xaxis"]["ticktext"][:2] == ["Mon", "Tue"]
    assert len(FILLED["simulated alone"]["layout"]["xaxis"]["ticktext"]) == 7


def test_the_template_is_small_on_the_wire() -> None:
    assert len(json.dumps(template.TEMPLATE)) < 1_500
