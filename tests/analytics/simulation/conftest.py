"""Simulated worlds for all tests of the simulator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from analytics.simulation import futures
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.presets.preset import PRESETS, SAAS
from analytics.simulation.simulate import SimulationReport, simulate
from tests.analytics.simulation.simulation_world import Business, open_world

PLAN = SimulationPlan(SAAS, customers=4000, days=371, seed=11, end=date(2026, 6, 28))


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> SimulationReport:
    """Simulate 4,000 customers over 53 weeks."""
    return simulate(PLAN, tmp_path_factory.mktemp("simulation") / "saas")


@pytest.fixture
def world(simulated: SimulationReport) -> duckdb.DuckDBPyConnection:
    """Open all files of the simulation, source and truth, as views."""
    return open_world(simulated.source.parent)


@pytest.fixture(scope="session", params=sorted(PRESETS))
def business(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Business]:
    """Simulate 4,000 customers of each preset over 42 weeks and three days, a cut last week.

    The randomised campaign reaches twice as many of them, so that its effects can be seen.
    """
    given = PRESETS[request.param]
    chosen = replace(given, campaigns=replace(given.campaigns, reached_share=0.6))
    plan = SimulationPlan(chosen, customers=4000, days=297, seed=8, end=date(2026, 6, 28))
    report = simulate(plan, tmp_path_factory.mktemp("business") / chosen.name)
    with open_world(report.source.parent) as world:
        yield Business(chosen, report, world)


@pytest.fixture(scope="module")
def few_futures() -> Iterator[None]:
    """Live only two futures of each customer, for tests that are about something else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(futures, "MOST_REPEATS", futures.LEAST_REPEATS)
        yield
