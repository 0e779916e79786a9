"""Where the meaningful activity of all customers together is whole: what a run may stand on.

Where the log has stopped, everybody looks silent and nobody is known to be. So a run stands on the
last whole day, and a hole further back is time in which nobody was seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import duckdb
import numpy as np

from analytics.domain.event_log.local_days import local_day
from analytics.domain.event_log.unseen_days import NONE_UNSEEN, UnseenDays
from analytics.domain.profiles.profile import Profile
from analytics.errors import UsageError
from analytics.etl.landing.landed import Landed
from analytics.etl.volume.daily_volume import (
    Feed,
    feed_of,
    feeds_of_sources,
    feeds_of_types,
    volume_of,
)
from analytics.etl.volume.log_findings import found_in, of_shared_types, stop_in_words
from analytics.features.prepared import EPOCH, day_number
from analytics.modelling.observing.observation_dates import RECOVERY_DAYS

#: A feed of a smaller share of the activity may end without the run going back to its end.
LARGE_SHARE = 0.10
#: A feed that ended longer ago was given up on purpose.
GIVEN_UP_DAYS = 90
#: Days before the end of a feed over which its share is told.
_SHARE_DAYS = 56


@dataclass(frozen=True)
class FleetLog:
    """The log of meaningful activity, and where it can be trusted.

    Parameters
    ----------
    first_day, last_day
        Of events of any type.
    whole_until
        The run's date unless another is asked for: last day before the activity stops, or before a
        large feed of it does.
    stopped
        Why the activity stops there, in words; empty where it goes on to the end.
    feed_ended
        The same where only a large feed of it ends.
    unseen
        Holes that the activity came back from.
    """

    first_day: date
    last_day: date
    whole_until: date
    stopped: str = ""
    feed_ended: str = ""
    unseen: UnseenDays = NONE_UNSEEN

    def check(self, as_of: date, given: str) -> None:
        """Refuse a date on which the log saw nobody.

        Raises
        ------
        UsageError
            It lies in a hole, or where the activity has stopped.
        """
        whole = self.unseen.whole_day(day_number(as_of), recovery_days=1)
        if self.stopped and as_of > self.whole_until:
            why, whole_day = self.stopped, self.whole_until
        elif whole != day_number(as_of):
            first, last = next(hole for hole in self._holes if hole[0] <= as_of <= hole[1])
            why, whole_day = _hole_in_words(first, last), _date(whole)
        else:
            return
        raise UsageError(
            "--as-of must be a day on which the log is whole: where it saw nobody, nobody is known "
            f"to be silent. {why} Got {given}; take {whole_day}.",
            rule="log_whole",
            got=given,
        )

    def notes(self, as_of: date) -> tuple[str, ...]:
        """Say what a run as of a date makes of the broken days before it."""
        said = []
        why = self.stopped or self.feed_ended
        if why and as_of == self.whole_until:
            said.append(
                f"The run stands as of {as_of}, not of the last event's day ({self.last_day}), "
                f"because after it the log is not whole. {why}"
            )
        elif self.feed_ended and as_of > self.whole_until:
            said.append(f"{self.feed_ended} Customers who were seen only there look silent.")
        for first, last in self._holes:
            if last >= as_of:
                continue
            said.append(
                f"{_hole_in_words(first, last)} These days count neither as silence nor as time to "
                f"come back, and dates on them, or within {RECOVERY_DAYS} days after them, neither "
                "teach nor test a model."
            )
            if (as_of - last).days < RECOVERY_DAYS:
                said.append(
                    f"The run's date lies only {(as_of - last).days} days after that hole: what "
                    "customers did lately is told by few days, so risks may be too high."
                )
        return tuple(said)

    @property
    def _holes(self) -> tuple[tuple[date, date], ...]:
        return tuple((_date(first), _date(last)) for first, last in self.unseen.spans)


def fleet_log(landed: Landed, profile: Profile, *, today: date | None = None) -> FleetLog:
    """Look at the activity of all customers together, and at each large feed of it.

    Parameters
    ----------
    today
        Of the profile's zone: no later day counts; None where the landing's end will do.
    """
    zone = profile.zone_of_days
    first_day, last_day = (
        local_day(datetime.fromisoformat(moment), zone)
        for moment in (landed.report.first_event_at, landed.report.last_event_at)
    )
    last_day = last_day if today is None else min(last_day, today)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        activity = feed_of(connection, landed.events, profile.meaningful_events, zone=zone)
        if activity is None:
            return FleetLog(first_day, last_day, last_day)
        feeds = _large_feeds(connection, landed, profile, activity, zone)
    found = found_in(activity, until=day_number(last_day))
    until = min(_last_active(found.feed, found.whole_until), day_number(last_day))
    ends = [found_in(feed, until=until) for feed in feeds]
    early = [end for end in ends if end.shape.stopped and until - end.whole_until > 0]
    early = [finding for finding in early if until - finding.whole_until <= GIVEN_UP_DAYS]
    first_end = min(early, key=lambda one: one.whole_until, default=None)
    whole_until = until if first_end is None else min(until, first_end.whole_until)
    return FleetLog(
        first_day,
        last_day,
        _date(whole_until),
        "" if found.shape.stopped is None else stop_in_words(found),
        "" if first_end is None else stop_in_words(first_end),
        UnseenDays(
            tuple(
                (found.feed.first_day + hole.first, found.feed.first_day + hole.last)
                for hole in found.shape.holes
            )
        ),
    )


def _large_feeds(
    connection: duckdb.DuckDBPyConnection,
    landed: Landed,
    profile: Profile,
    activity: Feed,
    zone: str,
) -> list[Feed]:
    """Return the feeds that make up much of the activity in the weeks before each ends."""
    of_types = feeds_of_types(connection, landed.events, zone=zone)
    of_sources = feeds_of_sources(connection, volume_of(landed))
    feeds = [
        finding
        for finding in (*of_types, *of_shared_types(of_sources))
        if finding.event_type in profile.meaningful_events
    ]
    return [feed for feed in feeds if len(feeds) > 1 and _share(feed, activity) >= LARGE_SHARE]


def _share(feed: Feed, activity: Feed) -> float:
    """Return the share of a feed in the activity over the weeks before it ends."""
    end = found_in(feed).whole_until + 1

    def before_end(one: Feed) -> int:
        past = end - one.first_day
        return int(one.customers[max(past - _SHARE_DAYS, 0) : max(past, 0)].sum())

    return before_end(feed) / max(before_end(activity), 1)


def _last_active(feed: Feed, until: int) -> int:
    active = np.flatnonzero(feed.customers[: until - feed.first_day + 1])
    return feed.first_day + int(active[-1]) if active.size else until


def _hole_in_words(first: date, last: date) -> str:
    days = (last - first).days + 1
    return f"From {first} to {last} ({days} days) the log saw hardly anybody."


def _date(day: int) -> date:
    return EPOCH + timedelta(days=day)
