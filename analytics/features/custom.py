"""Features of a user's own: a Python file that the settings name, with a list called FEATURES.

The file is code and runs as such; it is read only where the settings name it. What it defines must
be a record like the product's own, and keeps the same laws: `silent-churn features check` proves
them.
"""

from __future__ import annotations

import runpy
from collections.abc import Sequence
from pathlib import Path

from analytics.errors import UsageError
from analytics.features.accumulate import accumulators_of
from analytics.features.check_sql import problem_of
from analytics.features.event_groups import EventGroup, distinct_groups
from analytics.features.families.accumulators import (
    active_days,
    activity_events,
    counted,
    days_since,
    paid_cents,
    summed_cents,
    within,
)
from analytics.features.record import Accumulator, Feature, Grain, Kind, Theme
from analytics.features.registry import FEATURES, registered

#: What a file of one's own needs, all from this module.
__all__ = [
    "Accumulator",
    "EventGroup",
    "Feature",
    "Grain",
    "Kind",
    "Theme",
    "active_days",
    "activity_events",
    "counted",
    "days_since",
    "features_with",
    "paid_cents",
    "summed_cents",
    "within",
]


def features_with(path: Path | None) -> tuple[Feature, ...]:
    """Return the product's features, followed by those of the file, if there is one.

    Raises
    ------
    UsageError
        The file cannot be read or run, defines no list of features, or one of them is wrong.
    """
    if path is None:
        return FEATURES
    own = _own(path)
    try:
        together = registered((*FEATURES, *own))
        accumulators_of(together)
        distinct_groups(
            tuple(g for feature in together for a in feature.accumulators for g in a.groups)
        )
    except UsageError as error:
        raise _wrong(path, str(error)) from None
    for feature in own:
        if problem := problem_of(feature) or _unsayable(feature, together):
            raise _wrong(path, f"Feature {feature.name!r}: {problem}")
    return together


def _own(path: Path) -> Sequence[Feature]:
    try:
        found = runpy.run_path(str(path)).get("FEATURES")
    except UsageError as error:
        raise _wrong(path, str(error)) from None
    except SyntaxError as error:
        raise _wrong(path, f"It must be Python. Got line {error.lineno}: {error.msg}.") from None
    except Exception as error:  # whatever their code raises is theirs to read
        raise _wrong(path, f"It must run. Got {type(error).__name__}: {error}.") from None
    if not isinstance(found, list | tuple) or not all(isinstance(item, Feature) for item in found):
        raise _wrong(path, f"FEATURES must be a list of Feature. Got {type(found).__name__}.")
    return found


def _unsayable(feature: Feature, together: Sequence[Feature]) -> str:
    """Return what is wrong with its sentence; empty if nothing is."""
    numbers = {"value": 1.5, **{other.name: 1.5 for other in together}}
    try:
        feature.shown_as.format(**numbers)
    except (KeyError, ValueError, IndexError) as error:
        return f"shown_as may name {{value}} and other features. Got {error}."
    return ""


def _wrong(path: Path, said: str) -> UsageError:
    return UsageError(f"{path.name}: {said}", rule="custom_feature", got=path.name)
