"""The report's charts draw what they are given, to scale."""

from __future__ import annotations

import re
from datetime import date

import pytest

from analytics.report.charts import (
    ChartBar,
    Series,
    bar_chart,
    calibration_chart,
    line_chart,
)
from analytics.report.markup import Markup, tag

DAYS = [date(2026, month, 1) for month in (1, 2, 3, 4)]


def test_text_is_escaped_and_markup_is_not() -> None:
    assert tag("p", "a < b & c", tag("b", "x"), title='"q"') == (
        '<p title="&quot;q&quot;">a &lt; b &amp; c<b>x</b></p>'
    )
    assert tag("p", Markup("<i>"), None) == "<p><i></p>"


def test_bars_are_drawn_to_scale_from_zero() -> None:
    drawn = bar_chart("Bars", [ChartBar("a", 100.0, "100"), ChartBar("b", 25.0, "25")])
    widths = [float(one) for one in re.findall(r'<rect[^>]* width="([\d.]+)"', drawn)]
    assert widths[1] == pytest.approx(widths[0] / 4, rel=0.01)


def test_an_unknown_value_leaves_a_gap_in_the_line() -> None:
    values = [1.0, None, 3.0, 4.0]
    drawn = line_chart("Line", [Series("a", "accent", list(zip(DAYS, values, strict=True)))], str)
    assert drawn.count("<circle") == 3
    points = re.findall(r'points="([^"]+)"', drawn)
    assert [len(one.split()) for one in points] == [2]


def test_a_higher_value_is_drawn_higher() -> None:
    points = list(zip(DAYS, [0.0, 5.0, 10.0, 2.5], strict=True))
    drawn = line_chart("Line", [Series("a", "accent", points)], str, height=200)
    heights = [float(one) for one in re.findall(r'cy="([\d.]+)"', drawn)]
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2], abs=0.1)
    assert heights[3] == pytest.approx((heights[0] + heights[1]) / 2, abs=0.1)


def test_names_at_the_ends_of_two_lines_never_touch() -> None:
    lines = [
        Series(name, "accent", list(zip(DAYS, [1.0, 1.0, 1.0, end], strict=True)))
        for name, end in (("said", 1.0), ("seen", 1.01))
    ]
    drawn = line_chart("Lines", lines, str)
    places = [
        float(place)
        for place in re.findall(r'<text x="[\d.]+" y="([\d.]+)" class="label ink', drawn)
    ]
    assert len(places) == 2
    assert abs(places[0] - places[1]) >= 14


def test_an_empty_chart_says_so() -> None:
    assert "No past dates" in line_chart("Line", [Series("a", "accent", [])], str)
    assert "Nothing to draw" in bar_chart("Bars", [])
    assert "No later date" in calibration_chart("Said", [], str)


def test_only_zeros_can_be_drawn() -> None:
    drawn = line_chart("Line", [Series("a", "accent", [(DAYS[0], 0.0)])], str)
    assert drawn.count("<circle") == 1
    assert "nan" not in bar_chart("Bars", [ChartBar("a", 0.0, "0")])


@pytest.mark.parametrize("scale", [1e-4, 0.037, 1.0, 999.0, 4.2e9])
def test_every_calibration_mark_lies_inside_the_picture(scale: float) -> None:
    points = [(0.1 * scale, 0.2 * scale, 0.1 * scale, scale), (scale, scale, scale, scale)]
    drawn = calibration_chart("Said", points, str)
    heights = [float(one) for one in re.findall(r'cy="([\d.]+)"', drawn)]
    assert len(heights) == 2
    assert all(20 <= one <= 210 for one in heights)
