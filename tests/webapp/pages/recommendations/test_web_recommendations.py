from __future__ import annotations

from dataclasses import replace

import pytest
from dash import no_update

from analytics.domain.customer.filter import CustomerFilter
from analytics.services.analytics_service import AnalyticsService
from analytics.services.results import RecommendationsResult
from tests.webapp.component_text import links_of, text_of
from webapp.address import Address
from webapp.pages.recommendations.limits import limited, shown_limits
from webapp.pages.recommendations.render import render_recommendations


@pytest.fixture(scope="module")
def plan(web_service: AnalyticsService) -> RecommendationsResult:
    return web_service.recommendations(CustomerFilter(), budget=None, capacity_minutes=None)


def test_the_plan_shows_value_cost_and_time(plan: RecommendationsResult) -> None:
    totals = text_of(render_recommendations(plan, Address(), 400)["totals"])
    assert f"of {plan.worth_contacting:,} worth contacting" in totals
    assert "budget: no limit set" in totals
    assert "80% interval" in totals


def test_the_rows_are_plain_values_in_the_order_of_the_plan(plan: RecommendationsResult) -> None:
    rows = render_recommendations(plan, Address(), 400)["plan"]
    assert [row["customer_id"] for row in rows] == [one.customer.customer_id for one in plan.plan]
    assert all(not isinstance(value, list | dict) for row in rows for value in row.values())


def test_a_longer_plan_says_that_it_is_cut(plan: RecommendationsResult) -> None:
    longer = replace(plan, plan_size=9_999)
    note = render_recommendations(longer, Address(), 400)["plan_note"]
    assert "of 9,999 contacts; the CSV has all" in note


def test_the_export_is_the_plan_within_its_limits(plan: RecommendationsResult) -> None:
    here = Address(CustomerFilter(region=("EU",)), budget=500.0)
    export = render_recommendations(plan, here, 400)["export"]
    assert export.href == "/export/plan.csv?region=EU&budget=500"


def test_an_action_is_a_link_that_filters(plan: RecommendationsResult) -> None:
    links = links_of(render_recommendations(plan, Address(), 400)["by_action"])
    assert f"/recommendations?action={plan.by_action[0].key}" in links


def test_no_match_offers_to_clear(plan: RecommendationsResult) -> None:
    shown = render_recommendations(plan, Address(), 0)
    assert shown["hide_body"] is True
    assert links_of(shown["empty"]) == ["/recommendations"]


def test_typed_limits_go_into_the_address_and_the_usual_hours_do_not() -> None:
    typed = limited(Address(), budget="250", hours=30, usual_hours=40.0)
    assert typed.to_search() == "?budget=250&hours=30"
    assert limited(Address(), budget=None, hours=40, usual_hours=40.0) == Address()


def test_limits_out_of_range_count_as_none() -> None:
    assert limited(Address(), budget=-5, hours="many", usual_hours=40.0) == Address()


def test_the_controls_show_the_limits_of_the_address() -> None:
    shown = shown_limits(Address(budget=9.0), usual_hours=40.0, search="?budget=9")
    assert (shown["budget"], shown["hours"], shown["slider"]) == (9.0, 40.0, 40.0)
    assert shown["search"] is no_update
    assert shown["limits"] == "?budget=9"


def test_an_empty_plan_says_whether_nothing_pays_or_the_limits_are_too_low(
    plan: RecommendationsResult,
    web_service: AnalyticsService,
) -> None:
    here = Address()
    none = web_service.recommendations(CustomerFilter(), budget=0, capacity_minutes=0)
    assert none.worth_contacting == plan.worth_contacting > 0
    assert "leave room for no contact" in text_of(
        render_recommendations(none, here, 400)["by_action"]
    )
    lapsed = CustomerFilter(tier=("lapsed",))
    gone = web_service.recommendations(lapsed, budget=None, capacity_minutes=None)
    assert gone.worth_contacting == 0
    said = text_of(render_recommendations(gone, Address(lapsed), 100)["by_action"])
    assert "Nobody here has a churn risk" in said
    assert "worth its cost" not in said
