"""What became of a customer, in worlds where the answer is plain.

Active daily until today: the own horizon is 28 days, the gap 7, so the window is days 8 to 35.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.features.outcomes.labels import VOCAL_LOOKBACK_DAYS, Outcome
from analytics.features.prepared import day_number
from analytics.modelling.observing.observations import Snapshot, snapshot
from tests.analytics.features.feature_world import (
    SAAS,
    TODAY,
    Event,
    Person,
    active,
    prepared,
    profile_with,
)

LAST_DAY = day_number(TODAY) + 100
WINDOW_END = SAAS.gap_days + SAAS.horizon_min_days
DAILY = active("a", range(0, 120))


def look(
    folder: Path,
    *events: Event,
    person: Person | None = None,
    last_day: int = LAST_DAY,
    **changes: object,
) -> Snapshot:
    people = [person] if person else []
    profile = profile_with(**changes) if changes else SAAS
    with prepared(folder, [*DAILY, *events], people, profile=profile) as source:
        return snapshot(source, TODAY, profile=profile, last_day=last_day)


def outcome(folder: Path, *events: Event, **more: object) -> Outcome:
    return Outcome(int(look(folder, *events, **more).outcome[0]))  # type: ignore[arg-type]


def test_the_window_of_a_daily_customer_is_as_this_file_says(tmp_path: Path) -> None:
    found = look(tmp_path)
    assert found.rhythm.horizon_days[0] == 28
    assert found.known_day[0] == day_number(TODAY) + WINDOW_END == day_number(TODAY) + 35
    assert found.eligible[0]


def test_silence_with_nothing_around_it_is_silent_churn(tmp_path: Path) -> None:
    assert outcome(tmp_path) is Outcome.SILENT


@pytest.mark.parametrize(
    ("days_later", "expected"),
    [
        (1, Outcome.SILENT),
        (7, Outcome.SILENT),
        (8, Outcome.RETAINED),
        (35, Outcome.RETAINED),
        (36, Outcome.SILENT),
    ],
)
def test_activity_in_the_window_keeps_and_activity_in_the_gap_does_not(
    tmp_path: Path, days_later: int, expected: Outcome
) -> None:
    assert outcome(tmp_path, Event("a", -days_later)) is expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (VOCAL_LOOKBACK_DAYS, Outcome.SILENT),
        (VOCAL_LOOKBACK_DAYS - 1, Outcome.VOCAL),
        (0, Outcome.VOCAL),
        (-3, Outcome.VOCAL),
        (-WINDOW_END, Outcome.VOCAL),
        (-WINDOW_END - 1, Outcome.SILENT),
    ],
)
def test_silence_with_a_word_around_it_is_vocal(
    tmp_path: Path, age: int, expected: Outcome
) -> None:
    assert outcome(tmp_path, Event("a", age, "complaint")) is expected


@pytest.mark.parametrize("sign", ["cancel_request", "refund_request"])
def test_asking_to_leave_or_for_money_back_is_a_word_too(tmp_path: Path, sign: str) -> None:
    assert outcome(tmp_path, Event("a", -3, sign)) is Outcome.VOCAL


def test_an_ordinary_ticket_does_not_make_an_exit_vocal(tmp_path: Path) -> None:
    assert outcome(tmp_path, Event("a", 2, "ticket_opened")) is Outcome.SILENT
    assert outcome(tmp_path, Event("a", 2, "ticket_reopened")) is Outcome.VOCAL


def test_a_complaint_of_one_who_stays_is_no_churn(tmp_path: Path) -> None:
    assert outcome(tmp_path, Event("a", 2, "complaint"), Event("a", -9)) is Outcome.RETAINED


@pytest.mark.parametrize(
    ("ended", "reason", "expected"),
    [
        (-10, "cancelled", Outcome.VOCAL),
        (-10, None, Outcome.VOCAL),
        (-10, "unpaid", Outcome.INVOLUNTARY),
        (-WINDOW_END, "unpaid", Outcome.INVOLUNTARY),
        (-WINDOW_END - 1, "unpaid", Outcome.SILENT),
    ],
)
def test_a_recorded_end_tells_what_became_of_a_customer(
    tmp_path: Path, ended: int, reason: str | None, expected: Outcome
) -> None:
    person = Person("a", 119, ended, reason)
    assert outcome(tmp_path, person=person) is expected


def test_a_recorded_end_counts_even_where_activity_went_on_for_a_while(tmp_path: Path) -> None:
    person = Person("a", 119, -20, "cancelled")
    assert outcome(tmp_path, Event("a", -9), person=person) is Outcome.VOCAL


def test_one_who_had_ended_by_the_date_is_not_scored(tmp_path: Path) -> None:
    found = look(tmp_path, person=Person("a", 119, 0, "cancelled"))
    assert found.ended[0]
    assert not found.eligible[0]


def test_one_who_ends_later_is_scored(tmp_path: Path) -> None:
    found = look(tmp_path, person=Person("a", 119, -1, "cancelled"))
    assert not found.ended[0]
    assert found.eligible[0]


@pytest.mark.parametrize("age", [5, 0, -3, -30])
def test_silence_in_a_pause_is_no_churn(tmp_path: Path, age: int) -> None:
    assert outcome(tmp_path, Event("a", age, "paused")) is Outcome.RETAINED


def test_a_pause_that_still_runs_is_no_churn_however_long_ago_it_began(tmp_path: Path) -> None:
    assert outcome(tmp_path, Event("a", 60, "paused")) is Outcome.RETAINED


def test_a_pause_that_has_ended_excuses_nothing(tmp_path: Path) -> None:
    pause = (Event("a", 20, "paused"), Event("a", 6, "resumed"))
    assert outcome(tmp_path, *pause) is Outcome.SILENT


def test_what_is_received_after_the_data_end_changes_no_label(tmp_path: Path) -> None:
    end = day_number(TODAY) + WINDOW_END
    late = Event("a", -WINDOW_END + 5, received=-WINDOW_END - 3)
    assert outcome(tmp_path / "late", late, last_day=end) is Outcome.SILENT
    assert outcome(tmp_path / "told", late, last_day=end + 3) is Outcome.RETAINED


def test_an_outcome_is_censored_until_its_window_is_covered(tmp_path: Path) -> None:
    end = day_number(TODAY) + WINDOW_END
    assert outcome(tmp_path / "short", last_day=end - 1) is Outcome.CENSORED
    assert outcome(tmp_path / "long", last_day=end) is Outcome.SILENT


def test_a_censored_row_neither_trains_nor_tests(tmp_path: Path) -> None:
    found = look(tmp_path, last_day=day_number(TODAY))
    assert found.eligible[0]
    assert not found.labelled[0]


def test_under_the_plain_label_the_window_is_the_same_for_all(tmp_path: Path) -> None:
    plain = {"label": "no_event", "horizon_max_days": 90}
    last = {"last_day": day_number(TODAY) + 97}
    assert outcome(tmp_path / "1", Event("a", -97), **plain, **last) is Outcome.RETAINED
    assert outcome(tmp_path / "2", Event("a", -98), **plain, **last) is Outcome.SILENT


def test_too_new_a_customer_is_not_scored(tmp_path: Path) -> None:
    profile = profile_with(min_tenure_days=56)
    events = [*active("old", range(0, 56)), *active("new", range(0, 55))]
    with prepared(tmp_path, events, profile=profile) as source:
        found = snapshot(source, TODAY, profile=profile, last_day=LAST_DAY)
    assert list(found.eligible) == [False, True], "in order of the ids: new, old"


def test_the_days_that_the_data_cover_are_those_of_their_events(tmp_path: Path) -> None:
    with prepared(tmp_path, [*DAILY, Event("a", -4, "error")]) as source:
        today = day_number(TODAY)
        found = (source.prepared.first_day, source.prepared.last_day)
        assert found == (today - 119, today + 4)
