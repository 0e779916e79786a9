from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analytics.actions.recommend import options_of, with_recommendations
from analytics.domain.customer.risk_tier import CONTACTED_TIERS, RiskTier
from analytics.domain.profiles.no_action import NoAction
from analytics.domain.profiles.profile import Action
from analytics.domain.profiles.profile_file import load_profile

CALL = Action("call", "Call", "A call.", 20.0, 0.0, 0.0, 2.0, 18.0, 30.0, "care", ("recency",))
FIX = Action("fix", "Fix", "Repair.", 10.0, 0.0, 0.0, 3.0, 17.0, 25.0, "care", ("friction",))
PROFILE = replace(load_profile("saas"), actions=(CALL, FIX), holdout_share=0.1)


def people(*rows: tuple[str, float, str]) -> pd.DataFrame:
    """Rows of tier, revenue at risk, frustration band."""
    table = pd.DataFrame(rows, columns=["risk_tier", "revenue_at_risk", "frustration_band"])
    table["customer_id"] = [f"c{key}" for key in table.index]
    scored = {"critical", "high", "medium", "low"}
    table["eligible"] = table["risk_tier"].isin(scored)
    return table


def reasons(*rows: tuple[int, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["customer_key", "theme"])


def met(table: pd.DataFrame, *friction: int) -> pd.DataFrame:
    """Who has met a problem of late."""
    return pd.DataFrame({"friction": table.index.isin(friction)}, index=table.index)


def recommended(
    table: pd.DataFrame, given: pd.DataFrame, seen: pd.DataFrame | None = None
) -> pd.DataFrame:
    seen = met(table, *table.index) if seen is None else seen
    return with_recommendations(table, options_of(table, given, PROFILE, seen), PROFILE)


def test_the_best_action_that_pays_is_recommended_with_its_numbers() -> None:
    table = people(("high", 1000.0, "calm"))
    row = recommended(table, reasons((0, "recency"), (0, "friction"))).iloc[0]
    assert row["recommended_action"] == "fix"
    assert row["action_label"] == "Fix"
    assert row["expected_net_value"] == pytest.approx(0.15 * 1000 - 10)
    assert row["action_cost"] == 10
    assert row["action_minutes"] == 25
    assert row["break_even_save_rate"] == pytest.approx(0.01)


def test_nothing_is_recommended_where_nothing_pays() -> None:
    row = recommended(people(("critical", 60.0, "calm")), reasons((0, "recency"))).iloc[0]
    assert row["recommended_action"] == "none"
    assert row["action_label"] == NoAction.DOES_NOT_PAY
    assert pd.isna(row["expected_net_value"])


@pytest.mark.parametrize("tier", list(RiskTier))
def test_only_those_at_some_risk_are_contacted(tier: RiskTier) -> None:
    """A contact can wake a sleeper, so a low risk is left alone however much it would save."""
    row = recommended(people((tier.value, 1e6, "critical")), reasons((0, "recency"))).iloc[0]
    assert (row["recommended_action"] != "none") == (tier in CONTACTED_TIERS)
    assert RiskTier.LOW not in CONTACTED_TIERS


def test_who_is_medium_only_because_the_tier_is_held_is_left_alone() -> None:
    table = people(*[(tier, 1e6, "calm") for tier in ("high", "medium", "medium")])
    table["tier_held"] = [True, True, False]
    found = recommended(table, reasons())
    assert list(found["recommended_action"] != "none") == [True, False, True]


def test_one_without_a_score_gets_no_sentence_about_actions() -> None:
    row = recommended(people(("lapsed", 1e6, "calm")), reasons()).iloc[0]
    assert (row["recommended_action"], row["action_label"]) == ("none", "")


def test_a_frustrated_customer_can_be_helped_whatever_the_reasons_say() -> None:
    table = people(("high", 1000.0, "frustrated"), ("high", 1000.0, "irritated"))
    found = recommended(table, reasons((0, "recency"), (1, "recency")))
    assert list(found["recommended_action"]) == ["fix", "call"]


def test_nobody_is_apologised_to_for_a_trouble_that_was_not_seen() -> None:
    """A model may weigh a trouble that is long past: the reason stays, the action does not."""
    table = people(("high", 1000.0, "calm"), ("high", 1000.0, "calm"), ("high", 1000.0, "critical"))
    given = reasons(*[(key, theme) for key in range(3) for theme in ("recency", "friction")])
    found = recommended(table, given, met(table, 1))
    assert list(found["recommended_action"]) == ["call", "fix", "fix"]


def test_one_of_whom_nothing_can_be_explained_is_not_left_alone_for_it() -> None:
    found = recommended(people(("high", 1000.0, "calm")), reasons())
    assert found["recommended_action"].tolist() == ["call"]


def test_why_there_is_no_action_is_said_as_it_is() -> None:
    """A repair that would pay answers a trouble nobody has seen; a low risk is left alone."""
    profile = replace(PROFILE, actions=(FIX,))
    table = people(("high", 1000.0, "calm"), ("high", 10.0, "calm"), ("low", 1e6, "calm"))
    options = options_of(table, reasons((0, "recency"), (1, "friction")), profile, met(table, 1))
    found = with_recommendations(table, options, profile)
    assert found["recommended_action"].tolist() == ["none"] * 3
    assert found["action_label"].tolist() == [
        NoAction.ANSWERS_NOT,
        NoAction.DOES_NOT_PAY,
        NoAction.LOW_RISK,
    ]


def test_the_holdout_is_flagged_and_keeps_its_recommendation() -> None:
    """Recommended all the same, so that later both groups can be compared on equal terms."""
    table = people(*[("high", 1000.0, "calm")] * 300)
    found = recommended(table, reasons(*[(key, "recency") for key in range(300)]))
    assert 10 < found["holdout"].sum() < 60
    assert (found["recommended_action"] == "call").all()


def test_the_avoidable_loss_is_what_the_recommended_action_is_assumed_to_avert() -> None:
    """Before its cost; nothing where no action pays, so that the rest is unavoidable."""
    table = people(("high", 1000.0, "calm"), ("critical", 100.0, "calm"), ("low", 500.0, "calm"))
    found = recommended(table, reasons((0, "friction"), (1, "recency"), (2, "recency")))
    assert found["avoidable_loss"].tolist() == pytest.approx([0.15 * 1000, 0.0, 0.0])
    first = found.iloc[0]
    assert first["avoidable_loss"] == pytest.approx(
        first["expected_net_value"] + first["action_cost"]
    )
