"""How many of the leavers were under an alert so many days ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.domain.tables.flag_tables import AlertLeadTime
from webapp.figures.template import Figure, empty_figure, figure
from webapp.theme import ACCENT, CLEAR, QUIET

DAYS_AHEAD = (14, 30, 60, 90)
#: What tells the other ways to alert from the champion, also without colour.
_HATCH = {"recency": "/", "random": "."}


def lead_time_bar_chart(ways: Sequence[AlertLeadTime]) -> Figure:
    """Bars of the share alerted 14, 30, 60 and 90 days ahead, by way to alert."""
    if not ways:
        return empty_figure("No leaver was scored in enough past weeks")
    return figure(
        [_bars(way) for way in ways],
        x={
            "title": {"text": "Days before the 30th day of silence, at least"},
            "type": "category",
            "nticks": len(DAYS_AHEAD),
        },
        y={"title": {"text": "Share of the leavers"}, "tickformat": ".0%"},
        barmode="group",
        bargroupgap=0.08,
        showlegend=True,
    )


def shares_ahead(one: AlertLeadTime) -> tuple[float | None, ...]:
    """Return the shares alerted ahead, in the order of `DAYS_AHEAD`."""
    return (
        one.alerted_14_days_ahead,
        one.alerted_30_days_ahead,
        one.alerted_60_days_ahead,
        one.alerted_90_days_ahead,
    )


def _bars(one: AlertLeadTime) -> dict[str, Any]:
    plain = one.alert not in _HATCH
    color = ACCENT if plain else QUIET
    shape = _HATCH.get(one.alert, "")
    hatch = {"shape": shape, "size": 6, "solidity": 0.35, "fillmode": "overlay", "fgcolor": color}
    return {
        "type": "bar",
        "name": one.label.partition(":")[0],
        "x": [f"{days} days" for days in DAYS_AHEAD],
        "y": list(shares_ahead(one)),
        "marker": {
            "color": color if plain else CLEAR,
            "line": {"color": color, "width": 1.5},
            **({} if plain else {"pattern": hatch}),
        },
        "hovertemplate": f"{one.label}: %{{y:.0%}} of the leavers<extra></extra>",
    }
