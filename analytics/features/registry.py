"""The registry: every feature there is, in one order, with names that nobody uses twice."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.errors import UsageError
from analytics.features.families.activity import ACTIVITY
from analytics.features.families.breadth import BREADTH
from analytics.features.families.cohort import COHORT
from analytics.features.families.commercial import COMMERCIAL
from analytics.features.families.friction import FRICTION
from analytics.features.families.recency import RECENCY
from analytics.features.families.regularity import REGULARITY
from analytics.features.families.trend import TREND
from analytics.features.families.value import VALUE
from analytics.features.families.voice import VOICE
from analytics.features.record import Feature


def registered(features: Iterable[Feature]) -> tuple[Feature, ...]:
    """Return the features, refusing a name that stands twice.

    Raises
    ------
    UsageError
        Two features share a name.
    """
    found: dict[str, Feature] = {}
    for feature in features:
        if feature.name in found:
            raise UsageError(
                f"A feature name must be unique. Got {feature.name!r} twice.",
                rule="feature_unique",
                got=feature.name,
            )
        found[feature.name] = feature
    return tuple(found.values())


FEATURES: tuple[Feature, ...] = registered(
    (
        *RECENCY,
        *ACTIVITY,
        *TREND,
        *REGULARITY,
        *VALUE,
        *BREADTH,
        *FRICTION,
        *VOICE,
        *COMMERCIAL,
        *COHORT,
    )
)

FEATURE_NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)
SELF_RELATIVE_NAMES: tuple[str, ...] = tuple(
    feature.name for feature in FEATURES if feature.self_relative
)
