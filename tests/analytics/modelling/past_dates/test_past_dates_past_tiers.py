from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.domain.customer.risk_tier import RiskTier
from analytics.domain.customer.tier_cuts import AT_RISK_SHARE, TierCuts
from analytics.modelling.judging import Backtest
from analytics.modelling.past_dates.past_tiers import AT_RISK_LEVELS, past_levels, tier_rule

CUSTOMERS, DAY = 400, 20_000


def world(seed: int = 0) -> tuple[Backtest, pd.Series]:
    """Two dates of customers whose risk is as said; the second date is riskier throughout."""
    rng = np.random.default_rng(seed)
    said = np.concatenate([rng.uniform(0.05, 0.6, CUSTOMERS), rng.uniform(0.3, 0.8, CUSTOMERS)])
    rows = pd.DataFrame(
        {
            "day": np.repeat([DAY, DAY + 28], CUSTOMERS),
            "customer_key": np.tile(np.arange(CUSTOMERS), 2),
            "silent": (rng.random(2 * CUSTOMERS) < said).astype(np.int8),
            "recency": said,
            "base_rate": 0.4,
        }
    )
    value = pd.Series(1.0, index=pd.MultiIndex.from_frame(rows[["day", "customer_key"]]))
    return Backtest(rows, pd.DataFrame(), "recency", ""), value


def test_each_date_is_cut_by_what_was_said_on_it() -> None:
    tested, value = world()
    at_risk = np.isin(past_levels(tested, value), AT_RISK_LEVELS)
    for day in tested.test_days:
        share = at_risk[tested.predictions["day"] == day].mean()
        assert AT_RISK_SHARE[0] <= share <= AT_RISK_SHARE[1]


def test_no_outcome_reaches_a_tier_and_no_other_date_does() -> None:
    tested, value = world()
    level = past_levels(tested, value)
    other = Backtest(
        tested.predictions.assign(silent=0), tested.metrics, tested.champion, tested.verdict
    )
    assert past_levels(other, value).tolist() == level.tolist()
    first = tested.predictions[:CUSTOMERS]
    alone = Backtest(first, tested.metrics, tested.champion, tested.verdict)
    assert past_levels(alone, value).tolist() == level[:CUSTOMERS].tolist()


def test_records_count_everybody_once_and_hold_their_share() -> None:
    tested, value = world()
    rule = tier_rule(tested, value, TierCuts.usual(0.4), seed=0)
    assert sum(one.customers for one in rule.records) == 2 * CUSTOMERS
    assert sum(one.silent for one in rule.records) == tested.predictions["silent"].sum()
    at_risk = rule.at_risk
    assert at_risk is not None
    assert at_risk.customers == sum(one.customers for one in rule.records[:2])
    assert at_risk.low is not None
    assert at_risk.low > rule.base_rate == pytest.approx(tested.predictions["silent"].mean())
    assert rule.doubt() == ""
    assert rule.record(RiskTier.LOW) is not None


def test_flags_that_meant_nothing_are_doubted() -> None:
    tested, value = world()
    rng = np.random.default_rng(1)
    noise = tested.predictions.assign(silent=(rng.random(2 * CUSTOMERS) < 0.4).astype(np.int8))
    rule = tier_rule(
        Backtest(noise, tested.metrics, "recency", ""), value, TierCuts.usual(0.4), seed=0
    )
    assert "more than the average" in rule.doubt()
