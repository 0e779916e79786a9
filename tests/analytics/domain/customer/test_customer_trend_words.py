from __future__ import annotations

from datetime import date

import pytest

from analytics.domain.customer.trend_words import (
    Course,
    Expected,
    SinceThen,
    course_of,
    course_sentence,
    date_before,
    expected_course,
)

AS_OF = date(2026, 3, 29)


@pytest.mark.parametrize(
    ("now", "course"),
    [(109, Course.SAME), (91, Course.SAME), (112, Course.UP), (88, Course.DOWN)],
)
def test_a_tenth_up_or_down_is_no_change(now: float, course: Course) -> None:
    assert course_of(now, 100) is course


def test_the_share_decides_not_the_count() -> None:
    now, before = Expected(80, 800), Expected(100, 1000)
    assert expected_course(now, before) is Course.SAME
    assert "about the same" in course_sentence(now, before)


def test_better_and_worse_come_with_both_shares() -> None:
    said = course_sentence(Expected(30, 1000), Expected(20, 1000))
    assert said.startswith("It is getting worse. ")
    assert "3.0%, 28 days ago 2.0%" in said
    assert "28 days ago 2.0%" in said
    lower = course_sentence(Expected(10, 1000), Expected(20, 1000))
    assert "lower" in lower
    assert "better" not in lower, "whoever lapses leaves the share"


def test_from_nobody_expected_any_is_more() -> None:
    assert course_of(1, 0) is Course.UP
    assert course_of(0, 0) is Course.SAME


@pytest.mark.parametrize("before", [None, Expected(0, 0)])
def test_nothing_is_said_without_an_earlier_figure(before: Expected | None) -> None:
    assert course_sentence(Expected(1, 10), before) == ""


def test_the_nearest_date_within_four_days_is_28_days_ago() -> None:
    assert date_before([date(2026, 2, 25), date(2026, 3, 2)], AS_OF) == date(2026, 3, 2)
    assert date_before([date(2026, 2, 1), AS_OF], AS_OF) is None


def test_everyone_at_risk_before_is_somewhere_today() -> None:
    counts = {"critical": 1, "high": 2, "low": 3, "lapsed": 4, "insufficient_cadence": 5}
    then = SinceThen.from_counts(counts)
    assert then == SinceThen(still=3, below=3, lapsed=4, ended=0, unscored=5)
    assert then.total == sum(counts.values())
    assert then.sentence() == (
        "Of the 15 at risk 28 days ago, 4 have lapsed, 0 ended, 3 are still at risk, "
        "3 came back to a lower tier and 5 are too rarely active for a score."
    )
    assert SinceThen().sentence() == ""
