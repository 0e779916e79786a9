from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from analytics.modelling.models.estimators import spec_of
from analytics.modelling.models.uncertainty import REFITS, interval_of, log_odds_spread, refit
from tests.analytics.modelling.model_world import FIRST_DAY, feature_table, observations

PEOPLE = feature_table(80, np.random.default_rng(5))


def spread(customers: int, *, name: str = "recency", seed: int = 0) -> np.ndarray:
    world = observations(customers=customers, dates=2, seed=1)
    early = world.day == FIRST_DAY
    drawn = refit(spec_of(name), world.where(early), world.where(~early), seed=seed, refits=4)
    return log_odds_spread(drawn, PEOPLE)


def test_the_interval_holds_the_probability_and_stays_a_probability() -> None:
    probability = np.array([0.001, 0.01, 0.2, 0.5, 0.9, 0.999])
    for wide in (0.0, 0.1, 0.6, 5.0):
        low, high = interval_of(probability, np.full(6, wide))
        assert (low <= probability).all()
        assert (probability <= high).all()
        assert ((low > 0) & (high < 1)).all()
        if wide:
            assert (high - low > 0).all()


def test_a_wider_spread_gives_a_wider_interval() -> None:
    probability = np.array([0.05, 0.3, 0.7])
    narrow, wide = (interval_of(probability, np.full(3, one)) for one in (0.2, 0.4))
    assert (wide[0] < narrow[0]).all()
    assert (wide[1] > narrow[1]).all()


def test_the_ends_are_the_tenth_and_ninetieth_percentile_for_a_spread_of_eight_refits() -> None:
    low, high = interval_of(np.array([0.5]), np.array([1.0]))
    assert np.log(high / (1 - high)) == pytest.approx(t.ppf(0.9, REFITS - 1), abs=1e-6)
    assert low + high == pytest.approx(1.0)


def test_fewer_customers_leave_more_doubt() -> None:
    assert spread(150).mean() > 1.5 * spread(1600).mean()


def test_the_same_seed_gives_the_same_doubt() -> None:
    first = spread(200)
    assert (first == spread(200)).all()
    assert (first != spread(200, seed=9)).any()


def test_doubt_can_be_told_of_a_forest_too() -> None:
    found = spread(300, name="random_forest")
    assert found.shape == (80,)
    assert np.isfinite(found).all()
    assert found.mean() > 0
