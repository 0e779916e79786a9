"""Counted shares in words: never without how many, how surely, and how many there are at random."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

#: Of fewer, a share says nothing that an interval would not take back.
FEW = 10
#: Two-sided 95% quantile of the normal distribution.
_Z95 = 1.959963984540054


@dataclass(frozen=True)
class CountedShare:
    """How many of some customers did something, beside how many of all did.

    Parameters
    ----------
    hits, of
        Counts: hits of so many.
    low, high
        Ends of the 95% interval of the share.
    base_rate
        Share of all on the same dates, which as many at random would have; None where unknown.
    """

    hits: int
    of: int
    low: float
    high: float
    base_rate: float | None = None

    @classmethod
    def counted(
        cls,
        hits: int,
        of: int,
        *,
        base_rate: float | None = None,
        drawn: tuple[float, float] | None = None,
    ) -> CountedShare:
        """Return the share with its interval: Wilson's, made as wide as that of the draws.

        Parameters
        ----------
        drawn
            Interval from draws of whole customers, which knows that rows of one customer are not
            independent, but says nothing where all rows are alike. An end of 0% or 100% is not
            taken from it: with hits there is no 0%, with misses no 100%.
        """
        low, high = wilson_interval(hits, of)
        if drawn is not None and all(math.isfinite(end) for end in drawn):
            low = min(low, drawn[0]) if drawn[0] > 0 else low
            high = max(high, drawn[1]) if drawn[1] < 1 else high
        known = base_rate is not None and math.isfinite(base_rate)
        return cls(hits, of, low, high, base_rate if known else None)

    @property
    def share(self) -> float:
        """Hits over all."""
        return self.hits / self.of if self.of else math.nan

    @property
    def few(self) -> bool:
        """There are too few for a share to mean anything."""
        return self.of < FEW

    @property
    def figures(self) -> str:
        """Say the interval and the base rate, the share before them: ``25%, 95% interval …``."""
        ends = f"95% interval {percent(self.low)} to {percent(self.high)}"
        base = "" if self.base_rate is None else f"; base rate {percent(self.base_rate)}"
        return f"{ends}{base}" if self.few else f"{percent(self.share)}, {ends}{base}"

    @property
    def counts(self) -> str:
        """Say how many of how many: ``3 of 12``."""
        return f"{self.hits:,} of {self.of:,}"

    def worth(self, what: str) -> str:
        """Say what it is worth beside as many at random; empty where the base rate is unknown.

        Parameters
        ----------
        what
            What is worth something, in the plural: ``the flags``.
        """
        if self.base_rate is None:
            return ""
        if self.few:
            return f"too few to say what {what} were worth"
        if self.low > self.base_rate:
            times = (
                f"{self.share / self.base_rate:.1f} times as many as" if self.base_rate else "not"
            )
            return f"{times} at random"
        if self.high < self.base_rate:
            return f"fewer than at random: {what} were worth less than nothing"
        if self.share <= self.base_rate:
            return f"no more than at random: {what} were worth nothing"
        return f"no more than chance explains: whether {what} were worth anything cannot be told"


def percent(share: float | None) -> str:
    """Write a share as a percentage that is 0% or 100% only where it is exactly so."""
    if share is None or not math.isfinite(share):
        return "–"
    if share in (0, 1):
        return f"{share:.0%}"
    of_100 = 100 * share
    if 0 < of_100 < 0.05:
        return "under 0.1%"
    if 99.95 < of_100 < 100:
        return "over 99.9%"
    return f"{of_100:.1f}%" if of_100 < 9.95 or of_100 >= 99.5 else f"{of_100:.0f}%"


def wilson_interval(hits: int, of: int) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson 1927); everything where there is nobody."""
    if not of:
        return 0.0, 1.0
    share, z = hits / of, _Z95**2 / of
    middle = (share + z / 2) / (1 + z)
    half = math.sqrt(z * share * (1 - share) + z * z / 4) / (1 + z)
    low = 0.0 if hits == 0 else max(middle - half, 0.0)
    return low, 1.0 if hits == of else min(middle + half, 1.0)


def base_rate_of_flags(dates: Iterable[tuple[int, int, int]]) -> float | None:
    """Return the share that flags given out at random would have hit, as many on each date.

    Parameters
    ----------
    dates
        Of each date: flagged, scored, and how many of the scored went silent.
    """
    each = [(flagged, silent / scored) for flagged, scored, silent in dates if scored]
    flagged = sum(count for count, _ in each)
    return sum(count * share for count, share in each) / flagged if flagged else None
