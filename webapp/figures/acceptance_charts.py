"""The simulated business beside real customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.services.evidence.acceptance import AcceptanceCurve
from webapp.figures.template import Figure, empty_figure, figure
from webapp.theme import CLEAR, REAL, SIMULATED

MOST_MARKED_POINTS = 16
_DAY_LETTERS = 3


def compared_curve_chart(curve: AcceptanceCurve) -> Figure:
    """Lines, or bars over names, of simulated and real customers; simulated alone without real.

    Told apart by dash and mark as well as by colour.
    """
    if not any(number is not None for number in curve.simulated):
        return empty_figure("Nothing was simulated to draw this from")
    over_names = any(isinstance(place, str) for place in curve.x)
    draw = _bars if over_names else _line
    traces = [draw(curve, "Simulated", curve.simulated)]
    if curve.real:
        traces.insert(0, draw(curve, "Real", curve.real))
    return figure(
        traces,
        x={"title": {"text": curve.x_title}, **(_names(curve) if over_names else _numbers(curve))},
        y={"title": {"text": curve.y_title}, **_ticks(curve.y_title)},
        showlegend=True,
    )


def is_share(title: str) -> bool:
    """Return True where an axis holds shares from 0 to 1, by its title."""
    return "share" in title.lower()


def _line(curve: AcceptanceCurve, name: str, y: Sequence[float | None]) -> dict[str, Any]:
    simulated = name == "Simulated"
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(y) <= MOST_MARKED_POINTS else "lines",
        "name": name,
        "x": list(curve.x),
        "y": list(y),
        "line": {
            "color": SIMULATED if simulated else REAL,
            "width": 2 if simulated else 2.5,
            "dash": "dash" if simulated else "solid",
        },
        "marker": {"symbol": "diamond" if simulated else "circle", "size": 6},
        "cliponaxis": False,
        "hovertemplate": _hover(curve, name),
    }


def _bars(curve: AcceptanceCurve, name: str, y: Sequence[float | None]) -> dict[str, Any]:
    simulated = name == "Simulated"
    color = SIMULATED if simulated else REAL
    hatched = {"shape": "/", "size": 5, "solidity": 0.45, "fillmode": "overlay", "fgcolor": color}
    return {
        "type": "bar",
        "name": name,
        "x": [str(place) for place in curve.x],
        "y": list(y),
        "marker": {
            "color": CLEAR if simulated else color,
            "line": {"color": color, "width": 1.5 if simulated else 0},
            **({"pattern": hatched} if simulated else {}),
        },
        "hovertemplate": _hover(curve, name),
    }


def _hover(curve: AcceptanceCurve, name: str) -> str:
    form = ".1%" if is_share(curve.y_title) else ",.3~g"
    return f"{name.lower()} %{{y:{form}}}<extra></extra>"


def _numbers(curve: AcceptanceCurve) -> dict[str, Any]:
    return {"nticks": 6, "rangemode": "tozero", **_ticks(curve.x_title)}


def _names(curve: AcceptanceCurve) -> dict[str, Any]:
    """Write every name; days of the week by their first letters, for they stand close."""
    names = [str(place) for place in curve.x]
    short = [name[:_DAY_LETTERS] for name in names] if curve.name == "weekdays" else names
    return {"type": "category", "tickvals": names, "ticktext": short}


def _ticks(title: str) -> dict[str, Any]:
    return {"tickformat": ".0%" if is_share(title) else ",~g"}
