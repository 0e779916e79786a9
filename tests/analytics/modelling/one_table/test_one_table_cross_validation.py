"""A snapshot is judged out of fold, behind the leak gates, and says that it is weaker evidence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline

from analytics.errors import ContractFailed, InsufficientData, UsageError
from analytics.modelling.one_table.cross_validation import (
    BASE_RATE,
    SnapshotBacktest,
    choose_snapshot_champion,
    snapshot_backtest,
)
from analytics.modelling.one_table.file import SnapshotRows
from analytics.modelling.one_table.folds import FOLDS, equal_rows, fold_of_rows
from analytics.modelling.one_table.leakage_checks import (
    ShuffledAuc,
    shuffled_auc,
    shuffled_label_gate,
)
from analytics.modelling.one_table.measures import measure_repeats
from analytics.modelling.one_table.snapshot_models import SNAPSHOT_LADDER, SnapshotModel
from tests.analytics.modelling.snapshot_world import customers

SINGLE, LOGISTIC, FOREST, BOOSTING = SNAPSHOT_LADDER


def judge(rows: pd.DataFrame, **wanted: Any) -> SnapshotBacktest:
    settings = {"ladder": (SINGLE, LOGISTIC), "seed": 0, **wanted}
    return snapshot_backtest(SnapshotRows("a.csv", rows), "left", **settings)


@pytest.fixture(scope="module")
def plain() -> SnapshotBacktest:
    return judge(customers(800))


def test_a_table_with_two_telling_columns_beats_the_best_one(plain: SnapshotBacktest) -> None:
    single, both = plain.models["best_single_column"], plain.models["logistic_regression"]
    assert 0.55 < single.auc < both.auc < 0.9
    assert plain.champion == "logistic_regression"
    assert both.auc_low < both.auc < both.auc_high
    assert both.average_precision_low < both.average_precision < both.average_precision_high
    assert both.brier < plain.models[BASE_RATE].brier
    assert both.log_loss < plain.models[BASE_RATE].log_loss
    assert f"{both.auc:.1%} of pairs" in plain.verdict


def test_the_base_rate_ranks_nobody(plain: SnapshotBacktest) -> None:
    base = plain.models[BASE_RATE]
    assert (base.auc, base.auc_low, base.auc_high) == (0.5, 0.5, 0.5)
    rate = float(plain.label.left.mean())
    assert base.average_precision == pytest.approx(rate)
    assert base.brier == pytest.approx(rate * (1 - rate))


def test_ids_and_the_label_are_left_out_and_listed(plain: SnapshotBacktest) -> None:
    assert plain.columns == ("tenure", "contract", "charge")
    assert set(plain.dropped) == {"id", "left"}


def test_the_gates_are_told_and_what_cannot_be_checked_is_said(plain: SnapshotBacktest) -> None:
    passed = {one.name: one.passed for one in plain.gates}
    assert passed == {
        "enough_rows": True,
        "single_column_leak": True,
        "shuffled_label": True,
        "equal_rows": True,
        "known_before": None,
    }


def test_the_same_table_and_seed_give_the_same_numbers(plain: SnapshotBacktest) -> None:
    again = judge(customers(800))
    assert [one.auc for one in again.models.values()] == [one.auc for one in plain.models.values()]


def test_a_table_that_tells_nothing_supports_no_prediction() -> None:
    found = judge(customers(800, effect=0), ladder=SNAPSHOT_LADDER)
    assert found.champion == BASE_RATE
    assert "cannot support a prediction" in found.verdict


def test_every_leak_is_named_with_how_to_leave_it_out() -> None:
    rows = customers(800)
    left = rows["left"] == "Yes"
    rows["Churn Reason"] = np.where(left, "price", "")
    rows["status"] = np.where(left, "closed", "open")
    with pytest.raises(ContractFailed, match="Got Churn Reason, status") as caught:
        judge(rows)
    assert caught.value.exit_code == 4
    assert "--drop 'Churn Reason' --drop status" in caught.value.message
    assert judge(rows, drop=["Churn Reason", "status"]).champion == "logistic_regression"


def test_copies_of_customers_make_nothing_look_better() -> None:
    rows = customers(800).drop(columns="id")
    copied = pd.concat([rows, rows, rows], ignore_index=True)
    copied["copy"] = np.random.default_rng(0).permutation(len(copied))
    memory = SnapshotModel(
        "memory",
        "Nearest neighbour",
        lambda table, seed: Pipeline(
            [*LOGISTIC.build(table, seed).steps[:1], ("model", KNeighborsClassifier(1))]
        ),
    )
    found = judge(copied, ladder=(memory,))
    assert found.models["memory"].auc < 0.65
    gate = next(one for one in found.gates if one.name == "equal_rows")
    assert gate.said.startswith("1,6")


def test_rows_that_repeat_whole_with_their_id_are_left_out() -> None:
    rows = customers(800)
    found = judge(pd.concat([rows, rows.head(100)], ignore_index=True))
    assert found.notes == ("100 of 900 rows repeat another whole and are left out.",)
    assert len(found.label.left) == 800


def test_the_order_of_the_file_does_not_matter_to_the_size_of_the_error() -> None:
    by_label = judge(customers(800).sort_values("left", ignore_index=True))
    assert by_label.models[BASE_RATE].ece < 0.1


def test_rows_without_label_and_odd_values_are_told_of() -> None:
    rows = customers(800)
    rows.loc[:9, "left"] = ""
    rows.loc[20:24, "tenure"] = "unknown"
    notes = judge(rows).notes
    assert "10 of 800 rows have no left and are left out." in notes
    assert "tenure: 5 of 790 values are no numbers and count as missing." in notes


def test_of_very_many_customers_some_are_drawn_at_random(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.modelling.one_table.cross_validation.MAX_ROWS", 400)
    found = judge(customers(800))
    assert len(found.label.left) == 400
    assert found.notes == ("400 of 800 customers, drawn at random, were used to save time.",)


def test_bad_requests_are_one_sentence() -> None:
    rows = customers(800)
    with pytest.raises(UsageError, match="--drop must name a column"):
        judge(rows, drop=["tenur"])
    with pytest.raises(InsufficientData):
        judge(rows.head(100))
    with pytest.raises(ContractFailed, match="At least one column must be left"):
        judge(rows[["id", "left"]])


def test_folds_keep_equal_rows_together_and_share_out_the_leavers() -> None:
    rows = pd.DataFrame({"a": np.arange(500) // 2, "b": "x"})
    group = equal_rows(rows)
    left = (np.arange(500) % 10 < 4).astype(np.int8)
    fold = fold_of_rows(left, group, seed=0)
    assert all(len(set(fold[group == one])) == 1 for one in np.unique(group))
    shares = [left[fold == one].mean() for one in range(FOLDS)]
    assert max(shares) - min(shares) < 0.05


def test_a_model_that_saw_the_test_rows_fails_the_shuffled_labels() -> None:
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"x": np.repeat(rng.normal(size=200), 2)})
    left = (rng.random(200) < 0.4).astype(np.int8).repeat(2)
    memory = SnapshotModel("m", "m", lambda table, seed: KNeighborsClassifier(1))
    apart = shuffled_auc(table, left, equal_rows(table), memory, seed=0)
    assert shuffled_label_gate(apart).passed
    with pytest.raises(ContractFailed, match="Shuffled labels must not be predictable") as caught:
        shuffled_label_gate(ShuffledAuc(0.71, apart.highest_by_chance))
    assert caught.value.rule == "shuffled_label"


def test_the_simplest_model_stays_champion_unless_clearly_beaten() -> None:
    rng = np.random.default_rng(0)
    left = (rng.random(1_000) < 0.3).astype(np.int8)
    draws = rng.poisson(1.0, (100, 1_000)).astype(float)
    good = 1 / (1 + np.exp(-(left + rng.normal(0, 1, 1_000))))

    def measured(score: np.ndarray) -> Any:
        return measure_repeats(left, score[None, :], draws)

    models = {
        BASE_RATE: measured(np.full(1_000, 0.3)),
        "simple": measured(good),
        "same": measured(good**2),
    }
    assert choose_snapshot_champion(models) == "simple"
    better = measured(np.clip(good + 0.2 * left, 0, 1))
    assert choose_snapshot_champion(models | {"better": better}) == "better"
    slight = measured(0.5 + 0.001 * (left - 0.5) * (rng.random(1_000) < 0.05))
    assert choose_snapshot_champion({BASE_RATE: models[BASE_RATE], "slight": slight}) == BASE_RATE


def test_models_meet_texts_and_gaps_that_training_did_not_show() -> None:
    train = pd.DataFrame({"n": np.arange(100.0), "t": pd.Categorical(["a", "b"] * 50)})
    left = (np.arange(100) % 3 == 0).astype(np.int8)
    new = pd.DataFrame(
        {"n": [np.nan, 5.0], "t": pd.Categorical(["c", None], categories=["a", "b", "c"])}
    )
    for model in SNAPSHOT_LADDER:
        train["t"] = train["t"].cat.set_categories(["a", "b", "c"])
        said = model.build(train, 0).fit(train, left).predict_proba(new)
        assert said.shape == (2, 2)
        assert np.allclose(said.sum(axis=1), 1)
