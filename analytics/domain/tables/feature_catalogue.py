"""What a run says of its features: meaning, coverage, spread and relation to what happened."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from typing import Any

CATALOGUE_FILE = "feature_catalogue.json"
_FORMAT = 1


@dataclass(frozen=True)
class FeatureEntry:
    """One feature as of a run.

    Parameters
    ----------
    supported
        False where the source cannot tell it: it is then absent, not zero.
    coverage
        Share of the customers who have a value.
    auc, auc_low, auc_high
        How well it alone ranked those who went silent on `related_on`, with the 95% interval; None
        where too few went silent, or it did not vary.
    silent_share_low, silent_share_high
        Share who went silent where the feature was lowest, and highest (a fifth each).
    spread
        Percentiles 0 to 100 of its values, in steps of a half; empty where nobody has one.
    """

    name: str
    theme: str
    kind: str
    unit: str
    window_days: int | None
    description: str
    formula: str
    missing_when: str
    own: bool
    used: bool
    supported: bool
    coverage: float
    auc: float | None
    auc_low: float | None
    auc_high: float | None
    silent_share_low: float | None
    silent_share_high: float | None
    spread: tuple[float, ...]


@dataclass(frozen=True)
class FeatureCatalogue:
    """All features of a run.

    Parameters
    ----------
    related_on
        Latest observation date whose outcomes were known; empty without one.
    observations, silent
        Customers on that date, and how many of them went silent.
    counted_by
        Name and version of the engine.
    """

    customers: int
    related_on: str
    observations: int
    silent: int
    counted_by: str
    entries: tuple[FeatureEntry, ...]

    def to_json(self) -> str:
        """Return it as text."""
        return json.dumps({"format": _FORMAT, **asdict(self)}, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> FeatureCatalogue:
        """Read it back.

        Raises
        ------
        ValueError, TypeError, KeyError
            The text is no catalogue of this format.
        """
        given: dict[str, Any] = json.loads(text)
        if given.pop("format") != _FORMAT:
            raise ValueError("another format")
        entries = tuple(
            FeatureEntry(**{**entry, "spread": tuple(entry["spread"])})
            for entry in given.pop("entries")
        )
        return cls(**given, entries=entries)


def population_stability(before: tuple[float, ...], now: tuple[float, ...]) -> float | None:
    """Return the population stability index of two spreads, by the tenths of the first.

    Sum over the tenths of (now - before) ln(now / before), each share at least half a percent; 0 is
    no change, 0.1 a change to look at, 0.25 a large one (Siddiqi 2006, Credit Risk Scorecards).
    None where either spread is empty.
    """
    if not before or not now:
        return None
    cuts = sorted({before[place] for place in range(0, len(before), len(before) // 10)})
    total = 0.0
    for low, high in zip([float("-inf"), *cuts], [*cuts, float("inf")], strict=True):
        was, is_now = (
            max(sum(low < value <= high for value in spread) / len(spread), 0.005)
            for spread in (before, now)
        )
        total += (is_now - was) * math.log(is_now / was)
    return total
