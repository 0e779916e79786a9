"""A feature's value in one sentence that a person would say."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.scoring.sentences import BUILT_IN, UNKNOWN


@pytest.mark.parametrize(
    ("feature", "value", "said"),
    [
        ("activity_slope_12w", -0.29, "Activity has fallen by 29% a week for twelve weeks."),
        ("activity_slope_12w", 0.041, "Activity has risen by 4% a week for twelve weeks."),
        ("activity_slope_12w", -0.001, "Activity has been level for twelve weeks."),
        ("active_days_change_14d", -3.0, "3 fewer active days than in the two weeks before."),
        ("active_days_change_14d", 1.0, "1 more active day than in the two weeks before."),
        ("active_days_change_14d", 0.0, "As many active days as in the two weeks before."),
        ("active_days_change_14d", -10.0, "10 fewer active days than in the two weeks before."),
    ],
)
def test_a_change_is_said_by_the_way_it_went(feature: str, value: float, said: str) -> None:
    assert BUILT_IN.say(feature, value) == said


def test_a_change_that_is_not_known_is_not_said() -> None:
    assert BUILT_IN.say("activity_slope_12w", np.nan) == UNKNOWN
