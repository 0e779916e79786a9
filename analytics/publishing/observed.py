"""The observations of a landing: prepared once, built for every observation date of the grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analytics.domain.counting import counted
from analytics.domain.profile import Profile
from analytics.errors import UsageError
from analytics.etl.landed import Landed
from analytics.features.build import FeatureSource, feature_source
from analytics.features.custom import features_with
from analytics.features.prepared import day_number
from analytics.features.record import Feature
from analytics.features.registry import FEATURES
from analytics.features.silences import long_silences
from analytics.features.weekly_activity import WeeklyActivity, weekly_activity
from analytics.modelling.observations import Snapshot, grid, snapshot
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
    """

    snapshots: tuple[Snapshot, ...]
    people: pd.DataFrame
    features: tuple[Feature, ...] = FEATURES
    absent: frozenset[str] = frozenset()
    counted_by: str = ""
    weekly_activity: WeeklyActivity | None = None

    @property
    def activity_of_weeks(self) -> WeeklyActivity:
        """The active days by week, which a whole run always has."""
        assert self.weekly_activity is not None, "a run counts the weeks"
        return self.weekly_activity


@contextmanager
def observed_source(
    settings: Settings, landed: Landed, profile: Profile
) -> Iterator[FeatureSource]:
    """Open the settings' engine with the landed events prepared; all of it is thrown away after."""
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(prefix=".scratch-", dir=settings.data_folder) as scratch,
        feature_source(
            Path(scratch),
            events=landed.events,
            customers=landed.customers,
            profile=profile,
            memory_limit_mb=settings.memory_limit_mb,
            engine_url=settings.engine,
            features=features_with(settings.custom_features),
        ) as source,
    ):
        yield source


def as_of_date(landed: Landed, given: str | None, *, today: date) -> date:
    """Return the data-as-of date: the one given, else the day of the last event, never a later day
    than today.

    Raises
    ------
    UsageError
        The text is not a date, or lies outside the data.
    """
    first, last = (
        datetime.fromisoformat(one).astimezone(UTC).date()
        for one in (landed.report.first_event_at, landed.report.last_event_at)
    )
    last = min(last, today)
    if given is None:
        return last
    try:
        chosen = date.fromisoformat(given)
    except ValueError:
        raise UsageError(
            f"--as-of must be a date such as {last.isoformat()}. Got {given!r}.",
            rule="date_valid",
            got=given,
        ) from None
    if not first <= chosen <= last:
        raise UsageError(
            f"--as-of must lie between the first and the last event, {first} and {last}. "
            f"Got {given}.",
            rule="date_in_data",
            got=given,
        )
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
    chosen = grid(as_of, first_day=source.prepared.first_day, profile=profile, most=dates)
    last_day = day_number(as_of)
    say(
        f"Counting {counted(len(source.features), 'feature')} with {source.engine.title} on "
        f"{counted(len(chosen), 'date')}, {chosen[-1]} to {chosen[0]}."
    )
    silences = long_silences(source, profile=profile, known_day=last_day)
    snapshots = tuple(
        snapshot(source, one, profile=profile, last_day=last_day, silences=silences)
        for one in chosen
    )
    return Observed(
        snapshots,
        _people(source, landed, profile, as_of),
        source.features,
        source.absent_on(as_of),
        source.engine.title,
        weekly_activity(source, as_of),
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
                "next_day": datetime.combine(as_of + timedelta(days=1), time(), tzinfo=UTC),
            },
        )
        .df()
        .set_index("customer_key")
    )
