from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.domain.run_summary import RunSummary
from analytics.pipeline.run_comparison import Comparison, compare_with, last_run
from analytics.runs.run_files import read_catalogue
from analytics.runs.run_store import PublishedRun, RunStore
from tests.sample_run import publish_sample_run


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> PublishedRun:
    return publish_sample_run(tmp_path_factory.mktemp("former"), customers=300)


def customers_of(run: PublishedRun) -> pd.DataFrame:
    return pd.read_parquet(run.folder / "customers.parquet")


def compared(
    former: PublishedRun, customers: pd.DataFrame, *, champion: str = "hazard"
) -> Comparison | None:
    catalogue = read_catalogue(former.folder)
    assert catalogue is not None
    metrics = pd.read_parquet(former.folder / "backtest.parquet")
    return compare_with(former, customers, metrics, catalogue, champion=champion)


def test_the_same_risks_have_not_changed(former: PublishedRun) -> None:
    found = compared(former, customers_of(former), champion=former.summary.champion)
    assert found is not None
    assert found["rank_correlation"] == pytest.approx(1)
    assert found["riskiest_tenth_in_common"] == 1
    assert found["tier_changed_share"] == 0
    assert found["risk_stability_index"] == pytest.approx(0)
    assert found["features_that_moved"] == []
    assert found["auc_before"] == found["auc_now"]
    assert "the model is still" in found["sentence"]


def test_turned_risks_are_seen_in_rank_tiers_and_the_riskiest(former: PublishedRun) -> None:
    now = customers_of(former)
    scored = now["eligible"]
    turned = now.assign(churn_risk=1 - now["churn_risk"])
    turned.loc[scored, "risk_tier"] = np.where(
        now.loc[scored, "risk_tier"] == "low", "critical", "low"
    )
    found = compared(former, turned)
    assert found is not None
    assert found["rank_correlation"] == pytest.approx(-1)
    assert found["riskiest_tenth_in_common"] == 0
    assert found["tier_changed_share"] == 1
    assert found["risk_stability_index"] > 0.25
    assert "the model is now weekly hazard" in found["sentence"]


def test_what_is_found_can_be_kept_in_the_summary(former: PublishedRun) -> None:
    found = compared(former, customers_of(former))
    assert json.loads(json.dumps(found)) == found


def test_runs_without_a_customer_in_common_are_not_compared(former: PublishedRun) -> None:
    strangers = customers_of(former)
    strangers["customer_id"] = "other " + strangers["customer_id"]
    assert compared(former, strangers) is None


def test_a_run_of_another_business_is_not_compared(former: PublishedRun) -> None:
    """Ids such as 1, 2, 3 meet by chance; most of the scored customers must be the same."""
    mostly = customers_of(former)
    scored = np.flatnonzero(mostly["eligible"])
    others = scored[: int(0.6 * len(scored))]
    mostly.loc[others, "customer_id"] = "other " + mostly.loc[others, "customer_id"]
    assert compared(former, mostly) is None


def test_a_former_run_that_cannot_be_read_is_not_compared(
    former: PublishedRun, tmp_path: Path
) -> None:
    gone = PublishedRun(former.run_id, tmp_path, former.summary)
    catalogue = read_catalogue(former.folder)
    assert catalogue is not None
    frame = customers_of(former)
    assert compare_with(gone, frame, frame, catalogue, champion="hazard") is None


def test_the_last_run_is_another_run_of_the_same_profile(tmp_path: Path) -> None:
    first = publish_sample_run(tmp_path, customers=60, run_id="first")
    publish_sample_run(tmp_path, customers=60, run_id="second")
    store, profile = RunStore(tmp_path), first.summary.profile
    found = last_run(store, "second", profile, simulated=True)
    assert found is not None
    assert found.run_id == "first"
    assert last_run(store, "second", "another profile", simulated=True) is None
    assert last_run(store, "second", profile, simulated=False) is None


def test_a_summary_of_a_former_version_says_less_and_loads(former: PublishedRun) -> None:
    said = json.loads(former.summary.to_json())
    for name in ("alert_precision", "comparison", "supports_prediction", "no_prediction_reason"):
        said.pop(name, None)
    old = RunSummary.from_json(json.dumps(said))
    assert old.alert_precision is None
    assert old.comparison is None
    assert old.supports_prediction
