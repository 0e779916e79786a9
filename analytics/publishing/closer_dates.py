"""Observation dates a week apart, to learn from where a history is too short for monthly ones."""

from __future__ import annotations

from datetime import date, timedelta

from analytics.domain.profile import Profile
from analytics.features.build import FeatureSource
from analytics.features.prepared import EPOCH, day_number
from analytics.features.silences import long_silences
from analytics.modelling.observations import Observations, joined, snapshot, stack
from analytics.modelling.too_little import can_be_tested

_WEEK = 7


def with_closer_dates(
    observations: Observations, source: FeatureSource, *, profile: Profile, as_of: date
) -> Observations:
    """Return the observations, with those of the weeks between where no date can be tested else.

    The weeks between teach and calibrate only: tests stay on the dates of the grid. Observations a
    week apart of one customer are nearly the same, so they tell less than their number says; a
    longer history never needs them, and the intervals of the test draw whole customers.
    """
    if can_be_tested(observations):
        return observations
    last_day, first = day_number(as_of), source.prepared.first_day + profile.min_tenure_days
    known = last_day - profile.gap_days - profile.horizon_min_days
    days = [
        day
        for day in range(last_day, first - 1, -_WEEK)
        if day <= known and day not in observations.scored
    ]
    if not days:
        return observations
    silences = long_silences(source, profile=profile, known_day=last_day)
    seen = [
        snapshot(
            source,
            EPOCH + timedelta(days=day),
            profile=profile,
            last_day=last_day,
            silences=silences,
        )
        for day in days
    ]
    between = stack(seen, early_warning_days=profile.early_warning_days)
    both = joined(observations, between)
    return both if can_be_tested(both) else observations
