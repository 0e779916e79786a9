"""Where the customer stands among customers of like age and rhythm.

A percentile among peers on the same date takes the season away: what everybody does less of in
August is no sign. Peers share what was known on the date: days observed and usual gap. Plan and
segment would be nearer, but a source holds them as they are today.
"""

from __future__ import annotations

from analytics.features.event_groups import FRICTION_GROUP
from analytics.features.families.accumulators import active_days, activity_events, counted
from analytics.features.record import Accumulator, Feature, Kind, Theme

_A28, _A90, _E28 = active_days(0, 28), active_days(0, 90), activity_events(0, 28)
_F90 = counted(FRICTION_GROUP, 0, 90)

#: Customers are peers with the same answer to these; the last leaves out those long gone.
PEERS = (
    "CASE WHEN observed_days < 90 THEN 0 WHEN observed_days < 365 THEN 1 ELSE 2 END",
    "CASE WHEN daily_probability > 1 / 3.0 THEN 0 WHEN daily_probability > 0.1 THEN 1 "
    "WHEN daily_probability > 1 / 30.0 THEN 2 ELSE 3 END",
    "silent_days < 180",
)
_ALONE = "there was no activity in 180 days, or there are no peers"


def _percentile(
    name: str,
    window: int,
    of_what: str,
    sql: str,
    accumulators: tuple[Accumulator, ...],
    *,
    theme: Theme,
    shown_as: str,
) -> Feature:
    peers = f"PARTITION BY {', '.join(PEERS)}"
    return Feature(
        name,
        "share",
        window,
        theme,
        Kind.PERCENTILE,
        f"Share of customers of like age and rhythm with less {of_what} in the last {window} days.",
        f"peers with less {of_what} / peers",
        f"CASE WHEN silent_days < 180 THEN "
        f"CAST(RANK() OVER ({peers} ORDER BY {sql}) - 1 AS DOUBLE)"
        f" / NULLIF(COUNT(*) OVER ({peers}) - 1, 0) END",
        accumulators,
        default=None,
        missing_when=_ALONE,
        shown_as=shown_as,
        speaks=False,
    )


COHORT = (
    _percentile(
        "active_days_percentile_28d",
        28,
        "active days",
        _A28.name,
        (_A28,),
        theme=Theme.TREND,
        shown_as="More active days than {value:.0%} of like customers.",
    ),
    _percentile(
        "activity_percentile_28d",
        28,
        "activity",
        _E28.name,
        (_E28,),
        theme=Theme.ACTIVITY,
        shown_as="More activity than {value:.0%} of like customers.",
    ),
    _percentile(
        "friction_percentile_90d",
        90,
        "friction per active day",
        f"{_F90.name} / ({_A90.name} + 5.0)",
        (_F90, _A90),
        theme=Theme.FRICTION,
        shown_as="More problems for each active day than {value:.0%} of like customers.",
    ),
)
