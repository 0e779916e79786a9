"""Buyers who are all alike and without memory: what they did tells nothing of what they will do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.runs.run_store import RunStore
from analytics.services.analytics_service import AnalyticsService
from tests.pipeline.command import call
from tests.pipeline.test_pipeline_bare_log import _MAPPING, said
from tests.webapp.pages.evidence.evidence_page import render_evidence
from webapp.address import Address
from webapp.pages.customer.render import render_customer
from webapp.pages.overview.render import render_overview
from webapp.pages.recommendations.render import render_recommendations

EVERYONE = CustomerFilter()
CUSTOMERS, DAYS, MEAN_GAP_DAYS = 700, 730, 60.0


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everybody buys at the same rate and without memory, and nobody ever leaves."""
    folder = tmp_path_factory.mktemp("noise")
    rng = np.random.default_rng(7)
    start = np.datetime64("2024-01-01")
    lines = ["who,at,amount"]
    for customer in range(CUSTOMERS):
        days = np.flatnonzero(rng.random(DAYS) < 1 / MEAN_GAP_DAYS)
        lines += [f"c{customer},{start + int(day)},20" for day in days]
    (folder / "orders.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "shop.toml").write_text(_MAPPING, "utf-8")
    landed = call(
        folder, "ingest", "--mapping", str(folder / "shop.toml"), str(folder / "orders.csv")
    )
    assert landed.code == 0, landed.err + landed.out
    told = call(folder, "run", "--profile", "retail")
    assert told.code == 0, told.err + told.out
    assert "do not support a prediction" in told.err + told.out
    return folder


def test_everybody_has_the_average_risk_and_nobody_is_at_risk(workspace: Path) -> None:
    run = RunStore(workspace / "data").current()
    assert not run.summary.supports_prediction
    assert run.summary.champion == "base_rate"
    assert run.summary.totals["at_risk"] == 0


def test_every_page_says_so_and_what_plain_rules_were_worth(service: AnalyticsService) -> None:
    overview = render_overview(service.overview(EVERYONE), EVERYONE)
    notice = said({"notices": overview["notices"]})
    assert "do not support a prediction" in notice
    assert "50% is chance" in notice
    assert "plain rule" in notice
    evidence = said(render_evidence(service.evidence()))
    assert "do not support a prediction" in evidence
    assert "Lift" in evidence


def test_nobody_is_recommended_an_action(service: AnalyticsService) -> None:
    plan = service.recommendations(EVERYONE, budget=None, capacity_minutes=None)
    assert (plan.plan_size, plan.worth_contacting) == (0, 0)
    assert said(render_recommendations(plan, Address(EVERYONE), CUSTOMERS))


def test_a_customer_still_opens(service: AnalyticsService) -> None:
    one = service.customer_block(EVERYONE, start=0, end=1, sort=()).rows[0]
    assert said(render_customer(service.customer(str(one["customer_id"]))))
