"""How fast the simulator is, and that its memory does not grow with the customers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_MEASURE = """
import json, resource, sys, time
from datetime import date
from pathlib import Path
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.presets.preset import SAAS
from analytics.simulation.simulate import simulate
plan = SimulationPlan(SAAS, int(sys.argv[1]), 365, 1, date(2026, 6, 28))
began = time.perf_counter()
report = simulate(plan, Path(sys.argv[2]))
print(json.dumps({
    "seconds": time.perf_counter() - began,
    "rows": sum(report.rows.values()),
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


def measure(customers: int, folder: Path) -> dict[str, float]:
    """Simulate in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(customers), str(folder)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    sys.stdout.write(
        f"\n{customers:,} customers: {found['seconds']:.1f} s, {found['rows']:,} rows, "
        f"{found['rows'] / found['seconds'] / 1e6:.2f} M rows/s, {found['peak_mb']:.0f} MB\n"
    )
    return found


@pytest.mark.bench
def test_a_year_of_5000_customers_takes_under_six_seconds(tmp_path: Path) -> None:
    assert measure(5_000, tmp_path / "sim")["seconds"] < 6


@pytest.mark.bench
def test_memory_stays_flat_while_customers_grow(tmp_path: Path) -> None:
    few, many = (measure(size, tmp_path / str(size)) for size in (20_000, 100_000))
    assert many["peak_mb"] < 1.25 * few["peak_mb"] + 50
    assert many["peak_mb"] < 4_000
    assert many["rows"] > 10_000_000
    assert many["seconds"] < 60
