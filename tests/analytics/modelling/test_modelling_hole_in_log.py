"""A hole in the middle of a log makes nobody a leaver and teaches nothing false."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analytics.domain.event_log.unseen_days import UnseenDays
from analytics.features.outcomes.labels import Outcome
from analytics.features.outcomes.silences import long_silences
from analytics.features.prepared import day_number
from analytics.modelling.observing.observation_dates import grid
from analytics.modelling.observing.observations import Snapshot, snapshot
from tests.analytics.features.feature_world import SAAS, TODAY, Event, active, prepared

NOW = day_number(TODAY)
#: The hole begins a week after the observation date.
DATE_AGE = 140
HOLE_AGE = 133


def _world() -> list[Event]:
    rng = np.random.default_rng(11)
    events: list[Event] = []
    for number in range(120):
        leaves = int(rng.integers(0, 400))
        ages = np.flatnonzero(rng.random(400) < rng.uniform(0.12, 0.4))
        events += active(f"C{number:03d}", [int(age) for age in ages if age >= leaves - 200])
    return events


def _seen(folder: Path, events: list[Event], unseen: UnseenDays) -> Snapshot:
    date = grid(TODAY, first_day=0, profile=SAAS)[DATE_AGE // SAAS.origin_step_days]
    with prepared(folder, events, unseen=unseen) as source:
        silences = long_silences(source, profile=SAAS, known_day=NOW)
        return snapshot(source, date, profile=SAAS, last_day=NOW, silences=silences)


def _share_silent(seen: Snapshot) -> float:
    return float((seen.outcome[seen.labelled] == Outcome.SILENT).mean())


@pytest.mark.parametrize("days", [14, 30])
def test_what_a_hole_hides_is_not_called_silence(tmp_path: Path, days: int) -> None:
    events = _world()
    hole = range(HOLE_AGE - days + 1, HOLE_AGE + 1)
    holed = [one for one in events if one.age not in hole]
    unseen = UnseenDays(((NOW - HOLE_AGE, NOW - HOLE_AGE + days - 1),))
    known = _seen(tmp_path / "known", holed, unseen)
    window = known.known_day - (NOW - DATE_AGE)
    assert (window == 7 + known.rhythm.horizon_days + days).all()
    mostly_unseen = days > window / 3
    assert mostly_unseen.any() == (days == 30)
    assert not known.labelled[mostly_unseen].any()
    if days == 30:  # what the hole does to whoever does not know of it
        whole = _share_silent(_seen(tmp_path / "whole", events, UnseenDays()))
        assert _share_silent(_seen(tmp_path / "unknown", holed, UnseenDays())) > whole + 0.1


def test_no_observation_date_lies_in_a_hole_or_just_after_it() -> None:
    hole = (NOW - 100, NOW - 71)
    dates = grid(TODAY, first_day=0, profile=SAAS, unseen=UnseenDays((hole,)))
    days = [day_number(one) for one in dates]
    assert days[0] == NOW
    assert not any(hole[0] <= one < hole[1] + 28 for one in days)
    assert hole[0] - 1 in days
