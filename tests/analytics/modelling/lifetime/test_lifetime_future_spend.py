"""Expected purchases times expected spend: where each form holds, and what real shops say of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.evaluation.acceptance.purchase_facts import CALIBRATION_DAYS, CDNOW_DAYS, read_cdnow
from analytics.modelling.lifetime.bgnbd import BgNbd
from analytics.modelling.lifetime.future_spend import (
    Bought,
    FutureSpend,
    SpendModel,
    fit_future_spend,
    fit_spend,
    tamed,
)
from analytics.modelling.lifetime.gamma_gamma import GammaGamma

CDNOW = Path(__file__).parents[4].parent / "shared" / "data" / "cdnow"
MODELS = FutureSpend(
    BgNbd(0.243, 4.414, 0.793, 2.426), SpendModel(GammaGamma(6.25, 3.74, 15.44), 35.0, 0.1)
)


def bought(days: object, last: object, age: object, mean: object = 30.0) -> Bought:
    parts = np.broadcast_arrays(*(np.asarray(one, dtype=float) for one in (days, last, age, mean)))
    return Bought(*(np.atleast_1d(one).astype(float) for one in parts))


@given(
    days=st.integers(1, 40),
    last=st.floats(0.0, 1.0),
    age=st.floats(0.5, 150.0),
    horizon=st.floats(7.0, 300.0),
)
def test_what_stayers_and_leavers_spend_is_on_average_what_everybody_does(
    days: int, last: float, age: float, horizon: float
) -> None:
    one = bought(days, last * age if days > 1 else 0.0, age)
    found = MODELS.over_a_year(one, np.array([horizon]))
    repeats = one.days - 1
    silent = MODELS.purchases.probability_of_no_event(
        repeats, one.last_week, one.age_weeks, horizon / 7
    )
    every_way = MODELS.purchases.expected_purchases(
        repeats, one.last_week, one.age_weeks, 365.25 / 7
    ) * MODELS.spend.expected(one)
    mean = silent * found.if_silent + (1 - silent) * found.if_stays
    assert found.if_stays[0] >= found.if_silent[0] >= 0
    if silent[0] < 0.999:
        assert mean[0] == pytest.approx(every_way[0], rel=1e-3, abs=1e-3 * found.if_stays[0])


def test_a_longer_silence_leaves_less_to_come_back() -> None:
    regular = bought(12, 50.0, 52.0)
    short, long = (MODELS.over_a_year(regular, np.array([one])) for one in (30.0, 180.0))
    assert short.if_silent[0] > long.if_silent[0] > 0
    assert short.relative_variance[0] > 0


def test_more_purchases_tell_the_value_better() -> None:
    few, many = (MODELS.over_a_year(bought(one, 50.0, 52.0), np.array([60.0])) for one in (2, 30))
    assert many.relative_variance[0] < few.relative_variance[0]


def _shop(rng: np.random.Generator, slope: float, size: int = 2_000) -> Bought:
    days = 1 + rng.poisson(rng.gamma(1.0, 3.0, size)).astype(float)
    level = rng.gamma(4.0, 10.0, size) * (1 + slope * days)
    mean = rng.gamma(6.0 * days) * level / (6.0 * days)
    return Bought(days, np.full(size, 20.0), np.full(size, 30.0), mean)


def test_gamma_gamma_is_used_where_how_often_says_nothing_of_how_much() -> None:
    model = fit_spend(_shop(np.random.default_rng(0), slope=0.0))
    assert model.fitted is not None
    assert abs(model.correlation) < 0.1
    assert model.refused == ""


def test_where_it_does_the_own_mean_drawn_to_everyones_stands_in_with_the_reason() -> None:
    shop = _shop(np.random.default_rng(1), slope=0.4)
    model = fit_spend(shop)
    assert model.fitted is None
    assert model.correlation > 0.3
    assert "related" in model.refused
    expected = model.expected(shop)
    own_side = (expected - model.mean_spend) * (shop.mean_spend - model.mean_spend)
    assert (own_side >= 0).all()
    assert (abs(expected - model.mean_spend) <= abs(shop.mean_spend - model.mean_spend)).all()


def test_too_few_who_bought_again_are_said_to_be_too_few() -> None:
    model = fit_spend(_shop(np.random.default_rng(2), slope=0.0, size=60))
    assert model.fitted is None
    assert "customers bought on two days or more" in model.refused


def test_nobody_who_bought_twice_gives_no_model() -> None:
    assert fit_future_spend(bought(np.ones(50), 0.0, 20.0)) is None


@pytest.mark.skipif(not CDNOW.is_dir(), reason="the public data sets are not beside the project")
def test_the_next_39_weeks_of_cdnow_are_told_better_than_by_the_own_mean() -> None:
    log = read_cdnow(CDNOW / "CDNOW_sample.txt")
    known = log.day < CALIBRATION_DAYS
    size = log.customers
    days = np.bincount(log.customer[known], minlength=size).astype(float)
    spent = np.bincount(log.customer[known], log.amount[known], minlength=size)
    came = np.bincount(log.customer[~known], log.amount[~known], minlength=size)
    first = log.day[log.first_row]
    last = np.zeros(size)
    np.maximum.at(last, log.customer[known], log.day[known].astype(float))
    age = (CALIBRATION_DAYS - 1 - first) / 7
    kept = spent > 0
    shop = bought(days[kept], (last - first)[kept] / 7, age[kept], spent[kept] / days[kept])
    models = fit_future_spend(shop)
    assert models is not None
    assert models.spend.fitted is not None
    weeks = (CDNOW_DAYS - CALIBRATION_DAYS) / 7
    repeats = shop.days - 1
    number = models.purchases.expected_purchases(repeats, shop.last_week, shop.age_weeks, weeks)
    said = number * models.spend.expected(shop)
    goes_on = shop.days * shop.mean_spend / np.maximum(shop.age_weeks, 4.0) * weeks
    error, naive = (np.abs(one - came[kept]).mean() for one in (said, goes_on))
    assert error < 0.6 * naive
    assert said.sum() == pytest.approx(came[kept].sum(), rel=0.35)
    assert goes_on.sum() > 2 * came[kept].sum()


@pytest.mark.parametrize("scale", [1e2, 1e5])
def test_customers_who_hardly_differ_have_values_too(scale: float) -> None:
    """The likeliest parameters run off where everybody buys and leaves alike."""
    sharp = BgNbd(0.5 * scale, 4.0 * scale, 0.04 * scale, 0.96 * scale)
    model = tamed(sharp)
    assert model.a / (model.a + model.b) == pytest.approx(0.04)
    assert model.r / model.alpha == pytest.approx(0.125)
    rng = np.random.default_rng(0)
    size = 3_000
    age = rng.uniform(1, 150, size)
    days = 1.0 + rng.poisson(age / 8)
    shop = Bought(days, np.where(days > 1, age * rng.random(size), 0.0), age, np.full(size, 20.0))
    with np.errstate(all="raise", under="ignore"):
        found = FutureSpend(model, MODELS.spend).over_a_year(shop, rng.uniform(30, 200, size))
    assert np.isfinite(found.if_stays).all()
    assert (found.if_stays >= found.if_silent).all()
    assert (found.if_silent >= 0).all()
