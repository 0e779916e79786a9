"""One simulated world for all tests of the simulator."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from analytics.simulation.plan import SimulationPlan
from analytics.simulation.preset import SAAS
from analytics.simulation.simulate import SimulationReport, simulate

PLAN = SimulationPlan(SAAS, customers=4000, days=371, seed=11, end=date(2026, 6, 28))


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> SimulationReport:
    """Simulate 4,000 customers over 53 weeks."""
    return simulate(PLAN, tmp_path_factory.mktemp("simulation") / "saas")


@pytest.fixture
def world(simulated: SimulationReport) -> duckdb.DuckDBPyConnection:
    """Open all files of the simulation, source and truth, as views."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    for name, path in views(simulated.source.parent).items():
        reader = "read_parquet" if path.suffix == ".parquet" else "read_csv"
        options = ", all_varchar = true" if path.suffix == ".csv" else ""
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {reader}('{path}'{options})")
    connection.execute(
        "CREATE VIEW clean_usage AS SELECT DISTINCT * FROM usage "
        "WHERE account_id IS NOT NULL AND occurred_at >= TIMESTAMPTZ '2000-01-01'"
    )
    return connection


def views(folder: Path) -> dict[str, Path]:
    """Name the files of a simulation."""
    return {
        "accounts": folder / "source" / "customers.csv",
        "usage": folder / "source" / "usage.parquet",
        "tickets": folder / "source" / "tickets.csv",
        "surveys": folder / "source" / "surveys.csv",
        "invoices": folder / "source" / "invoices.parquet",
        "plan_changes": folder / "source" / "plan_changes.csv",
        "truth": folder / "truth" / "customers.parquet",
        "states": folder / "truth" / "states.parquet",
    }
