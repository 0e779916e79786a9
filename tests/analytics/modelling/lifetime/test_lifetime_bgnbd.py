"""BG/NBD finds the published parameters, and its probabilities keep their laws."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import InsufficientData
from analytics.evaluation.acceptance.purchase_facts import purchase_summary, read_cdnow
from analytics.modelling.lifetime.bgnbd import BgNbd, fit_bgnbd

CDNOW = Path(__file__).parents[4].parent / "shared" / "data" / "cdnow"
PUBLISHED = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)

Floats = npt.NDArray[np.float64]


def buyers(model: BgNbd, size: int, weeks: float, seed: int) -> tuple[Floats, Floats, Floats]:
    """Let customers live by the book, one purchase after the other."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(model.r, 1 / model.alpha, size)
    dropout = rng.beta(model.a, model.b, size)
    age = weeks - rng.random(size) * 12
    times, last, there = np.zeros(size), np.zeros(size), np.ones(size, dtype=bool)
    while there.any():
        at = last + rng.exponential(1 / np.maximum(rate, 1e-12))
        there &= at < age
        times, last = times + there, np.where(there, at, last)
        there &= rng.random(size) > dropout
    return times, last, age


@pytest.mark.skipif(not CDNOW.is_dir(), reason="the public data sets are not beside the project")
@pytest.mark.parametrize(
    ("file", "published"),
    [
        ("CDNOW_sample.txt", (0.2426, 4.4136, 0.7929, 2.4259, -9582.4)),
        ("CDNOW_master.txt", (0.2516, 4.789, 0.7234, 2.161, -95368.4)),
    ],
)
def test_the_published_fit_of_cdnow_comes_out(file: str, published: tuple[float, ...]) -> None:
    seen = purchase_summary(read_cdnow(CDNOW / file))
    model = fit_bgnbd(seen.frequency, seen.recency, seen.age)
    assert tuple(model.parameters.values()) == pytest.approx(published[:4], rel=0.001)
    assert model.log_likelihood == pytest.approx(published[4], abs=0.1)


def test_known_parameters_are_recovered_and_lie_in_their_intervals() -> None:
    truth = BgNbd(r=0.8, alpha=6.0, a=0.9, b=2.5)
    models = [fit_bgnbd(*buyers(truth, 4000, 78, seed=one)) for one in range(25)]
    for name, true in truth.parameters.items():
        assert np.mean([one.parameters[name] for one in models]) == pytest.approx(true, rel=0.05)
    ends = [(one.interval(name), true) for one in models for name, true in truth.parameters.items()]
    assert 0.88 <= np.mean([low < true < high for (low, high), true in ends]) < 1
    assert max(high / low for (low, high), _ in ends) < 3


def test_weights_stand_for_equal_customers() -> None:
    x, recency, age = (np.round(one) for one in buyers(PUBLISHED, 600, 39, seed=2))
    recency = np.minimum(np.where(x > 0, recency, 0), age)
    one_by_one = fit_bgnbd(np.tile(x, 3), np.tile(recency, 3), np.tile(age, 3))
    weighted = fit_bgnbd(x, recency, age, np.full(600, 3.0))
    assert weighted.log_likelihood == pytest.approx(one_by_one.log_likelihood)
    assert weighted.b == pytest.approx(one_by_one.b, rel=1e-3)
    assert weighted.interval("r") == pytest.approx(one_by_one.interval("r"), rel=1e-3)


def test_the_unit_of_time_does_not_matter() -> None:
    x, recency, age = buyers(PUBLISHED, 2000, 39, seed=3)
    weeks, days = fit_bgnbd(x, recency, age), fit_bgnbd(x, recency * 7, age * 7)
    assert days.alpha == pytest.approx(7 * weeks.alpha, rel=1e-3)
    assert (days.r, days.a) == pytest.approx((weeks.r, weeks.a), rel=1e-3)


def test_an_interval_is_open_where_nobody_ever_stops() -> None:
    x = np.arange(1.0, 200.0)
    model = fit_bgnbd(x, np.full(199, 50.0), np.full(199, 50.0))
    assert model.a / (model.a + model.b) < 0.001
    low, high = model.interval("b")
    assert low == 0.0 or high / low > 1e3


customers = st.tuples(
    st.integers(0, 300), st.floats(0, 1), st.floats(0, 500), st.floats(0, 400), st.floats(0, 400)
)
models = st.builds(
    BgNbd, r=st.floats(0.05, 5), alpha=st.floats(0.1, 60), a=st.floats(0.05, 5), b=st.floats(0.1, 9)
)


@settings(max_examples=200, deadline=None)
@given(models, customers)
def test_probabilities_lie_in_their_range_and_fall_with_the_horizon(
    model: BgNbd, customer: tuple[int, float, float, float, float]
) -> None:
    x, share, age, near, further = customer
    seen = (x, share * age if x else 0.0, age)
    none, soon, late = (
        float(model.probability_of_no_event(*seen, one)) for one in (0.0, near, near + further)
    )
    alive = float(model.probability_alive(*seen))
    assert none == 1
    assert 0 <= late <= soon <= 1
    assert 0 <= alive <= 1
    assert late >= 1 - alive - 1e-12
    first, second = (float(model.expected_purchases(*seen, one)) for one in (near, near + further))
    assert 0 <= first <= second * (1 + 1e-6) + 1e-9
    assert second >= (1 - late) * (1 - 1e-4) - 1e-6


def test_silence_ahead_needs_to_have_stopped_or_to_wait() -> None:
    x, recency, age, horizon = 7.0, 20.0, 39.0, 13.0
    alive = PUBLISHED.probability_alive(x, recency, age)
    rate = PUBLISHED.alpha + age
    waits = (rate / (rate + horizon)) ** (PUBLISHED.r + x)
    assert PUBLISHED.probability_of_no_event(x, recency, age, horizon) == pytest.approx(
        1 - alive * (1 - waits)
    )


@pytest.mark.parametrize("a", [0.793, 1.0, 2.4])
@pytest.mark.parametrize(("x", "recency"), [(0, 0.0), (3, 30.0), (150, 38.9)])
def test_expected_purchases_are_the_mean_over_what_customers_may_be_like(
    a: float, x: int, recency: float
) -> None:
    model = BgNbd(r=0.243, alpha=4.414, a=a, b=2.426)
    rng = np.random.default_rng(4)
    rate = rng.gamma(model.r + x, 1 / (model.alpha + 39), 400_000)
    dropout = rng.beta(model.a, model.b + x, 400_000)
    if_alive = np.mean(-np.expm1(-rate * dropout * 39) / dropout)
    alive = float(model.probability_alive(x, recency, 39))
    assert float(model.expected_purchases(x, recency, 39, 39)) == pytest.approx(
        if_alive * alive, rel=0.02
    )


def test_expected_purchases_stay_smooth_where_the_library_has_no_value() -> None:
    model = BgNbd(r=0.5, alpha=1.0, a=0.5, b=0.5)  # 103 purchases: an integer that it fails on
    beside = BgNbd(r=0.5001, alpha=1.0, a=0.5, b=0.5)
    found, near = (float(one.expected_purchases(103, 1, 1, 30)) for one in (model, beside))
    assert found == pytest.approx(near, rel=1e-3)
    assert found > 1


def test_who_never_bought_again_is_called_alive_but_not_likely_to_buy() -> None:
    assert PUBLISHED.probability_alive(0, 0, 39) == 1
    assert PUBLISHED.probability_of_no_event(0, 0, 39, 13) > 0.9


@pytest.mark.parametrize(
    ("frequency", "recency", "age", "rule"),
    [
        ([], [], [], "customers_present"),
        ([-1], [0], [3], "frequency_not_negative"),
        ([1.5], [1], [3], "frequency_whole"),
        ([1], [-1], [3], "recency_not_negative"),
        ([1], [4], [3], "recency_within_age"),
        ([0], [2], [3], "recency_of_repeats"),
        ([1], [2], [np.inf], "age_finite"),
        ([1], [np.nan], [3], "recency_not_negative"),
        ([0, 0], [0, 0], [3, 5], "repeaters_present"),
    ],
)
def test_what_no_customer_can_have_is_refused(
    frequency: list[float], recency: list[float], age: list[float], rule: str
) -> None:
    with pytest.raises(InsufficientData, match="Got") as caught:
        fit_bgnbd(frequency, recency, age)
    assert caught.value.rule == rule


def test_a_horizon_into_the_past_is_refused() -> None:
    with pytest.raises(InsufficientData, match=r"horizon must be 0 or longer\. Got -1"):
        PUBLISHED.probability_of_no_event(1, 2, 3, -1)
