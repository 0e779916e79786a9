"""The law of features: nothing that became known after the observation date changes anything."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.domain.event_log.events import EVENT_CATALOGUE
from analytics.features.registry import FEATURE_NAMES
from tests.analytics.features.feature_world import Event, Person, active, features_of

TYPES = sorted(EVENT_CATALOGUE)
OLD, NEW = ["b", "d", "f", "h"], ["a", "c", "g", "z"]

types = st.sampled_from([*TYPES, "of_no_catalogue"])
values = st.none() | st.floats(-100, 2000, allow_nan=False)
known_names, late_names = st.sampled_from(["f1", "f2", None]), st.sampled_from(["f1", "f0", "f9"])

known_events = st.builds(
    Event,
    customer=st.sampled_from(OLD),
    age=st.integers(0, 250),
    type=types,
    value=values,
    feature=known_names,
    hour=st.integers(0, 23),
)
after = st.builds(
    Event,
    customer=st.sampled_from([*OLD, *NEW]),
    age=st.integers(-60, -1),
    type=types,
    value=values,
    feature=late_names,
    hour=st.integers(0, 23),
)
received_after = st.builds(
    Event,
    customer=st.sampled_from([*OLD, *NEW]),
    age=st.integers(0, 300),
    type=types,
    value=values,
    feature=late_names,
    received=st.integers(-60, -1),
    hour=st.integers(0, 23),
)
#: One event of each type and a regular rhythm, so that every feature has something to say.
EVERY_TYPE = [
    *active("b", range(0, 200, 3)),
    *[Event("d", age, name, 2.0, "f1") for age, name in enumerate(TYPES, start=5)],
]


PEERS = {"k": range(0, 120, 4), "m": range(2, 120, 4), "n": [*range(20, 120, 3), 3]}


def build(events: list[Event], people: list[Person]) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        return features_of(Path(folder), events, people)


@settings(max_examples=30, deadline=None)
@given(
    known=st.lists(known_events, max_size=25),
    extra=st.lists(after | received_after, min_size=1, max_size=20),
    signed_up=st.integers(0, 300),
)
@example(
    known=[],
    extra=[
        *[Event("b", -1 - n, name, 5.0, "f0") for n, name in enumerate(TYPES)],
        *[Event("d", 20 + n, name, 5.0, "f9", received=-1) for n, name in enumerate(TYPES)],
        *active("a", (-1, -3)),
        Event("z", 400, received=-1),
        Event("b", 900, received=-1),
    ],
    signed_up=100,
)
def test_what_became_known_later_changes_nothing(
    known: list[Event], extra: list[Event], signed_up: int
) -> None:
    recorded = [Person("f", signed_up), Person("h", 50)]
    truth = [*EVERY_TYPE, *known]
    before = build(truth, recorded)
    later = build([*truth, *extra], [*recorded, Person("m", -5)])
    assert {"b", "d", "f", "h"} <= set(before.index)
    assert later.equals(before)


@settings(max_examples=6, deadline=None)
@given(st.lists(known_events, max_size=25), st.integers(0, 99))
def test_the_order_of_the_rows_changes_nothing(known: list[Event], seed: int) -> None:
    truth = [*EVERY_TYPE, *known]
    shuffled = random.Random(seed).sample(truth, len(truth))
    assert build(shuffled, []).equals(build(truth, []))


def test_any_number_of_product_features_is_counted_one_by_one() -> None:
    known = [Event("b", 5, feature=f"f{number:03d}") for number in range(130)]
    both = [Event("d", 3, feature=name) for name in ("f000", "f062")]
    before = build([*known, *both], [])
    late = [Event("b", -4, feature="f030 and more"), Event("b", 9, feature="f03", received=-1)]
    assert before["features_used_28d"].to_dict() == {"b": 130, "d": 2}
    assert build([*known, *both, *late], []).equals(before)


def test_an_event_known_on_the_day_itself_does_change_features() -> None:
    """So that the law above is not kept by features that see nothing."""
    before = build(EVERY_TYPE, [])
    for extra in (Event("d", 0, hour=23), Event("d", 40, received=0), Event("d", 1, "error")):
        assert not build([*EVERY_TYPE, extra], []).equals(before)


@pytest.mark.parametrize("name", FEATURE_NAMES)
def test_every_feature_moves_with_some_known_event(
    name: str, moving: dict[str, set[object]]
) -> None:
    assert len(moving[name]) > 1


@pytest.fixture(scope="module")
def moving() -> dict[str, set[object]]:
    """The values of each feature over customers who differ in everything."""
    events = [
        *EVERY_TYPE,
        *active("f", [1, 2, 9, 30, 31, 80, 170], feature="f2"),
        *active("f", [30, 60], feature="f1"),
        *[Event("f", age, "session", 20.0 + age, "f1") for age in (4, 100, 160)],
        # Three of like age and rhythm, so that somebody has peers.
        *[event for name, ages in PEERS.items() for event in active(name, ages)],
        Event("k", 3, "error"),
        Event("f", 50, feature="f3"),
        Event("f", 5, "error"),
        Event("h", 2, "survey_response", 4.0),
    ]
    frame = build(events, [Person("h", 20)])
    return {
        name: {None if pd.isna(value) else value for value in frame[name]} for name in FEATURE_NAMES
    }
