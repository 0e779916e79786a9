from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np

from analytics.features.outcomes.labels import Outcome
from analytics.features.outcomes.silences import WEEKS_AHEAD, long_silences
from analytics.features.prepared import day_number
from analytics.modelling.hazard import Exit
from analytics.modelling.observing.observations import snapshot
from tests.analytics.features.feature_world import SAAS, TODAY, active, prepared

THEN = TODAY - timedelta(days=120)


def _weekly(tmp_path: Path, events: list) -> np.ndarray:
    known = day_number(TODAY)
    with prepared(tmp_path, events) as source:
        silences = long_silences(source, profile=SAAS, known_day=known)
        then = snapshot(source, THEN, profile=SAAS, last_day=known, silences=silences)
    return then.weekly, then.outcome


def test_an_exit_is_dated_by_the_week_of_the_last_activity(tmp_path: Path) -> None:
    """Days are counted back from today: day 120 is the observation date."""
    events = [
        *active("a_before", range(123, 300)),
        *active("b_third_week", range(102, 300)),
        *active("c_stays", range(0, 300)),
        *active("d_later", range(40, 300)),
    ]
    weekly, outcome = _weekly(tmp_path, events)
    assert weekly[:, 0].tolist() == [1, 3, 0, 0]
    assert outcome.tolist() == [Outcome.SILENT, *[Outcome.RETAINED] * 3]
    assert (weekly[:2, 1] == Exit.SILENT).all()
    assert (weekly[:, 2] == WEEKS_AHEAD).all()


def test_the_first_week_holds_exactly_those_whom_the_label_calls_silent(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    events = []
    for customer in range(60):
        stop = int(rng.integers(60, 150))
        days = [day for day in range(stop, 300) if rng.random() < 0.6]
        events += active(f"c{customer:02}", days)
    weekly, outcome = _weekly(tmp_path, events)
    known = outcome >= Outcome.RETAINED
    assert known.sum() > 20
    silent = (weekly[:, 0] == 1) & (weekly[:, 1] == Exit.SILENT)
    assert (silent[known] == (outcome[known] == Outcome.SILENT)).all()
