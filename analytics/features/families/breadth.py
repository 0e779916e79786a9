"""How much of the product the customer uses."""

from __future__ import annotations

from analytics.features.families.accumulators import within
from analytics.features.record import Accumulator, Feature, Theme


def _bits(name: str, first: int, past: int) -> Accumulator:
    return Accumulator(
        name,
        f"BIT_OR(CASE WHEN is_activity = 1 AND {within(first, past)} THEN feature_bit ELSE 0 END)",
    )


_NOW, _BEFORE = _bits("feature_bits_28d", 0, 28), _bits("feature_bits_56d_prior", 28, 84)

BREADTH = (
    Feature(
        "features_used_28d",
        "features",
        28,
        Theme.ACTIVITY,
        "Different features used in the last 28 days.",
        "CAST(BIT_COUNT(feature_bits_28d) AS DOUBLE)",
        (_NOW,),
        shown_as="Used {value:.0f} different features in 28 days.",
        speaks=False,
    ),
    Feature(
        "features_dropped_28d",
        "features",
        84,
        Theme.TREND,
        "Features used in the 56 days before the last 28 and not since.",
        "CAST(BIT_COUNT(feature_bits_56d_prior & ~feature_bits_28d) AS DOUBLE)",
        (_NOW, _BEFORE),
        self_relative=True,
        shown_as="Features given up in the last 28 days: {value:.0f}.",
    ),
)
