"""How the whole base moved over the past observation dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.domain.tables.history_tables import PastPortfolio
from webapp.figures.template import Figure, empty_figure, figure
from webapp.theme import ACCENT, ACCENT_BAND, BAD, QUIET


def at_risk_bar_chart(trend: Sequence[PastPortfolio]) -> Figure:
    """Bars of the customers at risk by observation date."""
    if not trend:
        return empty_figure("No past observation dates yet")
    bars: dict[str, Any] = {
        "type": "bar",
        "name": "At risk",
        "x": [point.observation_date.isoformat() for point in trend],
        "y": [point.at_risk for point in trend],
        "marker": {"color": ACCENT},
        "hovertemplate": "%{y:,} at risk<extra></extra>",
    }
    if len(trend) < 4:
        bars["width"] = 10 * 24 * 3600 * 1000.0
    return figure([bars], x={"hoverformat": "%-d %b %Y"}, y=_whole("Customers"), showlegend=False)


def revenue_at_risk_line_chart(trend: Sequence[PastPortfolio], *, currency: str) -> Figure:
    """Line of the revenue at risk by observation date."""
    if not trend:
        return empty_figure("No past observation dates yet")
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "Revenue at risk",
        "x": [point.observation_date.isoformat() for point in trend],
        "y": [point.revenue_at_risk for point in trend],
        "line": {"color": ACCENT, "width": 2.5},
        "marker": {"size": 6},
        "fill": "tozeroy",
        "fillcolor": ACCENT_BAND,
        "hovertemplate": f"%{{y:,.0f}} {currency}<extra></extra>",
    }
    return figure(
        [line],
        x={"hoverformat": "%-d %b %Y"},
        y={"title": {"text": currency}, "tickformat": "~s"},
        showlegend=False,
    )


def predicted_and_observed_line_chart(trend: Sequence[PastPortfolio]) -> Figure:
    """Lines of the churn share that was predicted and of the share that came."""
    if not any(point.silent_churn_share is not None for point in trend):
        return empty_figure("No observation date is old enough to know what came")
    dates = [point.observation_date.isoformat() for point in trend]
    said = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "Predicted",
        "x": dates,
        "y": [point.predicted_share for point in trend],
        "line": {"color": QUIET, "width": 2, "dash": "dash"},
        "marker": {"symbol": "diamond", "size": 6},
        "hovertemplate": "predicted %{y:.1%}<extra></extra>",
    }
    seen = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "Observed",
        "x": dates,
        "y": [point.silent_churn_share for point in trend],
        "line": {"color": BAD, "width": 2.5},
        "marker": {"size": 6},
        "hovertemplate": "observed %{y:.1%}<extra></extra>",
    }
    return figure(
        [said, seen],
        x={"hoverformat": "%-d %b %Y", "title": {"text": "Observation date"}},
        y={"title": {"text": "Share of scored customers"}, "tickformat": ".0%"},
    )


def _whole(title: str) -> dict[str, object]:
    return {"title": {"text": title}, "tickformat": "~s"}
