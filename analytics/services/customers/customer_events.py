"""The events of one customer: week by week, and raw."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, cast, distinct, func, select

from analytics.database.mart import EVENTS
from analytics.domain.event_log.events import (
    EVENT_CATALOGUE,
    Direction,
    EventKind,
    event_type,
    names_of,
)
from analytics.domain.event_log.local_days import UTC_ZONE, start_of_day
from analytics.domain.profiles.profile_file import load_profile
from analytics.domain.run_summary import RunSummary
from analytics.errors import SilentChurnError
from analytics.services.current_run.run_access import OpenRun
from analytics.services.results import EventRow, WeekPoint

MOST_EVENTS = 200
MOST_WEEKS = 53
_WEEK = timedelta(days=7)

_FRICTION = names_of(EventKind.FRICTION)
_VOICE = tuple(
    event.name
    for event in EVENT_CATALOGUE.values()
    if event.kind is EventKind.VOICE and event.direction is Direction.BY_CUSTOMER
)
#: Events whose value is money that came in.
_PAID = ("order", "invoice_paid", "top_up")


def event_rows(opened: OpenRun, customer_id: str) -> tuple[tuple[EventRow, ...], int]:
    """Return the latest events of a customer, newest first, and how many there are in all.

    Their times are in the run's zone.
    """
    own, zone = EVENTS.c.customer_id == customer_id, opened.run.summary.zone_info
    total = opened.reader.rows(select(func.count().label("n")).select_from(EVENTS).where(own))
    rows = opened.reader.rows(
        select(EVENTS).where(own).order_by(EVENTS.c.occurred_at.desc()).limit(MOST_EVENTS)
    )
    events = tuple(
        EventRow(
            occurred_at=row["occurred_at"].replace(tzinfo=UTC).astimezone(zone),
            event_type=row["event_type"],
            kind=str(event_type(row["event_type"]).kind),
            value=row["value"],
            feature=row["feature"],
        )
        for row in rows
    )
    return events, int(total[0]["n"])


def weeks(opened: OpenRun, customer_id: str) -> tuple[WeekPoint, ...]:
    """Return what the customer did and met week by week, up to the run's own week.

    Weeks begin on Monday, in the run's zone. Weeks without events are there with zeros, so that
    silence shows; at most 53 weeks are given, the latest ones.
    """
    last = _monday(opened.run.summary.as_of_day)
    earliest = last - (MOST_WEEKS - 1) * _WEEK
    found = _weeks_with_events(opened, customer_id, earliest)
    first = min(found, default=last)
    count = (last - first) // _WEEK + 1
    every = (first + number * _WEEK for number in range(count))
    return tuple(found.get(week) or WeekPoint(week, 0, 0, 0, 0.0) for week in every)


def usual_active_days(usual_gap_days: float | None) -> float | None:
    """Return the active days a week that a usual gap between them means, at most 7."""
    return None if not usual_gap_days else min(7.0 / usual_gap_days, 7.0)


def _weeks_with_events(opened: OpenRun, customer_id: str, earliest: date) -> dict[date, WeekPoint]:
    zone = opened.run.summary.zone
    local = _local(EVENTS.c.occurred_at, zone)
    kind, day = EVENTS.c.event_type, cast(local, Date)
    week = cast(func.date_trunc("week", local), Date).label("week")
    since = start_of_day(earliest, zone).replace(tzinfo=None)  # as the serving store keeps times
    active = kind.in_(_meaningful(opened.run.summary))
    statement = (
        select(
            week,
            func.count(distinct(day)).filter(active).label("active_days"),
            func.count().filter(kind.in_(_FRICTION)).label("friction_events"),
            func.count().filter(kind.in_(_VOICE)).label("voice_events"),
            func.coalesce(func.sum(EVENTS.c.value).filter(kind.in_(_PAID)), 0.0).label("value"),
        )
        .where(EVENTS.c.customer_id == customer_id, EVENTS.c.occurred_at >= since)
        .group_by(week)
    )
    return {row["week"]: WeekPoint(**row) for row in opened.reader.rows(statement)}


def _meaningful(summary: RunSummary) -> tuple[str, ...]:
    """Return what the run's profile counts as activity; in old runs of own profiles, engagement."""
    if summary.meaningful_events:
        return summary.meaningful_events
    try:
        return load_profile(summary.profile).meaningful_events
    except SilentChurnError:
        return names_of(EventKind.ENGAGEMENT)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _local(moment: ColumnElement[Any], zone: str) -> ColumnElement[Any]:
    """Return a time as a clock of the zone showed it; the serving store keeps UTC, unnamed."""
    return moment if zone == UTC_ZONE else func.timezone(zone, func.timezone(UTC_ZONE, moment))
