"""A plain purchase log, without plans, tickets or names: every page says what it can."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.services.analytics_service import AnalyticsService
from tests.everyone_advised import check_everyone_is_advised
from tests.pipeline.command import call
from tests.webapp.component_text import links_of, text_of
from tests.webapp.pages.evidence.evidence_page import render_evidence
from webapp.address import Address
from webapp.pages.customer.render import render_customer
from webapp.pages.overview.render import render_overview
from webapp.pages.recommendations.render import render_recommendations
from webapp.pages.segments.render import render_segments, varying_columns

EVERYONE = CustomerFilter()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bare")
    lines = ["who,at,amount"]
    for customer in range(400):
        # Every eight days or so, until some of them stop.
        stops = 60 + 7 * (customer % 60)
        lines += [
            f"c{customer},2025-{1 + day // 28 % 12:02d}-{1 + day % 28:02d},{20 + customer % 30}"
            for day in range(customer % 5, min(stops, 336), 5 + customer % 7)
        ]
    (folder / "orders.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "shop.toml").write_text(_MAPPING, "utf-8")
    for command in (
        ("ingest", "--mapping", str(folder / "shop.toml"), str(folder / "orders.csv")),
        ("run", "--profile", "retail"),
    ):
        said = call(folder, *command, "--json")
        assert said.code == 0, said.err + said.out
    return folder


_MAPPING = """
[[source]]
name = "orders"
to = "events"
path = "orders.csv"
format = "csv"
[source.columns]
customer_id = "who"
occurred_at = "at"
event_type = { constant = "order" }
value = "amount"
"""


def said(shown: dict[str, Any]) -> str:
    return " ".join(text_of(part) for part in shown.values() if not isinstance(part, bool))


def test_the_overview_groups_by_value_and_every_group_can_be_chosen(
    service: AnalyticsService,
) -> None:
    result = service.overview(EVERYONE)
    assert result.group_column == "value_band"
    shown = render_overview(result, EVERYONE)
    assert shown["groups_title"] == "Where: by value band"
    assert any("value=" in link for link in links_of(shown["groups"]))
    chosen = CustomerFilter(value=(result.by_group[0].key,))
    assert said(render_overview(service.overview(chosen), chosen))


def test_everybody_at_risk_has_a_reason_and_where_it_pays_an_action(
    service: AnalyticsService, workspace: Path
) -> None:
    assert check_everyone_is_advised(workspace) >= 0
    shown = said(render_overview(service.overview(EVERYONE), EVERYONE))
    plan = service.recommendations(EVERYONE, budget=None, capacity_minutes=None)
    assert ("No action is worth its cost" in shown) == (plan.worth_contacting == 0)


def test_it_says_that_nobody_can_be_heard(service: AnalyticsService) -> None:
    assert "no contact of any customer" in said(
        {"notices": render_overview(service.overview(EVERYONE), EVERYONE)["notices"]}
    )


def test_evidence_names_what_the_log_cannot_tell(service: AnalyticsService) -> None:
    shown = text_of(render_evidence(service.evidence())["features"])
    assert "are absent, not zero" in shown
    assert "contacts 28d" in shown


def test_the_other_pages_open(service: AnalyticsService) -> None:
    here = Address(EVERYONE)
    by = varying_columns(service.choices())[0]
    assert said(render_segments(service.segments(EVERYONE, by), here))
    plan = service.recommendations(EVERYONE, budget=None, capacity_minutes=None)
    assert said(render_recommendations(plan, here, 400))
    one = service.customer_block(EVERYONE, start=0, end=1, sort=()).rows[0]
    assert said(render_customer(service.customer(str(one["customer_id"]))))
