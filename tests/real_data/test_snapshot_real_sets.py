"""Telco: what plain models reach, and the columns of its later release that give the label away."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analytics.errors import ContractFailed
from analytics.modelling.one_table.cross_validation import SnapshotBacktest, snapshot_backtest
from analytics.modelling.one_table.file import read_snapshots
from analytics.modelling.one_table.snapshot_models import SNAPSHOT_LADDER, SnapshotModel

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real data sets are not here")

TELCO = DATA / "telco" / "telco.csv"
STATUS = DATA / "leakage" / "Telco_customer_churn_status.xlsx"
SERVICES = DATA / "leakage" / "Telco_customer_churn_services.xlsx"
#: Columns of the later release that were filled in after customers had left.
KNOWN_LEAKS = (
    "Customer Status", "Churn Value", "Churn Category", "Churn Reason", "Satisfaction Score",
    "Churn Score",
)  # fmt: skip


def telco(*ladder: SnapshotModel) -> SnapshotBacktest:
    return snapshot_backtest(read_snapshots([TELCO]), "Churn", seed=1, ladder=ladder)


def test_logistic_regression_reaches_what_telco_gives_and_no_more() -> None:
    found = telco(SNAPSHOT_LADDER[1])
    best = found.models["logistic_regression"]
    assert 0.843 <= best.auc <= 0.850
    assert 0.65 <= best.average_precision <= 0.67
    assert best.brier <= 0.137
    assert (len(found.label.left), int(found.label.left.sum())) == (7_043, 1_869)
    assert set(found.dropped) == {"Churn", "customerID"}


@pytest.mark.slow
def test_no_model_of_the_ladder_finds_more_in_telco_than_is_there() -> None:
    found = telco(*SNAPSHOT_LADDER)
    assert 0.72 <= found.models["best_single_column"].auc <= 0.76
    for one in SNAPSHOT_LADDER[1:]:
        assert 0.843 <= found.models[one.name].auc <= 0.850, one.name
        assert 0.65 <= found.models[one.name].average_precision <= 0.67, one.name
    assert found.warnings == ()


def test_all_columns_that_give_telco_away_are_refused_by_name() -> None:
    with pytest.raises(ContractFailed) as caught:
        snapshot_backtest(read_snapshots([SERVICES, STATUS]), "Churn Label", seed=1)
    assert set(caught.value.got.split(", ")) == set(KNOWN_LEAKS)
    assert "--drop 'Satisfaction Score'" in caught.value.message


def test_satisfaction_alone_beside_the_plain_table_is_refused(tmp_path: Path) -> None:
    status = pd.read_excel(STATUS, engine="calamine")
    status = status.rename(columns={"Customer ID": "customerID"})
    status[["customerID", "Satisfaction Score"]].to_csv(tmp_path / "asked.csv", index=False)
    with pytest.raises(ContractFailed) as caught:
        snapshot_backtest(read_snapshots([TELCO, tmp_path / "asked.csv"]), "Churn", seed=1)
    assert caught.value.got == "Satisfaction Score"


def test_the_later_release_without_its_leaks_is_judged() -> None:
    found = snapshot_backtest(
        read_snapshots([SERVICES, STATUS]),
        "Churn Label",
        drop=KNOWN_LEAKS,
        seed=1,
        ladder=SNAPSHOT_LADDER[1:2],
    )
    assert 0.87 <= found.models["logistic_regression"].auc <= 0.91
    assert found.dropped["Customer ID"] == "joins the files"
