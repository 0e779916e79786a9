"""Gamma-gamma finds the published parameters, and draws a customer's mean towards everyone's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analytics.errors import InsufficientData
from analytics.evaluation.acceptance.purchase_facts import read_cdnow, repeat_spend
from analytics.modelling.lifetime.gamma_gamma import GammaGamma, fit_gamma_gamma

CDNOW = Path(__file__).parents[4].parent / "shared" / "data" / "cdnow"
PUBLISHED = GammaGamma(p=6.25, q=3.74, gamma=15.44)


@pytest.mark.skipif(not CDNOW.is_dir(), reason="the public data sets are not beside the project")
def test_the_published_fit_of_cdnow_comes_out() -> None:
    times, spend = repeat_spend(read_cdnow(CDNOW / "CDNOW_sample.txt"))
    assert len(times) == 946
    model = fit_gamma_gamma(times, spend)
    assert tuple(model.parameters.values()) == pytest.approx((6.25, 3.74, 15.44), rel=0.002)
    assert model.mean_spend == pytest.approx(35.2, abs=0.1)


def test_known_parameters_are_recovered_within_their_intervals() -> None:
    rng = np.random.default_rng(1)
    times = rng.integers(1, 12, 30_000)
    level = rng.gamma(PUBLISHED.q, 1 / PUBLISHED.gamma, 30_000)
    model = fit_gamma_gamma(times, rng.gamma(PUBLISHED.p * times) / level / times)
    for name, true in PUBLISHED.parameters.items():
        low, high = model.interval(name)
        assert low < true < high < 1.3 * low


def test_the_unit_of_money_does_not_matter() -> None:
    rng = np.random.default_rng(2)
    times, spend = rng.integers(1, 6, 3000), rng.gamma(3.0, 12.0, 3000)
    dollars, cents = fit_gamma_gamma(times, spend), fit_gamma_gamma(times, 100 * spend)
    assert cents.gamma == pytest.approx(100 * dollars.gamma, rel=1e-6)
    assert cents.interval("gamma") == pytest.approx(
        tuple(100 * one for one in dollars.interval("gamma")), rel=1e-6
    )
    assert cents.log_likelihood == pytest.approx(dollars.log_likelihood - 3000 * np.log(100))


def test_few_purchases_tell_little_and_many_tell_all() -> None:
    none, one, ten, many = PUBLISHED.expected_spend([0, 1, 10, 100_000], 100.0)
    assert none == pytest.approx(PUBLISHED.mean_spend)
    assert none < one < ten < many == pytest.approx(100.0, rel=1e-3)


def test_there_is_no_mean_spend_where_the_tail_is_too_long() -> None:
    assert GammaGamma(p=1.0, q=0.9, gamma=1.0).mean_spend == float("inf")


@pytest.mark.parametrize(
    ("times", "spend", "rule"),
    [
        ([], [], "customers_present"),
        ([0, 2], [3.0, 4.0], "purchases_positive"),
        ([1, 2], [3.0, 0.0], "spend_positive"),
        ([1, 2], [3.0, np.nan], "spend_positive"),
        ([1, 1], [3.0, 4.0], "repeaters_present"),
    ],
)
def test_what_no_customer_can_have_is_refused(
    times: list[int], spend: list[float], rule: str
) -> None:
    with pytest.raises(InsufficientData, match="Got") as caught:
        fit_gamma_gamma(times, spend)
    assert caught.value.rule == rule
