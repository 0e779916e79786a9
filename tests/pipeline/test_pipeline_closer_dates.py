"""A small business with ten months of orders: its outcomes are known, so it has a model."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.runs.run_store import RunStore
from tests.everyone_advised import check_everyone_is_advised
from tests.pipeline.command import call
from tests.plain_logs import Rows, saas_logins, write_log


def ten_months(customers: int) -> Rows:
    """Return 300 days of a shop, joined within 40 days; three in ten stop some day."""
    rng = np.random.default_rng(3)
    rows: Rows = []
    for number in range(customers):
        gap, amount = float(rng.choice([5, 7, 10, 14, 20])), float(rng.uniform(10, 80))
        joined = int(rng.integers(0, 40))
        stops = int(rng.integers(joined + 60, 360)) if rng.random() < 0.3 else 300
        day = joined + float(rng.exponential(gap))
        while day < min(300, stops):
            rows.append((f"c{number:04}", int(day), round(amount, 2)))
            day += max(1.0, rng.exponential(gap))
    return sorted(rows, key=lambda row: (row[1], row[0]))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    mapping, log = write_log(folder, ten_months(250), event_type="order")
    for command in (
        ("ingest", "--mapping", str(mapping), str(log)),
        ("run", "--profile", "retail"),
    ):
        said = call(folder, *command, "--json")
        assert said.code == 0, said.err + said.out
    return folder


def test_250_customers_in_300_days_have_a_model_and_advice(workspace: Path) -> None:
    run = RunStore(workspace / "data").current()
    summary = json.loads((run.folder / "summary.json").read_text("utf-8"))
    assert summary["supports_prediction"]
    assert check_everyone_is_advised(workspace) > 0


def test_the_dates_are_closer_and_still_a_month_is_a_month(workspace: Path) -> None:
    """What changed in 28 days is told against the date 28 days before, not against the last one."""
    run = RunStore(workspace / "data").current()
    dates = pd.read_parquet(run.folder / "portfolio_history.parquet")["observation_date"]
    on = sorted(pd.to_datetime(dates).dt.date)
    assert on[-1] == date(2025, 10, 27)
    assert {(after - before).days for before, after in pairwise(on)} <= {7, 14}
    history = pd.read_parquet(run.folder / "risk_history.parquet")
    then = history[pd.to_datetime(history["observation_date"]).dt.date == date(2025, 9, 29)]
    customers = pd.read_parquet(run.folder / "customers.parquet").set_index("customer_id")
    risk = then.set_index("customer_id")["churn_risk"].dropna()
    before = customers["churn_risk_28d_ago"].dropna()
    both = risk.index.intersection(before.index)
    assert len(both) > 100
    assert np.allclose(risk[both], before[both])


@pytest.mark.slow
def test_of_few_customers_several_dates_together_tell_who_leaves(tmp_path: Path) -> None:
    """On each date a month apart nine or ten of 230 went silent, and a test needs ten."""
    mapping, log = write_log(tmp_path, saas_logins(250, 300, seed=7), event_type="login")
    for command in (
        ("ingest", "--mapping", str(mapping), str(log)),
        ("run", "--profile", "saas"),
    ):
        said = call(tmp_path, *command, "--json")
        assert said.code == 0, said.err + said.out
    assert said.json["champion"] != "base_rate"
    assert check_everyone_is_advised(tmp_path) > 0
