from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.domain.customer.risk_tier import SCORED_TIERS
from analytics.domain.customer.tier_cuts import TierCuts
from analytics.features.registry import FEATURE_NAMES, FEATURES
from analytics.modelling.explaining.explain import typical_customer
from analytics.modelling.explaining.nearest_change import (
    LEVERS,
    SMALLEST_FALL,
    STEPS,
    Lever,
    NearestChange,
    changed,
    nearest_change,
)
from analytics.modelling.explaining.themes import theme_of
from analytics.modelling.models.calibrated import Calibrated
from analytics.modelling.observing.observations import Observations

CUTS = TierCuts.usual(0.2)


@pytest.fixture(scope="module")
def people(world: Observations) -> pd.DataFrame:
    """Customers with whole counts, as the engine gives them."""
    table = world.table.iloc[:200].copy()
    whole = sorted({name for lever in LEVERS for name in lever.whole})
    table[whole] = (table[whole].abs() * 2).round()
    return table


def found_for(
    model: Calibrated, people: pd.DataFrame, levers: tuple[Lever, ...] = LEVERS
) -> NearestChange:
    risk = model.predict(people)
    typical = typical_customer(people)
    return nearest_change(
        model, people, risk, typical, np.zeros(len(people)), cuts=CUTS, levers=levers
    )


def place_of(model: Calibrated, one: pd.DataFrame) -> int:
    """The place of a customer's tier, the worst first."""
    return SCORED_TIERS.index(CUTS.tier_of(float(model.predict(one)[0])))


@pytest.mark.parametrize("name", ["logistic_regression", "random_forest"])
def test_the_change_lowers_the_tier_when_it_is_made(
    fitted: dict[str, Calibrated], people: pd.DataFrame, name: str
) -> None:
    model, typical = fitted[name], typical_customer(people)
    found = found_for(model, people)
    assert len(found.rows) > 5
    for row, lever, step, said in zip(found.rows, found.lever, found.step, found.risk, strict=True):
        before = people.iloc[[row]]
        after = changed(before, LEVERS[lever], step, typical)
        then = float(model.predict(after)[0])
        assert then == pytest.approx(said)
        assert place_of(model, after) > place_of(model, before)


def test_no_smaller_step_of_any_lever_would_do(
    fitted: dict[str, Calibrated], people: pd.DataFrame
) -> None:
    model, typical = fitted["logistic_regression"], typical_customer(people)
    found = found_for(model, people)
    assert set(found.step) > {1.0}
    for row, step in zip(found.rows, found.step, strict=True):
        before = people.iloc[[row]]
        place = place_of(model, before)
        for lever in LEVERS:
            if lever.needs and before[lever.needs].item() <= 0:
                continue
            for smaller in (one for one in STEPS if one < step):
                then = changed(before, lever, smaller, typical)
                if then[lever.headline].item() != before[lever.headline].item():
                    fall = float(model.predict(before)[0] - model.predict(then)[0])
                    assert place_of(model, then) <= place or fall < SMALLEST_FALL


def test_who_has_the_lowest_tier_or_no_lever_gets_none(
    fitted: dict[str, Calibrated], people: pd.DataFrame
) -> None:
    model = fitted["logistic_regression"]
    risk = model.predict(people)
    low = {row for row in range(len(people)) if CUTS.tier_of(risk[row]) == SCORED_TIERS[-1]}
    assert low.isdisjoint(found_for(model, people).rows)
    assert not len(found_for(fitted["recency"], people).rows)


def test_who_does_not_come_at_all_is_not_told_to_use_more_features(
    fitted: dict[str, Calibrated], people: pd.DataFrame
) -> None:
    away = people.assign(active_days_28d=0.0, features_used_28d=0.0)
    levers = tuple(one for one in LEVERS if one.name == "features_used")
    assert not len(found_for(fitted["logistic_regression"], away, levers).rows)


@given(st.integers(0, len(LEVERS) - 1), st.sampled_from(STEPS), st.integers(0, 10_000))
def test_a_lever_moves_its_features_only_toward_the_aim_and_never_beyond(
    number: int, step: float, seed: int
) -> None:
    lever = LEVERS[number]
    values = np.random.default_rng(seed).integers(0, 9, (1, len(FEATURE_NAMES))).astype(float)
    before = pd.DataFrame(values, columns=FEATURE_NAMES)
    typical = pd.Series(4.0, index=FEATURE_NAMES)
    after = changed(before, lever, step, typical)
    moved = (after != before).iloc[0]
    assert set(moved[moved].index) <= {*lever.lowers, *lever.raises}
    assert (after[list(lever.lowers)] >= 0).all(axis=None)
    assert (after[list(lever.lowers)] <= before[list(lever.lowers)]).all(axis=None)
    for name in lever.raises:
        assert before[name].item() <= after[name].item() <= max(before[name].item(), 4.0)
    for name in lever.whole:
        assert after[name].item() == round(after[name].item())


def test_every_lever_is_of_features_of_its_theme_and_none_is_of_the_past_or_the_silence() -> None:
    for lever in LEVERS:
        for name in (*lever.lowers, *lever.raises):
            assert theme_of(name, FEATURES) == lever.theme
        assert lever.headline in {*lever.lowers, *lever.raises}
    assert not {"recency", "tenure", "trend"} & {lever.theme for lever in LEVERS}
