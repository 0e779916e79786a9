from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.trend_words import SinceThen
from analytics.services.analytics_service import AnalyticsService
from analytics.services.results import OverviewResult
from tests.webapp.component_text import links_of, of_class, text_of
from webapp.pages.overview.render import render_overview
from webapp.pages.overview.trend import point_before

EVERYONE = CustomerFilter()


@pytest.fixture(scope="module")
def everyone(web_service: AnalyticsService) -> OverviewResult:
    return web_service.overview(EVERYONE)


def test_the_cards_show_the_totals_of_the_result(everyone: OverviewResult) -> None:
    cards = text_of(render_overview(everyone, EVERYONE)["kpis"])
    assert f"{everyone.totals.at_risk:,}" in cards
    assert f"of {everyone.totals.eligible:,} scored customers" in cards
    assert "80% interval" in cards
    assert "of all scored customers; €" in cards
    assert "not what we expect to lose" in cards


def test_an_earlier_date_gives_the_change_on_the_card(everyone: OverviewResult) -> None:
    as_of = everyone.stamp.as_of.date()
    earlier = replace(
        everyone.trend[-1],
        observation_date=as_of - timedelta(days=28),
        at_risk=everyone.totals.at_risk - 5,
        eligible=everyone.totals.eligible,
        expected_silent=everyone.totals.expected_silent / 2,
    )
    shown = render_overview(replace(everyone, trend=(earlier,)), EVERYONE)
    assert "▲ +5" in text_of(shown["kpis"])
    assert "It is getting worse" in text_of(shown["headline"])


def test_a_small_change_is_neither_good_nor_bad(everyone: OverviewResult) -> None:
    as_of = everyone.stamp.as_of.date()
    totals = everyone.totals
    earlier = replace(
        everyone.trend[-1],
        observation_date=as_of - timedelta(days=28),
        eligible=totals.eligible,
        at_risk=round(totals.at_risk * 1.05),
        expected_silent=totals.expected_silent * 1.05,
        revenue_at_risk=totals.revenue_at_risk.value * 1.05,
    )
    shown = render_overview(replace(everyone, trend=(earlier,)), EVERYONE)
    assert "about the same" in text_of(shown["headline"])
    assert "▼" in text_of(shown["kpis"])
    assert not of_class(shown["kpis"], "better")
    assert not of_class(shown["kpis"], "worse")


def test_those_at_risk_before_are_followed_up(everyone: OverviewResult) -> None:
    then = SinceThen(still=3, below=2, lapsed=4, ended=1)
    shown = render_overview(replace(everyone, since_then=then), EVERYONE)
    assert "Of the 10 at risk 28 days ago, 4 have lapsed, 1 ended" in text_of(shown["headline"])


def test_without_an_earlier_date_no_change_is_made_up(everyone: OverviewResult) -> None:
    shown = render_overview(replace(everyone, trend=()), EVERYONE)
    assert "no earlier figure" in text_of(shown["kpis"])
    assert "It is" not in text_of(shown["headline"])


def test_a_date_too_far_away_is_no_earlier_figure(everyone: OverviewResult) -> None:
    as_of = everyone.stamp.as_of.date()
    far = replace(everyone.trend[-1], observation_date=as_of - timedelta(days=60))
    assert point_before((far,), as_of) is None


def test_a_filtered_overview_compares_with_everyone(web_service: AnalyticsService) -> None:
    chosen = CustomerFilter(region=("EU",))
    cards = text_of(render_overview(web_service.overview(chosen), chosen)["kpis"])
    assert "of everyone's" in cards
    assert "28 days" not in cards


def test_every_customer_to_act_on_is_a_link(everyone: OverviewResult) -> None:
    links = links_of(render_overview(everyone, EVERYONE)["watch"])
    assert links == [f"/customers/{row.customer_id}" for row in everyone.watch_list]
    assert len(links) == 10


def test_a_tier_is_a_link_that_filters(everyone: OverviewResult) -> None:
    assert "/?tier=critical" in links_of(render_overview(everyone, EVERYONE)["tiers"])


def test_each_tier_shows_what_was_seen_of_it_with_the_count(everyone: OverviewResult) -> None:
    rule = everyone.stamp.tiers
    assert rule is not None
    assert "62% (25 of 40)" in text_of(render_overview(everyone, EVERYONE)["tiers"])
    critical = replace(rule.records[0], customers=7, silent=2)
    stamp = replace(everyone.stamp, tiers=replace(rule, records=(critical, *rule.records[1:])))
    few = text_of(render_overview(replace(everyone, stamp=stamp), EVERYONE)["tiers"])
    assert "2 of 7" in few
    assert "29%" not in few
    assert "critical customers left no more often than high ones" in few


def test_the_chosen_group_is_marked_and_its_link_frees(web_service: AnalyticsService) -> None:
    chosen = CustomerFilter(segment=("Small",))
    groups = render_overview(web_service.overview(chosen), chosen)["groups"]
    assert len(of_class(groups, "chosen")) == 1
    assert links_of(of_class(groups, "chosen")) == ["/"]


def test_no_match_hides_the_numbers_and_offers_to_clear(web_service: AnalyticsService) -> None:
    chosen = CustomerFilter(search="nobody is called so")
    shown = render_overview(web_service.overview(chosen), chosen)
    assert shown["hide_body"] is True
    assert links_of(shown["empty"]) == ["/"]
    assert "0 customers" in text_of(shown["export"])


def test_the_export_has_the_filter_and_the_number_of_rows(web_service: AnalyticsService) -> None:
    chosen = CustomerFilter(tier=("high",))
    result = web_service.overview(chosen)
    export = render_overview(result, chosen)["export"]
    assert export.href == "/export/customers.csv?tier=high"
    assert f"{result.totals.customers:,} customers" in text_of(export)


def test_simulated_data_say_so_and_old_data_warn(everyone: OverviewResult) -> None:
    assert "Simulated data" in text_of(render_overview(everyone, EVERYONE)["stamp"])
    old = replace(everyone.stamp, simulated=False, freshness="very_stale", age_hours=72.0)
    shown = render_overview(replace(everyone, stamp=old), EVERYONE)
    assert "Very stale · 3 days old" in text_of(shown["stamp"])
    assert "Simulated" not in text_of(shown["stamp"])
    assert "3 days old" in text_of(shown["notices"])


def test_every_chart_has_a_table_of_the_same_numbers(everyone: OverviewResult) -> None:
    shown = render_overview(everyone, EVERYONE)
    table = text_of(shown["at_risk_table"])
    assert all(str(point.at_risk) in table for point in everyone.trend)
    assert shown["predicted_observed_table"] is not None
    assert shown["revenue_table"] is not None
