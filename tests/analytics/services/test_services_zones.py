"""A run of a zone answers in the days and times of that zone."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.event_log.local_days import end_of_day, start_of_day
from analytics.domain.run_summary import RunSummary
from analytics.runs.run_files import write_summary
from analytics.runs.run_store import RunStore
from analytics.services.analytics_service import AnalyticsService
from analytics.settings import Settings
from tests.sample_run import write_sample_run
from tests.webapp.component_text import text_of
from tests.written_events import write_events
from webapp.components.badges import run_stamp
from webapp.pages.customer.records_view import event_rows
from webapp.pages.customer.render import render_customer

MONDAY = date(2025, 2, 3)
#: Times of an order of the 3rd, the first day of its week, that is another day in UTC.
ORDERS = {
    "Europe/Berlin": (datetime(2025, 2, 2, 23, tzinfo=UTC), "3 Feb 2025, 00:00 CET"),
    "Pacific/Kiritimati": (datetime(2025, 2, 2, 10, tzinfo=UTC), "3 Feb 2025, 00:00 UTC+14"),
    "America/Sao_Paulo": (datetime(2025, 2, 4, 2, 59, tzinfo=UTC), "3 Feb 2025, 23:59 UTC-03"),
}


def _service(folder: Path, zone: str, moment: datetime) -> AnalyticsService:
    """A sample run as of that Monday, in which C00001 ordered once."""
    end = end_of_day(MONDAY, zone)

    def write(staging: Path) -> None:
        write_sample_run(staging, customers=60, as_of=end, run_id="zoned")
        path = staging / "summary.json"
        summary = RunSummary.from_json(path.read_text())
        as_of = end.astimezone(ZoneInfo(zone)).isoformat()
        write_summary(staging, replace(summary, zone=zone, as_of=as_of))
        events = pd.read_parquet(staging / "events.parquet")
        order = events.iloc[[0]].assign(
            customer_id="C00001", event_type="session", occurred_at=moment, received_at=moment
        )
        write_events(staging, pd.concat([events[events["customer_id"] != "C00001"], order]))

    RunStore(folder / "data").publish("zoned", write)
    now = end + timedelta(hours=9)
    return AnalyticsService(Settings.load(workspace=folder), clock=lambda: now)


@pytest.mark.parametrize("zone", sorted(ORDERS))
def test_a_customers_page_tells_the_local_day_of_an_order(zone: str, tmp_path: Path) -> None:
    moment, written = ORDERS[zone]
    service = _service(tmp_path, zone, moment)
    found = service.customer("C00001")
    assert [one["when"] for one in event_rows(found)] == [written]
    assert [(one.week, one.active_days) for one in found.weeks] == [(MONDAY, 1)]
    assert found.stamp.as_of.date() == MONDAY
    assert found.stamp.age_hours == pytest.approx(9, abs=0.01)
    shown = text_of(render_customer(found)["stamp"])
    assert "3 Feb 2025, 23:59" in shown
    assert f"Times in {zone}" in shown
    service.add_note("C00001", "Called.", "Ann")
    (note,) = service.customer("C00001").notes
    assert f"{note.written_at:%Y-%m-%d %H:%M:%S}" == "2025-02-04 08:59:59"


def test_an_export_begins_each_time_with_its_local_day(tmp_path: Path) -> None:
    zone = "Europe/Berlin"
    service = _service(tmp_path, zone, ORDERS[zone][0])
    began = service.customer("C00001").record["signed_up_at"]
    rows = csv.DictReader("".join(service.export_rows(CustomerFilter())).splitlines())
    row = next(one for one in rows if one["customer_id"] == "C00001")
    assert isinstance(began, datetime)
    assert row["signed_up_at"] == began.isoformat()
    assert began.tzinfo == ZoneInfo(zone)


def test_a_run_of_utc_says_nothing_of_zones(tmp_path: Path) -> None:
    service = _service(tmp_path, "UTC", start_of_day(MONDAY, "UTC"))
    found = service.customer("C00001")
    assert event_rows(found)[0]["when"] == "3 Feb 2025, 00:00 UTC"
    assert "Times in" not in text_of(run_stamp(found.stamp))
