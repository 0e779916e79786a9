from __future__ import annotations

import multiprocessing
import statistics
import threading
import time
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import func, select, table, text

from analytics.database.mart import CUSTOMERS, EVENTS, table_of
from analytics.domain.run_tables import RUN_ROWS
from analytics.runs.run_store import PublishedRun, RunStore
from analytics.runs.serving_store import RunReader, ServingStore
from tests.patience import PATIENCE_S
from tests.sample_run import publish_sample_run


@pytest.fixture(scope="module")
def data_folder(workspace: Path) -> Path:
    return workspace / "data"


@pytest.fixture(scope="module")
def reader(data_folder: Path, run: PublishedRun) -> RunReader:
    return ServingStore(data_folder).reader(run)


def test_every_table_of_the_run_can_be_read_with_the_columns_of_the_mart(
    reader: RunReader,
) -> None:
    for one in RUN_ROWS:
        found = reader.row(select(table_of(one)).limit(1))
        assert found is not None
        assert tuple(found) == one.table.column_names


def test_values_are_bound_and_never_become_sql(reader: RunReader) -> None:
    hostile = "C00001' or '1'='1"
    statement = select(func.count().label("n")).where(CUSTOMERS.c.customer_id == hostile)
    assert reader.rows(statement) == [{"n": 0}]


def test_times_come_back_as_utc_whatever_the_machine_thinks(
    reader: RunReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = reader.row(select(func.max(CUSTOMERS.c.last_activity_at).label("last")))
    assert last is not None
    assert isinstance(last["last"], datetime)
    assert last["last"] <= datetime(2026, 3, 31)
    assert last["last"] > datetime(2026, 3, 28)


def test_missing_numbers_are_none_and_missing_texts_are_empty(reader: RunReader) -> None:
    unscored = reader.row(select(CUSTOMERS).where(~CUSTOMERS.c.eligible).limit(1))
    assert unscored is not None
    assert unscored["churn_risk"] is None
    assert unscored["recommended_action"] == "none"
    assert unscored["reason_1"] == ""


def test_the_serving_connection_cannot_touch_the_file_system(reader: RunReader) -> None:
    with pytest.raises(duckdb.PermissionException):
        reader.rows(select(text("*")).select_from(text("read_csv('/etc/passwd')")))
    with pytest.raises(duckdb.Error):
        reader.rows(select(text("*")).select_from(table("read_text('/etc/passwd')")))


@pytest.mark.bench
def test_the_events_of_one_customer_come_within_20_milliseconds(reader: RunReader) -> None:
    statement = select(EVENTS).where(EVENTS.c.customer_id == "C00007")
    assert len(reader.rows(statement)) > 0
    taken = []
    for _ in range(20):
        start = time.perf_counter()
        reader.rows(statement)
        taken.append(time.perf_counter() - start)
    assert statistics.median(taken) < 0.020


def test_a_lost_serving_file_is_built_again(data_folder: Path, run: PublishedRun) -> None:
    (path,) = (data_folder / "serving").glob("*.duckdb")
    path.unlink()
    assert _count(ServingStore(data_folder).reader(run)) == 400
    assert path.is_file()


def test_a_damaged_serving_file_is_built_again(tmp_path: Path) -> None:
    run = publish_sample_run(tmp_path, customers=40)
    (path,) = (tmp_path / "serving").glob("*.duckdb")
    path.write_bytes(b"not a database" * 1000)
    assert _count(ServingStore(tmp_path).reader(run)) == 40


@pytest.mark.parametrize("content", ["select 'other' as mark", "select 1 as another_column"])
def test_a_serving_file_of_another_make_is_built_again(tmp_path: Path, content: str) -> None:
    run = publish_sample_run(tmp_path, customers=40)
    (path,) = (tmp_path / "serving").glob("*.duckdb")
    path.unlink()
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create table serving_meta as {content}")
    assert _count(ServingStore(tmp_path).reader(run)) == 40


def test_two_stores_of_one_process_may_have_other_limits(tmp_path: Path) -> None:
    run = publish_sample_run(tmp_path, customers=40)
    first = ServingStore(tmp_path, memory_limit_mb=512).reader(run)
    second = ServingStore(tmp_path, memory_limit_mb=256, threads=1).reader(run)
    assert _count(first) == _count(second) == 40


def test_the_limits_of_a_store_cannot_be_lifted_by_a_statement(reader: RunReader) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        reader.rows(text("set memory_limit = '64GB'"))  # type: ignore[arg-type]


def test_a_reader_goes_on_with_its_run_while_another_becomes_current(tmp_path: Path) -> None:
    store, serving = RunStore(tmp_path), ServingStore(tmp_path)
    publish_sample_run(tmp_path, customers=40, run_id="first")
    first = serving.reader(store.current())
    publish_sample_run(tmp_path, customers=50, run_id="second")
    publish_sample_run(tmp_path, customers=60, run_id="third")
    assert _count(first) == 40
    assert _count(serving.reader(store.current())) == 60
    names = sorted(one.name.split(".")[0] for one in (tmp_path / "serving").glob("*.duckdb"))
    assert names == ["second", "third"]


def test_many_threads_read_at_once(reader: RunReader) -> None:
    counts: list[int] = []

    def read() -> None:
        counts.extend(_count(reader) for _ in range(10))

    threads = [threading.Thread(target=read) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert counts == [400] * 60


def _count_in_child(store: ServingStore, run: PublishedRun, answer: object) -> None:
    answer.put(_count(store.reader(run)))  # type: ignore[attr-defined]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_worker_opens_a_connection_of_its_own(
    data_folder: Path, run: PublishedRun
) -> None:
    store = ServingStore(data_folder)
    assert _count(store.reader(run)) == 400
    context = multiprocessing.get_context("fork")
    answer = context.Queue()
    child = context.Process(target=_count_in_child, args=(store, run, answer))
    child.start()
    assert answer.get(timeout=PATIENCE_S) == 400
    child.join(timeout=PATIENCE_S)
    assert child.exitcode == 0


def _count(reader: RunReader) -> int:
    return int(reader.rows(select(func.count().label("n")).select_from(CUSTOMERS))[0]["n"])
