from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from analytics.domain.customer.risk_tier import TIER_MEANINGS, RiskTier
from analytics.domain.customer.tier_cuts import TierCuts
from analytics.domain.customer.tier_rule import TierRecord, TierRule, meanings_of

HIGH = TierRecord(RiskTier.HIGH, 200, 130, 0.58, 0.71)
RULE = TierRule(TierCuts.usual(0.38), (HIGH,), HIGH, dates=3, base_rate=0.38)


def test_a_tier_says_its_record_with_count_interval_and_base_rate() -> None:
    assert RULE.meaning(RiskTier.HIGH).endswith(
        "On past dates 130 of 200 such customers went silent, 65% (95% interval 58% to 71%), "
        "against 38% of all."
    )
    empty = replace(RULE, records=(TierRecord(RiskTier.HIGH, 0, 0, None, None),))
    assert empty.meaning(RiskTier.HIGH).endswith("nobody stood in this tier.")
    assert "past dates" not in RULE.meaning(RiskTier.LAPSED)


def test_being_at_risk_is_doubted_where_the_interval_holds_the_base_rate() -> None:
    assert RULE.doubt() == ""
    weak = replace(RULE, at_risk=replace(HIGH, silent=80, low=0.33, high=0.47))
    assert weak.doubt().startswith("Nobody can tell from the past that the tiers critical and high")
    assert "80 of 200 went silent" in weak.doubt()
    unclaimed = replace(weak, cuts=TierCuts.unclaimed(0.38))
    assert unclaimed.doubt() == ""
    assert "went silent" not in unclaimed.meaning(RiskTier.HIGH)


@pytest.mark.parametrize(("silent", "doubted"), [(6, True), (13, True), (14, False)])
def test_it_is_said_where_critical_meant_no_more_than_high(silent: int, doubted: bool) -> None:
    critical = TierRecord(RiskTier.CRITICAL, 20, silent, 0.2, 0.8)
    said = replace(RULE, records=(critical, HIGH)).order_doubt()
    assert (
        said == "On past dates critical customers left no more often than high ones."
    ) == doubted
    assert RULE.order_doubt() == ""


def test_of_few_customers_the_count_is_shown_and_no_share() -> None:
    assert TierRecord(RiskTier.HIGH, 7, 7, 0.6, 1.0).seen() == "7 of 7"
    assert HIGH.seen() == "65% (130 of 200)"


def test_a_rule_survives_a_file() -> None:
    assert TierRule.from_plain(json.loads(json.dumps(asdict(RULE)))) == RULE
    assert TierRule.from_plain(None) is None
    assert meanings_of(None) == {str(tier): text for tier, text in TIER_MEANINGS.items()}
    assert set(meanings_of(RULE)) == {str(tier) for tier in RiskTier}
