"""How regular the customer's rhythm is."""

from __future__ import annotations

from analytics.features.families.accumulators import activity_events
from analytics.features.families.recency import NO_GAP
from analytics.features.families.rhythm_accumulators import (
    GAP_COUNT,
    GAP_LONGEST,
    GAP_MEDIAN,
    GAP_SQUARES,
)
from analytics.features.record import Feature, Kind, Theme

_WEEKEND = activity_events(0, 180, also="weekday >= 5", named="weekend_")
_ALL_180D = activity_events(0, 180)

REGULARITY = (
    Feature(
        "expected_gap_days",
        "days",
        180,
        Theme.REGULARITY,
        Kind.GAP,
        "Days between active days that the own daily rate without the last 14 days leads one to "
        "expect.",
        "1 / own daily chance of activity",
        "1 / daily_probability",
        shown_as="Active every {value:.1f} days by the own rate.",
        speaks=False,
    ),
    Feature(
        "mean_gap_days",
        "days",
        None,
        Theme.REGULARITY,
        Kind.GAP,
        "Mean gap between active days over the whole history.",
        "sum of gaps / gaps",
        "gap_mean",
        default=None,
        missing_when=NO_GAP,
        shown_as="A mean gap of {value:.1f} days.",
        speaks=False,
    ),
    Feature(
        "median_gap_days",
        "days",
        None,
        Theme.REGULARITY,
        Kind.GAP,
        "Median gap between active days over the whole history.",
        "shortest gap that half of the gaps do not exceed",
        "CAST(gap_median AS DOUBLE)",
        (GAP_MEDIAN,),
        default=None,
        missing_when=NO_GAP,
        shown_as="Half of the gaps are no longer than {value:.0f} days.",
        speaks=False,
    ),
    Feature(
        "gap_variation",
        "ratio",
        None,
        Theme.REGULARITY,
        Kind.RATE,
        "Standard deviation of the gaps divided by their mean.",
        "standard deviation of gaps / mean gap",
        "SQRT(GREATEST(CAST(gap_squares AS DOUBLE) / NULLIF(gap_count, 0)"
        " - gap_mean * gap_mean, 0)) / NULLIF(gap_mean, 0)",
        (GAP_SQUARES, GAP_COUNT),
        default=None,
        missing_when=NO_GAP,
        self_relative=True,
        shown_as="An irregular rhythm.",
        speaks=False,
    ),
    Feature(
        "longest_gap_days",
        "days",
        None,
        Theme.REGULARITY,
        Kind.GAP,
        "Longest gap between active days so far.",
        "longest gap",
        "CAST(gap_longest AS DOUBLE)",
        (GAP_LONGEST,),
        default=None,
        missing_when=NO_GAP,
        shown_as="The longest gap so far was {value:.0f} days.",
        speaks=False,
    ),
    Feature(
        "silence_over_longest_gap",
        "ratio",
        None,
        Theme.REGULARITY,
        Kind.RATE,
        "Days silent divided by the longest gap so far.",
        "days silent / longest gap",
        "CAST(silent_days AS DOUBLE) / NULLIF(gap_longest, 0)",
        (GAP_LONGEST,),
        default=None,
        missing_when=NO_GAP,
        monotone=1,
        self_relative=True,
        shown_as="Silent for {days_since_last_activity:.0f} days; "
        "the longest gap so far was {longest_gap_days:.0f}.",
    ),
    Feature(
        "weekend_share_180d",
        "share",
        180,
        Theme.REGULARITY,
        Kind.SHARE,
        "Share of activity on Saturday and Sunday in the last 180 days.",
        "weekend activities in 180 days / activities in 180 days",
        f"CAST({_WEEKEND.name} AS DOUBLE) / NULLIF({_ALL_180D.name}, 0)",
        (_WEEKEND, _ALL_180D),
        default=None,
        missing_when="there was no activity in 180 days",
        shown_as="{value:.0%} of the activity is on weekends.",
        speaks=False,
    ),
)
