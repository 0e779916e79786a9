"""Bots, testers and second ids: on the company's lists, known to the truth, not customers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analytics.cli import main
from analytics.etl.landing.landed import Landed, current_landing
from analytics.simulation.presets.dirt_settings import NO_DIRT
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.presets.preset import PRESETS, SAAS
from analytics.simulation.simulate import simulate
from tests.analytics.simulation.simulation_world import Connection, one, open_world

pytestmark = pytest.mark.usefixtures("few_futures")

DIRT = replace(NO_DIRT, bots=0.02, test_accounts=0.03, merged=0.2)
PLAN = SimulationPlan(SAAS, 500, 150, seed=6, end=date(2026, 3, 1), dirt=DIRT)


@pytest.fixture(scope="module")
def folder(few_futures: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("strangers")
    simulate(PLAN, folder / "sim")
    return folder


@pytest.fixture
def crowd(folder: Path) -> Iterator[Connection]:
    with open_world(folder / "sim") as world:
        yield world


@pytest.fixture(scope="module")
def landed(folder: Path) -> Landed:
    with pytest.raises(SystemExit) as stopped:
        main(
            ["ingest", "--mapping", "simulated", str(folder / "sim" / "source"), "--workspace",
             str(folder), "--json"]
        )  # fmt: skip
    assert stopped.value.code == 0
    return current_landing(folder / "data")


def test_strangers_come_at_their_rates_and_the_truth_knows_each(crowd: Connection) -> None:
    kinds = dict(crowd.execute("SELECT kind, count(*) FROM strangers GROUP BY 1").fetchall())
    assert kinds == {"bot": 10, "test": 15, "second_id": 100}
    assert one(crowd, "SELECT count(*), count(DISTINCT account_id) FROM strangers") == (125, 125)
    assert one(crowd, "SELECT count(*) FROM strangers JOIN truth ON account_id = customer_id") == 0


def test_bots_and_testers_have_a_row_among_the_accounts_and_second_ids_none(
    crowd: Connection,
) -> None:
    listed = crowd.execute(
        "SELECT coalesce(kind, 'customer'), count(*) FROM accounts "
        "LEFT JOIN strangers USING (account_id) GROUP BY 1"
    ).fetchall()
    assert dict(listed) == {"customer": 500, "bot": 10, "test": 15}


def test_nobody_else_is_in_the_usage(crowd: Connection) -> None:
    unknown, strange = one(
        crowd,
        "SELECT sum((truth.customer_id IS NULL AND kind IS NULL)::INT), "
        "sum((kind IN ('bot', 'test'))::INT) FROM usage "
        "LEFT JOIN truth ON account_id = truth.customer_id LEFT JOIN strangers USING (account_id)",
    )
    assert strange > 5000
    assert unknown == 0


def test_bots_come_by_the_clock_on_every_day(crowd: Connection) -> None:
    assert crowd.execute(
        "SELECT DISTINCT count(DISTINCT occurred_at::DATE), count(*) FROM usage "
        "JOIN strangers USING (account_id) WHERE kind = 'bot' AND event = 'session_started' "
        "GROUP BY account_id"
    ).fetchall() == [(150, 300)]
    hours = crowd.execute(
        "SELECT DISTINCT extract('hour' FROM occurred_at) FROM usage "
        "JOIN strangers USING (account_id) WHERE kind = 'bot' ORDER BY 1"
    ).fetchall()
    assert [hour for (hour,) in hours] == [3, 15]


def test_testers_are_there_for_two_weeks_at_most(crowd: Connection) -> None:
    testers, longest = one(
        crowd,
        "SELECT count(*), max(days) FROM (SELECT date_diff('day', min(occurred_at), "
        "max(occurred_at)) AS days FROM usage JOIN strangers USING (account_id) "
        "WHERE kind = 'test' GROUP BY account_id)",
    )
    assert testers == 15
    assert 5 < longest <= 14


def test_tickets_stand_under_the_second_id_until_the_two_were_merged(crowd: Connection) -> None:
    before, before_wrong, after, after_wrong = one(
        crowd,
        "WITH joined AS (SELECT t.account_id, merged_id, logged_at::TIMESTAMP < "
        "merged_on::TIMESTAMP AS early FROM tickets t JOIN merged_accounts m "
        "ON t.account_id IN (m.kept_id, m.merged_id)) SELECT sum(early::INT), "
        "sum((early AND account_id <> merged_id)::INT), sum((NOT early)::INT), "
        "sum((NOT early AND account_id = merged_id)::INT) FROM joined",
    )
    assert min(before, after) > 30
    assert before_wrong == after_wrong == 0
    assert one(
        crowd,
        "SELECT count(*) FROM merged_accounts m JOIN strangers s ON s.account_id = m.merged_id "
        "AND s.kept_id = m.kept_id AND kind = 'second_id' JOIN truth ON customer_id = m.kept_id",
    ) == 100  # fmt: skip


def test_the_mapping_lands_them_under_the_id_that_was_kept(
    crowd: Connection, landed: Landed
) -> None:
    crowd.execute(f"CREATE VIEW landed AS SELECT * FROM '{landed.events}'")
    moved, there, under_second = one(
        crowd,
        "SELECT count(*), count(e.customer_id), (SELECT count(*) FROM landed JOIN merged_accounts "
        "ON customer_id = merged_id) FROM tickets t JOIN merged_accounts m "
        "ON t.account_id = m.merged_id LEFT JOIN landed e ON e.event_id = 't' || t.entry_id "
        "AND e.customer_id = m.kept_id",
    )
    assert moved == there > 30
    assert under_second == 0
    known = pq.read_table(landed.customers, columns=["customer_id"])["customer_id"].to_pylist()
    assert len(known) == len(set(known)) == 500 + 10 + 15


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_strangers_speak_the_words_of_their_preset(name: str, tmp_path: Path) -> None:
    simulate(replace(PLAN, preset=PRESETS[name], customers=100, days=120), tmp_path / "sim")
    with open_world(tmp_path / "sim") as world:
        events = world.execute(
            "SELECT DISTINCT event FROM usage JOIN strangers USING (account_id) ORDER BY 1"
        ).fetchall()
    words = PRESETS[name].words
    assert [event for (event,) in events] == sorted(filter(None, (words.detail, words.visit)))


def test_everybody_can_have_had_two_ids(tmp_path: Path) -> None:
    plan = replace(PLAN, customers=40, days=120, dirt=replace(NO_DIRT, merged=1.0))
    simulate(plan, tmp_path / "sim")
    with open_world(tmp_path / "sim") as world:
        assert one(world, "SELECT count(DISTINCT kept_id) FROM merged_accounts") == 40
