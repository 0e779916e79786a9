"""The observations of a landing: prepared once, built for every observation date of the grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analytics.domain.event_log.local_days import start_of_day
from analytics.domain.profiles.profile import Profile
from analytics.domain.words.counting import counted
from analytics.errors import UsageError
from analytics.etl.landing.landed import Landed
from analytics.features.build import FeatureSource, feature_source
from analytics.features.custom import features_with
from analytics.features.outcomes.silences import long_silences
from analytics.features.prepared import day_number
from analytics.features.record import Feature
from analytics.features.registry import FEATURES
from analytics.features.state_filter.state_filter import StateFilter
from analytics.features.weekly_activity import WeeklyActivity, weekly_activity
from analytics.modelling.observing.observation_dates import grid
from analytics.modelling.observing.observations import Snapshot, snapshot
from analytics.pipeline.observing.fleet_log import FleetLog, fleet_log
from analytics.private_files import make_private_folder
from analytics.settings import Settings

#: Observation dates of a run: today's, and a year of months before it.
DATES = 14

Say = Callable[[str], None]


@dataclass(frozen=True)
class Observed:
    """Snapshots, latest first, the customers by key, and what was asked of whom.

    Parameters
    ----------
    absent
        Names of the features that the source cannot support on the latest date.
    counted_by
        Name and version of the engine.
    weekly_activity
        Active days by week as of the latest date; None where they were not asked for.
    states
        Where customers stand from week to week; it works only while the source is open.
    """

    snapshots: tuple[Snapshot, ...]
    people: pd.DataFrame
    features: tuple[Feature, ...] = FEATURES
    absent: frozenset[str] = frozenset()
    counted_by: str = ""
    weekly_activity: WeeklyActivity | None = None
    states: StateFilter | None = None

    @property
    def activity_of_weeks(self) -> WeeklyActivity:
        """The active days by week, which a whole run always has."""
        assert self.weekly_activity is not None, "a run counts the weeks"
        return self.weekly_activity


@contextmanager
def observed_source(
    settings: Settings, landed: Landed, profile: Profile, *, log: FleetLog | None = None
) -> Iterator[FeatureSource]:
    """Open the settings' engine with the landed events prepared; all of it is thrown away after.

    Parameters
    ----------
    log
        Of `fleet_log`, where it is known already.
    """
    unseen = (log or fleet_log(landed, profile)).unseen
    make_private_folder(settings.data_folder)
    with (
        TemporaryDirectory(prefix=".scratch-", dir=settings.data_folder) as scratch,
        feature_source(
            Path(scratch),
            events=landed.events,
            customers=landed.customers,
            profile=profile,
            memory_limit_mb=settings.memory_limit_mb,
            engine_url=settings.engine,
            features=features_with(settings.own_features_file),
            unseen=unseen,
        ) as source,
    ):
        yield source


def as_of_date(log: FleetLog, given: str | None) -> date:
    """Return the data-as-of date: the one given, else the last day on which the log is whole.

    Raises
    ------
    UsageError
        The text is not a date, or lies outside the data or in a hole of them.
    """
    if given is None:
        return log.whole_until
    try:
        chosen = date.fromisoformat(given)
    except ValueError:
        raise UsageError(
            f"--as-of must be a date such as {log.whole_until.isoformat()}. Got {given!r}.",
            rule="date_valid",
            got=given,
        ) from None
    if not log.first_day <= chosen <= log.last_day:
        raise UsageError(
            f"--as-of must lie between the first and the last event, {log.first_day} and "
            f"{log.last_day}. Got {given}.",
            rule="date_in_data",
            got=given,
        )
    log.check(chosen, given)
    return chosen


def observe(
    source: FeatureSource,
    landed: Landed,
    *,
    profile: Profile,
    as_of: date,
    say: Say,
    dates: int = DATES,
) -> Observed:
    """Build the latest observation dates of the grid, at most `dates` of them."""
    chosen = grid(
        as_of,
        first_day=source.prepared.first_day,
        profile=profile,
        most=dates,
        unseen=source.unseen,
    )
    last_day = day_number(as_of)
    say(
        f"Counting {counted(len(source.features), 'feature')} with {source.engine.title} on "
        f"{counted(len(chosen), 'date')}, {chosen[-1]} to {chosen[0]}."
    )
    silences = long_silences(source, profile=profile, known_day=last_day)
    states = StateFilter(source, last_day)
    snapshots = tuple(
        snapshot(source, day, profile=profile, last_day=last_day, silences=silences, states=states)
        for day in chosen
    )
    return Observed(
        snapshots,
        _people(source, landed, profile, as_of),
        source.features,
        source.absent_on(as_of),
        source.engine.title,
        weekly_activity(source, as_of),
        states,
    )


def _people(source: FeatureSource, landed: Landed, profile: Profile, as_of: date) -> pd.DataFrame:
    """Return the landed customers by key, with the time of the last activity known by the date."""
    return (
        source.connection.execute(
            """
            WITH last_activities AS (
                SELECT customer_id, MAX(occurred_at) AS last_activity_at
                FROM read_parquet($events)
                WHERE event_type IN (SELECT UNNEST($types))
                  AND occurred_at < $next_day AND received_at < $next_day
                GROUP BY customer_id
            )
            SELECT p.customer_key, c.*, a.last_activity_at FROM prepared_customers AS p
            JOIN read_parquet($customers) AS c ON c.customer_id = p.customer_id
            LEFT JOIN last_activities AS a ON a.customer_id = p.customer_id
            ORDER BY p.customer_key
            """,
            {
                "events": str(landed.events),
                "customers": str(landed.customers),
                "types": list(profile.meaningful_events),
                "next_day": start_of_day(as_of + timedelta(days=1), profile.zone_of_days),
            },
        )
        .df()
        .set_index("customer_key")
    )
