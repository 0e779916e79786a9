"""Days on which the log saw nobody: time that says nothing of any customer.

A tracker that was off for three weeks makes everybody look silent for three weeks. Such days count
neither as silence nor as time in which somebody could have come back: a horizon of 30 days that
runs into a hole of 14 ends 14 days later.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class UnseenDays:
    """Holes in the log, as days since 1970.

    Parameters
    ----------
    spans
        First and last day of each hole, oldest first; holes do not overlap.
    """

    spans: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.spans)

    def within(self, after: npt.ArrayLike, until: npt.ArrayLike) -> Floats:
        """Return how many unseen days lie in (after, until]."""
        start, end = np.asarray(after, np.float64), np.asarray(until, np.float64)
        total = np.zeros(np.broadcast(start, end).shape)
        for first, last in self.spans:
            total += np.maximum(np.minimum(end, last) - np.maximum(start, first - 1), 0.0)
        return total

    def end_of(self, day: npt.ArrayLike, seen_days: npt.ArrayLike) -> Floats:
        """Return the day by whose end `seen_days` days after `day` have been seen."""
        start = np.asarray(day, np.float64)
        end = start + np.asarray(seen_days, np.float64)
        for first, last in self.spans:
            lost = last - np.maximum(first - 1, start)
            end = np.where((start < last) & (end >= first), end + lost, end)
        return end

    def whole_day(self, day: int, *, recovery_days: int) -> int:
        """Return `day`, or the last day before a hole that holds it or ended just before it.

        Parameters
        ----------
        recovery_days
            So many days after a hole, what is known of everybody is whole again.
        """
        for first, last in reversed(self.spans):
            if first <= day < last + recovery_days:
                day = first - 1
        return day

    def known_by(self, day: int) -> UnseenDays:
        """Return the holes that had ended by the end of a day."""
        return UnseenDays(tuple(span for span in self.spans if span[1] <= day))

    def sql(self, after: str, until: str) -> str:
        """Return SQL to take from a difference of days: `` - unseen days in (after, until]``.

        Empty where there are none. Whole numbers and plain functions, so that every engine answers
        alike.
        """
        return "".join(
            f" - GREATEST(LEAST({until}, {last}) - GREATEST({after}, {first - 1}), 0)"
            for first, last in self.spans
        )


NONE_UNSEEN = UnseenDays()
