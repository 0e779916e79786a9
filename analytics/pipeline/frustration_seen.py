"""What the frustration index is judged by, read while a run's data are open."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from analytics.domain.customer_columns.group_columns import INCIDENT_COLUMNS
from analytics.features.build import FeatureSource
from analytics.features.friction_halves import ODD_AND_EVEN, friction_half
from analytics.features.incident_days import Incident, largest_incident
from analytics.features.outcomes.voiced import voiced
from analytics.features.prepared import day_number
from analytics.pipeline.observing.observed import Observed


@dataclass(frozen=True)
class FrustrationSeen:
    """What was said after past dates, the latest index by odd and even days, and an incident.

    Parameters
    ----------
    said
        Of `voiced`.
    halves
        Of `friction_half` on the latest date, odd or even.
    groups
        Index `customer_key`; the columns in which an incident was looked for.
    """

    said: pd.DataFrame
    halves: tuple[pd.DataFrame, ...]
    incident: Incident | None
    groups: pd.DataFrame = field(default_factory=pd.DataFrame)


def frustration_seen(source: FeatureSource, observed: Observed) -> FrustrationSeen:
    """Read all of it, none of it received after the run's date."""
    dates = [snapshot.observation_date for snapshot in observed.snapshots]
    known_day = day_number(dates[0])
    names = [group_column for group_column in INCIDENT_COLUMNS if group_column in observed.people]
    groups = observed.people[names].fillna("").astype(str)
    return FrustrationSeen(
        voiced(source, dates, known_day=known_day),
        tuple(friction_half(source, dates[0], half) for half in ODD_AND_EVEN),
        largest_incident(source, groups, first_day=day_number(dates[-1]), known_day=known_day),
        groups,
    )
