"""What the simulator writes: the same bytes again, dirt, and no truth among the source."""

from __future__ import annotations

import ast
import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from analytics.errors import UsageError
from analytics.simulation.plan import CHUNK_CUSTOMERS, SimulationPlan
from analytics.simulation.preset import PRESETS, RETAIL, SAAS
from analytics.simulation.simulate import SimulationReport, simulate
from analytics.simulation.truth_files import DRIVER_NAMES, STATE_NAMES

SMALL = SimulationPlan(SAAS, customers=150, days=140, seed=3, end=date(2026, 3, 1))
REPO = Path(__file__).parents[3]


def digests(folder: Path) -> dict[str, str]:
    """Return the checksum of every file under a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    simulate(SMALL, tmp_path / "a")
    simulate(SMALL, tmp_path / "b")
    first = digests(tmp_path / "a")
    assert len(first) == 9
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


def test_customers_of_all_chunks_are_written_once(tmp_path: Path) -> None:
    plan = replace(SMALL, customers=CHUNK_CUSTOMERS + 40, days=120, preset=RETAIL)
    report = simulate(plan, tmp_path / "two-chunks")
    accounts = duckdb.execute(
        "SELECT count(*), count(DISTINCT account_id) FROM "
        f"read_csv('{report.source}/customers.csv') WHERE account_id IS NOT NULL"
    ).fetchone()
    events = duckdb.execute(
        f"SELECT count(DISTINCT event_id), max(event_id) + 1, count(DISTINCT session_id), "
        f"max(session_id) + 1 FROM '{report.source}/usage.parquet'"
    ).fetchone()
    assert accounts == (plan.customers, plan.customers)
    assert events is not None
    assert events[0] <= events[1] < 1.01 * events[0]
    assert events[2] <= events[3] < 1.01 * events[2]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_writes_source_and_truth(name: str, tmp_path: Path) -> None:
    report = simulate(replace(SMALL, preset=PRESETS[name]), tmp_path / name)
    assert {"customers.csv", "usage.parquet", "tickets.csv", "surveys.csv"} <= set(report.rows)
    assert ("invoices.parquet" in report.rows) == (PRESETS[name].billing is not None)
    assert sum(report.states.values()) == 150
    assert report.plan.preset.left_out


def test_retail_customers_buy_for_an_amount(tmp_path: Path) -> None:
    report = simulate(replace(SMALL, preset=RETAIL), tmp_path / "retail")
    rows = duckdb.execute(
        f"SELECT event, count(*), min(amount) FROM '{report.source}/usage.parquet' GROUP BY 1"
    ).fetchall()
    amounts = {event: least for event, _, least in rows}
    assert amounts["order_placed"] > 0
    assert amounts["session_started"] is None


def test_about_one_row_in_a_hundred_comes_twice(world: duckdb.DuckDBPyConnection) -> None:
    row = world.execute("SELECT count(*), count(DISTINCT event_id) FROM usage").fetchone()
    assert row is not None
    assert 0.007 < (row[0] - row[1]) / row[1] < 0.013


def test_about_one_row_in_fifty_is_received_late(world: duckdb.DuckDBPyConnection) -> None:
    row = world.execute(
        "SELECT avg((received_at > occurred_at + INTERVAL 1 HOUR)::INT), "
        "max(received_at - occurred_at) <= INTERVAL 10 DAY, min(received_at - occurred_at) "
        ">= INTERVAL 0 DAY, max(received_at) < TIMESTAMPTZ '2026-06-29' FROM clean_usage"
    ).fetchone()
    assert row is not None
    assert 0.01 < row[0] < 0.03
    assert row[1:] == (True, True, True)


def test_a_few_rows_are_broken(world: duckdb.DuckDBPyConnection) -> None:
    row = world.execute(
        "SELECT (SELECT count(*) FROM usage WHERE account_id IS NULL), "
        "(SELECT count(*) FROM usage WHERE occurred_at < '2000-01-01'), "
        "(SELECT count(*) FROM tickets WHERE logged_at = 'n/a'), "
        "(SELECT count(*) FROM tickets WHERE account_id IS NULL), "
        "(SELECT count(*) FROM accounts WHERE account_id IS NULL)"
    ).fetchone()
    assert row is not None
    assert all(0 < count < 200 for count in row)


def test_no_column_or_word_of_the_truth_is_among_the_source(simulated: SimulationReport) -> None:
    hidden_words = {*STATE_NAMES, *DRIVER_NAMES} - {"none"}
    hidden_columns = _columns(simulated.truth) - {"customer_id"}
    assert len(hidden_columns) > 10
    assert not hidden_columns & _columns(simulated.source)
    for path in sorted(simulated.source.iterdir()):
        assert not _texts(path) & hidden_words, path.name


def _texts(path: Path) -> set[str]:
    """Return every text that occurs in a file, whole cells."""
    if path.suffix == ".csv":
        cells = path.read_text("utf-8").replace(";", ",").replace("\n", ",").split(",")
        return {one.strip('"').lower() for one in cells}
    table = pq.read_table(path)
    columns = [one for one in table.columns if pa.types.is_string(one.type)]
    assert columns
    return {str(one).lower() for column in columns for one in column.unique().to_pylist()}


def _columns(folder: Path) -> set[str]:
    names: set[str] = set()
    for path in folder.iterdir():
        if path.suffix == ".parquet":
            names.update(pq.read_schema(path).names)
        else:
            delimiter = ";" if path.name == "surveys.csv" else ","
            options = pa_csv.ParseOptions(delimiter=delimiter)
            names.update(pa_csv.open_csv(path, parse_options=options).schema.names)
    return names


def test_silent_leavers_look_like_any_other_account(world: duckdb.DuckDBPyConnection) -> None:
    row = world.execute(
        "SELECT count(*), count(closed_at) FROM accounts JOIN truth ON customer_id = account_id "
        "WHERE final_state = 'gone_silently'"
    ).fetchone()
    assert row is not None
    assert row[0] > 200
    assert row[1] == 0


def test_only_evaluation_reads_the_truth() -> None:
    """No module outside the simulator, its command and its tests names the truth folder."""
    readers = [
        path.relative_to(REPO)
        for folder in ("analytics", "webapp")
        for path in sorted((REPO / folder).rglob("*.py"))
        if "simulation" not in path.parts and _names_truth(path)
    ]
    assert [str(one) for one in readers if "simulate" not in one.name] == []


def _names_truth(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        (isinstance(node, ast.ImportFrom) and "analytics.simulation" in (node.module or "")
         and any("truth" in one.name.lower() for one in node.names))
        or (isinstance(node, ast.Constant) and node.value == "truth")
        for node in ast.walk(tree)
    )  # fmt: skip
