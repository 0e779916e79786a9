"""What one customer did, and how the scores followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from analytics.domain.tables.history_tables import PastRisk
from analytics.services.results import WeekPoint
from webapp.figures.template import Figure, empty_figure, figure
from webapp.theme import ACCENT, BAD, QUIET, WARNING

DAYS_A_WEEK = 7
LEAST_HEIGHT_DAYS = 2


def activity_bar_chart(weeks: Sequence[WeekPoint], *, usual: float | None) -> Figure:
    """Bars of active days a week against the own usual, with friction and voice above.

    Parameters
    ----------
    usual
        Active days in a usual week of this customer; None where that is not known.
    """
    if not weeks:
        return empty_figure("No activity is known")
    x = [week.week.isoformat() for week in weeks]
    top = max(LEAST_HEIGHT_DAYS, usual or 0, *(week.active_days for week in weeks))
    traces: list[dict[str, Any]] = [
        {
            "type": "bar",
            "name": "Active days",
            "x": x,
            "y": [week.active_days for week in weeks],
            "marker": {"color": ACCENT},
            "hovertemplate": "%{y} active days<extra></extra>",
        }
    ]
    if usual is not None:
        traces.append(_usual_line(x, usual))
    traces += _markers(weeks, "Friction", "friction_events", WARNING, "triangle-down", 1.1 * top)
    traces += _markers(weeks, "Contact", "voice_events", BAD, "diamond", 1.22 * top)
    return figure(
        traces,
        x={"hoverformat": "Week of %-d %b %Y"},
        y={
            "title": {"text": "Active days a week"},
            "range": [0, 1.3 * top],
            "tickvals": [0, 1, 3, 5, DAYS_A_WEEK] if top > 3 else [0, 1, 2, 3],
        },
    )


def risk_line_chart(history: Sequence[PastRisk]) -> Figure:
    """Line of the churn risk at past observation dates."""
    known = [point for point in history if point.churn_risk is not None]
    if not known:
        return empty_figure("Not scored at any past date")
    line = _line(known, [point.churn_risk for point in known], BAD)
    line["hovertemplate"] = "risk %{y:.0%}<extra></extra>"
    top = max(point.churn_risk or 0.0 for point in known)
    return figure(
        [line],
        x=_dates_axis(known),
        y={"tickformat": ".0%", "range": [0, min(max(1.15 * top, 0.1), 1.02)]},
        showlegend=False,
    )


def frustration_line_chart(history: Sequence[PastRisk]) -> Figure:
    """Line of the frustration index at past observation dates."""
    known = [point for point in history if point.frustration_index is not None]
    if not known:
        return empty_figure("No frustration index at any past date")
    line = _line(known, [point.frustration_index for point in known], WARNING)
    line["hovertemplate"] = "index %{y:.0f}<extra></extra>"
    return figure(
        [line],
        x=_dates_axis(known),
        y={"range": [0, 102], "tickvals": [0, 20, 40, 65, 100]},
        showlegend=False,
    )


def _dates_axis(points: Sequence[PastRisk]) -> dict[str, Any]:
    """Return the axis of the dates; of one date alone it would be parted down to milliseconds."""
    axis: dict[str, Any] = {"hoverformat": "%-d %b %Y"}
    days = {point.observation_date for point in points}
    if len(days) > 1:
        return axis
    day = next(iter(days))
    around = timedelta(days=DAYS_A_WEEK)
    return axis | {
        "range": [(day - around).isoformat(), (day + around).isoformat()],
        "tickvals": [day.isoformat()],
        "tickformat": "%-d %b %Y",
    }


def _line(points: Sequence[PastRisk], values: Sequence[float | None], color: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [point.observation_date.isoformat() for point in points],
        "y": list(values),
        "line": {"color": color, "width": 2.5},
        "marker": {"size": 6},
    }


def _usual_line(x: Sequence[str], usual: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "Own usual",
        "x": list(x),
        "y": [usual] * len(x),
        "line": {"color": QUIET, "width": 2, "dash": "dash"},
        "hovertemplate": "usually %{y:.1f}<extra></extra>",
    }


def _markers(
    weeks: Sequence[WeekPoint], name: str, field: str, color: str, symbol: str, height: float
) -> list[dict[str, Any]]:
    """Marks of the weeks in which something happened, on a line of their own above the bars."""
    met = [(week.week.isoformat(), getattr(week, field)) for week in weeks if getattr(week, field)]
    if not met:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": [week for week, _ in met],
            "y": [height] * len(met),
            "customdata": [number for _, number in met],
            "marker": {"color": color, "symbol": symbol, "size": 9},
            "hovertemplate": f"%{{customdata}} {name.lower()} events<extra></extra>",
        }
    ]
