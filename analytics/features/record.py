"""What a feature is: a record with a name, a unit, a window, a meaning and two pieces of SQL.

The first piece, the accumulators, is counted by an engine over what was known by the observation
date, in integers, so that every engine gives the same. The second turns them into the feature, one
customer at a time, always in the product's own DuckDB.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from analytics.errors import UsageError
from analytics.features.event_groups import EventGroup

UNITS = frozenset({"days", "events", "ratio", "log ratio", "money", "share", "score", "features"})


class Theme(StrEnum):
    """Group of features that a reason is given by; at most eight."""

    RECENCY = "recency"
    ACTIVITY = "activity"
    TREND = "trend"
    REGULARITY = "regularity"
    VALUE = "value"
    FRICTION = "friction"
    VOICE = "voice"
    COMMERCIAL = "commercial"


class Kind(StrEnum):
    """What sort of number a feature is."""

    COUNT = "count"
    SUM = "sum"
    DECAYED_SUM = "decayed sum"
    RATE = "rate"
    SHARE = "share"
    TIME_SINCE = "time since"
    GAP = "gap"
    CHANGE = "change"
    DIVERSITY = "diversity"
    PERCENTILE = "percentile"
    LATEST = "latest"


class Grain(StrEnum):
    """What the rows are that an accumulator adds up; `accumulate` names their columns."""

    DAYS = "days"
    SIGNS = "signs"
    GAPS = "gaps"
    USES = "uses"
    TICKETS = "tickets"


#: What the days and the uses can tell only of sources that have it.
PAID_ACTIVITY = "paid_activity"
FEATURE_NAMES_USED = "feature_names"


@dataclass(frozen=True)
class Accumulator:
    """An integer per customer, over the rows known by the observation date.

    Parameters
    ----------
    sql
        One aggregate over the columns of the grain.
    groups
        Event groups that `sql` uses; without any such event in the source it says nothing.
    needs
        Further evidence that it says nothing without.
    empty
        Value of a customer without rows; None where only "there is none" is true.
    """

    name: str
    sql: str
    grain: Grain = Grain.DAYS
    groups: tuple[EventGroup, ...] = ()
    needs: tuple[str, ...] = ()
    empty: int | None = 0

    @property
    def evidence(self) -> tuple[str, ...]:
        """Names of what must have been seen anywhere for it to mean something."""
        return (*(group.name for group in self.groups), *self.needs)


@dataclass(frozen=True)
class Feature:
    """One column of the observations.

    Parameters
    ----------
    formula
        How it is computed, in words that a business reader can follow.
    sql
        Plain arithmetic over accumulators and rhythm columns.
    default
        Its value where a customer gives no evidence; None where it is then missing.
    missing_when
        In which case it is missing; empty for one that never is.
    monotone
        1 where more of it can only mean more risk, -1 where it can only mean less, 0 otherwise.
    window_days
        How far back it looks; None for the whole history.
    self_relative
        True where the customer is compared with their own past only.
    shown_as
        How a reason says it: a sentence with ``{value}``, and other features by name.
    speaks
        False where a person would rather hear of another feature of the theme.
    """

    name: str
    unit: str
    window_days: int | None
    theme: Theme
    kind: Kind
    description: str
    formula: str
    sql: str
    accumulators: tuple[Accumulator, ...] = ()
    default: float | None = 0.0
    missing_when: str = ""
    monotone: int = 0
    self_relative: bool = False
    shown_as: str = ""
    speaks: bool = True

    def __post_init__(self) -> None:
        """Refuse a record that could not be explained to a reader."""
        self._check(
            re.fullmatch(r"[a-z][a-z0-9_]*", self.name),
            "name must be of small letters, digits and underscores",
            self.name,
        )
        self._check(
            self.unit in UNITS, f"unit must be one of {', '.join(sorted(UNITS))}", self.unit
        )
        self._check(
            self.description.endswith("."), "description must be a sentence", self.description
        )
        self._check(self.formula, "formula must say how it is computed", self.formula)
        self._check(self.monotone in (-1, 0, 1), "monotone must be -1, 0 or 1", self.monotone)
        self._check(
            self.window_days is None or 1 <= self.window_days <= 365,
            "window_days must be between 1 and 365, or None",
            self.window_days,
        )
        self._check(
            (self.default is None) == bool(self.missing_when),
            "missing_when must say when it is missing, if and only if default is None",
            self.missing_when,
        )

    @property
    def family(self) -> str:
        """The theme's name, as the command line calls it."""
        return self.theme.value

    @property
    def event_types(self) -> tuple[str, ...]:
        """Event types that it counts by name."""
        groups = (group for part in self.accumulators for group in part.groups)
        return tuple(name for group in groups for name in group.event_types)

    @property
    def evidence(self) -> tuple[str, ...]:
        """What must have been seen anywhere in the source for the feature to exist."""
        return tuple(
            dict.fromkeys(
                name for accumulator in self.accumulators for name in accumulator.evidence
            )
        )

    def _check(self, kept: object, rule: str, got: object) -> None:
        if not kept:
            raise UsageError(
                f"Feature {self.name!r}: {rule}. Got {got!r}.", rule="feature_valid", got=got
            )
