from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.customer.risk_tier import SCORED_TIERS, RiskTier
from analytics.domain.customer.tier_cuts import (
    AT_RISK_SHARE,
    OUT_OF_REACH,
    WORKABLE_SHARE,
    TierCuts,
    as_shown,
)
from analytics.modelling.past_dates.past_tiers import AT_RISK_LEVELS
from analytics.modelling.tier_levels import learned_cuts, levels_of, shown_risks, soft_levels_of

CUSTOMERS = 400


def at_risk_share(risk: np.ndarray, stake: np.ndarray, cuts: TierCuts) -> float:
    return float(np.isin(levels_of(risk, stake, cuts), AT_RISK_LEVELS).mean())


def spread(low: float, high: float) -> np.ndarray:
    return np.linspace(low, high, CUSTOMERS)


@pytest.mark.parametrize(
    ("risk", "base_rate"),
    [
        (spread(0.05, 0.64), 0.38),  # leaving is common: no risk reaches three times the odds
        (spread(0.30, 0.99), 0.77),  # an old fleet: most are above any absolute cut
        (spread(0.001, 0.09), 0.02),  # leaving is rare: nobody comes near a quarter
        (np.append(np.full(300, 0.5), spread(0.5, 0.6)), 0.5),
    ],
)
def test_where_the_usual_cut_serves_no_choice_a_workable_part_is_at_risk(
    risk: np.ndarray, base_rate: float
) -> None:
    cuts = learned_cuts(risk, np.ones(len(risk)), base_rate)
    low, high = AT_RISK_SHARE
    assert low <= at_risk_share(risk, np.ones(len(risk)), cuts) <= high
    assert cuts.high != TierCuts.usual(base_rate).high
    assert 0 < np.mean(levels_of(risk, np.ones(len(risk)), cuts) == 0) <= 0.04


def test_where_the_usual_cut_names_a_workable_part_it_stays() -> None:
    risk = np.concatenate([np.full(370, 0.03), spread(0.2, 0.7)[::13]])
    cuts = learned_cuts(risk, np.ones(len(risk)), 0.05)
    assert cuts.high == TierCuts.usual(0.05).high == 0.25


def test_of_too_many_with_one_risk_those_with_most_at_stake_come_first() -> None:
    risk = np.concatenate([np.full(150, 0.6), np.full(250, 0.1)])
    stake = np.arange(400.0)[::-1]
    cuts = learned_cuts(risk, stake, 0.3)
    level = levels_of(risk, stake, cuts)
    chosen = np.isin(level, AT_RISK_LEVELS)
    assert chosen.sum() == 48
    assert stake[chosen].min() > stake[~chosen & (risk == 0.6)].max()


def test_where_too_many_are_alike_in_risk_and_stake_nobody_is_singled_out() -> None:
    risk = np.concatenate([np.full(150, 0.6), np.full(250, 0.1)])
    cuts = learned_cuts(risk, np.full(400, 7.0), 0.3)
    assert cuts.high == OUT_OF_REACH
    assert at_risk_share(risk, np.full(400, 7.0), cuts) == 0


def test_where_too_many_share_the_highest_risk_nobody_is_called_critical() -> None:
    risk = np.concatenate([np.full(160, 0.6), np.full(1840, 0.1)])
    cuts = learned_cuts(risk, np.full(2000, 5.0), 0.15)
    nobody = "Nobody is called critical: too many share one risk."
    assert cuts.how().endswith(nobody)
    assert cuts.high == TierCuts.usual(0.15).high
    assert cuts.meaning(RiskTier.CRITICAL) == nobody


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.floats(0.05, 0.95), min_size=1, max_size=8),
    st.integers(0, 10_000),
    st.booleans(),
    st.floats(0.01, 0.9),
)
def test_no_text_holds_a_risk_beyond_all(
    risks: list[float], seed: int, alike: bool, base_rate: float
) -> None:
    rng = np.random.default_rng(seed)
    risk = rng.choice(risks, 200)
    stake = np.full(200, 5.0) if alike else rng.choice([0.0, 5.0, 9.0], 200)
    cuts = learned_cuts(risk, stake, base_rate)
    texts = [cuts.how(), *(text(tier) for tier in RiskTier for text in (cuts.meaning, cuts.floor))]
    assert not any("200%" in text for text in texts)


def test_one_risk_for_all_claims_no_tier() -> None:
    assert not learned_cuts(np.full(100, 0.8), np.arange(100.0), 0.8).claimed


def test_a_handful_keep_the_usual_cuts() -> None:
    risk = np.array([0.1, 0.9, 0.2])
    assert learned_cuts(risk, np.ones(3), 0.1) == TierCuts.usual(0.1)
    assert learned_cuts(np.full(3, np.nan), np.ones(3), 0.1) == TierCuts.usual(0.1)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.floats(0.001, 0.999), min_size=30, max_size=80),
    st.integers(0, 1000),
    st.floats(0.01, 0.95),
)
def test_no_more_than_the_part_is_at_risk_and_no_lower_risk_stands_higher(
    risks: list[float], seed: int, base_rate: float
) -> None:
    risk = np.array(risks)
    stake = np.random.default_rng(seed).lognormal(3, 1, len(risk)).round()
    cuts = learned_cuts(risk, stake, base_rate)
    level = levels_of(risk, stake, cuts)
    assert at_risk_share(risk, stake, cuts) <= WORKABLE_SHARE[1]
    order = np.argsort(shown_risks(risk), kind="stable")
    shown, place = shown_risks(risk)[order], level[order]
    for lower, higher in zip(range(len(shown)), range(1, len(shown)), strict=False):
        assert shown[lower] == shown[higher] or place[lower] >= place[higher]
    by_one = [SCORED_TIERS.index(cuts.tier_of(*one)) for one in zip(risk, stake, strict=True)]
    assert level.tolist() == by_one


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.floats(0.05, 0.95), min_size=2, max_size=9),
    st.integers(0, 10_000),
    st.floats(0.01, 0.999),
    st.booleans(),
)
def test_where_some_risk_holds_a_workable_part_the_cut_does(
    risks: list[float], seed: int, base_rate: float, alike: bool
) -> None:
    rng = np.random.default_rng(seed)
    risk = rng.choice(risks, 200, p=rng.dirichlet(np.full(len(risks), 0.5)))
    stake = np.full(200, 5.0) if alike else rng.lognormal(3, 1, 200)
    shown = shown_risks(risk)
    least, most = WORKABLE_SHARE
    can = any(
        least <= (shown >= one).mean() <= most for one in set(shown) if one > as_shown(base_rate)
    )
    cuts = learned_cuts(risk, stake, base_rate)
    share = at_risk_share(risk, stake, cuts)
    assert not can or least <= share <= most
    assert share <= most
    assert cuts.high > as_shown(base_rate)


def test_where_all_are_below_the_usual_risk_nobody_is_at_risk() -> None:
    risk = spread(0.02, 0.2)
    cuts = learned_cuts(risk, np.ones(len(risk)), 0.3)
    assert at_risk_share(risk, np.ones(len(risk)), cuts) == 0
    assert cuts.how() == (
        "Nobody's risk is above the usual 30%, so nobody is called critical or high."
    )
    assert "nobody's risk is above the usual" in cuts.meaning(RiskTier.HIGH)


def test_where_few_are_riskier_than_usual_no_more_are_at_risk() -> None:
    risk = np.append(np.full(4, 0.35), np.linspace(0.02, 0.3, 396))
    cuts = learned_cuts(risk, np.ones(400), 0.3)
    assert at_risk_share(risk, np.ones(400), cuts) == 0.01
    assert cuts.how().count("No more have a risk above the usual 30%.") == 1


def test_a_whole_risk_of_fifteen_percent_is_not_divided() -> None:
    risk = np.concatenate([np.full(60, 0.5), np.full(340, 0.1)])
    cuts = learned_cuts(risk, np.full(400, 7.0), 0.3)
    assert (cuts.high, cuts.high_stake) == (0.5, 0.0)


def test_the_share_that_came_out_is_said() -> None:
    risk = np.concatenate([np.full(4, 0.7), np.full(150, 0.6), np.full(246, 0.1)])
    cuts = learned_cuts(risk, np.full(400, 7.0), 0.3)
    assert cuts.at_risk_share == at_risk_share(risk, np.full(400, 7.0), cuts) == 0.01
    assert "critical and high together hold 1.0% of the scored customers" in cuts.how()


def test_stakes_that_are_tied_still_give_a_workable_part_where_they_can() -> None:
    risk = np.concatenate([np.full(150, 0.6), np.full(250, 0.1)])
    stake = np.where(np.arange(400) < 56, 9.0, 5.0)
    cuts = learned_cuts(risk, stake, 0.3)
    assert at_risk_share(risk, stake, cuts) == 56 / 400


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_arrays_are_shown_like_single_risks(risks: list[float]) -> None:
    assert shown_risks(np.array(risks)).tolist() == [as_shown(one) for one in risks]


@given(st.floats(0, 1))
def test_a_risk_holds_at_least_the_tier_that_it_reaches(risk: float) -> None:
    cuts = replace(TierCuts.usual(0.3), critical=0.9)
    one = np.array([risk])
    assert soft_levels_of(one, cuts)[0] <= levels_of(one, np.zeros(1), cuts)[0]


def test_who_is_not_scored_has_no_place() -> None:
    one = np.array([np.nan])
    assert levels_of(one, one, TierCuts.usual(0.1)).tolist() == [-1]
    assert soft_levels_of(one, TierCuts.usual(0.1)).tolist() == [-1]
