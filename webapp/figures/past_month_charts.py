"""What the flags of each past date were worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.domain.tables.flag_tables import PastMonth
from webapp.figures.template import Figure, empty_figure, figure
from webapp.theme import BAD, CLEAR, GOOD, QUIET, WARNING


def past_month_bar_chart(months: Sequence[PastMonth]) -> Figure:
    """Stacked bars of caught, missed and false alarms by date, and what silence would catch.

    Caught and missed stand at the bottom, together all who went silent.
    """
    if not months:
        return empty_figure("No past date is old enough to know what came")
    dates = [month.observation_date.isoformat() for month in months]
    traces = [
        _bars("Caught", dates, [month.caught for month in months], GOOD, ""),
        _bars("Missed", dates, [month.missed for month in months], BAD, "/"),
        _bars("False alarms", dates, [month.false_alarms for month in months], QUIET, "."),
    ]
    if any(month.caught_by_silence is not None for month in months):
        traces.append(_silence(dates, [month.caught_by_silence for month in months]))
    return figure(
        traces,
        x={
            "title": {"text": "Date of the flags"},
            "type": "category",
            "tickmode": "array",
            "tickvals": _some(dates),
            "ticktext": [_short(labelled) for labelled in _some(months)],
        },
        y={"title": {"text": "Customers"}, "tickformat": ",d"},
        barmode="stack",
        legend={"traceorder": "normal"},
    )


def _bars(
    name: str, dates: Sequence[str], values: Sequence[int], color: str, pattern: str
) -> dict[str, Any]:
    hatched = {"shape": pattern, "size": 6, "solidity": 0.35, "fillmode": "overlay"}
    marker = (
        {
            "color": CLEAR,
            "line": {"color": color, "width": 1.5},
            "pattern": {**hatched, "fgcolor": color},
        }
        if pattern
        else {"color": color, "line": {"color": color, "width": 1.5}}
    )
    return {
        "type": "bar",
        "name": name,
        "x": list(dates),
        "y": list(values),
        "marker": marker,
        "hovertemplate": f"%{{y:,}} {name.lower()}<extra></extra>",
    }


def _silence(dates: Sequence[str], values: Sequence[int | None]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Caught by silence alone",
        "x": list(dates),
        "y": list(values),
        "marker": {
            "symbol": "line-ew",
            "size": 26,
            "line": {"color": WARNING, "width": 3},
        },
        "hovertemplate": "%{y:,} caught by silence alone<extra></extra>",
    }


def _some(values: Sequence[Any], most: int = 6) -> list[Any]:
    """Return so few that their names stand beside each other, the last among them."""
    step = -(-len(values) // most)
    return list(values[::-1][::step][::-1])


def _short(month: PastMonth) -> str:
    day = month.observation_date
    return f"{day.day} {day:%b}<br>{day.year}"
