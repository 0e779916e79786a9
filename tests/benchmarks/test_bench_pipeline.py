"""Seconds that a user waits, measured on this machine; run with `make bench`."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.cli import demo_commands
from analytics.domain.profile import load_profile
from analytics.features.build import build_features
from analytics.features.prepared import open_engine, prepare
from analytics.settings import Settings

pytestmark = pytest.mark.bench

DEMO_SECONDS = 60.0
EVENTS = 1_000_000


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


def test_a_feature_build_is_a_small_multiple_of_reading_the_events(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    at = pd.Timestamp("2025-01-01", tz="UTC") + pd.to_timedelta(
        rng.integers(0, 365 * 86_400, EVENTS), unit="s"
    )
    events = pd.DataFrame(
        {
            "customer_id": rng.integers(0, 10_000, EVENTS).astype(str),
            "occurred_at": at,
            "received_at": at,
            "event_type": rng.choice(["session", "feature_use", "error", "ticket_opened"], EVENTS),
            "value": rng.uniform(0, 100, EVENTS),
            "feature": rng.choice(["search", "export", "share"], EVENTS),
        }
    ).sort_values(["customer_id", "occurred_at"])
    customers = events.groupby("customer_id", as_index=False)["occurred_at"].min()
    customers = customers.rename(columns={"occurred_at": "signed_up_at"})
    customers["ended_at"] = pd.Series(pd.NaT, index=customers.index, dtype="datetime64[us, UTC]")
    customers["end_reason"] = ""
    customers["signed_up_by"] = "first_event"
    events.to_parquet(tmp_path / "events.parquet")
    customers.to_parquet(tmp_path / "customers.parquet")
    connection = open_engine(tmp_path / "scratch", memory_limit_mb=2048)
    start = time.perf_counter()
    prepare(
        connection,
        events=tmp_path / "events.parquet",
        customers=tmp_path / "customers.parquet",
        profile=load_profile("saas"),
    )
    prepared = time.perf_counter()
    seconds = []
    for _ in range(5):
        before = time.perf_counter()
        frame = build_features(connection, date(2025, 12, 1))
        seconds.append(time.perf_counter() - before)
    print(
        f"\n{EVENTS:,} events of {len(frame):,} customers: prepare {prepared - start:.2f} s once, "
        f"features {np.median(seconds):.2f} s a date (median of 5)"
    )
    assert np.median(seconds) < 5
