"""Earlier figures of the whole base, for the verdict and the changes on the cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analytics.domain.customer.trend_words import Expected, date_before
from analytics.domain.tables.history_tables import PastPortfolio
from analytics.services.results import OverviewResult


def point_before(trend: Sequence[PastPortfolio], as_of: date) -> PastPortfolio | None:
    """Return the figures of about 28 days before, or None where no date is near enough."""
    found = date_before((point.observation_date for point in trend), as_of)
    return next((point for point in trend if point.observation_date == found), None)


def expected_then_and_now(result: OverviewResult) -> tuple[Expected, Expected | None]:
    """Return who is expected to go silent of everyone: today, and 28 days before."""
    before = point_before(result.trend, result.stamp.as_of.date())
    everyone = result.everyone
    return (
        Expected(everyone.expected_silent, everyone.eligible),
        Expected(before.expected_silent, before.eligible) if before else None,
    )
