from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from analytics.domain.run_tables import CUSTOMERS, LATE_TABLES, RUN_TABLES
from analytics.domain.tables.evidence_tables import BacktestScore
from analytics.domain.tables.flag_tables import PastLoss
from analytics.runs.serving_file import build_serving_file
from tests.sample_run import write_sample_run

ADDED = [one for one in LATE_TABLES if one.name not in {"backtest", "calibration"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    write_sample_run(folder, customers=40)
    return folder


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_run_of_a_former_version_is_served_with_empty_tables_for_what_it_did_not_keep(
    folder: Path, tmp_path: Path
) -> None:
    for one in ADDED:
        (folder / one.file).unlink()
    path = build_serving_file(tmp_path / "serving", "old", folder, "f" * 64)
    for one in ADDED:
        assert rows(path, f"select count(*) from churn_{one.name}") == [(0,)]
    names = rows(
        path,
        "select column_name from information_schema.columns "
        f"where table_name = 'churn_{PastLoss.table.name}' order by ordinal_position",
    )
    assert [name for (name,) in names] == list(PastLoss.table.column_names)
    assert rows(path, "select count(*) from churn_customers") == [(40,)]


def test_a_column_that_a_former_version_did_not_keep_is_missing_not_zero(
    folder: Path, tmp_path: Path
) -> None:
    path = folder / BacktestScore.table.file
    kept = folder / "kept.parquet"
    duckdb.sql(f"copy (select * exclude (log_loss) from '{path}') to '{kept}' (format parquet)")
    kept.replace(path)
    served = build_serving_file(tmp_path / "serving", "old", folder, "f" * 64)
    assert rows(served, "select distinct log_loss from churn_backtest") == [(None,)]
    assert rows(served, "select count(auc) > 0 from churn_backtest") == [(True,)]


def test_columns_and_words_that_had_other_names_in_a_former_version_are_found(
    folder: Path, tmp_path: Path
) -> None:
    (revenue,) = [one for one in RUN_TABLES if one.name == "past_revenue"]
    now = build_serving_file(tmp_path / "now", "run", folder, "f" * 64)
    asked = (
        "select predicted, predicted_low from churn_past_revenue order by all",
        "select slice, count(*) from churn_backtest group by slice order by slice",
        "select count(*) from churn_customers where recently_active",
    )
    expected = [rows(now, query) for query in asked]
    formerly = {
        revenue.file: "* rename (predicted as said, predicted_low as said_low)",
        BacktestScore.table.file: "* replace (replace(slice, 'recently_active', 'early_warning') "
        "as slice)",
        CUSTOMERS.file: "* rename (recently_active as early_warning)",
    }
    for name, columns in formerly.items():
        kept = folder / "kept.parquet"
        duckdb.sql(f"copy (select {columns} from '{folder / name}') to '{kept}' (format parquet)")
        kept.replace(folder / name)
    served = build_serving_file(tmp_path / "then", "run", folder, "f" * 64)
    assert [rows(served, query) for query in asked] == expected
    assert expected[2] != [(0,)]


def test_a_customers_column_that_came_later_is_empty(folder: Path, tmp_path: Path) -> None:
    path = folder / CUSTOMERS.file
    kept = folder / "kept.parquet"
    left_out = "likely_cause, churn_risk_28d_ago"
    duckdb.sql(f"copy (select * exclude ({left_out}) from '{path}') to '{kept}' (format parquet)")
    kept.replace(path)
    served = build_serving_file(tmp_path / "serving", "old", folder, "f" * 64)
    assert rows(served, f"select distinct {left_out} from churn_customers") == [("", None)]


def test_a_run_without_its_customers_is_not_served(folder: Path, tmp_path: Path) -> None:
    (folder / CUSTOMERS.file).unlink()
    with pytest.raises(Exception, match="customers"):
        build_serving_file(tmp_path / "serving", "broken", folder, "f" * 64)
