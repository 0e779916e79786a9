"""How a feature's value is said: one sentence, with the numbers that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType

import numpy as np

from analytics.features.record import Feature
from analytics.features.registry import FEATURES

UNKNOWN = "Not enough history to tell."


@dataclass(frozen=True)
class Sentences:
    """The sentences of the features there are."""

    by_feature: Mapping[str, str]

    @classmethod
    def of(cls, features: Sequence[Feature]) -> Sentences:
        """Return the sentences of these features; a feature without one says what it means."""
        return cls({one.name: one.shown_as or one.description for one in features})

    def named(self, feature: str) -> tuple[str, ...]:
        """Return what the sentence names: ``value``, and other features."""
        parsed = Formatter().parse(self.by_feature[feature])
        return tuple(field for _, field, _, _ in parsed if field)

    def say(
        self, feature: str, value: float, others: Mapping[str, float] = MappingProxyType({})
    ) -> str:
        """Return the sentence for one value; `others` are features that it may name."""
        known = {"value": value, **others}
        if not np.isfinite([known.get(name, np.nan) for name in self.named(feature)]).all():
            return UNKNOWN
        return self.by_feature[feature].format(**known)

    def value_form(self, feature: str) -> str:
        """Return how the sentence writes its value, such as ``{:.1f}``; empty if it does not."""
        parsed = Formatter().parse(self.by_feature[feature])
        return next((f"{{:{form}}}" for _, field, form, _ in parsed if field == "value"), "")


BUILT_IN = Sentences.of(FEATURES)
