"""What one more contact is worth."""

from __future__ import annotations

from collections.abc import Sequence

from webapp.figures.template import Figure, empty_figure, figure
from webapp.theme import ACCENT, ACCENT_BAND, WARNING


def marginal_value_line_chart(
    marginal: Sequence[tuple[int, float]], *, planned: int, currency: str
) -> Figure:
    """Line of the expected net value over the number of contacts, with this plan marked.

    Parameters
    ----------
    marginal
        Number of contacts, and expected net value of the first so many, as the plan takes them.
    planned
        Contacts in this week's plan.
    """
    if len(marginal) < 2:
        return empty_figure("No contact has a positive expected net value")
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": "Expected net value",
        "x": [contacts for contacts, _ in marginal],
        "y": [value for _, value in marginal],
        "line": {"color": ACCENT, "width": 2.5},
        "fill": "tozeroy",
        "fillcolor": ACCENT_BAND,
        "hovertemplate": "contacts in the plan's order: %{x:,}<br>"
        f"together %{{y:,.0f}} {currency}<extra></extra>",
    }
    mark = {
        "type": "line",
        "x0": planned,
        "x1": planned,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": WARNING, "width": 1.5, "dash": "dot"},
    }
    words = {
        "x": planned,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "text": f"this plan: {planned:,}",
        "showarrow": False,
    }
    return figure(
        [line],
        x={
            "title": {"text": "Contacts, in the plan's order"},
            "rangemode": "tozero",
            "tickformat": "~s",
        },
        y={"title": {"text": currency}, "tickformat": "~s"},
        shapes=[mark],
        annotations=[words],
        showlegend=False,
        hovermode="closest",
    )
