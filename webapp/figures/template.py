"""The one look of all charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from webapp.theme import ACCENT, CHART_INK, CLEAR, FONT, GRID, QUIET, WARNING

Figure = dict[str, Any]

_AXIS = {
    "showline": False,
    "zeroline": False,
    "ticks": "",
    "automargin": True,
    "fixedrange": True,
    "title": {"standoff": 8, "font": {"size": 12}},
    "ticklabelstandoff": 6,
}
_X = {**_AXIS, "showgrid": False, "tickangle": 0, "nticks": 4}
_Y = {**_AXIS, "showgrid": True, "gridcolor": GRID, "nticks": 5, "rangemode": "tozero"}

TEMPLATE = {
    "layout": {
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "colorway": [ACCENT, QUIET, WARNING],
        "font": {"family": FONT, "size": 12, "color": CHART_INK},
        "margin": {"l": 8, "r": 12, "t": 12, "b": 8},
        "hovermode": "x unified",
        "hoverlabel": {"font": {"family": FONT, "size": 12}, "align": "left"},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "xanchor": "left"},
        "bargap": 0.35,
        "barcornerradius": 3,
        "dragmode": False,
        "xaxis": _X,
        "yaxis": _Y,
    }
}


def figure(
    traces: Sequence[dict[str, Any]],
    *,
    x: dict[str, Any] | None = None,
    y: dict[str, Any] | None = None,
    **layout: Any,
) -> Figure:
    """Return a figure of the house; `x` and `y` add to its axes.

    Above the drawing there is room for what stands there: a legend or marks of its own.
    """
    if layout.get("showlegend", True) or "annotations" in layout:
        layout["margin"] = {"l": 8, "r": 12, "t": 28, "b": 8}
    return {
        "data": list(traces),
        "layout": {"template": TEMPLATE, "xaxis": x or {}, "yaxis": y or {}, **layout},
    }


def empty_figure(sentence: str) -> Figure:
    """Return a figure without data that says why."""
    hidden = {"visible": False}
    words = {
        "text": sentence,
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.5,
        "font": {"size": 13},
    }
    return figure((), x=hidden, y=hidden, annotations=[words])
