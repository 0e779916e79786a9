"""A feature's value in one sentence that a person would say."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.scoring.explanations.sentences import BUILT_IN, UNKNOWN


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


@pytest.mark.parametrize("feature", ["days_since_last_activity", "silence_over_usual_gap"])
def test_the_usual_gap_beside_a_silence_is_that_of_the_days_before_it(feature: str) -> None:
    """The rate of 180 days holds the silence itself: a weekly buyer seemed to come monthly."""
    known = {"days_since_last_activity": 166.0, "mean_gap_days": 8.2, "active_days_ever": 40.0}
    said = BUILT_IN.say(feature, 166.0, known)
    assert said.endswith(" for 166 days; the usual gap is 8.")
