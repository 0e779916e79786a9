"""Intervals of differences against published figures, and effects on a world with known ones."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.evaluation.published_run.effects import _randomised, newcombe


@pytest.mark.parametrize(
    ("lost", "interval"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table II, method 10.
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((10, 10, 0, 10), (0.6075, 1.0000)),
    ],
)
def test_the_interval_of_a_difference_is_the_published_one(
    lost: tuple[int, int, int, int], interval: tuple[float, float]
) -> None:
    assert newcombe(*lost) == pytest.approx(interval, abs=5e-5)


def test_an_empty_arm_has_no_interval() -> None:
    low, high = newcombe(0, 0, 3, 10)
    assert low != low
    assert high != high


def test_a_randomised_action_is_judged_by_both_lives_and_measured_by_the_arms() -> None:
    ids = [f"A{one}" for one in range(40)]
    arm = ["none"] * 20 + ["call"] * 20
    rows = pd.concat(
        pd.DataFrame(
            {
                "customer_id": ids,
                "action": action,
                "assigned": [one == action for one in arm],
                "state": [
                    "gone_silently" if number % 4 == 0 and action == "none" else "engaged"
                    for number in range(40)
                ],
            }
        )
        for action in ("none", "call")
    )
    lost = pd.Series([1.0 if one < 10 else 0.0 for one in range(40)], index=ids)
    (found,) = _randomised("outreach", rows, lost)
    assert found.true == pytest.approx(0.25)
    assert found.measured == pytest.approx(0.5)
    assert (found.treated, found.left_alone) == (20, 20)
    assert found.low < found.measured < found.high
