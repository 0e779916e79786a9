"""The faults of the files: each at its rate, each to be had alone, none of them part of a life."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path

import pytest

from analytics.errors import UsageError
from analytics.simulation.presets.dirt_settings import NO_DIRT, Dirt
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.presets.preset import SAAS
from analytics.simulation.simulate import simulate
from tests.analytics.simulation.simulation_world import Connection, digests, one, open_world

pytestmark = pytest.mark.usefixtures("few_futures")

CLEAN = SimulationPlan(SAAS, 700, 140, seed=5, end=date(2026, 3, 1), dirt=NO_DIRT)
FAULTS = tuple(one.name for one in fields(Dirt))
#: A rate at which a fault is plain, and how far from it chance may take what is found.
TRIED: dict[str, tuple[float, float]] = {
    "duplicates": (0.1, 0.01),
    "late": (0.1, 0.01),
    "wrong_zone": (0.1, 0.01),
    "missing": (0.1, 0.01),
    "missing_not_at_random": (0.3, 0.06),
    "drift_at": (0.4, 0.01),
    "bots": (0.05, 0.001),
    "test_accounts": (0.05, 0.001),
    "merged": (0.1, 0.001),
    "reopened": (0.2, 0.07),
    "corrected": (0.1, 0.02),
    "broken": (0.2, 0.01),
}

#: Rows of the customers' usage beside the same rows without any fault.
PAIRS = (
    "(SELECT DISTINCT ON (event_id) * FROM usage) u JOIN clean.main.usage_rows c USING (event_id)"
)


def share_of_pairs(condition: str) -> Callable[[Connection], float]:
    def measure(world: Connection) -> float:
        return float(one(world, f"SELECT coalesce(avg(({condition})::INT), 0) FROM {PAIRS}"))

    return measure


def counted(sql: str) -> Callable[[Connection], float]:
    return lambda world: float(one(world, sql))


def drifts(world: Connection) -> float:
    if not world.execute(
        "SELECT 1 FROM duckdb_views() WHERE view_name = 'second_usage'"
    ).fetchone():
        return 0.0
    days = "SELECT date_diff('day', DATE '2025-10-13', min(occurred_at)::DATE) FROM usage {}"
    later = "JOIN (SELECT id FROM second_usage) ON id = event_id WHERE occurred_at > '2000-01-01'"
    return float(one(world, days.format(later))) / CLEAN.days


#: How much of each fault a folder shows.
FOUND: dict[str, Callable[[Connection], float]] = {
    "duplicates": counted("SELECT count(*) / count(DISTINCT event_id) - 1 FROM usage"),
    "late": share_of_pairs("u.received_at > c.occurred_at + INTERVAL 2 MINUTE"),
    "wrong_zone": share_of_pairs(
        "u.occurred_at <> c.occurred_at AND u.occurred_at > TIMESTAMPTZ '2000-01-01'"
    ),
    "missing": counted(
        f"SELECT avg((u.feature IS NULL)::INT) FROM {PAIRS} WHERE c.feature IS NOT NULL"
    ),
    "missing_not_at_random": counted(
        "SELECT avg((channel IS NULL)::INT) FROM accounts JOIN truth ON customer_id = account_id"
    ),
    "drift_at": drifts,
    "bots": counted("SELECT count(*) / 700 FROM accounts WHERE company = 'Uptime Monitor'"),
    "test_accounts": counted("SELECT count(*) / 700 FROM accounts WHERE company = 'TEST Account'"),
    "merged": counted("SELECT count(*) / 700 FROM merged_accounts"),
    "reopened": counted(
        "SELECT count(*) FILTER (action = 'reopened') / count(*) FILTER (action = 'solved') "
        "FROM tickets"
    ),
    "corrected": counted(
        "SELECT count(*) FILTER (amount < 0) / count(*) FILTER (amount > 0 AND result = 'paid') "
        "FROM invoices"
    ),
    "broken": counted(
        "SELECT avg((account_id IS NULL OR occurred_at < TIMESTAMPTZ '2000-01-01')::INT) FROM usage"
    ),
}


@pytest.fixture(scope="module")
def clean(few_futures: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Simulate without any fault; keep its usage as a table beside the folder."""
    folder = tmp_path_factory.mktemp("clean")
    simulate(CLEAN, folder / "sim")
    with open_world(folder / "sim") as world:
        world.execute(f"ATTACH '{folder / 'clean.duckdb'}' AS clean")
        world.execute("CREATE TABLE clean.main.usage_rows AS SELECT * FROM usage")
    return folder


Opener = Callable[[Dirt], Connection]


@pytest.fixture
def dirty(clean: Path, tmp_path: Path) -> Iterator[Opener]:
    """Simulate with some dirt, and open that beside the rows without any."""
    opened: list[Connection] = []

    def make(dirt: Dirt) -> Connection:
        simulate(replace(CLEAN, dirt=dirt), tmp_path / "dirty")
        world = open_world(tmp_path / "dirty")
        world.execute(f"ATTACH '{clean / 'clean.duckdb'}' AS clean (READ_ONLY)")
        opened.append(world)
        return world

    yield make
    for world in opened:
        world.close()


def found(world: Connection, *, but: str = "") -> dict[str, float]:
    return {name: measure(world) for name, measure in FOUND.items() if name != but}


def test_every_fault_is_tried_and_measured_here() -> None:
    assert set(TRIED) == set(FOUND) == set(FAULTS)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_alone_shows_at_its_rate_and_brings_no_other(fault: str, dirty: Opener) -> None:
    rate, tolerance = TRIED[fault]
    world = dirty(replace(NO_DIRT, **{fault: rate}))
    assert FOUND[fault](world) == pytest.approx(rate, abs=tolerance)
    assert found(world, but=fault) == dict.fromkeys(set(FAULTS) - {fault}, 0.0)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_rate_of_zero_takes_away_that_fault_and_no_other(fault: str, dirty: Opener) -> None:
    world = dirty(replace(Dirt(), **{fault: 0.0}))
    others = found(world, but=fault)
    assert FOUND[fault](world) == 0.0
    assert all(share > 0 for share in others.values()), others


def test_clean_files_have_no_fault_at_all(dirty: Opener) -> None:
    assert found(dirty(NO_DIRT)) == dict.fromkeys(FAULTS, 0.0)


def test_more_dirt_leaves_the_lives_of_the_customers_alone(clean: Path, tmp_path: Path) -> None:
    dirt = Dirt(**{name: rate for name, (rate, _) in TRIED.items()})
    simulate(replace(CLEAN, dirt=dirt), tmp_path / "dirty")
    was, now = digests(clean / "sim" / "truth"), digests(tmp_path / "dirty" / "truth")
    assert set(was) == set(now)
    differ = {name for name in was if was[name] != now[name]}
    assert differ == {"strangers.parquet"}  # they are part of the dirt


def test_another_tracker_takes_over_on_its_day(dirty: Opener) -> None:
    world = dirty(replace(NO_DIRT, drift_at=0.5))
    first_end, second_begin, first_rows, second_rows = one(
        world,
        "SELECT (SELECT max(occurred_at)::DATE::VARCHAR FROM first_usage), "
        "(SELECT epoch_ms(min(timestamp_ms))::DATE::VARCHAR FROM second_usage), "
        "(SELECT count(*) FROM first_usage), (SELECT count(*) FROM second_usage)",
    )
    assert (first_end, second_begin) == ("2025-12-21", "2025-12-22")
    assert min(first_rows, second_rows) > 5000
    columns = {
        name: [row[0] for row in world.execute(f"DESCRIBE {name}_usage").fetchall()]
        for name in ("first", "second")
    }
    assert set(columns["first"]) & set(columns["second"]) == {"amount"}
    words = {
        row[0]: row[1]
        for row in world.execute(
            "SELECT event, list_sort(list(DISTINCT name)) FROM usage "
            "JOIN second_usage ON id = event_id GROUP BY 1"
        ).fetchall()
    }
    assert words["session_started"] == ["Session Started"]
    assert words["rage_click"] == ["Rage Click"]


def test_times_of_a_wrong_zone_are_off_by_whole_hours(dirty: Opener) -> None:
    rows = (
        dirty(replace(NO_DIRT, wrong_zone=0.2))
        .execute(
            f"SELECT epoch(u.occurred_at - c.occurred_at)::INT AS off, count(*) FROM {PAIRS} "
            "WHERE off <> 0 GROUP BY 1"
        )
        .fetchall()
    )
    hours = {off / 3600: count for off, count in rows}
    assert set(hours) == {-5.0, 1.0, 2.0}
    assert min(hours.values()) > 200


def test_late_rows_are_received_later_and_all_before_the_end(dirty: Opener) -> None:
    late, at_once, most_days, after_end = one(
        dirty(replace(NO_DIRT, late=0.2)),
        "SELECT median(epoch(u.received_at - u.occurred_at)) FILTER (u.received_at <> "
        "c.received_at), max(epoch(c.received_at - c.occurred_at)), "
        "max(epoch(u.received_at - u.occurred_at)) / 86400, "
        f"sum((u.received_at >= TIMESTAMPTZ '2026-03-02')::INT) FROM {PAIRS} "
        "WHERE u.received_at > u.occurred_at + INTERVAL 2 MINUTE OR u.received_at = c.received_at",
    )
    assert at_once < 90
    assert 8 * 3600 < late < 20 * 3600
    assert 5 < most_days <= 10
    assert after_end == 0


def test_the_channel_of_old_customers_is_missing_more_often(dirty: Opener) -> None:
    old, new = one(
        dirty(replace(NO_DIRT, missing_not_at_random=0.4)),
        "SELECT avg((channel IS NULL)::INT) FILTER (signed_up_at < start::TIMESTAMPTZ "
        "- INTERVAL 365 DAY), avg((channel IS NULL)::INT) FILTER (signed_up_at >= "
        "start::TIMESTAMPTZ - INTERVAL 365 DAY) FROM accounts JOIN truth ON account_id = "
        "customer_id",
    )
    assert old == pytest.approx(2 * new, rel=0.35)
    assert old > 0.4


def test_segment_and_region_are_missing_at_random(dirty: Opener) -> None:
    segments, regions = one(
        dirty(replace(NO_DIRT, missing=0.2)),
        "SELECT avg((segment IS NULL)::INT), avg((region IS NULL)::INT) FROM accounts",
    )
    assert segments == pytest.approx(0.2, abs=0.05)
    assert regions == pytest.approx(0.2, abs=0.05)


def test_a_corrected_invoice_gives_back_a_part_the_day_after(dirty: Opener) -> None:
    credits, wrong = one(
        dirty(replace(NO_DIRT, corrected=0.3)),
        "SELECT count(*), sum((paid.attempted_at + INTERVAL 1 DAY <> back.attempted_at "
        "OR back.amount NOT BETWEEN -0.41 * paid.amount AND -0.04 * paid.amount "
        "OR paid.account_id <> back.account_id)::INT) FROM invoices back "
        "JOIN invoices paid USING (invoice_id) WHERE back.amount < 0 AND paid.amount > 0 "
        "AND paid.result = 'paid'",
    )
    assert credits > 100
    assert wrong == 0


def test_broken_rows_are_also_among_tickets_surveys_and_customers(dirty: Opener) -> None:
    counts = one(
        dirty(Dirt()),
        "SELECT (SELECT count(*) FROM tickets WHERE logged_at = 'n/a'), "
        "(SELECT count(*) FROM tickets WHERE account_id IS NULL), "
        "(SELECT count(*) FROM surveys WHERE answered = '00.00.0000 00:00'), "
        "(SELECT count(*) FROM surveys WHERE account_id IS NULL), "
        "(SELECT count(*) FROM accounts WHERE account_id IS NULL)",
    )
    assert all(0 < count < 20 for count in counts)


@pytest.mark.parametrize(
    ("given", "rule", "message"),
    [
        ("duplicates=-0.1", "share_in_range", "duplicates of the dirt must be between 0 and 1. "
         "Got -0.1."),
        ("duplicates=2", "share_in_range", "duplicates of the dirt must be between 0 and 1. "
         "Got 2."),
        ("late=nan", "share_in_range", "late of the dirt must be between 0 and 1. Got nan."),
        ("late=x", "share_in_range", "late of the dirt must be a number between 0 and 1. "
         "Got 'x'."),
        ("late", "share_in_range", "late of the dirt must be a number between 0 and 1. Got ''."),
        ("mud=0.1", "dirt_known", f"--dirt must be NAME=SHARE with one of {', '.join(FAULTS)}. "
         "Got 'mud=0.1'."),
    ],
)  # fmt: skip
def test_a_rate_that_means_nothing_is_refused(given: str, rule: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        Dirt().with_rate(given)
    assert (refused.value.rule, refused.value.message) == (rule, message)


def test_one_rate_can_be_set_by_its_name() -> None:
    assert Dirt().with_rate("late=0.25") == replace(Dirt(), late=0.25)
    assert asdict(NO_DIRT) == dict.fromkeys(FAULTS, 0.0)
