from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.tables.segment_tables import Steadiness
from analytics.services.analytics_service import AnalyticsService
from analytics.services.segments.segment_results import PastSize, SavedSegment, SegmentsResult
from tests.webapp.component_text import ids_of, links_of, text_of
from webapp.pages.segments.clusters_view import clusters_view
from webapp.pages.segments.moves_view import FIRST_RUN, moves_view, steadiness_view
from webapp.pages.segments.named_view import named_view
from webapp.pages.segments.saved_view import NONE_SAVED, filter_words, saved_view

EVERYONE = CustomerFilter()


@pytest.fixture(scope="module")
def everyone(web_service: AnalyticsService) -> SegmentsResult:
    return web_service.segments(EVERYONE, "segment")


def saved(*history: PastSize, query: str = "tier=high") -> SavedSegment:
    when = datetime(2026, 3, 1, tzinfo=UTC)
    return SavedSegment(3, "Ours", query, "Ann", when, history)


def test_a_named_segment_says_what_to_do_and_leads_to_its_customers(
    everyone: SegmentsResult,
) -> None:
    shown = named_view(everyone.named, EVERYONE, "EUR")
    there = [row for row in everyone.named if row.totals.customers]
    links = links_of(shown)
    for row in there:
        assert f"/segments?named={row.key}" in links
        assert f"/customers?named={row.key}" in links
    assert "solve what went wrong first" in text_of(shown)


def test_clusters_are_told_with_numbers_and_how_far_they_hold(everyone: SegmentsResult) -> None:
    text = text_of(clusters_view(everyone, EVERYONE))
    assert "Active days in 90: typically 18, against 12 of all" in text
    assert "agreement of 0.91" in text
    assert "name kept from the last run" in text


def test_no_stable_clusters_is_an_answer(everyone: SegmentsResult) -> None:
    low = Steadiness("cluster_ari", "Clusters", 0.4, 0.85, False, "")
    none = replace(everyone, clusters=(), steadiness=(low,))
    assert "No stable clusters" in text_of(clusters_view(none, EVERYONE))
    few = replace(none, steadiness=(replace(low, value=None),))
    assert "Too few" in text_of(clusters_view(few, EVERYONE))
    former = replace(none, steadiness=())
    assert "silent-churn run" in text_of(clusters_view(former, EVERYONE))


def test_moves_name_from_and_to_with_money_and_tell_the_newcomers(
    everyone: SegmentsResult,
) -> None:
    text = text_of(moves_view(everyone.moves, "EUR"))
    assert "3 Mar 2026" in text
    assert "Not there yet" in text
    assert "No longer there" in text
    assert "Leave in peace" in text
    assert "stayed where they were" in text
    assert FIRST_RUN in text_of(moves_view(None, "EUR"))


def test_steadiness_says_whether_the_goal_is_reached(everyone: SegmentsResult) -> None:
    text = text_of(steadiness_view(everyone.steadiness))
    assert "7.1% (at most 8.0% is asked for: reached)" in " ".join(text.split())
    worse = [replace(one, value=0.2, reached=False) for one in everyone.steadiness]
    assert "not reached" in text_of(steadiness_view(worse))


def test_a_saved_segment_shows_its_course_and_what_it_asks_for(everyone: SegmentsResult) -> None:
    smaller = replace(everyone.totals, customers=7)
    history = (
        PastSize(date(2026, 2, 3), "a", None),
        PastSize(date(2026, 3, 3), "b", smaller),
        PastSize(date(2026, 3, 31), "c", everyone.totals),
    )
    shown = saved_view([saved(*history)], "EUR")
    text = text_of(shown)
    assert "7 to 400 since 3 Mar 2026" in text
    assert "not known then" in text
    assert "tier: high" in text
    assert "/segments?tier=high" in links_of(shown)
    assert {one["segment"] for one in ids_of(shown)} == {3}


def test_one_run_makes_no_course_and_none_saved_says_how(everyone: SegmentsResult) -> None:
    first = saved(PastSize(date(2026, 3, 31), "c", everyone.totals))
    assert "one run so far" in text_of(saved_view([first], "EUR"))
    assert NONE_SAVED in text_of(saved_view([], "EUR"))


def test_filters_are_said_in_words() -> None:
    chosen = CustomerFilter(state=("silently_churned",), early=True, search="ab")
    said = filter_words(chosen)
    assert said == "state: silently churned; recently active; contains “ab”"
    assert filter_words(EVERYONE) == "everyone"
