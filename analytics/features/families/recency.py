"""How long the customer has been silent, in days and in terms of their own rhythm."""

from __future__ import annotations

from analytics.features.record import Feature, Theme

RECENCY = (
    Feature(
        "days_since_last_activity",
        "days",
        None,
        Theme.RECENCY,
        "Days from the last meaningful activity to the observation date.",
        "CAST(silent_days AS DOUBLE)",
        shown_as="No activity for {value:.0f} days; the usual gap is {usual_gap_days:.0f}.",
    ),
    Feature(
        "silence_over_usual_gap",
        "ratio",
        180,
        Theme.RECENCY,
        "Days silent divided by the usual gap between active days.",
        "silent_days * daily_probability",
        self_relative=True,
        shown_as="Silent for {days_since_last_activity:.0f} days, {value:.1f} times the usual gap.",
    ),
    Feature(
        "silence_surprise",
        "ratio",
        180,
        Theme.RECENCY,
        "Minus the log of the chance of so long a silence under the own daily rate.",
        "-silent_days * LN(1 - daily_probability)",
        self_relative=True,
        shown_as="So long a silence would be rare under the own rhythm.",
        speaks=False,
    ),
    Feature(
        "gaps_survived_share",
        "share",
        None,
        Theme.RECENCY,
        "Share of the customer's past gaps that were no longer than the current silence.",
        "CAST(gaps_up_to_silence AS DOUBLE) / NULLIF(gap_count, 0)",
        self_relative=True,
        shown_as="The current silence is longer than {value:.0%} of the customer's past gaps.",
    ),
    Feature(
        "tenure_days",
        "days",
        None,
        Theme.RECENCY,
        "Days from sign-up to the observation date.",
        "CAST(tenure_days AS DOUBLE)",
        shown_as="A customer for {value:.0f} days.",
        speaks=False,
    ),
    Feature(
        "age_at_last_activity_share",
        "share",
        None,
        Theme.RECENCY,
        "Share of the tenure that had passed at the last activity.",
        "1 - CAST(silent_days AS DOUBLE) / GREATEST(tenure_days, 1)",
        shown_as="The last activity came after {value:.0%} of the time as a customer.",
        speaks=False,
    ),
)
