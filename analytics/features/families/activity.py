"""How often the customer is active."""

from __future__ import annotations

from analytics.features.families.accumulators import (
    ACTIVE_DAYS_BITS,
    active_days,
    total,
    within,
)
from analytics.features.record import Feature, Theme

_AGAINST_USUAL = {28: ", {activity_ratio_28d:.0%} of the own usual"}

_EVENTS_28D = total("activity_events_28d_sum", f"is_activity = 1 AND {within(0, 28)}")


def _active_days(window: int) -> Feature:
    return Feature(
        f"active_days_{window}d",
        "days",
        window,
        Theme.ACTIVITY,
        f"Days with meaningful activity in the last {window} days.",
        f"CAST({active_days(0, window)} AS DOUBLE)",
        ACTIVE_DAYS_BITS,
        shown_as=f"Active on {{value:.0f}} of the last {window} days"
        f"{_AGAINST_USUAL.get(window, '')}.",
        speaks=window == 28,
    )


ACTIVITY = (
    *(_active_days(window) for window in (7, 14, 28, 90, 180)),
    Feature(
        "activity_events_28d",
        "events",
        28,
        Theme.ACTIVITY,
        "Meaningful events in the last 28 days.",
        "CAST(activity_events_28d_sum AS DOUBLE)",
        (_EVENTS_28D,),
        shown_as="Activities in 28 days: {value:.0f}.",
        speaks=False,
    ),
    Feature(
        "events_per_active_day_28d",
        "ratio",
        28,
        Theme.ACTIVITY,
        "Meaningful events for each active day in the last 28 days.",
        f"CAST(activity_events_28d_sum AS DOUBLE) / NULLIF({active_days(0, 28)}, 0)",
        (_EVENTS_28D, *ACTIVE_DAYS_BITS),
        shown_as="{value:.1f} activities a day on active days.",
        speaks=False,
    ),
    Feature(
        "active_days_ever",
        "days",
        None,
        Theme.ACTIVITY,
        "Days with meaningful activity on record.",
        "CAST(lifetime_active_days AS DOUBLE)",
        shown_as="Only {value:.0f} active days on record.",
        speaks=False,
    ),
    Feature(
        "active_day_share_ever",
        "share",
        None,
        Theme.ACTIVITY,
        "Active days divided by the observed days up to the last activity.",
        "CAST(lifetime_active_days AS DOUBLE) / GREATEST(observed_days - silent_days, 1)",
        shown_as="Active on {value:.0%} of the days as a customer.",
        speaks=False,
    ),
)
