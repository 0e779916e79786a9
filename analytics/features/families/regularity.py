"""How regular the customer's rhythm is."""

from __future__ import annotations

from analytics.features.families.accumulators import ACTIVE_DAYS_BITS, total, within
from analytics.features.record import Feature, Theme

_WEEKEND = total("weekend_events_180d", f"is_activity = 1 AND weekday >= 5 AND {within(0, 180)}")
_ALL_180D = total("activity_events_180d_sum", f"is_activity = 1 AND {within(0, 180)}")

REGULARITY = (
    Feature(
        "usual_gap_days",
        "days",
        180,
        Theme.REGULARITY,
        "Average days between active days, from the own daily rate without the last 14 days.",
        "1 / daily_probability",
        ACTIVE_DAYS_BITS,
        shown_as="Usually active every {value:.1f} days.",
        speaks=False,
    ),
    Feature(
        "mean_gap_days",
        "days",
        None,
        Theme.REGULARITY,
        "Mean gap between active days over the whole history.",
        "gap_mean",
        shown_as="A mean gap of {value:.1f} days.",
        speaks=False,
    ),
    Feature(
        "gap_variation",
        "ratio",
        None,
        Theme.REGULARITY,
        "Standard deviation of the gaps divided by their mean.",
        "SQRT(GREATEST(CAST(gap_squares AS DOUBLE) / NULLIF(gap_count, 0)"
        " - gap_mean * gap_mean, 0)) / NULLIF(gap_mean, 0)",
        self_relative=True,
        shown_as="An irregular rhythm.",
        speaks=False,
    ),
    Feature(
        "longest_gap_days",
        "days",
        None,
        Theme.REGULARITY,
        "Longest gap between active days so far.",
        "CAST(gap_longest AS DOUBLE)",
        shown_as="The longest gap so far was {value:.0f} days.",
        speaks=False,
    ),
    Feature(
        "silence_over_longest_gap",
        "ratio",
        None,
        Theme.REGULARITY,
        "Days silent divided by the longest gap so far.",
        "CAST(silent_days AS DOUBLE) / NULLIF(gap_longest, 0)",
        self_relative=True,
        shown_as="Silent for {days_since_last_activity:.0f} days; "
        "the longest gap so far was {longest_gap_days:.0f}.",
    ),
    Feature(
        "weekend_share_180d",
        "share",
        180,
        Theme.REGULARITY,
        "Share of activity on Saturday and Sunday in the last 180 days.",
        "CAST(weekend_events_180d AS DOUBLE) / NULLIF(activity_events_180d_sum, 0)",
        (_WEEKEND, _ALL_180D),
        shown_as="{value:.0%} of the activity is on weekends.",
        speaks=False,
    ),
)
