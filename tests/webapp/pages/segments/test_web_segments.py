from __future__ import annotations

import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.services.analytics_service import AnalyticsService
from analytics.services.results import FilterChoices
from analytics.services.segments.segment_results import SegmentsResult
from tests.webapp.component_text import links_of, of_class, text_of
from webapp.address import Address
from webapp.pages.segments.render import render_segments, varying_columns


@pytest.fixture(scope="module")
def everyone(web_service: AnalyticsService) -> SegmentsResult:
    return web_service.segments(CustomerFilter(), "segment")


def test_a_cell_of_the_matrix_leads_to_its_customers(everyone: SegmentsResult) -> None:
    matrix = render_segments(everyone, Address())["matrix"]
    filled = [cell for cell in everyone.matrix if cell.totals.customers]
    halves = {True: "band=critical&band=frustrated", False: "band=calm&band=irritated"}
    wanted = {
        f"/segments?tier={one.risk_tier}&{halves[one.frustrated]}&value={one.value_band}"
        for one in filled
    }
    assert set(links_of(matrix)) == wanted


def test_the_cells_add_up_to_all_customers(everyone: SegmentsResult) -> None:
    counts = of_class(render_segments(everyone, Address())["matrix"], "cell-count")
    total = sum(int(text_of(one).replace(",", "")) for one in counts)
    assert total == everyone.totals.customers


def test_the_chosen_cell_is_marked(web_service: AnalyticsService) -> None:
    chosen = CustomerFilter(tier=("low",), value=("high",), band=("calm", "irritated"))
    shown = render_segments(web_service.segments(chosen, "segment"), Address(chosen))
    assert links_of(of_class(shown["matrix"], "chosen")) == ["/segments"]


def test_groups_show_count_risk_and_interval(everyone: SegmentsResult) -> None:
    groups = text_of(render_segments(everyone, Address())["groups"])
    for row in everyone.groups:
        assert row.label in groups
        assert f"{row.totals.customers:,}" in groups
    assert " to " in groups


def test_a_group_keeps_the_compared_column_in_its_link(everyone: SegmentsResult) -> None:
    links = links_of(render_segments(everyone, Address(by="segment"))["groups"])
    assert "/segments?segment=Small&by=segment" in links


def test_only_columns_that_vary_can_be_compared() -> None:
    two = (("A", "A"), ("B", "B"))
    assert varying_columns(FilterChoices({"plan": two, "channel": two})) == ("plan", "channel")
    assert varying_columns(FilterChoices()) == ("segment",)
