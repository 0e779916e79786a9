"""What a customer met when last engaged is told from what was known by then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.features.build import FeatureSource, build_features
from analytics.features.prepared import EPOCH, day_number
from analytics.features.state_filter.last_engaged import (
    ENGAGED_DAYS_AGO,
    PRICE_ROSE_BEFORE,
    TROUBLE_THEN,
    last_engaged,
    last_engaged_weeks,
)
from analytics.features.state_filter.state_filter import StateFilter
from tests.analytics.features.feature_world import TODAY, Event, active, prepared
from tests.databases import own_database

#: Both were there every other day; the one who stopped did so seventy days ago.
WORLD = [
    *active("stays", range(0, 300, 2)),
    *active("stopped", range(70, 300, 2)),
    Event("stopped", 100, "price_increased"),
    Event("stopped", 20, "price_increased"),
    Event("stays", 150, "price_increased"),
    *(Event("stopped", age, "error") for age in (71, 72, 73, 75)),
    *(Event("stays", age, "error") for age in (1, 3)),
]


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[str]:
    with own_database("postgresql", tmp_path) as address:
        yield address


def seen(source: FeatureSource, *, age: int = 0, last_age: int = 0) -> pd.DataFrame:
    """Return what was known `age` days ago, asked `last_age` days ago; rows stays, stopped."""
    day = day_number(TODAY - timedelta(days=age))
    states = StateFilter(source, day_number(TODAY - timedelta(days=last_age)))
    frame = build_features(source, day_to_date(day))
    return last_engaged(source, states.weeks_to(day), day, frame["rhythm_silent_days"])


def day_to_date(day: int) -> date:
    return EPOCH + timedelta(days=day)


def in_world(folder: Path, events: Sequence[Event], **asked: int) -> pd.DataFrame:
    with prepared(folder, events) as source:
        return seen(source, **asked)


def test_somebody_still_there_is_engaged_today_and_one_who_stopped_was_long_ago(
    tmp_path: Path,
) -> None:
    found = in_world(tmp_path, WORLD)
    stays, stopped = found[ENGAGED_DAYS_AGO]
    assert stays == 0
    assert stopped == 70, "not after the last activity, however long the filter waits"
    assert found[TROUBLE_THEN].iloc[1] > 0.3


def test_a_price_rise_after_they_had_stopped_is_no_rise_before(tmp_path: Path) -> None:
    found = in_world(tmp_path, WORLD)
    assert found[PRICE_ROSE_BEFORE].iloc[0] == 150
    assert found[PRICE_ROSE_BEFORE].iloc[1] == 100 - found[ENGAGED_DAYS_AGO].iloc[1]


def test_without_a_price_rise_there_are_no_days_since_one(tmp_path: Path) -> None:
    calm = [event for event in WORLD if event.type != "price_increased"]
    assert in_world(tmp_path, calm)[PRICE_ROSE_BEFORE].isna().all()


def test_what_became_known_after_the_date_changes_nothing(tmp_path: Path) -> None:
    then = [event for event in WORLD if event.age >= 28]
    late = [
        *WORLD,
        Event("stays", 30, "price_increased", received=10),
        Event("stays", 40, "error", received=5),
    ]
    expected = in_world(tmp_path / "then", then, age=28, last_age=28)
    for folder, events in (("later", WORLD), ("late", late)):
        found = in_world(tmp_path / folder, events, age=28)
        pd.testing.assert_frame_equal(found, expected)


def test_postgresql_says_the_same(postgresql: str, tmp_path: Path) -> None:
    with prepared(tmp_path / "own", WORLD, engine_url=postgresql) as source:
        found = seen(source)
    pd.testing.assert_frame_equal(found, in_world(tmp_path / "duckdb", WORLD))


def test_one_never_held_engaged_is_seen_in_their_best_week() -> None:
    odds = np.array([[-3, -2, 1, -0.5], [2, 0.5, 3, 4], [-3, -3, -3, -3]], dtype=np.float16)
    assert last_engaged_weeks(odds).tolist() == [1, 1, 3]
