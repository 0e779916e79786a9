"""Earlier figures of the whole base, for the changes on the cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from analytics.services.results import TrendPoint

LOOK_BACK = timedelta(days=28)
TOLERANCE = timedelta(days=4)


def point_before(trend: Sequence[TrendPoint], as_of: date) -> TrendPoint | None:
    """Return the figures of about 28 days before, or None where no date is near enough."""
    wanted = as_of - LOOK_BACK
    near = [point for point in trend if abs(point.observation_date - wanted) <= TOLERANCE]
    return min(near, key=lambda point: abs(point.observation_date - wanted), default=None)
