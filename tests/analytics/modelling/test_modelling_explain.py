from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.features.record import Theme
from analytics.features.registry import FEATURE_NAMES, FEATURES
from analytics.modelling.calibrated import Calibrated
from analytics.modelling.explain import (
    NOTHING,
    direction_of,
    telling_features,
    theme_columns,
    theme_points,
    typical_customer,
)
from analytics.modelling.observations import Observations

THEME_COLUMNS = theme_columns(FEATURES)
THEME_OF = {one.name: one.theme.value for one in FEATURES}


@pytest.fixture(scope="module")
def people(world: Observations) -> pd.DataFrame:
    return world.table.iloc[:60].set_axis(np.arange(60) * 7, axis="index")


def test_every_feature_belongs_to_one_theme() -> None:
    assert sorted(name for names in THEME_COLUMNS.values() for name in names) == sorted(THEME_OF)


@pytest.mark.parametrize("name", ["logistic_regression", "random_forest"])
@pytest.mark.parametrize("theme", list(Theme))
def test_points_are_what_the_risk_loses_with_a_theme_at_its_reference(
    fitted: dict[str, Calibrated], people: pd.DataFrame, name: str, theme: Theme
) -> None:
    model, typical = fitted[name], typical_customer(people)
    points = theme_points(model, people, typical)
    changed = people.copy()
    for feature in FEATURES:
        if feature.theme is theme:
            changed[feature.name] = typical[feature.name]
    lost = 100 * (model.predict(people) - model.predict(changed))
    assert points[theme.value].to_numpy() == pytest.approx(lost, abs=1e-9)
    assert points.index.equals(people.index)


def test_a_change_is_explained_against_the_same_customers_then(
    fitted: dict[str, Calibrated], people: pd.DataFrame, world: Observations
) -> None:
    model = fitted["logistic_regression"]
    then = world.table.iloc[60:120].set_axis(people.index, axis="index")
    points = theme_points(model, people, then)
    recency = list(THEME_COLUMNS[Theme.RECENCY])
    changed = people.assign(**{name: then[name] for name in recency})
    assert points["recency"].to_numpy() == pytest.approx(
        100 * (model.predict(people) - model.predict(changed))
    )
    assert (theme_points(model, people, people) == 0).all(axis=None)


def test_a_model_has_no_points_for_a_theme_that_it_does_not_see(
    fitted: dict[str, Calibrated], people: pd.DataFrame
) -> None:
    points = theme_points(fitted["recency"], people, typical_customer(people))
    assert list(points.columns) == ["recency"]
    seen = {THEME_OF[name] for name in fitted["rfm_logistic"].columns}
    rfm = theme_points(fitted["rfm_logistic"], people, typical_customer(people))
    assert set(rfm.columns) == seen


def test_the_theme_that_tells_silence_carries_the_points(
    fitted: dict[str, Calibrated], people: pd.DataFrame
) -> None:
    points = theme_points(fitted["logistic_regression"], people, typical_customer(people))
    weight = points.abs().mean().sort_values(ascending=False)
    assert set(weight.index[:3]) == {"recency", "friction", "voice"}


def test_the_telling_feature_belongs_to_its_theme_and_to_the_model(
    fitted: dict[str, Calibrated], people: pd.DataFrame, world: Observations
) -> None:
    direction = direction_of(world.table, world.silent)
    for model in (fitted["logistic_regression"], fitted["rfm_logistic"]):
        typical = typical_customer(people)
        points = theme_points(model, people, typical)
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
    odd.loc[0, list(THEME_COLUMNS[Theme.FRICTION])] = typical[list(THEME_COLUMNS[Theme.FRICTION])]
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
