from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.pipeline import Pipeline

from analytics.features.registry import FEATURE_NAMES, FEATURES
from analytics.modelling.artifact import load_model, save_model
from analytics.modelling.explaining.explain import (
    NOTHING,
    ThemePoints,
    direction_of,
    telling_features,
    theme_points,
    typical_customer,
)
from analytics.modelling.explaining.shapley import MOST_PLAYERS
from analytics.modelling.explaining.themes import REASON_THEMES, theme_columns, theme_of
from analytics.modelling.models.calibrated import Calibrated
from analytics.modelling.observing.observations import Observations
from analytics.modelling.observing.stacked import NO_EVENT_LOG_ODDS

THEME_COLUMNS = theme_columns((*FEATURE_NAMES, NO_EVENT_LOG_ODDS), FEATURES)
THEME_OF = {one.name: theme_of(one.name, FEATURES) for one in FEATURES}
MODELS = ("recency", "rfm_logistic", "logistic_regression", "random_forest")


@pytest.fixture(scope="module")
def people(world: Observations) -> pd.DataFrame:
    return world.table.iloc[:60].set_axis(np.arange(60) * 7, axis="index")


@pytest.fixture(scope="module")
def explained(fitted: dict[str, Calibrated], people: pd.DataFrame) -> Callable[[str], ThemePoints]:
    typical = typical_customer(people)
    return lambda name: theme_points(fitted[name], people, typical)


def test_every_feature_belongs_to_one_of_at_most_eight_themes() -> None:
    assert len(REASON_THEMES) <= MOST_PLAYERS
    assert set(THEME_COLUMNS) == set(REASON_THEMES)
    named = [name for names in THEME_COLUMNS.values() for name in names]
    assert sorted(named) == sorted((*FEATURE_NAMES, NO_EVENT_LOG_ODDS))


def test_what_another_model_found_belongs_to_silence_and_rhythm() -> None:
    assert theme_of(NO_EVENT_LOG_ODDS, FEATURES) == "recency"
    assert theme_of("expected_gap_days", FEATURES) == "recency"


@pytest.mark.parametrize("name", MODELS)
def test_the_shares_add_up_to_the_risk_against_the_typical_customer(
    fitted: dict[str, Calibrated],
    explained: Callable[[str], ThemePoints],
    people: pd.DataFrame,
    name: str,
) -> None:
    points = explained(name)
    typical = float(fitted[name].predict(typical_customer(people).to_frame().T)[0])
    expected = 100 * (fitted[name].predict(people) - typical)
    assert points.shares.sum(axis=1).to_numpy() == pytest.approx(expected, abs=1e-6)
    assert points.risk == pytest.approx(fitted[name].predict(people), abs=1e-9)
    assert points.reference_risk == pytest.approx(typical, abs=1e-9)
    assert points.shares.index.equals(people.index)


@pytest.mark.parametrize("name", ["logistic_regression", "random_forest"])
@pytest.mark.parametrize("theme", REASON_THEMES)
def test_a_stated_risk_reproduces_with_the_saved_model_and_the_theme_at_its_reference(
    fitted: dict[str, Calibrated],
    explained: Callable[[str], ThemePoints],
    novelty: Pipeline,
    people: pd.DataFrame,
    tmp_path: Path,
    name: str,
    theme: str,
) -> None:
    save_model(tmp_path, fitted[name], novelty, {})
    model = load_model(tmp_path).champion
    changed = people.assign(
        **{column: typical_customer(people)[column] for column in THEME_COLUMNS[theme]}
    )
    points = explained(name)
    lost = 100 * (model.predict(people) - model.predict(changed))
    assert points.alone[theme].to_numpy() == pytest.approx(lost, abs=1e-6)


@pytest.mark.parametrize("name", ["logistic_regression", "random_forest"])
def test_a_change_adds_up_to_the_risk_now_minus_the_risk_then(
    fitted: dict[str, Calibrated], people: pd.DataFrame, world: Observations, name: str
) -> None:
    model = fitted[name]
    then = world.table.iloc[60:120].set_axis(people.index, axis="index")
    points = theme_points(model, people, then)
    moved = 100 * (model.predict(people) - model.predict(then))
    assert points.shares.sum(axis=1).to_numpy() == pytest.approx(moved, abs=1e-6)
    assert theme_points(model, people, people).shares.abs().to_numpy().max() < 1e-9


def test_the_order_of_the_customers_does_not_matter(
    fitted: dict[str, Calibrated], people: pd.DataFrame
) -> None:
    model, typical = fitted["random_forest"], typical_customer(people)
    turned = theme_points(model, people.iloc[::-1], typical).shares.loc[people.index]
    pd.testing.assert_frame_equal(turned, theme_points(model, people, typical).shares)


def test_a_theme_that_is_like_the_reference_has_no_points(
    fitted: dict[str, Calibrated], people: pd.DataFrame
) -> None:
    typical = typical_customer(people)
    alike = people.assign(**{name: typical[name] for name in THEME_COLUMNS["voice"]})
    points = theme_points(fitted["random_forest"], alike, typical)
    assert points.shares["voice"].abs().max() < 1e-9
    assert points.alone["voice"].abs().max() < 1e-9


def test_a_model_has_no_points_for_a_theme_that_it_does_not_see(
    explained: Callable[[str], ThemePoints], fitted: dict[str, Calibrated]
) -> None:
    assert list(explained("recency").shares.columns) == ["recency"]
    seen = {theme_of(name, FEATURES) for name in fitted["rfm_logistic"].columns}
    assert set(explained("rfm_logistic").shares.columns) == seen


def test_the_themes_that_tell_silence_carry_the_points(
    explained: Callable[[str], ThemePoints],
) -> None:
    weight = explained("logistic_regression").shares.abs().mean().sort_values(ascending=False)
    assert set(weight.index[:3]) == {"recency", "friction", "voice"}


def test_the_telling_feature_belongs_to_its_theme_and_to_the_model(
    fitted: dict[str, Calibrated], people: pd.DataFrame, world: Observations
) -> None:
    direction = direction_of(world.table, world.silent)
    for model in (fitted["logistic_regression"], fitted["rfm_logistic"]):
        typical = typical_customer(people)
        points = theme_points(model, people, typical).shares
        told = telling_features(points, people, typical, direction, model.columns)
        for theme in told.columns:
            named = set(told[theme]) - {NOTHING}
            assert {THEME_OF[name] for name in named} <= {theme}
            assert named <= set(model.columns)
        assert any((told[theme] != NOTHING).any() for theme in told.columns)


@pytest.mark.parametrize("raises", [1.0, -1.0])
def test_the_telling_feature_is_the_farthest_on_the_side_of_its_points(
    people: pd.DataFrame, raises: float
) -> None:
    typical = typical_customer(people)
    odd = people.copy()
    odd.loc[0, list(THEME_COLUMNS["friction"])] = typical[list(THEME_COLUMNS["friction"])]
    odd.loc[0, "friction_events_28d"] = typical["friction_events_28d"] + 50
    odd.loc[0, "friction_per_active_day_90d"] = typical["friction_per_active_day_90d"] - 90
    up = pd.Series(1.0, index=people.columns)
    points = pd.DataFrame({"friction": raises}, index=odd.index)
    told = telling_features(points, odd, typical, up, FEATURE_NAMES)
    assert told.loc[0, "friction"] == (
        "friction_events_28d" if raises > 0 else "friction_per_active_day_90d"
    )
    turned = telling_features(points, odd, typical, -up, FEATURE_NAMES)
    assert turned.loc[0, "friction"] == (
        "friction_per_active_day_90d" if raises > 0 else "friction_events_28d"
    )


def test_a_customer_who_is_like_the_reference_has_nothing_that_speaks(people: pd.DataFrame) -> None:
    points = pd.DataFrame({"friction": 5.0}, index=people.index)
    up = pd.Series(1.0, index=people.columns)
    told = telling_features(points, people, people, up, FEATURE_NAMES)
    assert (told["friction"] == NOTHING).all()


def test_the_direction_is_that_of_the_past(world: Observations) -> None:
    constant = world.table.assign(contacts_90d=3.0)
    direction = direction_of(constant, world.silent)
    assert direction["days_since_last_activity"] > 0.1
    assert direction["contacts_90d"] == 0


def test_the_typical_customer_is_the_median_and_zero_where_nobody_has_the_feature() -> None:
    frame = pd.DataFrame({"a": [1.0, 2.0, 9.0], "b": [np.nan] * 3})
    assert typical_customer(frame).to_dict() == {"a": 2.0, "b": 0.0}
