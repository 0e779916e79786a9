"""What the index adds to the ranking: held against the best of what is known without it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analytics.modelling.models.estimators import RFM_COLUMNS
from analytics.modelling.observing.observations import Observations
from analytics.scoring.frustration.index_checks import Check, CheckOutcome
from analytics.scoring.frustration.index_gain import gains
from tests.analytics.modelling.model_world import FIRST_DAY, STEP_DAYS, observations

FIRST_TEST_DAY = FIRST_DAY + 4 * STEP_DAYS


def found(rows: Observations, index: np.ndarray) -> dict[str, Check]:
    return {one.check_name: one for one in gains(rows, index, FIRST_TEST_DAY, seed=0)}


def misled(rows: Observations) -> Observations:
    """Spoil frequency and value: they told of silence while learned from, and turn round later."""
    sign = np.where(rows.day < FIRST_TEST_DAY, 1.0, -1.0)
    noise = np.random.default_rng(1).normal(size=len(rows))
    tells = (rows.silent - 0.5) * sign + noise
    others = [name for name in RFM_COLUMNS if name != "days_since_last_activity"]
    return replace(rows, table=rows.table.assign(**dict.fromkeys(others, tells)))


def test_a_weaker_baseline_of_more_columns_does_not_flatter_the_index() -> None:
    rows = misled(observations())
    silence = rows.table["days_since_last_activity"].to_numpy()
    told = found(rows, silence + np.random.default_rng(2).random(len(rows)))
    assert told["gain_rfm_all"].found == told["gain_recency_all"].found
    assert "Days of silence alone rank better" in told["gain_rfm_all"].meaning
    assert told["gain_rfm_all"].outcome is CheckOutcome.NOT_AS_HOPED


def test_an_index_that_knows_more_gains_over_both() -> None:
    rows = observations(told_by=("days_since_last_activity", "value_180d"))
    knows = rows.silent + np.random.default_rng(3).normal(size=len(rows))
    told = found(rows, knows)
    assert told["gain_rfm_all"].outcome is CheckOutcome.AS_HOPED
    assert told["gain_recency_all"].outcome is CheckOutcome.AS_HOPED
    assert "rank better" not in told["gain_rfm_all"].meaning


def test_nobody_with_an_index_cannot_tell() -> None:
    rows = observations()
    assert {one.outcome for one in found(rows, np.zeros(len(rows))).values()} == {
        CheckOutcome.CANNOT_TELL
    }
