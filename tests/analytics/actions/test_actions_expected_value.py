from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from analytics.actions.expected_value import action_options, expected_cost
from analytics.domain.profiles.profile import Action
from analytics.domain.profiles.profile_file import load_profile
from analytics.domain.words.theme_words import REASON_THEMES, SIGN_THEMES

CALL = Action("call", "Call", "A call.", 20.0, 0.0, 0.0, 2.0, 18.0, 30.0, "care", ("recency",))
OFFER = Action("offer", "Offer", "Money.", 5.0, 40.0, 0.5, 3.0, 17.0, 5.0, "care", ("value",))
FIX = replace(OFFER, name="fix", themes=("friction", "voice"))
ANY = replace(CALL, name="any", themes=())


def options(at_risk: float, themes: set[str], *actions: Action) -> pd.DataFrame:
    return action_options(np.array([7]), np.array([at_risk]), [frozenset(themes)], actions)


def test_the_cost_of_an_offer_is_paid_by_those_who_take_it() -> None:
    assert expected_cost(CALL) == 20
    assert expected_cost(OFFER) == 5 + 0.5 * 40


def test_net_value_is_what_is_saved_minus_what_it_costs() -> None:
    row = options(400.0, {"value"}, OFFER).iloc[0]
    assert row["expected_net_value"] == pytest.approx(0.15 * 400 - 25)
    assert row["assumed_save_rate"] == 0.15
    assert row["expected_cost"] == 25
    low, high = (beta.ppf(q, 3, 17) * 400 - 25 for q in (0.1, 0.9))
    assert row["expected_net_value_low"] == pytest.approx(low)
    assert row["expected_net_value_high"] == pytest.approx(high)
    assert row["expected_net_value_low"] < row["expected_net_value"]
    assert row["minutes"] == 5


def test_at_the_break_even_rate_an_action_just_pays_for_itself() -> None:
    row = options(400.0, {"value"}, OFFER).iloc[0]
    assert row["break_even_save_rate"] * 400 == pytest.approx(25)
    assert options(10.0, {"value"}, OFFER).iloc[0]["break_even_save_rate"] == 1
    assert options(0.0, {"value"}, OFFER).iloc[0]["break_even_save_rate"] == 1


def test_an_action_against_troubles_is_an_option_only_where_one_was_seen() -> None:
    assert list(options(400.0, {"voice"}, FIX)["action"]) == ["fix"]
    assert options(400.0, {"recency", "commercial"}, FIX).empty
    assert options(400.0, set(), FIX).empty


@pytest.mark.parametrize("seen", [set(), {""}, *({theme} for theme in REASON_THEMES)])
def test_an_action_against_fading_is_an_option_for_everybody_at_risk(seen: set[str]) -> None:
    """Also where no sign stands out, or the likely cause is one that no action answers."""
    for one in (ANY, *(replace(CALL, themes=("friction", theme)) for theme in SIGN_THEMES)):
        assert list(options(400.0, seen, one)["action"]) == [one.name]


def test_the_best_option_comes_first() -> None:
    found = options(400.0, {"recency", "value"}, CALL, OFFER)
    assert list(found["action"]) == ["offer", "call"]
    assert list(found["rank"]) == [1, 2]
    assert found["expected_net_value"].is_monotonic_decreasing


def test_every_shipped_action_answers_only_themes_that_reasons_have() -> None:
    for name in ("saas", "retail", "telecom", "learning"):
        for one in load_profile(name).actions:
            assert set(one.themes) <= set(REASON_THEMES)
            assert 0 < one.assumed_save_rate < 0.5


@pytest.mark.parametrize("name", ["saas", "retail", "telecom", "learning"])
@given(at_risk=st.floats(0, 1_000))
@settings(deadline=None, max_examples=15)
def test_wherever_an_action_of_a_shipped_profile_would_pay_one_is_an_option_that_pays(
    name: str, at_risk: float
) -> None:
    actions = load_profile(name).actions
    would_pay = any(one.assumed_save_rate * at_risk > expected_cost(one) for one in actions)
    pays = (options(at_risk, set(), *actions)["expected_net_value"] > 0).any()
    assert pays == would_pay
