from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import beta

from analytics.domain.profiles.profile import Action
from analytics.domain.profiles.profile_file import load_profile
from analytics.modelling.past_dates.profit import (
    Stakes,
    cheapest_sensible,
    cost_of,
    expected_maximum_profit,
)


def brute_force(silent: np.ndarray, score: np.ndarray, stakes: Stakes, rate: float) -> float:
    """Return the profit of the best cut for one save rate, by trying every cut."""
    gain = stakes.gain_if_saved * rate - stakes.cost_of_leaver
    profits = [0.0]
    for cut in np.unique(score):
        chosen = score >= cut
        profits.append(
            float(gain * silent[chosen].sum() - stakes.cost_of_stayer * (1 - silent[chosen]).sum())
        )
    return max(profits) / len(silent)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 8)), min_size=1, max_size=25),
    st.floats(1.0, 500.0),
    st.floats(0.0, 40.0),
    st.floats(0.0, 20.0),
)
def test_the_expected_profit_is_the_best_cut_averaged_over_save_rates(
    given: list[tuple[int, int]], value: float, offer: float, contact: float
) -> None:
    silent, score = (np.array(column, dtype=float) for column in zip(*given, strict=True))
    stakes = Stakes.published(value=value, offer=min(offer, value), contact=contact)
    expected = quad(
        lambda rate: brute_force(silent, score, stakes, rate) * beta.pdf(rate, 6, 14),
        0, 1, limit=200, points=[0.1, 0.2, 0.3, 0.4, 0.5],
    )[0]  # fmt: skip
    found = expected_maximum_profit(silent, score, stakes)
    assert found.profit == pytest.approx(expected, abs=1e-5 * value, rel=1e-4)
    assert 0 <= found.share <= 1


def test_with_the_published_defaults_foresight_earns_what_can_be_worked_out_by_hand() -> None:
    """Everyone who leaves is contacted wherever 190 g is more than 1: nearly always."""
    silent = np.repeat([1.0, 0.0], [26, 74])
    found = expected_maximum_profit(silent, silent, Stakes.published())
    assert found.profit == pytest.approx(0.26 * (190 * 0.3 - 1), rel=1e-4)
    assert found.share == pytest.approx(0.26, rel=1e-4)


def test_a_ranking_that_knows_nothing_earns_no_more_than_contacting_all_or_nobody() -> None:
    silent = np.repeat([1.0, 0.0], [26, 74])
    flat = expected_maximum_profit(silent, np.zeros(100), Stakes.published())
    rates = np.linspace(0.0005, 0.9995, 1000)
    all_or_none = np.maximum(0.26 * (190 * rates - 1) - 0.74 * 11, 0)
    expected = float((all_or_none * beta.pdf(rates, 6, 14)).mean())
    assert flat.profit == pytest.approx(expected, rel=1e-3)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.floats(0.1, 3.0))
def test_a_better_ranking_never_earns_less_than_its_own_blur(seed: int, power: float) -> None:
    """Any increasing change of the scores changes nothing; the outcome itself is the best score."""
    rng = np.random.default_rng(seed)
    score, silent = rng.random(60), (rng.random(60) < 0.3).astype(float)
    stakes = Stakes.published()
    found = expected_maximum_profit(silent, score, stakes)
    assert expected_maximum_profit(silent, score**power, stakes).profit == pytest.approx(
        found.profit
    )
    assert expected_maximum_profit(silent, silent, stakes).profit >= found.profit - 1e-9


@pytest.mark.parametrize(
    ("silent", "stakes"),
    [
        ([0, 0, 0], Stakes.published()),
        ([1, 0, 1], Stakes(0.0, 1.0, 1.0, 2.0, 2.0)),
        ([1, 0, 1], Stakes(-5.0, 1.0, 1.0, 2.0, 2.0)),
    ],
)
def test_where_nothing_can_be_won_nobody_is_contacted(silent: list[int], stakes: Stakes) -> None:
    found = expected_maximum_profit(silent, [0.3, 0.2, 0.1], stakes)
    assert (found.profit, found.share) == (0.0, 0.0)


def action(**changes: Any) -> Action:
    given = {
        "name": "call", "label": "Call", "description": "", "contact_cost": 5.0, "offer_cost": 0.0,
        "accept_rate": 0.0, "save_alpha": 1.0, "save_beta": 9.0, "minutes": 5.0, "team": "sales",
    }  # fmt: skip
    return Action(**(given | changes))


def test_the_cheapest_action_that_pays_for_a_sure_leaver_is_taken() -> None:
    useless = action(name="useless", contact_cost=1.0, save_alpha=0.001, save_beta=99.0)
    dear = action(name="dear", contact_cost=50.0, save_alpha=9.0, save_beta=1.0)
    assert cheapest_sensible([useless, action(), dear], 100.0).name == "call"
    assert cheapest_sensible([useless, action(), dear], 0.0).name == "useless"


def test_the_cost_of_an_action_holds_its_offer_for_those_who_take_it() -> None:
    assert cost_of(action(offer_cost=100.0, accept_rate=0.5)) == 55.0
    for name in ("saas", "retail", "telecom", "learning"):
        profile = load_profile(name)
        assert cheapest_sensible(profile.actions, 1e6) in profile.actions
