"""Whose days a run counts: the profile's, else those that the mapping means, else UTC."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from analytics.domain.event_log.local_days import start_of_day
from analytics.domain.profiles.profile_file import load_profile
from analytics.etl.landing.landed import Landed
from analytics.pipeline.observing.chosen_profile import in_zone_of
from analytics.pipeline.observing.fleet_log import fleet_log
from analytics.pipeline.observing.observed import as_of_date
from analytics.pipeline.observing.truncation_gate import _known_by
from analytics.pipeline.run import RunRequest
from analytics.pipeline.run_writer import _copy_events
from tests.analytics.etl.etl_world import land, mapping_of, write

RETAIL = load_profile("retail")
#: The first example of README: dates alone, of Berlin.
SHOP = """
[[source]]
name = "orders"
to = "events"
path = "orders.csv"
format = "csv"
delimiter = ";"
decimal = ","
[source.columns]
event_id = "Order no"
customer_id = "Customer"
occurred_at = { column = "Date", format = "%d.%m.%Y", zone = "Europe/Berlin" }
event_type = { constant = "order" }
value = "Amount"
"""
ORDERS = """Order no;Customer;Date;Amount
1;A;01.02.2025;10,00
2;B;02.02.2025;20,00
3;A;03.02.2025;59,90
"""
THIRD = date(2025, 2, 3)


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Landed:
    folder = tmp_path_factory.mktemp("berlin")
    found = land(folder, mapping_of(SHOP), write(folder / "orders.csv", ORDERS)).landed
    assert found is not None
    return found


def test_a_date_of_berlin_is_that_day_of_the_run(landed: Landed) -> None:
    """It is 23:00 of the day before in UTC."""
    profile = in_zone_of(RETAIL, landed.report.zone)
    assert profile.zone_of_days == "Europe/Berlin"
    log = fleet_log(landed, profile)
    assert (log.first_day, log.last_day) == (date(2025, 2, 1), THIRD)
    assert as_of_date(log, None) == THIRD
    assert (landed.report.first_day, landed.report.last_day) == (log.first_day, log.last_day)


def test_the_zone_of_the_profile_counts_before_that_of_the_mapping(landed: Landed) -> None:
    profile = in_zone_of(replace(RETAIL, zone="UTC"), landed.report.zone)
    assert profile.zone_of_days == "UTC"
    assert fleet_log(landed, profile).last_day == date(2025, 2, 2)


def test_without_a_zone_anywhere_days_are_those_of_utc() -> None:
    assert in_zone_of(RETAIL, "UTC").zone_of_days == "UTC"
    assert RETAIL.zone_of_days == "UTC"


def test_a_run_with_other_days_is_another_run(landed: Landed) -> None:
    ids = {
        RunRequest(landed, in_zone_of(RETAIL, zone), THIRD).run_id
        for zone in ("UTC", "Europe/Berlin", "America/Sao_Paulo")
    }
    assert len(ids) == 3


def test_today_is_the_last_day_that_counts_in_the_zone(landed: Landed) -> None:
    profile = in_zone_of(RETAIL, landed.report.zone)
    assert fleet_log(landed, profile, today=date(2025, 2, 2)).last_day == date(2025, 2, 2)


@pytest.mark.parametrize(("zone", "known"), [("Europe/Berlin", 2), ("UTC", 3)])
def test_a_run_keeps_the_events_up_to_the_end_of_its_local_day(
    landed: Landed, tmp_path: Path, zone: str, known: int
) -> None:
    """As of the 2nd: in UTC the order of the 3rd of Berlin would be in it."""
    until = start_of_day(THIRD, zone)
    _copy_events(tmp_path, landed, until)
    _known_by(until, landed, tmp_path / "known.parquet", tmp_path / "people.parquet")
    for name in ("events.parquet", "known.parquet"):
        query = "SELECT max(event_id), count(*) FROM read_parquet(?)"
        found = duckdb.execute(query, [str(tmp_path / name)]).fetchall()
        assert found == [(str(known), known)]


def test_who_signs_up_later_on_the_local_day_of_the_first_event_signed_up(tmp_path: Path) -> None:
    """A sign-up at 08:00 of the 4th, an event at 00:30: two days in UTC, one in Berlin."""
    mapping = mapping_of(
        """
zone = "Europe/Berlin"
[[source]]
name = "events"
to = "events"
path = "events.csv"
format = "csv"
[source.columns]
event_id = "id"
customer_id = "customer"
occurred_at = "at"
event_type = { constant = "order" }
[[source]]
name = "people"
to = "customers"
path = "people.csv"
format = "csv"
[source.columns]
customer_id = "customer"
signed_up_at = "since"
"""
    )
    events = write(tmp_path / "events.csv", "id,customer,at\n1,A,2025-02-04 00:30:00\n")
    people = write(tmp_path / "people.csv", "customer,since\nA,2025-02-04 08:00:00\n")
    found = land(tmp_path, mapping, events, people).landed
    assert found is not None
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    query = "SELECT signed_up_by, epoch(signed_up_at) FROM read_parquet(?)"
    rows = connection.execute(query, [str(found.customers)]).fetchall()
    connection.close()
    assert rows == [("recorded", datetime(2025, 2, 4, 7, tzinfo=UTC).timestamp())]
