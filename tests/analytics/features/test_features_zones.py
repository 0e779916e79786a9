"""A day of the prepared tables is a day of the profile's zone, whatever the time of that day."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.features.build import FeatureSource, build_features
from analytics.features.nasty_log import LANDED_CUSTOMERS, LANDED_EVENTS
from analytics.features.outcomes.labels import future_signs
from analytics.features.prepared import day_number, open_scratch, prepare
from analytics.features.registry import FEATURES
from analytics.features.weekly_activity import weekly_activity
from tests.analytics.features.feature_world import TODAY, Event, prepared, profile_with

#: A zone, and a day close to which its clocks change.
CHANGES = (
    ("Europe/Berlin", date(2025, 3, 30)),
    ("Europe/Berlin", date(2024, 10, 27)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2018, 2, 17)),
    ("Pacific/Kiritimati", date(2025, 1, 1)),
)
#: First and last minute of a day, and noon, which is the same day in UTC nearly everywhere.
FIRST, LAST = time(0, 0), time(23, 59)
TYPES = ("session", "ticket_opened", "invoice_paid")


@dataclass(frozen=True)
class LocalEvent(Event):
    """An event at a local time of a zone, by the age in days of its local day."""

    at: time = FIRST
    zone: str = "UTC"
    today: date = TODAY

    def row(self, number: int) -> dict[str, Any]:
        learned = self.age if self.received is None else self.received
        return {
            **super().row(number),
            "occurred_at": self._moment(self.age),
            "received_at": self._moment(learned),
        }

    def _moment(self, age: int) -> datetime:
        day = self.today - timedelta(days=age)
        return datetime.combine(day, self.at, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


def told_of(source: FeatureSource, today: date) -> dict[str, pd.DataFrame]:
    """Return everything by day that a run counts on: days, signs, weeks, labels."""
    connection = source.connection
    before = today - timedelta(days=30)
    found = {
        name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").df()
        for name in ("prepared_days", "prepared_signs", "prepared_uses")
    }
    found["weeks"] = pd.DataFrame(weekly_activity(source, today).days)
    found["labels"] = future_signs(source, before, gap_days=3, known_day=day_number(today))
    return found


def worlds(
    events: Sequence[tuple[int, time, str]], zone: str, today: date
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Return what is told of events in a zone, and of the same days at noon in UTC."""
    local = [
        LocalEvent("a", age, kind, 5.0, "reports", at=at, zone=zone, today=today)
        for age, at, kind in events
    ]
    noon = [
        LocalEvent("a", age, kind, 5.0, "reports", at=time(12), today=today)
        for age, _, kind in events
    ]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name, world, zone_of_world in (("local", local, zone), ("noon", noon, "UTC")):
            profile = profile_with(zone=zone_of_world)
            with prepared(Path(folder) / name, world, profile=profile) as source:
                found.append(told_of(source, today))
    return found[0], found[1]


@settings(max_examples=12, deadline=None)
@given(
    change=st.sampled_from(CHANGES),
    after=st.integers(0, 3),
    events=st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from([FIRST, LAST]), st.sampled_from(TYPES)),
        min_size=1,
        max_size=20,
    ),
)
def test_an_event_belongs_to_its_local_day(
    change: tuple[str, date], after: int, events: list[tuple[int, time, str]]
) -> None:
    zone, changed_on = change
    today = changed_on + timedelta(days=after)
    found, expected = worlds(events, zone, today)
    for name, table in expected.items():
        pd.testing.assert_frame_equal(found[name], table, obj=name)


@pytest.mark.parametrize(("zone", "changed_on"), CHANGES)
def test_the_minutes_around_a_clock_change_belong_to_their_local_days(
    zone: str, changed_on: date
) -> None:
    events = [(age, at, "session") for age in range(4) for at in (FIRST, LAST)]
    found, expected = worlds(events, zone, changed_on + timedelta(days=2))
    days = found["prepared_days"]
    last = day_number(changed_on) + 2
    assert days["day"].tolist() == [last - 3, last - 2, last - 1, last]
    assert days["activity"].tolist() == [2, 2, 2, 2]
    pd.testing.assert_frame_equal(days, expected["prepared_days"])


def test_every_feature_is_that_of_the_local_days(tmp_path: Path) -> None:
    """Half of the events lie on another day in UTC."""
    ages = [0, 1, 5, 9, 16, 30, 31, 60, 90]
    tables = []
    for zone, at in (("Pacific/Kiritimati", FIRST), ("UTC", time(12))):
        events = [LocalEvent("a", age, at=at, zone=zone) for age in ages]
        events += [
            LocalEvent("b", age, "ticket_opened", received=age - 2, at=at, zone=zone)
            for age in ages
            if age > 2
        ]
        with prepared(tmp_path / zone, events, profile=profile_with(zone=zone)) as source:
            tables.append(build_features(source, TODAY))
    pd.testing.assert_frame_equal(*tables)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Kiritimati", "America/Sao_Paulo"])
@pytest.mark.parametrize("at", [FIRST, LAST])
def test_a_recorded_sign_up_and_end_fall_on_their_local_days(
    zone: str, at: time, tmp_path: Path
) -> None:
    began, left = date(2025, 1, 1), date(2025, 3, 30)
    moments = [
        datetime.combine(one, at, tzinfo=ZoneInfo(zone)).astimezone(UTC) for one in (began, left)
    ]
    row = {"customer_id": "a", "signed_up_at": moments[0], "ended_at": moments[1]}
    row |= {"end_reason": "requested", "signed_up_by": "recorded"}
    customers, events = tmp_path / "customers.parquet", tmp_path / "events.parquet"
    pq.write_table(pa.Table.from_pylist([row], LANDED_CUSTOMERS), customers)
    pq.write_table(pa.Table.from_pylist([Event("a", 0).row(0)], LANDED_EVENTS), events)
    connection = open_scratch(tmp_path / "scratch", memory_limit_mb=256, threads=1)
    profile = profile_with(zone=zone)
    prepare(connection, events=events, customers=customers, profile=profile, features=FEATURES)
    query = "SELECT signed_up_day, ended_day FROM prepared_customers"
    assert connection.execute(query).fetchall() == [(day_number(began), day_number(left))]
    connection.close()
