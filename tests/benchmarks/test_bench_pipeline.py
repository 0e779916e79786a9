"""Seconds that a user waits, measured on this machine; run with `make bench`."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.cli.commands import demo_commands
from analytics.settings import Settings

pytestmark = pytest.mark.bench

DEMO_SECONDS = 60.0


def test_simulate_ingest_and_run_of_the_demo_take_under_a_minute(tmp_path: Path) -> None:
    settings = Settings.load(workspace=tmp_path)
    now = datetime(2026, 6, 29, 9, tzinfo=UTC)
    start = time.perf_counter()
    demo_commands._land_simulated(settings, customers=5000, seed=1, now=now)
    landed = time.perf_counter()
    demo_commands._run(settings, now)
    done = time.perf_counter()
    print(
        f"\n5,000 customers, 365 days: simulate and ingest {landed - start:.1f} s, "
        f"run {done - landed:.1f} s, together {done - start:.1f} s (goal {DEMO_SECONDS:.0f} s)"
    )
    assert done - start < DEMO_SECONDS
