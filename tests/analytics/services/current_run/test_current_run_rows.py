"""A table of a run is read into the class of its rows, in the order that the class says."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from analytics.database.mart import table_of
from analytics.domain.run_tables import RUN_ROWS
from analytics.domain.tables.evidence_tables import BacktestScore, LeakageCheck, PlainRule
from analytics.domain.tables.flag_tables import ModelProfit, PastLoss, PastMonth
from analytics.domain.tables.run_row import RunRow
from analytics.runs.serving_file import build_serving_file
from analytics.runs.serving_store import RunReader
from analytics.services.current_run.run_access import OpenRun, RunAccess
from analytics.services.current_run.run_rows import rows_of
from analytics.settings import Settings
from tests.sample_run import publish_sample_run


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> OpenRun:
    folder = tmp_path_factory.mktemp("rows")
    publish_sample_run(folder / "data")
    return RunAccess(Settings.load(workspace=folder)).open()


@pytest.mark.parametrize("row", RUN_ROWS, ids=lambda one: one.table.name)
def test_every_table_is_read_into_its_class(opened: OpenRun, row: type[RunRow]) -> None:
    found = rows_of(opened, row, limit=3)
    assert found
    assert all(type(one) is row for one in found)


def test_rows_come_in_the_order_of_the_class_and_missing_values_last(opened: OpenRun) -> None:
    dates = [one.observation_date for one in rows_of(opened, PastMonth)]
    assert dates == sorted(dates)
    assert len(dates) > 1
    lifts = [one.lift for one in rows_of(opened, PlainRule) if one.lift is not None]
    assert lifts == sorted(lifts, reverse=True)
    stakes = [one.value_at_stake or 0.0 for one in rows_of(opened, PastLoss)]
    assert stakes == sorted(stakes, reverse=True)
    profits = [one.expected_maximum_profit or 0.0 for one in rows_of(opened, ModelProfit)]
    assert profits == sorted(profits, reverse=True)
    passed = [one.passed for one in rows_of(opened, LeakageCheck)]
    assert passed == sorted(passed, key=lambda one: (one is None, one))


def test_a_condition_and_a_limit_choose_among_the_rows(opened: OpenRun) -> None:
    table = table_of(BacktestScore).c
    found = rows_of(opened, BacktestScore, table.slice == "all", table.model == "recency", limit=2)
    assert [(one.slice, one.model) for one in found] == [("all", "recency")] * 2


def test_what_a_former_version_did_not_keep_is_none_or_no_row(tmp_path: Path) -> None:
    run = publish_sample_run(tmp_path / "data", customers=40)
    former = tmp_path / "former"
    shutil.copytree(run.folder, former)
    path, kept = former / PastMonth.table.file, tmp_path / "kept.parquet"
    left = f"select * exclude (caught_by_silence) from '{path}'"
    duckdb.sql(f"copy ({left}) to '{kept}' (format parquet)")
    kept.replace(path)
    (former / PlainRule.table.file).unlink()
    served = build_serving_file(tmp_path / "serving", "former", former, "f" * 64)
    with duckdb.connect(str(served), read_only=True) as connection:
        opened = OpenRun(run, RunReader(connection))
        assert {one.caught_by_silence for one in rows_of(opened, PastMonth)} == {None}
        assert rows_of(opened, PlainRule) == ()
