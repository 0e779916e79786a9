"""Revenue at risk predicted on each past date with its interval, and what was lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.domain.tables.value_tables import PastRevenue
from webapp.figures.template import Figure, empty_figure, figure
from webapp.theme import ACCENT, BAD


def past_revenue_chart(dates: Sequence[PastRevenue], *, currency: str) -> Figure:
    """Dots with the 80% interval of the prediction, and a diamond for what was lost, by date."""
    if not dates:
        return empty_figure("No past date is old enough to know what was lost")
    days = [date.observation_date.isoformat() for date in dates]
    names = [
        f"{date.observation_date.day} {date.observation_date:%b}<br>{date.observation_date.year}"
        for date in dates
    ]
    return figure(
        [_predicted(dates, days, currency), _lost(dates, days, currency)],
        x={
            "title": {"text": "Predicted on"},
            "type": "category",
            "tickmode": "array",
            "tickvals": days,
            "ticktext": names,
        },
        y={"title": {"text": f"Value at stake, {currency}"}, "tickformat": "~s"},
        hovermode="closest",
    )


def _predicted(dates: Sequence[PastRevenue], days: list[str], currency: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Predicted, with 80% interval",
        "x": days,
        "y": [date.predicted for date in dates],
        "customdata": [[date.predicted_low, date.predicted_high] for date in dates],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [max(date.predicted_high - date.predicted, 0.0) for date in dates],
            "arrayminus": [max(date.predicted - date.predicted_low, 0.0) for date in dates],
            "color": ACCENT,
            "thickness": 2,
            "width": 8,
        },
        "marker": {"size": 10, "color": ACCENT},
        "hovertemplate": (
            f"Predicted %{{y:,.0f}} {currency}<br>80% interval %{{customdata[0]:,.0f}} to "
            "%{customdata[1]:,.0f}<extra></extra>"
        ),
    }


def _lost(dates: Sequence[PastRevenue], days: list[str], currency: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Lost",
        "x": days,
        "y": [date.lost for date in dates],
        "marker": {
            "size": 12,
            "symbol": "diamond-open",
            "color": BAD,
            "line": {"width": 2.5, "color": BAD},
        },
        "hovertemplate": f"Lost %{{y:,.0f}} {currency}<extra></extra>",
    }
