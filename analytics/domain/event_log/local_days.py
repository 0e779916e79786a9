"""Days of a business: on which day a moment falls in its zone, and when a day begins there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

#: Zone of days where nothing names one.
UTC_ZONE = "UTC"

#: Names that mean another zone on every machine.
_OF_THE_MACHINE = frozenset({"localtime"})


def is_zone(name: str) -> bool:
    """Return whether a name is one of the zone database, such as Europe/Berlin."""
    return name == UTC_ZONE or name in _zones()


def nearest_zone(name: str) -> str:
    """Return the zone that a wrong name may mean; empty where none is near."""
    by_lower_name = {zone.lower(): zone for zone in sorted(_zones())}
    wanted = name.strip().lower().replace(" ", "_")
    near = get_close_matches(wanted, by_lower_name, n=1)
    cities = [
        zone_name
        for zone_name in by_lower_name
        if wanted and zone_name.rpartition("/")[2] == wanted
    ]
    return by_lower_name[(cities or near)[0]] if cities or near else ""


def zone_info(name: str) -> tzinfo:
    """Return a known zone; UTC is `datetime.UTC`."""
    return UTC if name == UTC_ZONE else ZoneInfo(name)


def local_day(moment: datetime, zone: str) -> date:
    """Return the day on which a moment falls in a zone; `moment` names its own."""
    return moment.astimezone(ZoneInfo(zone)).date()


def start_of_day(day: date, zone: str) -> datetime:
    """Return the moment, in UTC, at which a day begins in a zone.

    It is not always midnight: where a clock change skips it, the day begins with the first time
    that exists; where a clock change repeats it, with the first of the two.
    """
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def end_of_day(day: date, zone: str) -> datetime:
    """Return the last second, in UTC, of a day in a zone."""
    return start_of_day(day + timedelta(days=1), zone) - timedelta(seconds=1)


def day_of(column: str, zone: str) -> str:
    """Return DuckDB's SQL for the day of a time in a zone, as days since 1970.

    `zone` is the name of a known zone, checked before.
    """
    if zone == UTC_ZONE:
        return f"CAST(FLOOR(EPOCH({column}) / 86400) AS INTEGER)"
    return f"CAST(CAST(timezone('{zone}', {column}) AS DATE) - DATE '1970-01-01' AS INTEGER)"


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones()) - _OF_THE_MACHINE
