"""Where the activity is going, against the customer's own past."""

from __future__ import annotations

from analytics.features.families.accumulators import (
    ACTIVE_DAYS_BITS,
    active_days,
    total,
    within,
)
from analytics.features.record import Accumulator, Feature, Theme

# The regression slope over twelve weeks needs no empty weeks filled in: the sum over events of
# (11 - 2 * week) / 286 equals it, week 0 being the latest (sum of squared deviations is 143).
_WEEK = "CAST(FLOOR(age / 7) AS BIGINT)"
_SLOPE = Accumulator(
    "activity_slope_12w_sum",
    f"SUM(CASE WHEN is_activity = 1 AND age < 84 THEN 11 - 2 * {_WEEK} ELSE 0 END)",
)
_EVENTS_84D = total("activity_events_84d_sum", f"is_activity = 1 AND {within(0, 84)}")

_USUAL_28D = "(28 * daily_probability)"

TREND = (
    Feature(
        "activity_ratio_28d",
        "ratio",
        180,
        Theme.TREND,
        "Active days in the last 28 days divided by the own usual number.",
        f"{active_days(0, 28)} / {_USUAL_28D}",
        ACTIVE_DAYS_BITS,
        self_relative=True,
        shown_as="Activity in 28 days is {value:.0%} of the own usual.",
        speaks=False,
    ),
    Feature(
        "activity_ratio_14d",
        "ratio",
        180,
        Theme.TREND,
        "Active days in the last 14 days divided by the own usual number.",
        f"{active_days(0, 14)} / (14 * daily_probability)",
        ACTIVE_DAYS_BITS,
        self_relative=True,
        shown_as="Activity in 14 days is {value:.0%} of the own usual.",
    ),
    Feature(
        "active_days_log_ratio_28d_56d",
        "log ratio",
        84,
        Theme.TREND,
        "Log of active days in the last 28 days against the 56 days before, per day, plus one.",
        f"LN(({active_days(0, 28)} + 1) / ({active_days(28, 84)} / 2.0 + 1))",
        ACTIVE_DAYS_BITS,
        self_relative=True,
        shown_as="Fewer active days in the last month than in the two before.",
    ),
    Feature(
        "active_days_log_ratio_7d_28d",
        "log ratio",
        35,
        Theme.TREND,
        "Log of active days in the last 7 days against the 28 days before, per day, plus one.",
        f"LN(({active_days(0, 7)} + 1) / ({active_days(7, 35)} / 4.0 + 1))",
        ACTIVE_DAYS_BITS,
        self_relative=True,
        shown_as="Fewer active days this week than in the weeks before.",
    ),
    Feature(
        "active_days_change_14d",
        "days",
        28,
        Theme.TREND,
        "Active days in the last 14 days minus those in the 14 days before.",
        f"CAST({active_days(0, 14)} - {active_days(14, 28)} AS DOUBLE)",
        ACTIVE_DAYS_BITS,
        self_relative=True,
        shown_as="{value:+.0f} active days against the two weeks before.",
    ),
    Feature(
        "activity_slope_12w",
        "ratio",
        84,
        Theme.TREND,
        "Weekly slope of the number of activities over twelve weeks, relative to their mean.",
        "activity_slope_12w_sum * 12 / 286.0 / (activity_events_84d_sum + 1)",
        (_SLOPE, _EVENTS_84D),
        self_relative=True,
        shown_as="Activity changes by {value:+.0%} of its mean a week.",
    ),
)
