"""What a feature is: a record with a name, a unit, a window, a meaning and two pieces of SQL."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analytics.errors import UsageError

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


@dataclass(frozen=True)
class Accumulator:
    """An integer per customer, summed over the events known by the observation date.

    Integers make engines agree to the last bit; see `analytics.features.sql` for the columns that
    `sql` may use.
    """

    name: str
    sql: str


@dataclass(frozen=True)
class Feature:
    """One column of the observations.

    Parameters
    ----------
    sql
        Plain arithmetic over accumulators and rhythm columns.
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
    description: str
    sql: str
    accumulators: tuple[Accumulator, ...] = ()
    self_relative: bool = False
    shown_as: str = ""
    speaks: bool = True

    def __post_init__(self) -> None:
        """Refuse a record that could not be explained to a reader."""
        if self.unit not in UNITS:
            raise UsageError(
                f"A feature's unit must be one of {', '.join(sorted(UNITS))}. Got {self.unit!r}.",
                rule="feature_valid",
                got=self.unit,
            )
        if not self.description.endswith("."):
            raise UsageError(
                f"A feature's description must be a sentence. Got {self.description!r}.",
                rule="feature_valid",
                got=self.description,
            )

    @property
    def family(self) -> str:
        """The theme's name, as the command line calls it."""
        return self.theme.value
