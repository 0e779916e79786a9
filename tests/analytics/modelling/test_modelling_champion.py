from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.modelling.backtest import backtest
from analytics.modelling.calibration_bins import calibration_bins
from analytics.modelling.champion import champion_of, ladder_steps
from analytics.modelling.judging import ALL, RECENTLY_ACTIVE, judge
from analytics.modelling.measuring.metrics import auc
from analytics.modelling.models.estimators import NOVELTY_NAME, spec_of
from tests.analytics.modelling.model_world import observations, with_shuffled_labels

NAMES = ["recency", "cadence", "rfm_logistic"]
RUNGS = [spec_of(one) for one in NAMES]
FEW = [spec_of("recency"), spec_of("logistic_regression")]
MEAN = replace(
    spec_of("exit_mean"), members=(spec_of("random_forest"), spec_of("gradient_boosting"))
)


def choose_champion(predictions: pd.DataFrame, names: list[str], *, seed: int) -> str:
    return champion_of(ladder_steps(predictions, names, seed=seed))


def predictions(*skill: float, rows: int = 1500, seed: int = 0) -> pd.DataFrame:
    """Predictions of models that each see the truth as clearly as `skill` says."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=rows)
    chance = 1 / (1 + np.exp(-(truth - 1.5)))
    models = {
        name: 1 / (1 + np.exp(-(clear * truth + rng.normal(size=rows) - 1.5)))
        for name, clear in zip(NAMES, skill, strict=True)
    }
    return pd.DataFrame(
        {
            "day": np.repeat([20_000, 20_028, 20_056], rows // 3),
            "customer_key": np.tile(np.arange(rows // 3), 3),
            "silent": (rng.random(rows) < chance).astype(np.int8),
            "early": rng.random(rows) < 0.5,
            **models,
            NOVELTY_NAME: rng.normal(size=rows),
        }
    )


def test_the_simplest_of_equal_models_is_believed() -> None:
    same = predictions(1.0, 1.0, 1.0)
    same["cadence"] = same["rfm_logistic"] = same["recency"]
    assert choose_champion(same, NAMES, seed=0) == "recency"


@pytest.mark.parametrize("seed", range(3))
def test_a_clearly_better_model_is_taken(seed: int) -> None:
    assert choose_champion(predictions(0.3, 0.3, 3.0, seed=seed), NAMES, seed=0) == "rfm_logistic"


def test_a_rung_must_beat_the_best_below_it_not_only_the_first() -> None:
    told = predictions(0.3, 3.0, 0.3)
    assert choose_champion(told, NAMES, seed=0) == "cadence"


def test_a_better_point_estimate_alone_is_not_enough() -> None:
    """A hair more skill on few rows: the interval of the difference holds zero."""
    told = predictions(1.0, 1.0, 1.0, rows=300)
    told["cadence"] = told["recency"] + 1e-3 * told["silent"]
    gain = auc(told["silent"], told["cadence"]) - auc(told["silent"], told["recency"])
    noisy = told.assign(cadence=told["recency"] + np.random.default_rng(1).normal(0, 0.01, 300))
    assert gain > 0
    assert choose_champion(noisy, NAMES[:2], seed=0) == "recency"


def test_better_probabilities_are_enough_where_the_ranking_is_as_good() -> None:
    """The same ranking, half as bold: Brier score tells them apart, AUC does not."""
    told = predictions(2.0, 2.0, 2.0)
    told["cadence"] = 1 / (1 + np.exp(-(np.log(told["recency"] / (1 - told["recency"])) * 0.5 - 1)))
    steps = ladder_steps(told, NAMES[:2], seed=0).set_index("model")
    assert steps.loc["cadence", "auc_gain"] == pytest.approx(0)
    assert steps.loc["cadence", "brier_gain_low"] > 0
    assert steps["champion"].to_dict() == {"recency": False, "cadence": True}


def test_better_probabilities_do_not_make_up_for_a_surely_worse_ranking() -> None:
    told = predictions(3.0, 3.0, 3.0)
    base = told["silent"].mean()
    told["recency"] = told["recency"].rank(pct=True) ** 0.2
    told["cadence"] = base
    assert choose_champion(told, NAMES[:2], seed=0) == "recency"


def test_knowing_the_date_only_is_no_ranking() -> None:
    """Nine in ten leave on the first date, one in ten on the others; the model says just that."""
    told = predictions(0.3, 0.3, 0.3)
    rng = np.random.default_rng(2)
    level = np.where(told["day"] == told["day"].min(), 0.9, 0.1)
    told = told.assign(silent=(rng.random(len(told)) < level).astype(np.int8), recency=0.4)
    told["cadence"] = level
    found = judge(told, ladder=RUNGS, seed=0)
    assert auc(told["silent"], told["cadence"]) > 0.8, "thrown together, the dates seem to rank"
    row = found.of("cadence")
    assert (row["auc"], row["auc_low"], row["auc_high"]) == (0.5, 0.5, 0.5)
    assert (row["lift_top_decile"], row["recall_top_decile"]) == pytest.approx((1.0, 0.1))
    steps = found.steps.set_index("model")
    assert steps.loc["cadence", ["auc_gain", "auc_gain_low", "auc_gain_high"]].tolist() == [0, 0, 0]
    assert not steps.loc["rfm_logistic", "auc_gain_low"] > 0


def test_every_step_is_against_the_best_below_it() -> None:
    steps = ladder_steps(predictions(0.3, 3.0, 0.3), NAMES, seed=0)
    assert steps["against"].tolist() == ["", "recency", "cadence"]
    assert steps["taken"].tolist() == [True, True, False]
    assert steps["rung"].tolist() == [1, 2, 3]
    assert steps.loc[0, ["auc_gain", "brier_gain"]].isna().all()
    for gain in ("auc_gain", "brier_gain"):
        known = steps[1:]
        assert known[gain].between(known[f"{gain}_low"], known[f"{gain}_high"]).all()


def with_exits(told: pd.DataFrame, clear: float, *, rows_known: float = 1.0) -> pd.DataFrame:
    """Add exits, half of which the label does not call silent, that the last model sees."""
    rng = np.random.default_rng(3)
    hidden = rng.normal(size=len(told))
    exits = (told["silent"] == 1) | (rng.random(len(told)) < 1 / (1 + np.exp(-(3 * hidden - 4))))
    odds = np.log(told["cadence"] / (1 - told["cadence"])) + clear * hidden
    known = rng.random(len(told)) < rows_known
    return told.assign(
        exit=np.where(known, exits.astype(float), np.nan), rfm_logistic=1 / (1 + np.exp(-odds))
    )


def climbed(told: pd.DataFrame) -> pd.DataFrame:
    steps = ladder_steps(told, NAMES, seed=0, learn_exits={"rfm_logistic"})
    return steps.set_index("model")


def test_a_model_of_exits_is_taken_if_it_finds_them_and_keeps_to_the_label() -> None:
    steps = climbed(with_exits(predictions(0.3, 3.0, 0.3), 0.3))
    assert steps.loc["rfm_logistic", "exit_gain_low"] > 0
    assert steps.loc["rfm_logistic", "auc_gain"] > -0.02
    assert steps["champion"].to_dict() == {
        "recency": False, "cadence": False, "rfm_logistic": True,
    }  # fmt: skip
    assert steps.loc[["recency", "cadence"], "exit_gain"].isna().all()


def test_a_model_of_exits_that_forgets_the_label_is_not_taken() -> None:
    steps = climbed(with_exits(predictions(0.3, 3.0, 0.3), 4.0))
    assert steps.loc["rfm_logistic", "exit_gain_low"] > 0
    assert steps.loc["cadence", "champion"]


def test_a_model_of_exits_is_judged_by_the_label_where_few_exits_are_known() -> None:
    steps = climbed(with_exits(predictions(0.3, 3.0, 0.3), 0.3, rows_known=0.02))
    assert np.isnan(steps.loc["rfm_logistic", "exit_gain"])
    assert steps.loc["cadence", "champion"]


def test_every_model_is_measured_on_every_date_and_slice() -> None:
    found = judge(predictions(0.3, 0.5, 1.0), ladder=RUNGS, seed=0)
    assert len(found.metrics) == (3 + 1) * len((ALL, RECENTLY_ACTIVE)) * (len(NAMES) + 1)
    early = found.predictions[found.predictions["early"]]
    assert found.of("cadence", "recently_active")["customers"] == len(early)
    assert found.of("cadence", "recently_active")["auc"] == auc(
        early["silent"], early["cadence"], within=early["day"]
    )
    assert set(found.metrics["observation_date"]) == {
        "all",
        "2024-10-04",
        "2024-11-01",
        "2024-11-29",
    }


def test_a_flag_that_is_no_probability_has_no_calibration() -> None:
    found = judge(predictions(0.3, 0.5, 1.0), ladder=RUNGS, seed=0)
    assert pd.isna(found.of(NOVELTY_NAME)["brier"])
    assert pd.notna(found.of("recency")["brier"])


def test_calibration_bins_hold_every_row_and_their_own_interval() -> None:
    found = judge(predictions(0.3, 0.5, 1.0), ladder=RUNGS, seed=0)
    bins = calibration_bins(found)
    assert bins["customers"].tolist() == [150] * 10
    assert bins["predicted"].is_monotonic_increasing
    assert (bins["observed"] * bins["customers"]).sum() == pytest.approx(
        found.predictions["silent"].sum()
    )
    assert bins["observed"].between(bins["observed_low"], bins["observed_high"]).all()


def test_shuffled_outcomes_leave_chance_and_the_simplest_model() -> None:
    told = observations(customers=400, dates=6, told_by=("friction_events_28d",), base=-0.8)
    shuffled = with_shuffled_labels(told, seed=3)
    found = backtest(shuffled, origins=3, seed=0, ladder=FEW)
    assert found.champion == "recency"
    for name in ("recency", "logistic_regression"):
        assert found.of(name)["auc"] == pytest.approx(0.5, abs=0.06)
    honest = backtest(told, origins=3, seed=0, ladder=FEW)
    assert honest.champion == "logistic_regression"
    assert honest.of("logistic_regression")["auc"] > 0.7


def test_a_mean_of_models_is_tested_also_where_its_members_are_no_rungs() -> None:
    world = observations()
    alone = backtest(world, origins=1, seed=0, ladder=[*FEW, MEAN])
    with_members = backtest(world, origins=1, seed=0, ladder=[*FEW, *MEAN.members, MEAN])
    assert alone.predictions[MEAN.name].tolist() == with_members.predictions[MEAN.name].tolist()
