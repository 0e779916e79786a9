"""Whether it is getting better or worse, by one rule for page and report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from analytics.domain.customer.risk_tier import AT_RISK_TIERS, SCORED_TIERS, RiskTier

LOOK_BACK = timedelta(days=28)
#: When it was, in words.
LOOK_BACK_AGO = f"{LOOK_BACK.days} days ago"
#: How far an observation date may lie from then to be compared with.
DATE_TOLERANCE = timedelta(days=4)
#: Relative change within which nothing is called better or worse.
DEAD_BAND = 0.10


class Course(StrEnum):
    """Where a number is heading."""

    UP = "up"
    SAME = "same"
    DOWN = "down"


def date_before(dates: Iterable[date], as_of: date) -> date | None:
    """Return the date nearest to 28 days before, or None where none is near enough."""
    wanted = as_of - LOOK_BACK
    near = [day for day in dates if abs(day - wanted) <= DATE_TOLERANCE]
    return min(near, key=lambda one: (abs(one - wanted), one), default=None)


def course_of(now: float, before: float) -> Course:
    """Return where a number is heading; changes inside the dead band are none."""
    if abs(now - before) <= DEAD_BAND * abs(before):
        return Course.SAME
    return Course.UP if now > before else Course.DOWN


@dataclass(frozen=True)
class Expected:
    """How many of the scored customers are expected to go silent."""

    silent: float
    eligible: float

    @property
    def share(self) -> float | None:
        """Expected share; None where nobody is scored."""
        return self.silent / self.eligible if self.eligible else None


def expected_course(now: Expected, before: Expected | None) -> Course | None:
    """Return where the share expected to go silent is heading; None where it cannot be said.

    The share, not the count at risk, so that a base that grows is not worse for it. Customers who
    lapse leave the share too: `SinceThen` must be read with it.
    """
    if before is None or now.share is None or before.share is None:
        return None
    return course_of(now.share, before.share)


def course_sentence(now: Expected, before: Expected | None) -> str:
    """Say where the expected share is heading; empty where it cannot be said.

    Lower is not called better: whoever lapses leaves the share.
    """
    course = expected_course(now, before)
    if course is None or before is None:
        return ""
    shares = f"{100 * (now.share or 0):.1f}%, {LOOK_BACK_AGO} {100 * (before.share or 0):.1f}%."
    share = "The share of scored customers expected to go silent is"
    if course is Course.SAME:
        return f"{share} about the same: {shares}"
    if course is Course.UP:
        return f"It is getting worse. {share} higher: {shares}"
    return f"{share} lower: {shares} Those who lapse leave this share."


@dataclass(frozen=True)
class SinceThen:
    """Where those at risk 28 days ago stand today, by number of customers.

    Parameters
    ----------
    still
        Still at risk.
    below
        Scored, in a lower tier.
    lapsed, ended
        Gone quiet for good, as far as seen; left with a record.
    unscored
        Too rarely active by now for a score.
    """

    still: int = 0
    below: int = 0
    lapsed: int = 0
    ended: int = 0
    unscored: int = 0

    @classmethod
    def from_counts(cls, counts: Mapping[str, int]) -> SinceThen:
        """Add up the number of customers by the tier they have today."""
        lower = [tier for tier in SCORED_TIERS if tier not in AT_RISK_TIERS]
        return cls(
            still=sum(counts.get(tier, 0) for tier in AT_RISK_TIERS),
            below=sum(counts.get(tier, 0) for tier in lower),
            lapsed=counts.get(RiskTier.LAPSED, 0),
            ended=counts.get(RiskTier.ENDED, 0),
            unscored=counts.get(RiskTier.INSUFFICIENT_CADENCE, 0),
        )

    @property
    def total(self) -> int:
        """All who were at risk then and are known today."""
        return self.still + self.below + self.lapsed + self.ended + self.unscored

    def sentence(self) -> str:
        """Say what became of them; empty where nobody was at risk."""
        if not self.total:
            return ""
        parts = [
            f"{self.lapsed:,} {_have(self.lapsed)} lapsed",
            f"{self.ended:,} ended",
            f"{self.still:,} {_are(self.still)} still at risk",
            f"{self.below:,} came back to a lower tier",
        ]
        if self.unscored:
            parts.append(f"{self.unscored:,} {_are(self.unscored)} too rarely active for a score")
        told = ", ".join(parts[:-1]) + f" and {parts[-1]}"
        return f"Of the {self.total:,} at risk {LOOK_BACK_AGO}, {told}."


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
