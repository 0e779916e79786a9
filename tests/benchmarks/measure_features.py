"""Measures one side of the feature benchmark in a process of its own; prints JSON.

python -m tests.benchmarks.measure_features SIDE LANDING SCRATCH [--memory MB] [--engine URL]
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from analytics.domain.profiles.profile_file import load_profile
from analytics.features.build import FeatureSource, feature_parts, feature_source
from analytics.features.prepared import day_number
from tests.benchmarks.landed_log import OBSERVED_ON

ROUNDS = 5
SAAS = load_profile("saas")
#: A landing's needed columns, each looked at.
SCAN = """
SELECT SUM(LENGTH(customer_id)), MAX(EPOCH_US(occurred_at)), MAX(EPOCH_US(received_at)),
       SUM(LENGTH(event_type)), SUM(value), SUM(LENGTH(feature)) FROM read_parquet(?)
"""


def timed(run: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def opened(given: argparse.Namespace) -> AbstractContextManager[FeatureSource]:
    """Prepare the landing for the engine asked for."""
    return feature_source(
        given.scratch / "features",
        events=given.landing / "events.parquet",
        customers=given.landing / "customers.parquet",
        profile=SAAS,
        memory_limit_mb=given.memory,
        engine_url=given.engine,
    )


def build(given: argparse.Namespace) -> dict[str, Any]:
    """Build the features of one date, again and again, beside nothing else."""
    began = time.perf_counter()
    with opened(given) as source:
        ready = time.perf_counter() - began
        seconds = [timed(lambda: _all_parts(source)) for _ in range(given.warm_up + 3)]
        warm = statistics.median(seconds[given.warm_up :])
        return {"prepare": ready, "build": warm, "first": seconds[0]}


def _all_parts(source: FeatureSource) -> int:
    return sum(part.num_rows for part in feature_parts(source, OBSERVED_ON))


def beside(given: argparse.Namespace) -> dict[str, Any]:
    """Build, hand-written SQL and the scan, turn by turn in one process."""
    from tests.reference.hand_written import hand_written_query

    scan = duckdb.connect()
    scan.execute("SET threads = 2")
    found: dict[str, list[float]] = {"build": [], "hand": [], "scan": []}
    began = time.perf_counter()
    with opened(given) as source:
        ready = time.perf_counter() - began
        hand = hand_written_query(source.absent_on(OBSERVED_ON))
        day = {"day": day_number(OBSERVED_ON)}
        events = str(given.landing / "events.parquet")
        sides: dict[str, Callable[[], object]] = {
            "build": lambda: _all_parts(source),
            "hand": lambda: source.connection.sql(hand, params=day).to_arrow_table(),
            "scan": lambda: scan.execute(SCAN, [events]).fetchall(),
        }
        for _ in range(ROUNDS):
            for name, run in sides.items():
                found[name].append(timed(run))
    return {"prepare": ready, **{name: statistics.median(all_) for name, all_ in found.items()}}


def in_pandas(given: argparse.Namespace) -> dict[str, Any]:
    """Build the same features in idiomatic pandas, from frames already in memory."""
    from tests.reference.pandas_features import pandas_features

    events = pd.read_parquet(given.landing / "events.parquet")
    customers = pd.read_parquet(given.landing / "customers.parquet")

    def run() -> None:
        pandas_features(events, customers, profile=SAAS, observed_on=OBSERVED_ON)

    return {"pandas": statistics.median(timed(run) for _ in range(3))}


def timeline(given: argparse.Namespace) -> dict[str, Any]:
    """Ask for the timeline of customers drawn at random, as the customer page does."""
    from sqlalchemy import func, select

    from analytics.database.mart import EVENTS
    from analytics.runs.run_store import RunStore
    from analytics.services.current_run.run_access import RunAccess
    from analytics.services.customers.customer_events import event_rows, weeks
    from analytics.settings import Settings
    from tests.sample_run import write_sample_run

    def write(folder: Path) -> None:
        write_sample_run(folder, run_id="bench")
        (folder / "events.parquet").unlink()
        shutil.copyfile(given.landing / "events.parquet", folder / "events.parquet")

    settings = Settings.load(workspace=given.scratch, memory_limit_mb=given.memory)
    published = timed(lambda: RunStore(settings.data_folder).publish("bench", write))
    run = RunAccess(settings).open()
    ids = pd.read_parquet(given.landing / "customers.parquet", columns=["customer_id"])
    chosen = np.random.default_rng(1).choice(ids["customer_id"].to_numpy(), 300, replace=False)
    milliseconds = [
        1000 * timed(lambda one=one: (event_rows(run, one), weeks(run, one)))  # type: ignore[misc]
        for one in chosen
    ]
    return {
        "publish": published,
        "events": run.reader.rows(select(func.count().label("n")).select_from(EVENTS))[0]["n"],
        "p50_ms": float(np.percentile(milliseconds, 50)),
        "p95_ms": float(np.percentile(milliseconds, 95)),
    }


SIDES = {"build": build, "beside": beside, "pandas": in_pandas, "timeline": timeline}


def main() -> None:
    """Measure one side."""
    parser = argparse.ArgumentParser()
    parser.add_argument("side", choices=SIDES)
    parser.add_argument("landing", type=Path)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--memory", type=int, default=12_000)
    parser.add_argument("--engine", default="duckdb:")
    parser.add_argument("--warm-up", type=int, default=0)
    given = parser.parse_args()
    given.scratch.mkdir(parents=True, exist_ok=True)
    found = SIDES[given.side](given)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({**found, "peak_mb": peak}) + "\n")


if __name__ == "__main__":
    main()
