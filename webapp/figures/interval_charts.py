"""Numbers with their intervals, one a line: a dot, a whisker, and what it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from analytics.domain.numbers.measures import Interval
from webapp.figures.template import Figure, empty_figure, figure
from webapp.theme import ACCENT, GRID, QUIET, WARNING

_LABEL_CHARACTERS = 26
_LINE_PIXELS = 40
_FRAME_PIXELS = 116
#: Room above the lines for the name of the dotted line; the legend stands above it.
_ABOVE_PIXELS = 22


@dataclass(frozen=True)
class Whisker:
    """One line of the chart.

    Parameters
    ----------
    strong
        True where the line is one of those that the chart is about.
    """

    label: str
    value: Interval
    strong: bool = True


def interval_chart(
    lines: Sequence[Whisker],
    *,
    x_title: str,
    held_against: float,
    mark: str,
    names: tuple[str, str],
    empty: str,
    number: str = ".3f",
) -> Figure:
    """Dots with whiskers from top to bottom, and a dotted line to hold them against.

    Parameters
    ----------
    held_against
        Where the dotted line stands, named by `mark`.
    names
        Legend of the strong lines, and of the others; told apart by shape as well as colour.
    number
        How d3 writes a value on hover.
    """
    if not lines:
        return empty_figure(empty)
    groups = zip(names, (True, False), strict=True)
    traces = [
        _dots(name, [line for line in lines if line.strong is strong], strong, number)
        for name, strong in groups
        if any(line.strong is strong for line in lines)
    ]
    labels = [line.label for line in lines]
    return figure(
        traces,
        x={
            "title": {"text": x_title},
            "nticks": 5,
            "showgrid": True,
            "gridcolor": GRID,
            "tickformat": ".3~f",
        },
        y={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": labels,
            "autorange": "reversed",
            "rangemode": "normal",
            "tickmode": "array",
            "tickvals": labels,
            "ticktext": ["<br>".join(wrap(label, _LABEL_CHARACTERS)) for label in labels],
        },
        shapes=[_line(held_against)],
        annotations=[_words(held_against, mark)],
        showlegend=len(traces) > 1,
        legend={"y": 1 + _ABOVE_PIXELS / (_LINE_PIXELS * max(len(lines), 2))},
        hovermode="closest",
        margin={"l": 8, "r": 16, "t": 56 if len(traces) > 1 else 28, "b": 8},
    )


def interval_chart_height(lines: int) -> int:
    """Return how many pixels a chart of so many lines needs."""
    return _FRAME_PIXELS + _LINE_PIXELS * max(lines, 2)


def _dots(name: str, lines: Sequence[Whisker], strong: bool, number: str) -> dict[str, Any]:
    color = ACCENT if strong else QUIET
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [line.value.value for line in lines],
        "y": [line.label for line in lines],
        "customdata": [[line.value.low, line.value.high] for line in lines],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [max(line.value.high - line.value.value, 0.0) for line in lines],
            "arrayminus": [max(line.value.value - line.value.low, 0.0) for line in lines],
            "color": color,
            "thickness": 1.75,
            "width": 4,
        },
        "marker": {
            "size": 9,
            "color": color,
            "symbol": "circle" if strong else "circle-open",
            "line": {"width": 2, "color": color},
        },
        "hovertemplate": (
            f"%{{y}}<br>%{{x:{number}}}, 95% interval %{{customdata[0]:{number}}} to "
            f"%{{customdata[1]:{number}}}<extra></extra>"
        ),
    }


def _line(at: float) -> dict[str, Any]:
    look = {"color": WARNING, "width": 1.5, "dash": "dot"}
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": look,
        "layer": "below",
    }


def _words(at: float, text: str) -> dict[str, Any]:
    return {
        "x": at,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "text": text,
        "showarrow": False,
    }
