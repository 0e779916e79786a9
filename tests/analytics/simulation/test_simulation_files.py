"""What the simulator writes: the same bytes again, whole, and every customer once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analytics.errors import UsageError
from analytics.simulation.presets import plan as plan_module
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.presets.preset import PRESETS, RETAIL, SAAS
from analytics.simulation.simulate import simulate
from tests.analytics.simulation.simulation_world import digests, one, open_world

pytestmark = pytest.mark.usefixtures("few_futures")

SMALL = SimulationPlan(SAAS, customers=150, days=140, seed=3, end=date(2026, 3, 1))


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    simulate(SMALL, tmp_path / "a")
    simulate(SMALL, tmp_path / "b")
    first = digests(tmp_path / "a")
    assert len(first) == 15
    assert digests(tmp_path / "b") == first


def test_another_seed_gives_another_world(tmp_path: Path) -> None:
    simulate(SMALL, tmp_path / "a")
    simulate(replace(SMALL, seed=4), tmp_path / "b")
    first, second = digests(tmp_path / "a"), digests(tmp_path / "b")
    assert all(first[name] != second[name] for name in first)


def test_a_simulation_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    simulate(replace(SMALL, seed=4), tmp_path / "a")
    simulate(SMALL, tmp_path / "a")
    simulate(SMALL, tmp_path / "b")
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert {one.name for one in tmp_path.iterdir()} == {"a", "b"}


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    with pytest.raises(UsageError, match="must be a new folder"):
        simulate(SMALL, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["precious.txt"]


def test_customers_of_all_chunks_are_written_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_module, "CHUNK_CUSTOMERS", 1500)
    plan = replace(SMALL, customers=4000, days=120, preset=RETAIL)
    assert [chunk.size for chunk in plan.chunks()] == [1500, 1500, 1000]
    report = simulate(plan, tmp_path / "three-chunks")
    with open_world(tmp_path / "three-chunks") as world:
        numbered = "SELECT count(account_id), count(DISTINCT account_id) FROM accounts"
        strangers = one(world, "SELECT count(*) FROM strangers WHERE kind <> 'second_id'")
        assert strangers == 12
        assert one(world, numbered) == (4000 + strangers,) * 2
        assert one(world, "SELECT count(*), count(DISTINCT customer_id) FROM truth") == (4000, 4000)
        assert sum(report.states.values()) == 4000
        events, last, sessions, last_session = one(
            world,
            "SELECT count(DISTINCT event_id), max(event_id) + 1, count(DISTINCT session_id), "
            "max(session_id) + 1 FROM usage",
        )
        # Numbers are missing where a row would have come after the end.
        assert events <= last < 1.01 * events
        assert sessions <= last_session < 1.01 * sessions
        alike = "SELECT max(n) FROM (SELECT count(DISTINCT account_id) AS n FROM usage GROUP BY {})"
        assert one(world, alike.format("session_id")) == 1
        assert one(world, alike.format("event_id")) == 1
        whose = (
            "SELECT max(n) FROM (SELECT count(DISTINCT coalesce(kept_id, account_id)) AS n "
            "FROM tickets LEFT JOIN merged_accounts ON merged_id = account_id GROUP BY ticket_id)"
        )
        assert one(world, whose) == 1


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_writes_source_and_truth(name: str, tmp_path: Path) -> None:
    report = simulate(replace(SMALL, preset=PRESETS[name]), tmp_path / name)
    assert {"customers.csv", "usage.parquet", "usage_v2.parquet", "tickets.csv", "surveys.csv",
            "merged_accounts.csv", "campaigns.csv"} <= set(report.rows)  # fmt: skip
    assert ("invoices.parquet" in report.rows) == (PRESETS[name].billing is not None)
    assert {one.name for one in report.source.iterdir()} == set(report.rows)
    assert {one.stem for one in report.truth.iterdir()} == {
        "customers", "weeks", "outcomes", "futures", "strangers"
    }  # fmt: skip
    assert sum(report.states.values()) == 150


def test_retail_customers_buy_for_an_amount(tmp_path: Path) -> None:
    simulate(replace(SMALL, preset=RETAIL), tmp_path / "retail")
    with open_world(tmp_path / "retail") as world:
        rows = world.execute(
            "SELECT event, min(amount), sum(isnan(amount)::INT) FROM usage GROUP BY 1"
        ).fetchall()
    amounts = {event: (least, nans) for event, least, nans in rows}
    assert amounts["order_placed"][0] > 0
    assert amounts["order_placed"][1] == 0
    assert amounts["returned"][0] > 0
    assert amounts["session_started"] == (None, None)
