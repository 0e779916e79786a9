"""A run stands where the meaningful activity of all customers together is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from analytics.domain.profiles.profile_file import load_profile
from analytics.errors import UsageError
from analytics.etl.landing.landed import Landed
from analytics.pipeline.observing.fleet_log import FleetLog, fleet_log
from analytics.pipeline.observing.observed import as_of_date
from tests.analytics.etl.etl_world import land, mapping_of, write

FIRST = date(2025, 1, 6)
DAYS = 240
LAST = FIRST + timedelta(days=DAYS - 1)
RETAIL = load_profile("retail")
Row = tuple[str, int, str]
Change = Callable[[Row], Iterable[Row]]


def _source(name: str, kind: str = "order") -> str:
    return f"""
[[source]]
name = "{name}"
to = "events"
path = "{name}.csv"
format = "csv"
[source.columns]
event_id = "id"
customer_id = "customer"
occurred_at = "at"
event_type = {{ constant = "{kind}" }}
"""


def _orders(seed: int, a_day: int = 30) -> list[Row]:
    rng = np.random.default_rng(seed)
    return [
        (f"C{int(rng.integers(300)):03d}", day, f"{int(rng.integers(8, 20)):02d}:15:00")
        for day in range(DAYS)
        for _ in range(int(rng.poisson(a_day)))
    ]


def _landed(folder: Path, mapping: str, **files: Iterable[Row]) -> Landed:
    for name, rows in files.items():
        lines = [
            f"{name}-{number},{customer},{FIRST + timedelta(days=day)} {time}"
            for number, (customer, day, time) in enumerate(rows)
        ]
        write(folder / "in" / f"{name}.csv", "\n".join(["id,customer,at", *lines, ""]))
    found = land(folder, mapping_of(mapping), *(folder / "in" / f"{one}.csv" for one in files))
    assert found.landed is not None
    return found.landed


def _shop(folder: Path, rows: Iterable[Row]) -> tuple[Landed, FleetLog]:
    landed = _landed(folder, _source("orders"), orders=rows)
    return landed, fleet_log(landed, RETAIL)


def test_a_clean_log_is_whole_to_its_end(tmp_path: Path) -> None:
    landed, log = _shop(tmp_path, _orders(1))
    assert (landed.report.broken, log.whole_until, log.notes(LAST)) == ((), LAST, ())
    assert as_of_date(log, None) == LAST


def test_one_stray_row_does_not_move_the_date_of_a_run(tmp_path: Path) -> None:
    stop = DAYS - 31
    rows = [one for one in _orders(2) if one[1] < stop] + [("C001", DAYS - 1, "09:00:00")]
    landed, log = _shop(tmp_path, rows)
    last_whole = FIRST + timedelta(days=stop - 1)
    assert as_of_date(log, None) == last_whole
    assert landed.report.broken[0].startswith(f"The log stops: from {last_whole + timedelta(1)}")
    assert f"as of {last_whole}, not of the last event's day ({LAST})" in log.notes(last_whole)[0]
    with pytest.raises(UsageError, match=f"take {last_whole}") as refused:
        as_of_date(log, LAST.isoformat())
    assert refused.value.rule == "log_whole"


def test_a_hole_in_the_middle_is_told_and_refused_as_a_date(tmp_path: Path) -> None:
    rows = [one for one in _orders(3) if not 120 <= one[1] < 134]
    _, log = _shop(tmp_path, rows)
    day = (FIRST - date(1970, 1, 1)).days
    assert log.unseen.spans == ((day + 120, day + 133),)
    assert as_of_date(log, None) == LAST
    assert "neither as silence" in log.notes(LAST)[0]
    before = FIRST + timedelta(days=119)
    with pytest.raises(UsageError, match=f"take {before}"):
        as_of_date(log, (FIRST + timedelta(days=125)).isoformat())
    assert as_of_date(log, before.isoformat()) == before


def test_tickets_that_go_on_do_not_move_the_date(tmp_path: Path) -> None:
    orders = _orders(4)
    tickets = [(f"C{number:03d}", DAYS + 13, "10:00:00") for number in range(30)]
    mapping = _source("orders") + _source("tickets", "ticket_opened")
    landed = _landed(tmp_path, mapping, orders=orders, tickets=tickets)
    log = fleet_log(landed, RETAIL)
    assert as_of_date(log, None) == LAST
    assert any(one.startswith("One feed ends first") for one in landed.report.broken)


def test_one_source_of_three_that_ends_first_ends_the_run(tmp_path: Path) -> None:
    web, app = _orders(5), _orders(6)
    store = [one for one in _orders(7) if one[1] < DAYS - 14]
    mapping = _source("web") + _source("app") + _source("store")
    landed = _landed(tmp_path, mapping, web=web, app=app, store=store)
    log = fleet_log(landed, RETAIL)
    end = FIRST + timedelta(days=DAYS - 15)
    assert as_of_date(log, None) == end
    assert "order of source store" in landed.report.broken[0]
    # Whoever knows that the store has closed may take the later date, and is told.
    assert as_of_date(log, LAST.isoformat()) == LAST
    assert "look silent" in log.notes(LAST)[0]


def test_a_file_loaded_twice_is_told(tmp_path: Path) -> None:
    orders = _orders(8)
    again = [one for one in orders if 90 <= one[1] < 120]
    mapping = _source("orders") + _source("again")
    landed = _landed(tmp_path, mapping, orders=orders, again=again)
    assert any("loaded twice" in one for one in landed.report.broken)
