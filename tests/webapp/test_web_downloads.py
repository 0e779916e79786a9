from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.services.analytics_service import AnalyticsService


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))


@pytest.mark.parametrize(
    "query", ["", "tier=critical&tier=high", "region=EU&suppressed=1", "search=C001"]
)
def test_the_file_has_exactly_the_rows_of_the_page(
    web_client: Any, web_service: AnalyticsService, query: str
) -> None:
    response = web_client.get(f"/export/customers.csv?{query}")
    shown = web_service.overview(CustomerFilter.from_query(query)).totals.customers
    assert response.mimetype == "text/csv"
    assert shown > 0
    assert len(rows_of(response)) == shown


def test_nobody_gives_a_file_with_a_head_only(web_client: Any) -> None:
    response = web_client.get("/export/customers.csv?search=nobody")
    assert response.get_data(as_text=True).startswith("customer_id,")
    assert rows_of(response) == []


def test_the_plan_has_every_contact_also_those_not_shown(
    web_client: Any, web_service: AnalyticsService
) -> None:
    plan = web_service.recommendations(CustomerFilter(), budget=200.0, capacity_minutes=600.0)
    rows = rows_of(web_client.get("/export/plan.csv?budget=200&hours=10"))
    assert 0 < len(rows) == plan.plan_size


def test_the_name_of_the_file_tells_the_run(web_client: Any) -> None:
    disposition = web_client.get("/export/customers.csv").headers["Content-Disposition"]
    assert disposition == 'attachment; filename="customers_20260331T000000-sample.csv"'
    assert web_client.get("/export/customers.csv").headers["Cache-Control"] == "no-store"


def test_a_filter_that_is_not_allowed_is_left_out(web_client: Any) -> None:
    everyone = rows_of(web_client.get("/export/customers.csv"))
    odd = rows_of(web_client.get("/export/customers.csv?tier=&x=%ff&hours=nan"))
    assert len(odd) == len(everyone) == 400


@pytest.mark.parametrize("file", ["customers", "plan"])
@pytest.mark.parametrize("query", ["tier=zzz", "tier=high,zzz", "tier=high&band=5", "value=%ff"])
def test_an_unknown_choice_gives_no_file(web_client: Any, file: str, query: str) -> None:
    response = web_client.get(f"/export/{file}.csv?{query}")
    assert response.status_code == 400
    assert response.mimetype == "text/plain"
    assert "must be one of" in response.text
    assert len(response.text.splitlines()) == 1


@pytest.mark.parametrize("query", ["region=" + "x" * 513, "choice=damaged", "early=maybe"])
def test_what_no_page_would_write_gives_no_file(web_client: Any, query: str) -> None:
    response = web_client.get(f"/export/customers.csv?{query}")
    assert response.status_code == 400
    assert len(response.text.splitlines()) == 1
