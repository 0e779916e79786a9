"""How a feature's value is said: one sentence, with the numbers that it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType

import numpy as np

from analytics.features.record import Feature
from analytics.features.registry import FEATURES

UNKNOWN = "Not enough history to tell."
#: Features whose sentence speaks of a silence, and of its length in the rhythm so far.
_SILENCE, _DAYS_EVER = "days_since_last_activity", "active_days_ever"
_OF_USUAL_GAP = frozenset({_SILENCE, "silence_over_usual_gap"})
_NONE_28D = {"active_days_28d": "Not active in the last 28 days."}
#: Changes, said by their way: fallen, risen, neither.
_CHANGES = {
    "activity_slope_12w": (
        "Activity has fallen by {size:.0%} a week for twelve weeks.",
        "Activity has risen by {size:.0%} a week for twelve weeks.",
        "Activity has been level for twelve weeks.",
    ),
    "active_days_change_14d": (
        "{size:.0f} fewer active days than in the two weeks before.",
        "{size:.0f} more active days than in the two weeks before.",
        "As many active days as in the two weeks before.",
    ),
}
_ONE_DAY = re.compile(r"(?<![\d.,])1 days\b")


@dataclass(frozen=True)
class Sentences:
    """The sentences of the features there are."""

    by_feature: Mapping[str, str]

    @classmethod
    def of(cls, features: Sequence[Feature]) -> Sentences:
        """Return the sentences of these features; a feature without one says what it means."""
        return cls({feature.name: feature.shown_as or feature.description for feature in features})

    def named(self, feature: str) -> tuple[str, ...]:
        """Return what the sentence names: ``value``, and other features."""
        parsed = Formatter().parse(self.by_feature[feature])
        return tuple(field for _, field, _, _ in parsed if field)

    def asked(self, feature: str) -> tuple[str, ...]:
        """Return what `say` asks for: what is named, and what decides how it is said."""
        return (*self.named(feature), *((_DAYS_EVER,) if feature in _OF_USUAL_GAP else ()))

    def say(
        self, feature: str, value: float, others: Mapping[str, float] = MappingProxyType({})
    ) -> str:
        """Return the sentence for one value; `others` are features that it may name.

        Nobody is silent for 0 days: who was there on the last day is active. A customer with one
        active day has no gap yet, so that no usual gap is told.
        """
        known = {"value": value, **others}
        plain = self._plainly(feature, known)
        if plain:
            return plain
        if not np.isfinite([known.get(name, np.nan) for name in self.named(feature)]).all():
            return UNKNOWN
        return _ONE_DAY.sub("1 day", self.by_feature[feature].format(**known))

    def _plainly(self, feature: str, known: Mapping[str, float]) -> str:
        """Return the sentence of a value that the feature's own would make odd; else empty."""
        if feature in _CHANGES and np.isfinite(known["value"]):
            return _changed(feature, known["value"])
        if known["value"] == 0 and feature in _NONE_28D:
            return _NONE_28D[feature]
        silent = known["value"] if feature == _SILENCE else known.get(_SILENCE, np.nan)
        if silent == 0 and (feature == _SILENCE or _SILENCE in self.named(feature)):
            return "Active today."
        if feature in _OF_USUAL_GAP and known.get(_DAYS_EVER, np.nan) <= 1 and silent > 0:
            return _ONE_DAY.sub("1 day", f"No activity for {silent:.0f} days.")
        return ""

    def value_form(self, feature: str) -> str:
        """Return how the sentence writes its value, such as ``{:.1f}``; empty if it does not."""
        parsed = Formatter().parse(self.by_feature[feature])
        return next((f"{{:{form}}}" for _, field, form, _ in parsed if field == "value"), "")


def _changed(feature: str, value: float) -> str:
    """Say which way a number went and by how much; a change that rounds to nothing is none."""
    fallen, risen, neither = _CHANGES[feature]
    by = (fallen if value < 0 else risen).format(size=abs(value))
    nothing = by.startswith("0 ") or " 0% " in by
    return neither if nothing else re.sub(r"^1 (fewer|more) active days", r"1 \1 active day", by)


BUILT_IN = Sentences.of(FEATURES)
