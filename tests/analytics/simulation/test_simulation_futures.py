"""What would come after the end under each action."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analytics.simulation.futures import LEAST_REPEATS, MOST_REPEATS, repeats_of
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.presets.preset import SAAS
from tests.analytics.simulation.simulation_world import GONE, Business, one


def test_everybody_who_is_still_there_has_one_future_an_action(business: Business) -> None:
    there = one(business.world, f"SELECT count(*) FROM truth WHERE final_state NOT IN {GONE}")
    arms = len(business.preset.campaigns.arms)
    assert one(
        business.world,
        "SELECT count(DISTINCT customer_id), count(*), count(DISTINCT action) FROM futures",
    ) == (there, there * arms, arms)
    assert there > 2000


def test_futures_are_shares_of_as_many_lives_as_were_lived(business: Business) -> None:
    rows = business.world.execute(
        "SELECT gone_silently_share, left_share FROM futures"
    ).fetchnumpy()
    silent, left = rows["gone_silently_share"], rows["left_share"]
    assert (silent >= 0).all()
    assert (silent <= left).all()
    assert (left <= 1).all()
    lives = left * repeats_of(business.report.plan)  # type: ignore[arg-type]
    assert np.allclose(lives, np.rint(lives))
    assert 0.02 < silent.mean() < left.mean() < 0.3


def test_the_sure_and_the_lost_meet_the_same_luck_under_every_action(business: Business) -> None:
    customers, luck, apart = one(
        business.world,
        "SELECT count(*), avg(most), sum((silent <> 1 OR lefts <> 1)::INT) FROM (SELECT "
        "count(DISTINCT gone_silently_share) AS silent, count(DISTINCT left_share) AS lefts, "
        "max(left_share) AS most FROM futures JOIN truth USING (customer_id) "
        "WHERE archetype IN ('sure', 'lost') GROUP BY customer_id)",
    )
    assert customers > 1500
    assert luck > 0.02
    assert apart == 0


def test_every_action_keeps_persuadables_and_wakes_those_to_leave_alone(
    business: Business,
) -> None:
    shares = {
        (archetype, action): (left, silent)
        for archetype, action, left, silent in business.world.execute(
            "SELECT archetype, action, avg(left_share), avg(gone_silently_share) FROM futures "
            "JOIN truth USING (customer_id) GROUP BY 1, 2"
        ).fetchall()
    }
    actions = [one.name for one in business.preset.campaigns.actions]
    assert len(actions) >= 3
    for action in actions:
        for measure in (0, 1):
            kept = shares["persuadable", "none"][measure] - shares["persuadable", action][measure]
            woken = (
                shares["do_not_disturb", action][measure]
                - shares["do_not_disturb", "none"][measure]
            )
            assert kept > 0, (action, measure)
            assert woken > 0, (action, measure)


def test_a_more_intrusive_action_wakes_more(business: Business) -> None:
    woken = dict(
        business.world.execute(
            "SELECT action, avg(left_share) FROM futures JOIN truth USING (customer_id) "
            "WHERE archetype = 'do_not_disturb' GROUP BY 1"
        ).fetchall()
    )
    ordered = sorted(business.preset.campaigns.actions, key=lambda action: action.intrusive)
    least, most = ordered[0], ordered[-1]
    assert least.intrusive < most.intrusive
    assert woken["none"] < woken[least.name] < woken[most.name]


@pytest.mark.parametrize(
    ("customers", "repeats"),
    [(1, MOST_REPEATS), (5000, 40), (10_000, 20), (10_000_000, LEAST_REPEATS)],
)
def test_few_customers_live_more_futures(customers: int, repeats: int) -> None:
    assert repeats_of(SimulationPlan(SAAS, customers, 140, 1, date(2026, 3, 1))) == repeats
