from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.domain.customer.state import CustomerState as State
from analytics.features.weekly_activity import weekly_activity
from analytics.scoring.activity_states.customer_states import Silence, States, customer_states
from tests.analytics.features.feature_world import TODAY, active, prepared

WEEKS = 106


def states(days: np.ndarray, *, silent: np.ndarray | None = None, known_days: int = 730) -> States:
    """States of customers with a rhythm clear to all; silence as the weeks have it."""
    quiet = np.where((days > 0).any(axis=1), (days > 0).argmax(axis=1) * 7.0, 7.0 * days.shape[1])
    size = len(days)
    silence = Silence(
        quiet if silent is None else silent,
        np.full(size, 40.0),
        np.full(size, 3.0),
        np.ones(size, bool),
    )
    return customer_states(days, np.full(size, float(known_days)), silence, np.zeros(size, bool))


def rarely_here(days: np.ndarray) -> States:
    """States of customers whose rhythm explains 180 days of silence, at a visit in 28 days."""
    size = len(days)
    silent = np.where((days > 0).any(axis=1), (days > 0).argmax(axis=1) * 7.0, 7.0 * days.shape[1])
    silence = Silence(silent, np.full(size, 180.0), np.full(size, 28.0), np.ones(size, bool))
    return customer_states(days, np.full(size, 730.0), silence, np.zeros(size, bool))


def regular(per_week: int, customers: int = 1) -> np.ndarray:
    return np.full((customers, WEEKS), per_week, dtype=np.int8)


def with_fleet(own: np.ndarray, fleet: int = 50) -> np.ndarray:
    """Put customers among many who stay as active as ever."""
    return np.vstack([own, regular(3, fleet)])


def test_who_is_as_active_as_ever_is_engaged_since_the_oldest_look() -> None:
    found = states(regular(2, 5))
    assert set(found.state) == {State.ENGAGED}
    assert found.reaches_back.all()


def test_a_fall_against_the_own_past_is_fading_since_the_week_it_showed() -> None:
    own = regular(4)
    own[0, :3] = 1
    found = states(with_fleet(own))
    assert found.state[0] == State.FADING
    assert set(found.state[1:]) == {State.ENGAGED}
    assert 0 <= found.days_ago[0] <= 14
    assert found.now.recent[0] == 7
    assert found.now.usual[0] == pytest.approx(16)


def test_a_rare_visitor_is_not_fading_for_one_visit_less() -> None:
    own = np.zeros((1, WEEKS), np.int8)
    own[0, ::2] = 1
    own[0, 2] = 0
    assert states(with_fleet(own), silent=np.array([3.0, *[1.0] * 50])).state[0] == State.ENGAGED


def test_fading_goes_on_until_four_fifths_of_the_expected_are_back() -> None:
    own = regular(5)
    own[0, 2:6] = 1  # four bad weeks, then two that are nearly as usual
    own[0, :2] = 4
    assert states(with_fleet(own)).state[0] == State.FADING


@pytest.mark.parametrize(
    ("silent", "state", "days_ago"),
    [(20, State.ENGAGED, None), (35, State.DORMANT, 6), (60, State.SILENTLY_CHURNED, 19)],
)
def test_silence_is_dormant_then_churn_dated_to_the_day(
    silent: int, state: State, days_ago: int | None
) -> None:
    own = regular(1)
    own[0, : silent // 7] = 0
    found = states(with_fleet(own), silent=np.array([float(silent), *[0.0] * 50]))
    assert found.state[0] in ({state} if days_ago is not None else {state, State.FADING})
    if days_ago is not None:
        assert found.days_ago[0] == days_ago


def test_who_comes_back_is_recovered_for_eight_weeks_and_then_engaged() -> None:
    own = regular(2, 2)
    own[0, 3:12] = 0
    own[1, 12:21] = 0
    found = states(with_fleet(own), silent=np.zeros(52))
    assert found.state[0] == State.RECOVERED
    assert found.days_ago[0] == 14
    assert found.state[1] == State.ENGAGED


def test_who_is_too_new_is_unclear() -> None:
    found = states(regular(2, 3), known_days=40)
    assert set(found.state) == {State.UNCLEAR}


def test_who_is_new_is_engaged_at_once_and_not_recovered_from_the_time_before() -> None:
    own = regular(2)
    own[0, 8:] = 0
    days = with_fleet(own)
    known = np.array([56.0, *[730.0] * 50])
    silence = Silence(np.zeros(51), np.full(51, 40.0), np.full(51, 3.0), np.ones(51, bool))
    found = customer_states(days, known, silence, np.zeros(51, bool))
    assert found.state[0] == State.ENGAGED


def test_a_recorded_end_is_told_before_anything_else() -> None:
    silence = Silence(np.zeros(1), np.full(1, 40.0), np.full(1, 3.0), np.ones(1, bool))
    found = customer_states(regular(2), np.full(1, 500.0), silence, np.ones(1, bool))
    assert found.state[0] == State.ENDED


@example(rates=[1] * 19 + [4], weeks=6, share=0.0, ended=2)  # nobody came a month before
@settings(max_examples=40, deadline=None)
@given(
    rates=st.lists(st.integers(1, 7), min_size=20, max_size=60),
    weeks=st.integers(1, 6),
    share=st.sampled_from([0.0, 0.25, 0.5]),
    ended=st.integers(0, 3),
)
def test_a_holiday_of_the_whole_fleet_makes_nobody_fading_dormant_or_gone(
    rates: list[int], weeks: int, share: float, ended: int
) -> None:
    """Everybody stays away alike for some weeks that ended some weeks ago, or go on."""
    usual = np.tile(np.array(rates, np.int8), 3)[:, None] * np.ones((1, WEEKS), np.int8)
    days = usual.copy()
    days[:, ended : ended + weeks] = np.floor(days[:, ended : ended + weeks] * share)
    found = states(days)
    assert set(found.state) <= {State.ENGAGED, State.RECOVERED, State.FADING}
    if share in (0.0,):
        assert State.FADING not in set(found.state)
    full = states(usual)
    assert set(full.state) == {State.ENGAGED}


def test_a_few_buyers_who_stop_tell_nothing_of_the_many_who_buy_rarely() -> None:
    """Two of 202 buy often; where they stop, the silence of the others still counts."""
    own = np.zeros((202, WEEKS), np.int8)
    own[:2, 10:] = 3
    own[2:, 10::3] = 1
    found = states(own)
    assert found.now.fleet == 1
    assert set(found.state) == {State.SILENTLY_CHURNED}


def test_a_small_share_of_frequent_customers_is_not_the_fleet() -> None:
    """Enough of them to count, but one in twenty of all."""
    rare = np.zeros((1140, WEEKS), np.int8)
    rare[:, ::4] = 1
    often = regular(3, 60)
    often[:, :4] = 0
    assert states(np.vstack([often, rare])).now.fleet == 1
    assert states(often).now.fleet < 0.01


@pytest.mark.parametrize("silent_weeks", range(4, 16))
def test_who_is_dormant_stays_so_however_low_the_silence_makes_the_usual(silent_weeks: int) -> None:
    own = regular(1)
    own[0, :silent_weeks] = 0
    assert rarely_here(with_fleet(own, 60)).state[0] == State.DORMANT


def test_one_visit_ends_what_was_dormant() -> None:
    own = regular(1)
    own[0, 1:12] = 0
    assert rarely_here(with_fleet(own, 60)).state[0] == State.RECOVERED


def test_nobody_is_engaged_or_recovered_who_was_not_here_for_four_weeks() -> None:
    own = np.zeros((2, WEEKS), np.int8)
    own[0, 5:60:4] = 1  # a visit a month: five weeks may be chance
    own[1, 5:7] = 1
    own[1, 20:] = 1  # away, back, and away again
    found = rarely_here(with_fleet(own, 60))
    assert (found.now.recent[:2] == 0).all()
    assert found.state[0] == State.UNCLEAR
    assert found.state[1] == State.UNCLEAR


def test_however_rare_the_visits_dormant_comes_before_silently_churned() -> None:
    gaps = np.array([3.0, 20.0, 25.0, 60.0])
    found = Silence(np.zeros(4), np.full(4, 100.0), gaps, np.ones(4, bool)).dormant_days
    assert found.tolist() == [70, 80, 85, 85]


def test_last_years_same_weeks_explain_a_fall_that_comes_every_year() -> None:
    own = regular(5, 2)
    own[:, :3] = 1
    own[0, 52:56] = 1  # the first customer fell a year ago, too
    found = states(with_fleet(own))
    assert found.state[0] == State.ENGAGED
    assert found.state[1] == State.FADING
    assert found.now.season[0] < 0.5
    assert found.now.season[1] == pytest.approx(1.0)


def test_an_event_after_the_date_or_heard_of_later_changes_nothing(tmp_path: Path) -> None:
    then = TODAY - timedelta(days=30)
    known = [*active("a", range(31, 200)), *active("b", range(40, 300, 3))]
    later = [*active("a", range(0, 30)), *active("b", range(0, 30))]
    assert _days(tmp_path / "known", known, then).tolist() == (
        _days(tmp_path / "later", [*known, *later], then).tolist()
    )


def test_a_week_counts_days_and_ends_on_the_date(tmp_path: Path) -> None:
    events = active("a", [0, 0, 1, 6, 7, 13, 14])
    assert _days(tmp_path, events, TODAY)[0, :3].tolist() == [3, 2, 1]


def _days(folder: Path, events: list, on: date) -> np.ndarray:
    folder.mkdir(exist_ok=True)
    with prepared(folder, events) as source:
        return weekly_activity(source, on).days
