"""How often the customer is active."""

from __future__ import annotations

from analytics.features.families.accumulators import (
    EXPOSURE_21,
    EXPOSURE_45,
    active_days,
    activity_events,
)
from analytics.features.record import Accumulator, Feature, Kind, Theme

_AGAINST_USUAL = {28: ", {activity_ratio_28d:.0%} of what is usual for this customer"}
_EVENTS_28D = activity_events(0, 28)


def _active_days(window: int) -> Feature:
    return Feature(
        f"active_days_{window}d",
        "days",
        window,
        Theme.ACTIVITY,
        Kind.COUNT,
        f"Days with meaningful activity in the last {window} days.",
        f"active days in {window} days",
        f"CAST({active_days(0, window).name} AS DOUBLE)",
        (active_days(0, window),),
        shown_as=f"Active on {{value:.0f}} of the last {window} days"
        f"{_AGAINST_USUAL.get(window, '')}.",
        speaks=window == 28,
    )


def _exposure(half_life: int, accumulator: Accumulator, shown_as: str) -> Feature:
    return Feature(
        f"exposure_{half_life}",
        "events",
        None,
        Theme.ACTIVITY,
        Kind.DECAYED_SUM,
        f"Decayed number of activities; one counts half after {half_life} days.",
        f"sum of 2^(-age / {half_life}) over activities",
        f"{accumulator.name} / 1000000.0",
        (accumulator,),
        shown_as=shown_as,
        speaks=False,
    )


ACTIVITY = (
    *(_active_days(window) for window in (7, 14, 28, 56, 90, 180)),
    Feature(
        "activity_events_28d",
        "events",
        28,
        Theme.ACTIVITY,
        Kind.COUNT,
        "Meaningful events in the last 28 days.",
        "activities in 28 days",
        f"CAST({_EVENTS_28D.name} AS DOUBLE)",
        (_EVENTS_28D,),
        shown_as="Activities in 28 days: {value:.0f}.",
        speaks=False,
    ),
    Feature(
        "events_per_active_day_28d",
        "ratio",
        28,
        Theme.ACTIVITY,
        Kind.RATE,
        "Meaningful events for each active day in the last 28 days.",
        "activities in 28 days / active days in 28 days",
        f"CAST({_EVENTS_28D.name} AS DOUBLE) / NULLIF({active_days(0, 28).name}, 0)",
        (_EVENTS_28D, active_days(0, 28)),
        default=None,
        missing_when="there was no active day in 28 days",
        shown_as="{value:.1f} activities a day on active days.",
        speaks=False,
    ),
    Feature(
        "active_days_ever",
        "days",
        None,
        Theme.ACTIVITY,
        Kind.COUNT,
        "Days with meaningful activity on record.",
        "active days on record",
        "CAST(lifetime_active_days AS DOUBLE)",
        shown_as="Active days on record: {value:.0f}.",
        speaks=False,
    ),
    Feature(
        "active_day_share_ever",
        "share",
        None,
        Theme.ACTIVITY,
        Kind.SHARE,
        "Active days divided by the observed days up to the last activity.",
        "active days on record / (observed days - days silent)",
        "CAST(lifetime_active_days AS DOUBLE) / GREATEST(observed_days - silent_days, 1)",
        shown_as="Active on {value:.0%} of the days as a customer.",
        speaks=False,
    ),
    _exposure(21, EXPOSURE_21, "Little use lately."),
    _exposure(45, EXPOSURE_45, "Little use in the last months."),
)
