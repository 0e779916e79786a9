from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.customer.risk_tier import SCORED_TIERS, RiskTier
from analytics.domain.customer.tier_cuts import TierCuts, as_shown
from analytics.features.prepared import day_number
from analytics.features.rhythm import Rhythm
from analytics.modelling.observing.observations import Snapshot
from analytics.modelling.tier_levels import soft_levels_of
from analytics.scoring.frustration.frustration_index import Frustration
from analytics.scoring.risk_tiers.steady_history import steady_history, weekly_flips
from analytics.scoring.risk_tiers.steady_tiers import Look, flip_share, plain_levels, steady_levels
from analytics.scoring.scores import Scores

CUTS = TierCuts.usual(0.05)
CUT = CUTS.high
HIGH = SCORED_TIERS.index(RiskTier.HIGH)
LOW = SCORED_TIERS.index(RiskTier.LOW)
MEDIUM = SCORED_TIERS.index(RiskTier.MEDIUM)
#: Medium by itself, below what holds high, and above the usual risk.
MILD = 0.12
NAN = float("nan")


def course(*risks: float, step: int = 7) -> list[int]:
    """Return the places of one customer with these scores."""
    looks = [Look(step * week, np.array([risk])) for week, risk in enumerate(risks)]
    return [int(level[0]) for _, level in steady_levels(looks, CUTS)]


def test_a_first_score_is_taken_as_it_is_and_a_higher_one_at_once() -> None:
    assert course(0.01, CUT, 0.9) == [LOW, HIGH, 0]


def test_a_score_just_below_the_cut_moves_nobody_down() -> None:
    assert course(CUT, *[CUT * 0.9] * 5) == [HIGH] * 6


def test_one_low_score_is_not_enough_and_two_running_are() -> None:
    assert course(CUT, MILD, MILD) == [HIGH, HIGH, MEDIUM]
    assert course(CUT, MILD, CUT, MILD) == [HIGH] * 4


def test_no_tier_is_held_where_the_risk_is_below_the_usual() -> None:
    assert course(CUT, 0.04) == [HIGH, LOW]
    assert course(MILD, 0.014) == [MEDIUM, LOW]


def test_a_tier_is_held_at_most_one_above_what_the_risk_says() -> None:
    assert course(0.9, MILD) == [0, HIGH]
    assert course(0.9, 0.06) == [0, MEDIUM]


def test_a_fall_ends_at_the_higher_of_the_last_two_scores() -> None:
    assert course(0.9, CUT, 0.06) == [0, 0, MEDIUM]
    assert course(0.9, CUT, MILD) == [0, 0, HIGH]


def test_where_scores_lie_a_month_apart_one_is_enough() -> None:
    assert course(CUT, MILD, step=28) == [HIGH, MEDIUM]
    assert course(CUT, CUT * 0.9, step=28) == [HIGH, HIGH]


def test_who_was_not_scored_begins_anew() -> None:
    assert course(CUT, NAN, 0.01) == [HIGH, -1, LOW]


def test_customers_who_come_later_are_taken_in() -> None:
    looks = [Look(0, np.array([CUT])), Look(7, np.array([MILD, CUT]))]
    assert [level.tolist() for _, level in steady_levels(looks, CUTS)] == [[HIGH], [HIGH, HIGH]]


def test_no_more_are_held_than_a_team_can_work_with() -> None:
    """Of 100, twelve are high by today's score and eight were: the three riskiest are held."""
    rng = np.random.default_rng(0)
    now = np.concatenate([np.full(12, CUT), MILD + np.arange(8) / 1000, rng.uniform(0, 0.04, 80)])
    before = np.where(np.arange(100) < 20, CUT, now)
    last = [level for _, level in steady_levels([Look(0, before), Look(7, now)], CUTS)][-1]
    assert np.flatnonzero(last == HIGH).tolist() == [*range(12), 17, 18, 19]
    assert (last[12:17] == MEDIUM).all()


def test_where_more_are_at_risk_by_the_score_alone_nobody_is_let_go() -> None:
    now = np.concatenate([np.full(20, CUT), np.full(5, MILD), np.full(75, 0.01)])
    before = np.where(np.arange(100) < 25, CUT, now)
    last = [level for _, level in steady_levels([Look(0, before), Look(7, now)], CUTS)][-1]
    assert (last == HIGH).sum() == 25


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_nobody_stands_lower_than_their_score_or_higher_than_their_last_two(
    risks: list[float],
) -> None:
    held = course(*risks)
    plain = [int(plain_levels(np.array([one]), CUTS)[0]) for one in risks]
    assert all(one <= other for one, other in zip(held, plain, strict=True))
    soft = soft_levels_of(np.array(risks), CUTS)
    for week in range(2, len(risks)):
        moved_down = held[week] > held[week - 1]
        steady = max(min(plain[week], *soft[week - 1 : week + 1]), plain[week] - 1)
        usual = as_shown(risks[week]) < CUTS.base_rate
        assert not moved_down or held[week] == (plain[week] if usual else steady)
    assert all(other - one <= 1 for one, other in zip(held, plain, strict=True))


def test_flips_count_those_scored_at_both_looks() -> None:
    assert flip_share(np.array([0, 1, 2, -1]), np.array([0, 2, -1, 1, 3])) == pytest.approx(0.5)
    assert np.isnan(flip_share(np.array([-1]), np.array([1])))


def test_the_history_is_held_by_the_weeks_between_its_dates() -> None:
    """Between two low monthly scores lies a high week: the customer is still held today."""
    risks = {56: CUT, 28: MILD, 0: MILD}
    history = [_scores(day, risk) for day, risk in sorted(risks.items())]
    weekly = _weekly({7: CUT, 14: MILD, 21: MILD})
    found = steady_history(history, weekly, CUTS, np.ones(1))
    assert [one.tier[0] for one in found.scores] == ["high", "medium", "high"]
    assert found.held.tolist() == [True]
    alone = steady_history(history, _weekly({}), CUTS, np.ones(1))
    assert [one.tier[0] for one in alone.scores] == ["medium", "medium", "high"]
    assert not alone.held.any()


def test_flips_are_counted_from_week_to_week() -> None:
    weeks = _weekly({28: CUT, 21: MILD, 14: CUT, 7: MILD, 0: MILD})
    steady, plain = weekly_flips(weeks, CUTS)
    assert steady == pytest.approx(0.25)
    assert plain == pytest.approx(0.75)
    assert np.isnan(weekly_flips(_weekly({}), CUTS)[0])


TODAY = date(2026, 3, 31)


def _scores(days_ago: int, risk: float) -> Scores:
    features = pd.DataFrame(index=pd.Index([0], name="customer_key"))
    rhythm = Rhythm(np.full(1, 28.0), np.ones(1, bool), np.zeros(1), np.zeros(1, bool))
    on, one = TODAY - timedelta(days=days_ago), np.ones(1)
    seen = Snapshot(
        on, features, rhythm, np.zeros(1, bool), np.ones(1, bool), np.zeros(1, np.int8), one,
        np.empty((1, 0)),
    )  # fmt: skip
    frustration = Frustration(np.zeros(1), pd.DataFrame())
    return Scores(seen, np.array([risk]), frustration)


def _weekly(risks: dict[int, float]) -> pd.DataFrame:
    """Rows of `weekly_scores` by the days since."""
    rows = [
        {"customer_key": 0, "day": day_number(TODAY) - ago, "risk": risk, "risk_today": risk}
        for ago, risk in risks.items()
    ]
    columns = ["customer_key", "day", "risk", "risk_today"]
    return pd.DataFrame(rows, columns=columns, dtype="float64").astype({"day": "int64"})
