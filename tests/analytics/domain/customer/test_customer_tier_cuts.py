from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.domain.customer.risk_tier import SCORED_TIERS, RiskTier
from analytics.domain.customer.tier_cuts import OUT_OF_REACH, TierCuts, as_shown

SHARE = st.floats(0.001, 0.999)


def lowest(cuts: TierCuts) -> list[float]:
    return [cuts.lowest(tier) for tier in SCORED_TIERS]


@given(st.floats(0, 0.97))
def test_usual_cuts_fall_from_tier_to_tier_and_can_be_reached(base_rate: float) -> None:
    cuts = lowest(TierCuts.usual(base_rate))
    assert cuts == sorted(cuts, reverse=True)
    assert len(set(cuts)) == 4
    assert cuts[-1] == 0
    assert all(cut < 1 for cut in cuts)
    assert cuts[1] > as_shown(base_rate)


@given(st.floats(0, 0.97), st.sampled_from(SCORED_TIERS[:3]))
def test_a_tier_starts_at_its_cut_as_screens_show_it(base_rate: float, tier: RiskTier) -> None:
    cuts = TierCuts.usual(base_rate)
    assert cuts.tier_of(cuts.lowest(tier)) is tier
    assert cuts.tier_of(cuts.lowest(tier) - 0.0004) is tier
    below = SCORED_TIERS[SCORED_TIERS.index(tier) + 1]
    assert cuts.tier_of(cuts.lowest(tier) - 0.006) is below


def test_usual_cuts_are_absolute_at_low_base_rates_and_odds_above() -> None:
    assert lowest(TierCuts.usual(0.01)) == [0.5, 0.25, 0.1, 0.0]
    assert lowest(TierCuts.usual(0.2)) == [0.6, 0.43, 0.27, 0.0]
    assert lowest(TierCuts.usual(0.9)) == [0.96, 0.93, 0.50, 0.0]
    assert lowest(TierCuts.usual(0.6)) == [0.85, 0.70, 0.50, 0.0]


@given(SHARE, SHARE)
def test_no_number_on_a_screen_denies_its_tier(one: float, other: float) -> None:
    cuts = TierCuts.usual(0.1)
    low, high = sorted((one, other))
    if as_shown(low) == as_shown(high):
        assert cuts.tier_of(low) is cuts.tier_of(high)
    else:
        places = [SCORED_TIERS.index(cuts.tier_of(risk)) for risk in (low, high)]
        assert places[0] >= places[1]


def test_at_the_risk_of_a_crowded_cut_what_is_at_stake_decides() -> None:
    cuts = replace(TierCuts.usual(0.1), high=0.4, high_stake=50.0)
    assert cuts.tier_of(0.40, 50.0) is RiskTier.HIGH
    assert cuts.tier_of(0.40, 49.0) is RiskTier.MEDIUM
    assert cuts.tier_of(0.41, 0.0) is RiskTier.HIGH
    assert "(of those at 40%, the ones with most at stake)" in cuts.meaning(RiskTier.HIGH)
    assert "up to those at 40% with less at stake" in cuts.meaning(RiskTier.MEDIUM)


def test_a_run_that_cannot_tell_customers_apart_claims_no_tier() -> None:
    cuts = TierCuts.unclaimed(0.9)
    assert cuts.high == OUT_OF_REACH
    assert cuts.tier_of(0.9) is RiskTier.MEDIUM
    assert cuts.meaning(RiskTier.HIGH).startswith("Not used in this run")
    assert "nobody is called critical or high" in cuts.how()


def test_a_meaning_names_the_cut_the_usual_risk_and_where_a_tier_is_left() -> None:
    assert TierCuts.usual(0.06).meaning(RiskTier.HIGH) == (
        "Churn risk of 25% or more; usual is 6.0%. A customer moves down only when below 21% at "
        "two scores running, or below the usual risk; never is a tier held more than one above "
        "today's score, nor where critical and high would come to more than 15%."
    )


def test_how_the_cut_was_made_is_said_with_its_figures() -> None:
    usual = TierCuts.usual(0.38)
    moved = replace(usual, high=0.58, usual_share=0.003, at_risk_share=0.07)
    assert moved.how().startswith(
        "High begins at a risk of 58%, so that critical and high together hold 7.0% of the "
        "scored customers, the riskiest first. The usual cut would name 0.3% of them; it is 65%, "
        "which is three times the usual odds (38% of the scored go silent)."
    )


@pytest.mark.parametrize(
    ("base_rate", "high", "critical"),
    [
        (0.032, "25%, the least that is called high: three times the usual odds (3.2%", "50%, the"),
        (0.2, "43%, which is three times the usual odds (20%", "60%, which is six times"),
        (0.55, "70%, the highest cut that high may have here: three times", "85%, the highest"),
        (0.8, "86%, which is 1.5 times the usual odds (80%", "92%, which is three times"),
    ],
)
def test_what_bound_the_usual_cut_is_named(base_rate: float, high: str, critical: str) -> None:
    said = TierCuts.usual(base_rate).how()
    assert f"High begins at a risk of {high}" in said
    assert f"Critical begins at {critical}" in said


def test_three_times_the_odds_are_said_where_a_quarter_bound_the_cut() -> None:
    said = TierCuts.usual(0.032).how()
    assert "three times the usual odds (3.2% of the scored go silent) would be 9.0%" in said


@pytest.mark.parametrize(
    ("low", "high", "unsure"),
    [
        (0.30, 0.60, False),  # high or critical: at risk either way
        (0.05, 0.20, False),  # low or medium: not in danger either way
        (0.12, 0.55, True),  # medium to critical
        (0.05, 0.30, True),  # as usual, or high
        (0.09, 0.26, True),  # low to high
    ],
)
def test_not_sure_is_where_a_team_would_not_know_what_to_do(
    low: float, high: float, unsure: bool
) -> None:
    assert TierCuts.usual(0.06).is_unsure(low, high) is unsure


@given(SHARE, SHARE, st.floats(0.01, 0.6))
def test_an_exact_risk_is_always_sure(risk: float, other: float, base_rate: float) -> None:
    cuts = TierCuts.usual(base_rate)
    assert not cuts.is_unsure(risk, risk)
    low, high = sorted((risk, other))
    wider = cuts.is_unsure(low / 2, (1 + high) / 2)
    assert wider or not cuts.is_unsure(low, high)


def test_a_tier_that_begins_where_risks_round_to_certainty_says_so() -> None:
    cuts = TierCuts(base_rate=0.2, critical=1.0, high=0.98, medium=0.25)
    assert cuts.meaning(RiskTier.CRITICAL).startswith("Churn risk that rounds to 100%")
    assert cuts.meaning(RiskTier.HIGH).startswith("Churn risk of 98% or more")
