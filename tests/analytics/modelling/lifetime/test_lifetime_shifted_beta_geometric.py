"""The shifted beta-geometric gives the published curves, and finds what made them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import InsufficientData
from analytics.modelling.lifetime.shifted_beta_geometric import (
    ShiftedBetaGeometric,
    fit_shifted_beta_geometric,
)

#: Parameters, the curve they give, and the customers that Fader and Hardie fitted them to.
PUBLISHED = (
    ((0.668, 3.806), (0.851, 0.747, 0.670, 0.610, 0.562, 0.522, 0.489),
     (1000, 869, 743, 653, 593, 551, 517, 491)),
    ((0.704, 1.182), (0.627, 0.474, 0.388, 0.332, 0.292, 0.262, 0.239),
     (1000, 631, 468, 382, 326, 289, 262, 241)),
)  # fmt: skip


@pytest.mark.parametrize(("parameters", "curve", "survivors"), PUBLISHED)
def test_the_published_curve_and_fit_come_out(
    parameters: tuple[float, float], curve: tuple[float, ...], survivors: tuple[int, ...]
) -> None:
    assert ShiftedBetaGeometric(*parameters).survival(range(1, 8)) == pytest.approx(curve, abs=6e-4)
    model = fit_shifted_beta_geometric(survivors)
    assert (model.alpha, model.beta) == pytest.approx(parameters, abs=6e-4)


def test_known_parameters_are_recovered_within_their_intervals() -> None:
    rng = np.random.default_rng(1)
    stays = rng.geometric(rng.beta(0.9, 2.7, 40_000))
    model = fit_shifted_beta_geometric([np.sum(stays > period) for period in range(11)])
    for name, true in (("alpha", 0.9), ("beta", 2.7)):
        low, high = model.interval(name)
        assert low < true < high < 1.2 * low


@given(st.floats(0.05, 20), st.floats(0.05, 20))
def test_survival_starts_whole_and_falls_while_retention_rises(alpha: float, beta: float) -> None:
    model = ShiftedBetaGeometric(alpha, beta)
    survival, retention = model.survival(range(9)), model.retention(range(1, 9))
    assert survival[0] == 1
    assert np.all(np.diff(survival) < 0)
    assert np.all(np.diff(retention) > 0)
    assert survival[1:] / survival[:-1] == pytest.approx(retention, rel=1e-6)


@pytest.mark.parametrize(
    ("survivors", "rule"),
    [
        ([100], "periods_present"),
        ([100, 50], "periods_present"),
        ([100, 50, -1], "survivors_not_negative"),
        ([100, 50, 60], "survivors_fall"),
        ([100, 100, 100], "leavers_present"),
    ],
)
def test_counts_that_no_cohort_can_have_are_refused(survivors: list[int], rule: str) -> None:
    with pytest.raises(InsufficientData, match="Got") as caught:
        fit_shifted_beta_geometric(survivors)
    assert caught.value.rule == rule
