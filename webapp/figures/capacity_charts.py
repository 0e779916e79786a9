"""What contacting the first so many customers would have given, by way to choose them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from analytics.domain.tables.flag_tables import CapacityPoint
from webapp.figures.template import Figure, empty_figure, figure
from webapp.theme import ACCENT, ACCENT_BAND, CLEAR, QUIET, SIMULATED, WARNING

POLICY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "champion": "Churn risk",
        "value_at_risk": "Risk times value",
        "recency": "Days of silence",
        "random": "At random",
    }
)
_LOOKS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "champion": (ACCENT, "solid"),
        "value_at_risk": (SIMULATED, "dashdot"),
        "recency": (WARNING, "dash"),
        "random": (QUIET, "dot"),
    }
)
_NOTHING = "No past date tells what contacts would have given"


def caught_line_chart(points: Sequence[CapacityPoint]) -> Figure:
    """Lines of the customers caught over the customers contacted, by way to choose."""
    if not points:
        return empty_figure(_NOTHING)
    return figure(
        [
            _line(policy, rows, [row.caught for row in rows], "%{y:,.1f} caught")
            for policy, rows in by_policy(points).items()
        ],
        x=_contacted(),
        y={"title": {"text": "Caught: contacted, and went silent"}, "tickformat": ",~g"},
        hovermode="closest",
        legend={"traceorder": "normal"},
    )


def net_value_line_chart(points: Sequence[CapacityPoint], *, currency: str) -> Figure:
    """Lines of the net value over the customers contacted; the champion's with its 80% band."""
    if not any(point.net_value is not None for point in points):
        return empty_figure(_NOTHING)
    policies = by_policy(points)
    hover = f"%{{y:,.0f}} {currency}"
    return figure(
        [
            *_band(policies.get("champion", ())),
            *(
                _line(policy, rows, [row.net_value for row in rows], hover)
                for policy, rows in policies.items()
            ),
        ],
        x=_contacted(),
        y={
            "title": {"text": f"Net value a test date, {currency} (assumed)"},
            "tickformat": "~s",
            "zeroline": True,
            "zerolinecolor": QUIET,
            "zerolinewidth": 1,
        },
        hovermode="closest",
        legend={"traceorder": "normal"},
    )


def by_policy(points: Sequence[CapacityPoint]) -> dict[str, list[CapacityPoint]]:
    """Return the points of each way to choose, in the order in which they are explained."""
    names = list(dict.fromkeys([*POLICY_WORDS, *(point.policy for point in points)]))
    found = {name: [point for point in points if point.policy == name] for name in names}
    return {name: rows for name, rows in found.items() if rows}


def policy_words(name: str) -> str:
    """Return a way to choose in words."""
    return POLICY_WORDS.get(name, name.replace("_", " ").capitalize())


def _contacted() -> dict[str, Any]:
    return {
        "title": {"text": "Customers contacted on a test date"},
        "rangemode": "tozero",
        "tickformat": ",~g",
        "nticks": 6,
    }


def _line(
    policy: str, rows: Sequence[CapacityPoint], values: Sequence[float | None], hover: str
) -> dict[str, Any]:
    color, dash = _LOOKS.get(policy, (QUIET, "solid"))
    return {
        "type": "scatter",
        "mode": "lines",
        "name": policy_words(policy),
        "x": [row.contacted for row in rows],
        "y": list(values),
        "line": {"color": color, "width": 2.5 if policy == "champion" else 2, "dash": dash},
        "hovertemplate": f"{policy_words(policy)}, %{{x:,}} contacted: {hover}<extra></extra>",
    }


def _band(rows: Sequence[CapacityPoint]) -> list[dict[str, Any]]:
    known = [row for row in rows if row.net_value_low is not None]
    if not known:
        return []
    shared: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "x": [point.contacted for point in known],
        "line": {"width": 0, "color": CLEAR},
        "hoverinfo": "skip",
    }
    return [
        {**shared, "y": [point.net_value_high for point in known], "showlegend": False},
        {
            **shared,
            "name": "80% range",
            "y": [point.net_value_low for point in known],
            "fill": "tonexty",
            "fillcolor": ACCENT_BAND,
        },
    ]
