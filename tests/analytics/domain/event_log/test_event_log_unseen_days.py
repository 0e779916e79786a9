"""Days on which the log saw nobody are left out of every count of days."""

from __future__ import annotations

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.domain.event_log.unseen_days import NONE_UNSEEN, UnseenDays


@st.composite
def _holes(draw: st.DrawFn) -> UnseenDays:
    spans, day = [], 0
    for _ in range(draw(st.integers(0, 4))):
        first = day + draw(st.integers(1, 30))
        day = first + draw(st.integers(0, 40))
        spans.append((first, day))
    return UnseenDays(tuple(spans))


def _seen(holes: UnseenDays, day: int) -> bool:
    return not any(first <= day <= last for first, last in holes.spans)


@settings(deadline=None)  # the first query takes long
@given(_holes(), st.integers(0, 200), st.integers(0, 200))
def test_the_days_within_are_counted_one_by_one(holes: UnseenDays, after: int, more: int) -> None:
    until = after + more
    by_hand = sum(not _seen(holes, day) for day in range(after + 1, until + 1))
    assert holes.within(after, until) == by_hand
    told = duckdb.sql(f"SELECT {until} - {after}{holes.sql(str(after), str(until))}").fetchall()
    assert told[0][0] == more - by_hand


@given(_holes(), st.integers(0, 200), st.integers(1, 120))
def test_a_window_ends_when_so_many_days_have_been_seen(
    holes: UnseenDays, day: int, seen_days: int
) -> None:
    end = int(holes.end_of(day, seen_days))
    assert sum(_seen(holes, one) for one in range(day + 1, end + 1)) == seen_days
    assert _seen(holes, end)


@given(_holes(), st.integers(0, 300), st.integers(1, 28))
def test_a_whole_day_lies_in_no_hole_and_not_just_after_one(
    holes: UnseenDays, day: int, recovery: int
) -> None:
    whole = holes.whole_day(day, recovery_days=recovery)
    assert whole <= day
    assert not any(first <= whole < last + recovery for first, last in holes.spans)


def test_without_holes_nothing_changes() -> None:
    assert NONE_UNSEEN.sql("a", "b") == ""
    assert NONE_UNSEEN.end_of(5, 7) == 12
    assert not NONE_UNSEEN


def test_a_hole_is_known_once_it_has_ended() -> None:
    holes = UnseenDays(((10, 14), (30, 40)))
    assert holes.known_by(13) == NONE_UNSEEN
    assert holes.known_by(14) == holes.known_by(39) == UnseenDays(((10, 14),))
    assert holes.known_by(40) == holes
