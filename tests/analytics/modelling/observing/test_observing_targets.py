"""What models learn from says nothing that was not known on the day of training."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.modelling.hazard import Exit
from analytics.modelling.observing.aftermath import Aftermath
from analytics.modelling.observing.observations import Observations
from analytics.modelling.observing.targets import (
    LearningTarget,
    can_teach,
    exit_chances,
    exit_weeks_known,
    target_of,
)

WEEKS = 6


def rows(
    *, silent: list[int], vocal: list[bool], ended_day: list[float], dormant: list[float]
) -> Observations:
    """One row each, observed on day 100, known on day 135; the chance grows week by week."""
    count = len(silent)
    growing = np.outer(dormant, np.linspace(0, 1, WEEKS + 1)).astype(np.float32)
    weekly = np.column_stack(
        [
            np.full(count, 2.0),
            np.full(count, Exit.VOCAL),
            np.full(count, 8.0),
            np.full(count, 107.0),
        ]
    )
    return Observations(
        pd.DataFrame({"x": np.arange(count, dtype=float)}),
        np.array(silent, dtype=np.int8),
        np.arange(count),
        np.full(count, 100),
        np.full(count, 135.0),
        np.ones(count, dtype=bool),
        weekly=weekly,
        later=Aftermath(growing, np.array(vocal), np.array(ended_day), np.full(count, np.nan)),
    )


def test_an_exit_is_a_silence_an_unrecorded_farewell_or_what_the_filter_makes_of_it() -> None:
    known = rows(
        silent=[1, 0, 0, 0],
        vocal=[False, True, True, False],
        ended_day=[np.inf, np.inf, 120.0, np.inf],
        dormant=[0.1, 0.1, 0.1, 0.6],
    )
    found = exit_chances(known, 135.0)
    assert found[:2].tolist() == [1.0, 1.0]
    assert found[2] == pytest.approx(0.1 * 5 / 6, abs=1e-6)
    assert found[3] == pytest.approx(0.6 * 5 / 6, abs=1e-6)


def test_an_end_recorded_after_the_day_of_training_is_not_known_on_it() -> None:
    known = rows(silent=[0], vocal=[True], ended_day=[130.0], dormant=[0.1])
    assert exit_chances(known, 129.0)[0] == 1.0
    assert exit_chances(known, 130.0)[0] < 0.2


@settings(max_examples=40, deadline=None)
@given(day=st.integers(100, 150), later=st.floats(0, 1))
def test_weeks_after_the_day_of_training_teach_nothing(day: int, later: float) -> None:
    known = rows(silent=[0, 0], vocal=[False] * 2, ended_day=[np.inf] * 2, dormant=[0.2, 0.9])
    changed = known.later.dormant.copy()
    first_unknown = int((day - 100) // 7) + 1
    changed[:, first_unknown:] = later
    other = replace(known, later=replace(known.later, dormant=changed))
    assert exit_chances(known, day).tolist() == exit_chances(other, day).tolist()


def test_weeks_that_have_not_ended_count_as_nothing() -> None:
    known = rows(silent=[0], vocal=[False], ended_day=[np.inf], dormant=[0.9])
    missing = np.full_like(known.later.dormant, np.nan)
    assert exit_chances(replace(known, later=replace(known.later, dormant=missing)), 135.0) == [0.0]


def test_the_weeks_of_an_exit_take_an_unrecorded_farewell_for_a_silent_one() -> None:
    known = rows(silent=[0] * 2, vocal=[True] * 2, ended_day=[np.inf, 110.0], dormant=[0.0] * 2)
    week, cause, weeks = exit_weeks_known(known, 200.0).T
    assert cause.tolist() == [Exit.SILENT, Exit.SILENT]
    assert week.tolist() == [2.0, 0.0]
    assert weeks.tolist() == [8.0, 1.0]


def test_a_target_needs_what_it_is_made_of() -> None:
    known = rows(silent=[1, 0], vocal=[False] * 2, ended_day=[np.inf] * 2, dormant=[0.5, 0.1])
    assert all(can_teach(known, target) for target in LearningTarget)
    assert target_of(known, LearningTarget.EXITS).shape == (2, 2)
    plain = replace(known, weekly=np.empty((0, 0)), later=Aftermath.nothing(2))
    able = [target for target in LearningTarget if can_teach(plain, target)]
    assert able == [LearningTarget.SILENT]
