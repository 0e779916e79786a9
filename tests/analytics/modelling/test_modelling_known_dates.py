from __future__ import annotations

from dataclasses import replace

from analytics.modelling.backtest import backtest
from analytics.modelling.models.estimators import LADDER
from tests.analytics.modelling.model_world import observations


def test_a_date_whose_long_horizons_still_run_is_not_tested_while_an_older_one_is_whole() -> None:
    """Long horizons, where more customers go silent, pass last: leaving them out flatters."""
    world = observations(customers=500, dates=6, seed=3)
    days = sorted({int(day) for day in world.day})
    latest = int((world.day == days[-1]).sum())
    half_known = replace(world, scored={days[-1]: 2 * latest})
    whole = backtest(world, origins=1, seed=1, ladder=LADDER[:2])
    found = backtest(half_known, origins=1, seed=1, ladder=LADDER[:2])
    assert whole.test_days == [days[-1]]
    assert found.test_days != [days[-1]]
    assert not found.partial


def test_where_no_date_is_whole_the_test_says_that_it_is_partial() -> None:
    world = observations(customers=500, dates=6, seed=3)
    scored = {int(day): 2 * int((world.day == day).sum()) for day in set(world.day)}
    assert backtest(replace(world, scored=scored), origins=1, seed=1, ladder=LADDER[:2]).partial
