"""Where a log is whole: holes, early ends, stray rows and double loads, from daily counts alone.

Two questions, both answered by Page's cumulative sums of log-likelihood ratios (E. S. Page,
"Continuous Inspection Schemes", Biometrika 41, 1954).

*Is a day's volume missing?* A day on which `level` customers are usual scores

    ((usual - lost) * level - ln(usual / lost) * customers) / dispersion

the log-likelihood ratio of a Poisson count at the share `lost` of the level against one at `usual`.
For every true share of `usual` or more, exp(sum of scores) is a supermartingale, so by Ville's
inequality (1939) a sum that starts on a given day ever reaches h with a chance of exp(-h) at most;
with T days to start on, h = ln(T / `FALSE_ALARM`) bounds the chance of one false alarm in a whole
log. A season, a holiday or a shrinking business that keeps the share `usual` of its level is thus
no hole, whatever its shape, and a shop with three orders a day has empty days.

*Has a day been loaded twice?* Then nearly every customer of it has an even number of events. An
even number scores ln(`EVEN_IF_DOUBLE` / q), an odd one ln((1 - `EVEN_IF_DOUBLE`) / (1 - q)), where
q lies above the share of even numbers that the log has anyway; the bound is the same. A sale brings
more customers, or more events to each, but never an even number to all of them.

The level is the lower median of the four seven-day sums before, shared out by weekday: one week of
sales does not raise it, batches once a month have none, closed weekdays expect nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from analytics.etl.volume.usual_days import (
    LEVEL_WEEKS,
    WEEK,
    Counts,
    Floats,
    dispersion,
    weekday_shares,
)

#: Chance of one false alarm in a whole log, at most.
FALSE_ALARM = 0.01
#: Shares of the level: what a hole leaves at most, and what a season leaves at least. Where the
#: log does not come back, nothing but the level before can be compared with, so less must be left.
HOLE_LEAVES, SEASON_LEAVES = 0.05, 0.50
END_LEAVES, LOW_SEASON_LEAVES = 0.02, 0.35
#: A shorter silence of all is taken for closed days.
SHORTEST_HOLE_DAYS = 7
#: After a hole the log must have gone on for so long, or as long as the hole if that is less.
SETTLED_AFTER_DAYS = 14
#: Share of even numbers on a day that was loaded twice.
EVEN_IF_DOUBLE = 0.97
_EVEN_AT_LEAST, _EVEN_AT_MOST = 0.25, 0.60
_FIRST_LEVEL_WEEKS = 2
#: Empty days in a row between stray rows at the beginning and the log itself.
_EMPTY_BEFORE_START = 14


@dataclass(frozen=True)
class Span:
    """Days, by position in the counts, and what they hold.

    Parameters
    ----------
    expected
        Customers a day, added up, that the level before and after made one expect.
    seen
        Customers a day, added up, that were there.
    """

    first: int
    last: int
    expected: float
    seen: int

    @property
    def days(self) -> int:
        """How many days it covers."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Shape:
    """Where one feed is whole.

    Parameters
    ----------
    holes
        Inside the log, which goes on after them.
    stopped
        From here to the end the feed is no more, but for stray rows or a restart too short to tell;
        None where it goes on to the end.
    strays_before
        From the first row to here there is nothing but stray rows; None mostly.
    """

    holes: tuple[Span, ...] = ()
    stopped: Span | None = None
    strays_before: Span | None = None


def shape_of(customers: Counts, *, weekday: int) -> Shape:
    """Find where a feed is whole.

    Parameters
    ----------
    customers
        Different customers with an event, one number a day, without a day left out.
    weekday
        Weekday of the first day (0 is Monday).
    """
    if len(customers) < _FIRST_LEVEL_WEEKS * WEEK + SHORTEST_HOLE_DAYS:
        return Shape()
    shares = weekday_shares(customers, weekday)
    holes, stopped = _Walk(customers, shares).missing()
    _, first = _Walk(customers[::-1], shares[::-1]).missing()
    return Shape(holes, stopped, _strays(customers, first))


def double_days(customers: Counts, even: Counts) -> tuple[Span, ...]:
    """Return the stretches of days that were loaded twice.

    Parameters
    ----------
    customers
        As in `shape_of`.
    even
        How many of them have an even number of events on the day.
    """
    share = even.sum() / max(customers.sum(), 1)
    usual = float(np.clip(1.5 * share, _EVEN_AT_LEAST, _EVEN_AT_MOST))
    score = even * np.log(EVEN_IF_DOUBLE / usual)
    score += (customers - even) * np.log((1 - EVEN_IF_DOUBLE) / (1 - usual))
    found, bound, day = [], _threshold(len(customers)), 0
    while day < len(score):
        peak, last = _climb(score[day:].tolist(), bound)
        if peak >= bound:
            seen = int(customers[day : day + last + 1].sum())
            found.append(Span(day, day + last, float(seen), seen))
            day += last
        day += 1
    return tuple(found)


class _Walk:
    """Walks through the days and holds each stretch of few customers against those around it."""

    def __init__(self, customers: Counts, shares: Floats) -> None:
        # Plain numbers: the walk looks at one day at a time.
        self._customers: list[int] = customers.tolist()
        self._shares: list[float] = shares.tolist()
        self._dispersion = dispersion(customers, shares)
        self._bound = _threshold(len(customers))

    def missing(self) -> tuple[tuple[Span, ...], Span | None]:
        """Return the holes, and the stretch with which the feed stops."""
        holes: list[Span] = []
        normal: list[int] = []
        day, days = 0, len(self._customers)
        while day < days:
            level = self._level(normal[-LEVEL_WEEKS * WEEK :])
            length = self._low_days_from(day, level)
            last = day + max(length, 1) - 1
            if length >= SHORTEST_HOLE_DAYS:
                span, goes_on = self._judged(day, last, level)
                if span is not None and not goes_on:
                    return tuple(holes), span
                if span is not None:
                    holes.append(span)
                    day = last + 1
                    continue
            normal.extend(range(day, last + 1))
            day = last + 1
        return tuple(holes), None

    def _low_days_from(self, day: int, level: float) -> int:
        """Return how many days from this one on are too low to be chance; 0 where they are not."""
        if level * self._shares[day] <= 0:
            return 0
        peak, at = _climb(self._scores(day, len(self._customers), level), self._bound)
        return at + 1 if peak >= self._bound else 0

    def _judged(self, first: int, last: int, level: float) -> tuple[Span | None, bool]:
        """Return the stretch if it is missing, and whether the feed goes on after it.

        A stretch that the days after it resemble is a lower level, not a hole.
        """
        goes_on = self._goes_on_after(last, last - first + 1)
        leaves = (HOLE_LEAVES, SEASON_LEAVES)
        if goes_on:
            level = min(level, self._level_after(last))
        else:
            leaves = (END_LEAVES, LOW_SEASON_LEAVES)
        missing = sum(self._scores(first, last + 1, level, *leaves)) >= self._bound
        return (self._span(first, last, level) if missing else None), goes_on

    def _goes_on_after(self, last: int, length: int) -> bool:
        after = len(self._customers) - 1 - last
        return after >= max(min(length, SETTLED_AFTER_DAYS), WEEK)

    def _scores(
        self,
        first: int,
        past: int,
        level: float,
        lost: float = HOLE_LEAVES,
        usual: float = SEASON_LEAVES,
    ) -> Iterator[float]:
        weight = math.log(usual / lost)
        for day in range(first, past):
            expected = level * self._shares[day]
            if expected > 0:
                score = (usual - lost) * expected - weight * self._customers[day]
                yield score / self._dispersion
            else:
                yield 0.0  # nobody is expected on a closed day

    def _span(self, first: int, last: int, level: float) -> Span:
        expected = level * sum(self._shares[first : last + 1])
        return Span(first, last, expected, sum(self._customers[first : last + 1]))

    def _level_after(self, last: int) -> float:
        past = min(last + 1 + LEVEL_WEEKS * WEEK, len(self._customers))
        return self._level(list(range(last + 1, past)), weeks_needed=1)

    def _level(self, days: list[int], weeks_needed: int = _FIRST_LEVEL_WEEKS) -> float:
        """Return the lower median of the weeks, in customers a day; 0 where there are too few."""
        weeks = len(days) // WEEK
        if weeks < weeks_needed:
            return 0.0
        levels = []
        for first in range(len(days) - weeks * WEEK, len(days), WEEK):
            week = days[first : first + WEEK]
            open_share = sum(self._shares[weekday] for weekday in week)
            levels.append(sum(self._customers[weekday] for weekday in week) / max(open_share, 1e-9))
        return sorted(levels)[(weeks - 1) // 2]


def _climb(scores: Iterable[float], bound: float) -> tuple[float, int]:
    """Return the highest sum from the first day on, and its day; ends when it has fallen back."""
    total = peak = 0.0
    at = 0
    for day, score in enumerate(scores):
        total += score
        if total > peak:
            peak, at = total, day
        if total <= 0 or total < peak - bound:
            break
    return peak, at


def _strays(customers: Counts, reversed_end: Span | None) -> Span | None:
    """Return the stray rows before the log begins, from the end of the log read backwards."""
    if reversed_end is None:
        return None
    last = len(customers) - 1 - reversed_end.first
    before = customers[: last + 1]
    if _longest_empty(before) < _EMPTY_BEFORE_START:
        return None
    return Span(0, last, reversed_end.expected, int(before.sum()))


def _longest_empty(customers: Counts) -> int:
    longest = now = 0
    for customer in customers:
        now = 0 if customer else now + 1
        longest = max(longest, now)
    return longest


def _threshold(days: int) -> float:
    return math.log(max(days, 1) / FALSE_ALARM)
