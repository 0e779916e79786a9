"""What to simulate: preset, size, length, end and seed, checked at the door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from analytics.errors import UsageError
from analytics.simulation.business import Preset

MIN_DAYS, MAX_DAYS = 120, 3660
MAX_CUSTOMERS = 10_000_000
FIRST_START, LAST_END = date(1990, 1, 1), date(2200, 1, 1)

#: Customers simulated at a time. Part of what the seed means: another size draws other numbers.
CHUNK_CUSTOMERS = 10_000

DAY_S = 86_400


@dataclass(frozen=True)
class Chunk:
    """A slice of the customers, with a random stream of its own."""

    first: int
    size: int
    seed: tuple[int, int, int]

    def rng(self) -> np.random.Generator:
        """Return this chunk's generator."""
        return np.random.default_rng(self.seed)


@dataclass(frozen=True)
class SimulationPlan:
    """One simulation, fixed by these five values.

    Parameters
    ----------
    end
        Last simulated day.

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

    def __post_init__(self) -> None:
        """Refuse what cannot be simulated."""
        _within("customers", self.customers, 1, MAX_CUSTOMERS)
        _within("days", self.days, MIN_DAYS, MAX_DAYS)
        _within("seed", self.seed, 0, 2**32 - 1)
        if not FIRST_START <= self.end - timedelta(days=self.days - 1) <= self.end <= LAST_END:
            raise UsageError(
                f"A simulation must lie between {FIRST_START} and {LAST_END}. "
                f"Got {self.days} days up to {self.end}.",
                rule="end_in_range",
                got=self.end,
            )

    @property
    def start(self) -> date:
        """First simulated day."""
        return self.end - timedelta(days=self.days - 1)

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

    def chunks(self) -> Iterator[Chunk]:
        """Split the customers, so that memory does not grow with their number."""
        for number, first in enumerate(range(0, self.customers, CHUNK_CUSTOMERS)):
            size = min(CHUNK_CUSTOMERS, self.customers - first)
            yield Chunk(first, size, (self.seed, 1, number))

    def world_rng(self) -> np.random.Generator:
        """Return the generator of what all customers share."""
        return np.random.default_rng((self.seed, 0, 0))


def last_sunday_before(today: date) -> date:
    """Return the usual end of a simulation: the last whole week before a date."""
    return today - timedelta(days=today.isoweekday())


def _within(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise UsageError(
            f"{name} must be between {low} and {high}. Got {value}.", rule=f"{name}_in_range",
            got=value,
        )  # fmt: skip
