"""No number stands on a page without an entry in the registry of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.customer.risk_tier import RiskTier
from analytics.domain.numbers.measures import CUSTOMER_COLUMN, MEASURES
from analytics.domain.numbers.numbers import NUMBERS, definition
from analytics.domain.numbers.page_numbers import PAGE_NUMBERS
from analytics.domain.run_tables import RUN_TABLES
from analytics.services.analytics_service import AnalyticsService
from tests.webapp.component_text import of_class, parts_of, text_of
from tests.webapp.pages.evidence.evidence_page import render_evidence
from webapp.address import Address
from webapp.components.data_grid import GRID_COLUMNS
from webapp.pages.customer.render import render_customer
from webapp.pages.overview.render import render_overview
from webapp.pages.recommendations.render import render_recommendations
from webapp.pages.segments.render import render_segments

EVERYONE = CustomerFilter()
PAGES = ("overview", "segments", "customer", "recommendations", "evidence")
GROUPS = {tier.label for tier in RiskTier}
LABELS = {one.label for one in NUMBERS}
COLUMNS = [*PAGE_NUMBERS, *(column for table in RUN_TABLES for column in table.columns)]
MEANINGS = {text for one in (*MEASURES, *COLUMNS) for text in (one.meaning, definition(one))}


def pages(service: AnalyticsService) -> Iterator[tuple[str, Any]]:
    at_risk = next(row for row in service.find("C00", 50) if row.risk_tier == "critical")
    plan = service.recommendations(EVERYONE, budget=None, capacity_minutes=None)
    yield "overview", render_overview(service.overview(EVERYONE), EVERYONE)
    yield "segments", render_segments(service.segments(EVERYONE, "segment"), Address())
    yield "customer", render_customer(service.customer(at_risk.customer_id))
    yield "recommendations", render_recommendations(plan, Address(), 400)
    yield "evidence", render_evidence(service.evidence())


def heads_of_numbers(tree: Any) -> Iterator[Any]:
    """Yield the heads of the numeric columns of every table."""
    for one in of_class(tree, "num"):
        if getattr(one, "scope", None) == "col":
            yield one


def is_registered(head: Any) -> bool:
    """Tell whether a head names a number of the registry, or a group whose number is named."""
    tips = [getattr(one, "data-tip", None) for one in parts_of(head)]
    name = text_of(head).strip()
    return name in LABELS | GROUPS or any(tip in MEANINGS for tip in tips if tip)


@pytest.mark.parametrize(
    "page", ["overview", "segments", "customer", "recommendations", "evidence"]
)
def test_every_numeric_column_of_a_page_is_in_the_registry(
    web_service: AnalyticsService, page: str
) -> None:
    shown = dict(pages(web_service))[page]
    parts = list(shown.values()) if isinstance(shown, dict) else shown
    heads = list(heads_of_numbers(parts))
    assert heads, "a page without any number tells of nothing"
    unknown = sorted({text_of(one).strip() for one in heads if not is_registered(one)})
    assert unknown == []


@pytest.mark.parametrize("page", PAGES)
def test_every_term_that_names_a_number_says_what_the_registry_says(
    web_service: AnalyticsService, page: str
) -> None:
    """A card, a fact or a word whose tip speaks of a unit has it from the registry."""
    shown = dict(pages(web_service))[page]
    parts = list(shown.values()) if isinstance(shown, dict) else shown
    tips = {str(getattr(one, "data-tip", "")) for one in of_class(parts, "term")}
    assert {tip for tip in tips if " Unit: " in tip} <= MEANINGS


def test_the_cards_of_the_overview_are_measures(web_service: AnalyticsService) -> None:
    cards = of_class(render_overview(web_service.overview(EVERYONE), EVERYONE)["kpis"], "kpi-label")
    assert cards
    known = {definition(one) for one in MEASURES}
    for card in cards:
        assert {getattr(one, "data-tip", None) for one in of_class(card, "term")} <= known


def test_every_column_of_the_customers_grid_is_registered() -> None:
    assert set(GRID_COLUMNS) <= set(CUSTOMER_COLUMN)
