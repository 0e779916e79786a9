"""What to simulate: preset, size, length, end and seed, checked at the door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum

import numpy as np

from analytics.errors import UsageError
from analytics.simulation.presets.business import Preset
from analytics.simulation.presets.dirt_settings import Dirt
from analytics.simulation.presets.purchase_preset import MOST_CUSTOMERS, PurchasePreset

MIN_DAYS, MAX_DAYS = 120, 3660
MAX_CUSTOMERS = 10_000_000
FIRST_START, LAST_END = date(1990, 1, 1), date(2200, 1, 1)

#: Customers simulated at a time. Part of what the seed means: another size draws other numbers.
CHUNK_CUSTOMERS = 10_000

DAY_S = 86_400


#: Weeks after the end that are lived through as truth: what would come of each action.
FUTURE_WEEKS = 17


class Stream(IntEnum):
    """Independent random streams, so that more dirt, say, leaves the customers' lives alone."""

    WORLD = 0
    LIFE = 1
    RECORDS = 2
    DIRT = 3
    FUTURE = 4
    TRAITS = 5
    HABITS = 6
    USERS = 7


@dataclass(frozen=True)
class CustomerChunk:
    """A slice of the customers, with random streams of its own."""

    number: int
    first: int
    size: int
    seed: int

    def rng(self, stream: Stream, *more: int) -> np.random.Generator:
        """Return one of this chunk's generators."""
        return np.random.default_rng((self.seed, stream, self.number, *more))


@dataclass(frozen=True)
class Week:
    """A week of the simulation: its number, first day and the days that count.

    Parameters
    ----------
    days
        Days before the end of the simulation, from `first_day` on.
    """

    number: int
    days: int
    start_s: int

    @property
    def first_day(self) -> int:
        """Days from the start of the simulation; negative in the past before it."""
        return self.number * 7

    @property
    def end_day(self) -> int:
        """Day after the last one."""
        return self.first_day + self.days


@dataclass(frozen=True)
class SimulationPlan:
    """One simulation, fixed by these values.

    Parameters
    ----------
    end
        Last simulated day.
    dirt
        Faults of the files; the preset's unless given.

    Raises
    ------
    UsageError
        A value is out of range.
    """

    preset: Preset
    customers: int
    days: int
    seed: int
    end: date
    dirt: Dirt = field(default_factory=Dirt)

    def __post_init__(self) -> None:
        """Refuse what cannot be simulated."""
        _within("customers", self.customers, 1, MAX_CUSTOMERS)
        _within("days", self.days, MIN_DAYS, MAX_DAYS)
        _within("seed", self.seed, 0, 2**32 - 1)
        _check_end(self.end, self.days)

    @property
    def start(self) -> date:
        """First simulated day."""
        return self.end - timedelta(days=self.days - 1)

    @property
    def mapping(self) -> str:
        """Shipped mapping that lands it."""
        return "simulated"

    @property
    def profile(self) -> str:
        """Shipped profile that fits it: presets are called like theirs."""
        return self.preset.name

    @property
    def start_s(self) -> int:
        """Midnight of the first day, in seconds since 1970."""
        return int(datetime(*self.start.timetuple()[:3], tzinfo=UTC).timestamp())

    @property
    def end_s(self) -> int:
        """Midnight after the last day, in seconds since 1970."""
        return self.start_s + self.days * DAY_S

    @property
    def weeks(self) -> int:
        """Simulated weeks; the last may be cut short by the end."""
        return -(-self.days // 7)

    def week(self, number: int) -> Week:
        """Return a week by its number; weeks before the start or after the end are whole."""
        inside = 0 <= number < self.weeks
        days = min(7, self.days - number * 7) if inside else 7
        return Week(number, days, self.start_s)

    def chunks(self) -> Iterator[CustomerChunk]:
        """Split the customers, so that memory does not grow with their number."""
        for number, first in enumerate(range(0, self.customers, CHUNK_CUSTOMERS)):
            size = min(CHUNK_CUSTOMERS, self.customers - first)
            yield CustomerChunk(number, first, size, self.seed)

    def world_rng(self) -> np.random.Generator:
        """Return the generator of what all customers share."""
        return np.random.default_rng((self.seed, Stream.WORLD, 0))


@dataclass(frozen=True)
class PurchasePlan:
    """One simulation of a shop known by its purchases alone.

    Raises
    ------
    UsageError
        The seed is out of range; `simulate_purchases` checks the rest.
    """

    preset: PurchasePreset
    customers: int
    days: int
    seed: int
    end: date

    def __post_init__(self) -> None:
        """Refuse what cannot be simulated."""
        _within("customers", self.customers, 1, MOST_CUSTOMERS)
        _within("days", self.days, MIN_DAYS, MAX_DAYS)
        _within("seed", self.seed, 0, 2**32 - 1)
        _check_end(self.end, self.days)

    @property
    def start(self) -> date:
        """First simulated day."""
        return self.end - timedelta(days=self.days - 1)

    @property
    def mapping(self) -> str:
        """Shipped mapping that lands it."""
        return "simulated_cdnow"

    @property
    def profile(self) -> str:
        """Shipped profile that fits it."""
        return "retail"


def last_sunday_before(today: date) -> date:
    """Return the usual end of a simulation: the last whole week before a date."""
    return today - timedelta(days=today.isoweekday())


def days_between(start: date, end: date) -> int:
    """Return the length of a simulation from its first to its last day.

    Raises
    ------
    UsageError
        The end lies before the start.
    """
    if end < start:
        raise UsageError(
            f"--end must not lie before --start, {start}. Got {end}.", rule="end_after_start",
            got=end,
        )  # fmt: skip
    return (end - start).days + 1


def _check_end(end: date, days: int) -> None:
    if end > LAST_END or (end - FIRST_START).days < days - 1:
        raise UsageError(
            f"A simulation must lie between {FIRST_START} and {LAST_END}. "
            f"Got {days} days up to {end}.",
            rule="end_in_range",
            got=end,
        )


def _within(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise UsageError(
            f"{name} must be between {low} and {high}. Got {value}.", rule=f"{name}_in_range",
            got=value,
        )  # fmt: skip
