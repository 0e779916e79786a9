"""The closed form of the interval of revenue at risk, against draws of what it stands for."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.domain.numbers.measures import revenue_interval

DRAWS = 2_000


def _portfolio(rng: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Risks, values at stake and their spreads: long tails, as in a business."""
    risk = 1 / (1 + np.exp(-rng.normal(-3.2, 1.2, size)))
    stake = rng.lognormal(6.5, 0.9, size)
    return risk, stake, stake * rng.uniform(0.0, 0.6, size)


def _drawn(
    rng: np.random.Generator, risk: np.ndarray, stake: np.ndarray, spread: np.ndarray, sd: float
) -> np.ndarray:
    """Losses of many periods: one shock a period on all log-odds, then each customer alone."""
    losses = np.empty(DRAWS)
    shape = (stake / np.maximum(spread, 1e-9)) ** 2
    for draw in range(DRAWS):
        odds = risk / (1 - risk) * np.exp(rng.normal(0.0, sd))
        leaves = rng.random(len(risk)) < odds / (1 + odds)
        worth = rng.gamma(shape[leaves]) * (stake / shape)[leaves]
        losses[draw] = worth.sum()
    return losses


@pytest.mark.parametrize("shock_sd", [0.0, 0.1, 0.3])
@pytest.mark.parametrize("size", [300, 4_000])
def test_the_closed_form_is_that_of_two_thousand_draws(size: int, shock_sd: float) -> None:
    rng = np.random.default_rng(size)
    risk, stake, spread = _portfolio(rng, size)
    closed = revenue_interval(
        float((risk * stake).sum()),
        variance=float((risk * (1 - risk) * stake**2 + risk * spread**2).sum()),
        shock=float((risk * (1 - risk) * stake).sum()),
        shock_sd=shock_sd,
    )
    losses = _drawn(rng, risk, stake, spread, shock_sd)
    inside = ((losses >= closed.low) & (losses <= closed.high)).mean()
    assert inside == pytest.approx(0.8, abs=0.04)
    low, high = np.quantile(losses, [0.1, 0.9])
    assert closed.high - closed.low == pytest.approx(high - low, rel=0.12)


def test_without_the_shared_shock_the_interval_of_a_large_portfolio_is_far_too_narrow() -> None:
    rng = np.random.default_rng(1)
    risk, stake, spread = _portfolio(rng, 4_000)
    alone = revenue_interval(
        float((risk * stake).sum()),
        variance=float((risk * (1 - risk) * stake**2 + risk * spread**2).sum()),
        shock=0.0,
        shock_sd=0.3,
    )
    losses = _drawn(rng, risk, stake, spread, 0.3)
    assert ((losses >= alone.low) & (losses <= alone.high)).mean() < 0.5
