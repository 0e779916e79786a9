from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.risk_tier import DOWN_BELOW, SCORED_TIERS, RiskTier, tier_cuts
from analytics.scoring.steady_tiers import Look, flip_share, plain_levels, steady_levels

BASE = 0.05
CUT = tier_cuts(BASE)[RiskTier.HIGH]
HIGH = SCORED_TIERS.index(RiskTier.HIGH)
LOW = SCORED_TIERS.index(RiskTier.LOW)
NAN = float("nan")


def course(*risks: float, step: int = 7) -> list[int]:
    """Return the places of one customer with these scores."""
    looks = [Look(step * week, np.array([risk])) for week, risk in enumerate(risks)]
    return [int(level[0]) for _, level in steady_levels(looks, BASE)]


def test_a_first_score_is_taken_as_it_is_and_a_higher_one_at_once() -> None:
    assert course(0.01, CUT, 0.9) == [LOW, HIGH, 0]


def test_a_score_just_below_the_cut_moves_nobody_down() -> None:
    assert course(CUT, *[CUT * 0.9] * 5) == [HIGH] * 6


def test_one_low_score_is_not_enough_and_two_running_are() -> None:
    assert course(CUT, 0.01, 0.01) == [HIGH, HIGH, LOW]
    assert course(CUT, 0.01, CUT, 0.01) == [HIGH] * 4


def test_a_fall_ends_at_the_higher_of_the_last_two_scores() -> None:
    medium = tier_cuts(BASE)[RiskTier.MEDIUM]
    assert course(0.9, medium, 0.01) == [0, 0, SCORED_TIERS.index(RiskTier.MEDIUM)]


def test_where_scores_lie_a_month_apart_one_is_enough() -> None:
    assert course(CUT, 0.01, step=28) == [HIGH, LOW]
    assert course(CUT, CUT * 0.9, step=28) == [HIGH, HIGH]


def test_who_was_not_scored_begins_anew() -> None:
    assert course(CUT, NAN, 0.01) == [HIGH, -1, LOW]


def test_customers_who_come_later_are_taken_in() -> None:
    looks = [Look(0, np.array([CUT])), Look(7, np.array([0.01, CUT]))]
    assert [level.tolist() for _, level in steady_levels(looks, BASE)] == [[HIGH], [HIGH, HIGH]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_nobody_stands_lower_than_their_score_or_higher_than_their_last_two(
    risks: list[float],
) -> None:
    held = course(*risks)
    plain = [int(plain_levels(np.array([one]), BASE)[0]) for one in risks]
    assert all(one <= other for one, other in zip(held, plain, strict=True))
    soft = plain_levels(np.array(risks) / DOWN_BELOW, BASE)
    for week in range(2, len(risks)):
        moved_down = held[week] > held[week - 1]
        assert not moved_down or held[week] == min(plain[week], *soft[week - 1 : week + 1])


def test_flips_count_those_scored_at_both_looks() -> None:
    assert flip_share(np.array([0, 1, 2, -1]), np.array([0, 2, -1, 1, 3])) == pytest.approx(0.5)
    assert np.isnan(flip_share(np.array([-1]), np.array([1])))
