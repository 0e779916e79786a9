from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.domain.event_log.local_days import (
    day_of,
    end_of_day,
    is_zone,
    local_day,
    nearest_zone,
    start_of_day,
)

#: Clock changes at night and at midnight, half hours, and both ends of the world.
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/Sao_Paulo",
    "Pacific/Kiritimati",
    "Australia/Lord_Howe",
    "America/Havana",
)
DAYS = st.dates(date(1995, 1, 2), date(2037, 12, 30))


@given(st.sampled_from(ZONES), DAYS)
def test_a_day_begins_where_the_day_before_ends(zone: str, day: date) -> None:
    start, end = start_of_day(day, zone), end_of_day(day, zone)
    assert local_day(start, zone) == local_day(end, zone) == day
    assert local_day(start - timedelta(microseconds=1), zone) == day - timedelta(days=1)
    assert start == end_of_day(day - timedelta(days=1), zone) + timedelta(seconds=1)
    assert timedelta(hours=23) <= end - start + timedelta(seconds=1) <= timedelta(hours=25)
    assert start.tzinfo is UTC


@pytest.mark.parametrize("zone", ZONES)
def test_the_database_and_python_agree_on_the_day_of_every_half_hour(zone: str) -> None:
    """Over years with clock changes in every one of the zones."""
    first = datetime(2016, 1, 1, tzinfo=UTC)
    moments = [first + timedelta(minutes=30 * number) for number in range(48 * 366 * 3)]
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        rows = connection.execute(
            f"SELECT {day_of('moment', zone)} FROM (SELECT unnest($moments) AS moment)",
            {"moments": moments},
        ).fetchall()
    expected = [(local_day(one, zone) - date(1970, 1, 1)).days for one in moments]
    assert [row[0] for row in rows] == expected


def test_a_day_whose_midnight_is_skipped_begins_with_the_first_time_that_exists() -> None:
    start = start_of_day(date(2018, 11, 4), "America/Sao_Paulo")
    assert (
        start.astimezone(ZoneInfo("America/Sao_Paulo")).isoformat() == "2018-11-04T01:00:00-02:00"
    )


def test_a_day_that_a_clock_change_lengthens_ends_with_the_second_of_its_last_hours() -> None:
    end = end_of_day(date(2018, 2, 17), "America/Sao_Paulo")
    assert end.astimezone(ZoneInfo("America/Sao_Paulo")).isoformat() == "2018-02-17T23:59:59-03:00"


def test_a_day_of_utc_is_counted_without_any_zone() -> None:
    assert day_of("occurred_at", "UTC") == "CAST(FLOOR(EPOCH(occurred_at) / 86400) AS INTEGER)"


@pytest.mark.parametrize("name", ["", "Berlin", "CEST+2", "localtime", "europe/berlin", "../UTC"])
def test_what_is_no_name_of_the_zone_database_is_no_zone(name: str) -> None:
    assert not is_zone(name)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Europe/Berln", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("nowhere at all", ""),
    ],
)
def test_the_nearest_zone_is_told(name: str, meant: str) -> None:
    assert nearest_zone(name) == meant


def test_the_database_knows_every_zone_that_a_profile_may_name() -> None:
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT name FROM pg_timezone_names()").fetchall()
    known = {name for (name,) in rows}
    assert {one for one in available_timezones() if is_zone(one)} <= known
