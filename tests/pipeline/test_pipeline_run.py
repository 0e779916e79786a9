from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.numbers.measures import CUSTOMER_COLUMNS
from analytics.modelling.artifact import load_model
from analytics.modelling.models.estimators import LADDER
from analytics.runs.run_store import RunStore
from analytics.services.analytics_service import AnalyticsService
from analytics.settings import Settings
from tests.pipeline.command import call

Demo = tuple[Path, dict[str, Any]]


def test_the_demo_says_what_scripts_may_rely_on(demo: Demo) -> None:
    _, said = demo
    promised = {
        "run_id", "as_of", "customers", "eligible", "at_risk", "revenue_at_risk", "exposure",
        "champion", "warnings",
    }  # fmt: skip
    assert promised <= set(said)
    assert said["customers"] == 903  # and two bots and a test account, which nobody took out
    assert said["simulated"] is True
    assert set(said["revenue_at_risk"]) == {"value", "low", "high"}


def test_every_run_table_is_as_promised_and_the_run_verifies(demo: Demo) -> None:
    folder, said = demo
    store = RunStore(folder / "data")
    store.verify(said["run_id"])
    assert store.current().run_id == said["run_id"]


def test_page_export_and_command_line_give_the_same_totals(demo: Demo, tmp_path: Path) -> None:
    folder, said = demo
    out = tmp_path / "all.csv"
    assert call(folder, "export", "customers", "--filter", "", "--out", str(out)).code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    page = AnalyticsService(Settings.load(workspace=folder)).overview(CustomerFilter()).totals
    delivered = folder / "data" / "exports" / "customer_frustration_analysis.csv"
    with delivered.open(encoding="utf-8") as file:
        deliverable = list(csv.DictReader(file))
    for table in (rows, deliverable):
        at_risk = sum(row["risk_tier"] in {"critical", "high"} for row in table)
        money = sum(float(row["revenue_at_risk"]) for row in table)
        assert len(table) == page.customers == said["customers"]
        assert at_risk == page.at_risk == said["at_risk"]
        assert money == pytest.approx(page.revenue_at_risk.value)
        assert money == pytest.approx(said["revenue_at_risk"]["value"])
    assert page.revenue_at_risk.low == pytest.approx(said["revenue_at_risk"]["low"])
    assert list(deliverable[0]) == [one.name for one in CUSTOMER_COLUMNS]


def test_the_filtered_export_has_the_rows_that_the_page_counts(demo: Demo, tmp_path: Path) -> None:
    folder, _ = demo
    out = tmp_path / "low.csv"
    chosen = "tier=low,medium&value=high"
    assert call(folder, "export", "customers", "--filter", chosen, "--out", str(out)).code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    service = AnalyticsService(Settings.load(workspace=folder))
    totals = service.overview(CustomerFilter.from_command_line(chosen)).totals
    assert 0 < len(rows) == totals.customers < 900


def test_running_again_on_the_same_data_changes_nothing(workspace: Path) -> None:
    store = RunStore(workspace / "data")
    before = store.current()
    again = call(workspace, "run", "--json")
    assert again.code == 0
    assert again.json["run_id"] == before.run_id
    after = store.current()
    assert after.fingerprint == before.fingerprint
    assert len(store.runs()) == 1


def test_no_customer_is_scored_without_a_reason_and_an_interval(demo: Demo) -> None:
    folder, said = demo
    customers = folder / "data" / "runs" / said["run_id"] / "customers.parquet"
    with duckdb.connect() as connection:
        wrong = connection.execute(
            """
            SELECT count(*) FILTER (eligible AND reason_1 = ''),
                   count(*) FILTER (eligible AND NOT churn_risk BETWEEN churn_risk_low
                                    AND churn_risk_high),
                   count(*) FILTER (eligible AND churn_risk IS NULL),
                   count(*) FILTER (NOT eligible AND churn_risk IS NOT NULL),
                   count(*) FILTER (NOT eligible AND recommended_action <> 'none'),
                   count(*) FILTER (recommended_action <> 'none' AND expected_net_value <= 0),
                   count(*) FILTER (churn_risk IS NOT NULL AND isnan(churn_risk)),
                   count(*) FILTER (risk_tier = 'low' AND recommended_action <> 'none')
            FROM read_parquet(?)
            """,
            [str(customers)],
        ).fetchone()
    assert wrong == (0,) * 8


def test_no_activity_is_dated_after_the_data(demo: Demo) -> None:
    folder, said = demo
    customers = folder / "data" / "runs" / said["run_id"] / "customers.parquet"
    with duckdb.connect() as connection:
        wrong = connection.execute(
            """
            SELECT count(*) FILTER (last_activity_at > CAST(? AS TIMESTAMPTZ)),
                   count(*) FILTER (days_since_last_activity = 0
                                    AND CAST(last_activity_at AT TIME ZONE 'UTC' AS DATE)
                                        <> CAST(? AS DATE)),
                   count(*) FILTER (ended_at IS NULL AND end_reason <> '')
            FROM read_parquet(?)
            """,
            [said["as_of"], said["as_of"][:10], str(customers)],
        ).fetchone()
    assert wrong == (0, 0, 0)


def test_the_hand_off_files_are_always_those_of_the_current_run(workspace: Path) -> None:
    delivered = workspace / "data" / "exports" / "customer_frustration_analysis.csv"
    whole = delivered.read_bytes()
    delivered.write_text("of another run\n", "utf-8")
    assert call(workspace, "run", "--json").code == 0
    assert delivered.read_bytes() == whole


def test_the_truth_of_the_simulation_reaches_no_table_of_the_run(demo: Demo) -> None:
    folder, said = demo
    truth = folder / "simulated" / "truth"
    run = folder / "data" / "runs" / said["run_id"]
    with duckdb.connect() as connection:
        known = {"customer_id", "signed_up_at", "name", "plan", "region", "segment", "channel"}
        hidden: set[str] = set()
        for file in truth.glob("*.parquet"):
            hidden |= {
                str(row[0])
                for row in connection.execute(
                    "DESCRIBE SELECT * FROM read_parquet(?)", [str(file)]
                ).fetchall()
            }
        assert hidden - known
        for file in run.glob("*.parquet"):
            names = {
                str(row[0])
                for row in connection.execute(
                    "DESCRIBE SELECT * FROM read_parquet(?)", [str(file)]
                ).fetchall()
            }
            shared = {"monthly_revenue", "week", "action", "kind"}  # words of both, not the truth
            assert not names & (hidden - known - shared), file.name


def test_the_model_is_saved_with_its_card_and_loads_against_the_allow_list(demo: Demo) -> None:
    folder, said = demo
    saved = load_model(folder / "models" / said["run_id"])
    assert saved.champion.name == said["champion"]
    card = saved.card
    assert card["data"]["simulated"] is True
    assert max(card["training_dates"]) < max(card["calibration_dates"])
    assert max(card["calibration_dates"]) < said["as_of"][:10]
    assert (folder / "models" / "customer_frustration_analysis_model.pkl").stat().st_size > 0


def test_verify_refuses_a_model_file_that_was_changed(workspace: Path) -> None:
    run_id = RunStore(workspace / "data").current().run_id
    whole = call(workspace, "runs", "verify", run_id, "--json")
    assert whole.code == 0
    assert whole.json["model"] in {one.name for one in LADDER}
    model = workspace / "models" / run_id / "model.skops"
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(bytes(content))
    said = call(workspace, "runs", "verify", run_id, "--json")
    assert said.code == 3
    assert said.json["error"]["rule"] == "model_checksum"


def test_the_summary_names_what_is_assumed(demo: Demo) -> None:
    folder, said = demo
    summary = json.loads(
        (folder / "data" / "runs" / said["run_id"] / "summary.json").read_text("utf-8")
    )
    text = " ".join(summary["assumptions"])
    assert "Margin" in text
    assert "would-be leavers" in text
    assert summary["data_quality"]["read"] == (
        summary["data_quality"]["accepted"] + summary["data_quality"]["rejected"]
    )


def test_backtest_states_every_model_per_date_with_intervals(demo: Demo) -> None:
    folder, _ = demo
    said = call(folder, "backtest", "--origins", "2", "--json")
    assert said.code == 0, said.err
    result = said.json
    assert {"recency", "cadence", "logistic_regression", "random_forest"} <= set(result["models"])
    assert result["champion"] in result["models"]
    for models in (result["models"], *(one["models"] for one in result["origins"])):
        for name, one in models.items():
            assert one["auc_low"] <= one["auc"] <= one["auc_high"], name
            assert (one["brier"] is None) == (name == "isolation_forest")
    assert set(result["slices"]) == {"recently_active"}
