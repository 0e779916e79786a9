from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline

from analytics.features.registry import FEATURES
from analytics.modelling.exits import MeanOfModels
from analytics.modelling.explaining import coalition_worth as quick_ways
from analytics.modelling.explaining.coalition_worth import coalition_worth, log_odds_lost
from analytics.modelling.explaining.shapley import coalitions
from analytics.modelling.explaining.themes import theme_columns
from analytics.modelling.models.calibrated import Calibrated
from analytics.modelling.models.estimators import spec_of
from analytics.modelling.observing.observations import Observations

LADDER = ("recency", "rfm_logistic", "logistic_regression", "random_forest")


@pytest.fixture(scope="module")
def people(world: Observations) -> pd.DataFrame:
    return world.table.iloc[:25]


@pytest.fixture(scope="module")
def boosted(world: Observations) -> Calibrated:
    """Gradient boosting that sees missing values as such."""
    model = HistGradientBoostingClassifier(max_iter=40, random_state=0)
    return by_hand(world, Pipeline([("model", model)]))


@pytest.fixture(scope="module")
def hazard(world: Observations) -> Calibrated:
    """Silent and vocal exits, and too few unpaid ones to learn from."""
    rng = np.random.default_rng(0)
    week = np.where(world.silent == 1, 1, rng.integers(0, 4, len(world)))
    cause = np.where(world.silent == 1, 0, rng.integers(0, 2, len(world)))
    cause[:5] = 2
    weeks = np.column_stack([week, cause, np.full(len(world), 6)])
    columns = tuple(world.table.columns)
    pipeline = spec_of("hazard").build(columns, len(world), 0)
    return by_hand(world, pipeline, weeks)


@pytest.fixture(scope="module")
def exit_models(world: Observations) -> dict[str, Calibrated]:
    """Logistic regression and hazard of exits, and their mean with a forest."""
    rng = np.random.default_rng(1)
    chance = np.clip(world.silent * 0.7 + rng.random(len(world)) * 0.3, 0, 1)
    week = np.where(world.silent == 1, rng.integers(1, 6, len(world)), 0)
    weeks = np.column_stack([week, np.zeros(len(world)), np.full(len(world), 6)])
    targets = {
        "exit_logistic": np.column_stack([chance, world.day]),
        "exit_hazard": weeks,
        "random_forest": world.silent,
    }
    columns = tuple(world.table.columns)
    found = {
        name: by_hand(world, spec_of(name).build(columns, len(world), 0), target)
        for name, target in targets.items()
    }
    together = MeanOfModels([model.pipeline for model in found.values()])
    mean = replace(found["exit_hazard"], pipeline=Pipeline([("model", together)]))
    return {**found, "exit_and_forest": mean}


def never(*given: object) -> np.ndarray:
    raise AssertionError("asked for every coalition")


def by_hand(
    world: Observations, pipeline: Pipeline, target: np.ndarray | None = None
) -> Calibrated:
    pipeline.fit(world.table.to_numpy(), world.silent if target is None else target)
    calibrator = LogisticRegression().fit([[-1.0], [0.0], [2.0]], [0, 0, 1])
    return Calibrated("by hand", tuple(world.table.columns), pipeline, calibrator)


def asked_one_by_one(
    model: Calibrated, people: pd.DataFrame, reference: pd.DataFrame
) -> np.ndarray:
    """The risk of every coalition from the model's own answer for mixed rows."""
    themes = theme_columns(model.columns, FEATURES)
    risks = []
    for inside in coalitions(len(themes)):
        mixed = people.copy()
        for names, is_in in zip(themes.values(), inside, strict=True):
            if not is_in:
                mixed[names] = np.broadcast_to(reference[names], (len(people), len(names)))
        risks.append(model.predict(mixed))
    return np.column_stack(risks)


def worth(model: Calibrated, people: pd.DataFrame, reference: pd.DataFrame) -> np.ndarray:
    return coalition_worth(model, people, reference, theme_columns(model.columns, FEATURES))


@pytest.mark.parametrize("name", LADDER)
def test_every_coalition_has_the_risk_that_the_model_itself_says(
    fitted: dict[str, Calibrated], people: pd.DataFrame, name: str
) -> None:
    model, typical = fitted[name], people.median().to_frame().T
    assert worth(model, people, typical) == pytest.approx(
        asked_one_by_one(model, people, typical), abs=1e-9
    )


@pytest.mark.parametrize("name", ["exit_logistic", "exit_hazard", "exit_and_forest"])
def test_models_of_exits_are_taken_apart_quickly_and_exactly(
    exit_models: dict[str, Calibrated],
    people: pd.DataFrame,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model, typical = exit_models[name], people.median().to_frame().T
    wanted = asked_one_by_one(model, people, typical)
    monkeypatch.setattr(quick_ways, "_asked", never)
    assert worth(model, people, typical) == pytest.approx(wanted, abs=1e-6)


def test_what_a_mean_of_models_loses_is_the_mean_of_what_they_lose(
    exit_models: dict[str, Calibrated], people: pd.DataFrame
) -> None:
    typical = people.median().to_frame().T
    themes = theme_columns(people.columns, FEATURES)
    members = [exit_models[name] for name in ("exit_logistic", "exit_hazard", "random_forest")]
    lost = [log_odds_lost(model, people, typical, themes) for model in members]
    together = log_odds_lost(exit_models["exit_and_forest"], people, typical, themes)
    assert together == pytest.approx(np.mean(lost, axis=0))


def test_hazards_that_compete_add_up_theme_by_theme_too(
    hazard: Calibrated, people: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    typical = people.median().to_frame().T
    expected = asked_one_by_one(hazard, people, typical)
    monkeypatch.setattr(quick_ways, "_asked", never)
    assert worth(hazard, people, typical) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("name", ["logistic_regression", "random_forest"])
def test_the_reference_may_be_another_for_every_row(
    fitted: dict[str, Calibrated], people: pd.DataFrame, world: Observations, name: str
) -> None:
    model, then = fitted[name], world.table.iloc[25:50]
    assert worth(model, people, then) == pytest.approx(
        asked_one_by_one(model, people, then), abs=1e-9
    )


def test_boosted_trees_go_the_way_of_missing_values_too(
    boosted: Calibrated, people: pd.DataFrame
) -> None:
    typical = people.median().to_frame().T
    assert people["last_survey_score"].isna().any()
    assert worth(boosted, people, typical) == pytest.approx(
        asked_one_by_one(boosted, people, typical), abs=1e-9
    )


@pytest.mark.parametrize("name", ["logistic_regression", "random_forest"])
def test_the_quick_ways_are_taken_where_they_hold(
    fitted: dict[str, Calibrated], people: pd.DataFrame, name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(quick_ways, "_asked", never)
    assert worth(fitted[name], people, people.median().to_frame().T).shape == (25, 256)


def test_a_model_of_any_other_kind_is_asked_for_every_coalition(
    world: Observations, people: pd.DataFrame
) -> None:
    steps = [("fill", quick_fill()), ("model", KNeighborsClassifier(15))]
    model = by_hand(world, Pipeline(steps))
    few = people.iloc[:3]
    typical = people.median().to_frame().T
    assert worth(model, few, typical) == pytest.approx(asked_one_by_one(model, few, typical))


def test_a_logistic_regression_that_mixes_columns_is_not_taken_for_a_sum(
    world: Observations, people: pd.DataFrame
) -> None:
    """Products of columns do not add up theme by theme; the model's own answer gives it away."""
    from sklearn.preprocessing import PolynomialFeatures, StandardScaler

    names = ("days_since_last_activity", "friction_events_28d", "contacts_28d")
    pipeline = Pipeline(
        [
            ("products", PolynomialFeatures(3)),
            ("scale", StandardScaler()),
            ("model", LogisticRegression(max_iter=500)),
        ]
    )
    pipeline.fit(world.table[list(names)].to_numpy(), world.silent)
    calibrator = LogisticRegression().fit([[-1.0], [0.0], [2.0]], [0, 0, 1])
    model = Calibrated("products", names, pipeline, calibrator)
    typical = people.median().to_frame().T
    assert worth(model, people, typical) == pytest.approx(
        asked_one_by_one(model, people, typical), abs=1e-9
    )


def test_a_forest_is_walked_in_single_precision_as_it_compares(world: Observations) -> None:
    """Values between two single-precision numbers would else fall on the wrong side."""
    values = np.float32(0.1) + np.arange(-40, 40) * 2.0**-30
    x = np.repeat(values, 5)[:, None]
    forest = RandomForestClassifier(20, random_state=0).fit(x, (x[:, 0] > 0.1).astype(int))
    calibrator = LogisticRegression().fit([[-1.0], [0.0], [2.0]], [0, 0, 1])
    model = Calibrated(
        "forest", ("friction_events_28d",), Pipeline([("model", forest)]), calibrator
    )
    rows = pd.DataFrame({"friction_events_28d": values})
    typical = pd.DataFrame({"friction_events_28d": [0.1]})
    assert worth(model, rows, typical)[:, 1] == pytest.approx(model.predict(rows), abs=1e-12)


def quick_fill() -> object:
    from sklearn.impute import SimpleImputer

    return SimpleImputer(keep_empty_features=True)


@pytest.mark.parametrize("name", ["logistic_regression", "random_forest"])
def test_what_the_log_odds_lose_is_what_the_model_says_with_one_theme_at_its_reference(
    fitted: dict[str, Calibrated], people: pd.DataFrame, name: str
) -> None:
    model, typical = fitted[name], people.median().to_frame().T
    themes = theme_columns(model.columns, FEATURES)
    lost = log_odds_lost(model, people, typical, themes)
    for player, names in enumerate(themes.values()):
        other = people.copy()
        other[names] = np.broadcast_to(typical[names], (len(people), len(names)))
        expected = model.raw_log_odds(people) - model.raw_log_odds(other)
        assert lost[:, player] == pytest.approx(expected, abs=1e-6)
