"""The feature engine against pandas, hand-written SQL, the scan and the other engines.

`make bench-features`: every side in a process of its own, warm medians, a table at the end. It
takes some twenty minutes and 8 GB of disk.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.landed_log import land
from tests.databases import own_database
from tests.spark_server import spark_connect_server

pytestmark = pytest.mark.bench

ROOT = Path(__file__).parents[2]
SMALL, LARGE = 100_000, 1_000_000  # customers, of 100 events each
Found = dict[str, float]


@pytest.fixture(scope="module")
def table() -> Iterator[list[tuple[str, str, str]]]:
    rows: list[tuple[str, str, str]] = []
    yield rows
    sys.stdout.write("\n| what | measured | goal |\n|---|---|---|\n")
    sys.stdout.write("".join(f"| {' | '.join(row)} |\n" for row in rows))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    land(folder, SMALL)
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    land(folder, LARGE)
    return folder


@pytest.fixture(scope="module")
def beside(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Found:
    return measure("beside", small, tmp_path_factory.mktemp("beside"))


@pytest.fixture(scope="module")
def unlimited(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Found:
    return measure("build", large, tmp_path_factory.mktemp("unlimited"))


def measure(side: str, landing: Path, scratch: Path, *more: str) -> Found:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.measure_features", side, landing, scratch, *more],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def test_it_is_five_times_idiomatic_pandas(
    small: Path, beside: Found, tmp_path: Path, table: list[tuple[str, str, str]]
) -> None:
    pandas = measure("pandas", small, tmp_path)["pandas"]
    times = pandas / beside["build"]
    table.append(
        (
            "10 M events, 77 features, one date",
            f"{beside['build']:.2f} s; prepared once in {beside['prepare']:.1f} s",
            "",
        )
    )
    table.append(("the same in pandas", f"{pandas:.1f} s, {times:.1f} times as long", "5 times"))
    assert times >= 5


def test_it_is_close_to_sql_written_by_hand(
    beside: Found, table: list[tuple[str, str, str]]
) -> None:
    times = beside["build"] / beside["hand"]
    table.append(("the same by hand in SQL", f"{beside['hand']:.2f} s, ours {times:.2f}", "1.15"))
    assert times <= 1.15


def test_it_is_a_small_multiple_of_reading_the_columns(
    beside: Found, table: list[tuple[str, str, str]]
) -> None:
    times = beside["build"] / beside["scan"]
    table.append(
        ("reading the landed columns", f"{beside['scan']:.2f} s, ours {times:.1f} times", "8 times")
    )
    assert times <= 8


def test_time_grows_with_the_events_and_no_faster(
    beside: Found, unlimited: Found, table: list[tuple[str, str, str]]
) -> None:
    exponent = math.log10(unlimited["build"] / beside["build"])
    table.append(
        (
            "100 M events, 1 M customers",
            f"{unlimited['build']:.1f} s, exponent {exponent:.2f}; prepared once in "
            f"{unlimited['prepare']:.0f} s",
            "1.1",
        )
    )
    assert exponent <= 1.1


def test_two_gigabytes_are_enough(
    large: Path, unlimited: Found, tmp_path: Path, table: list[tuple[str, str, str]]
) -> None:
    limited = measure("build", large, tmp_path, "--memory", "2048")
    times = limited["build"] / unlimited["build"]
    table.append(
        (
            "the same with memory_limit_mb 2048",
            f"{limited['build']:.1f} s, {times:.2f} times; peak {limited['peak_mb']:.0f} MB "
            f"(without limit {unlimited['peak_mb']:.0f} MB)",
            "1.5 times, 2,560 MB",
        )
    )
    assert times <= 1.5
    assert limited["peak_mb"] <= 2560


def test_postgresql_is_within_twelve_times(
    small: Path, beside: Found, tmp_path: Path, table: list[tuple[str, str, str]]
) -> None:
    with own_database("postgresql", tmp_path) as url:
        found = measure("build", small, tmp_path, "--engine", url)
    times = found["build"] / beside["build"]
    table.append(
        (
            "PostgreSQL, 10 M",
            f"{found['build']:.1f} s, {times:.1f} times; loaded in {found['prepare']:.0f} s",
            "12 times",
        )
    )
    assert times <= 12


def test_spark_is_within_six_times(
    small: Path, beside: Found, tmp_path: Path, table: list[tuple[str, str, str]]
) -> None:
    with spark_connect_server(tmp_path / "spark.log", memory="6g") as url:
        # Java compiles what has run often: a run builds a dozen dates.
        found = measure("build", small, tmp_path, "--engine", url, "--warm-up", "4")
    times = found["build"] / beside["build"]
    table.append(
        (
            "Spark Connect, local[2], 10 M",
            f"{found['build']:.1f} s after 4 dates, {times:.1f} times; the first "
            f"{found['first']:.0f} s",
            "6 times",
        )
    )
    assert times <= 6


def test_one_timeline_of_a_hundred_million_events_takes_twenty_milliseconds(
    large: Path, tmp_path: Path, table: list[tuple[str, str, str]]
) -> None:
    found = measure("timeline", large, tmp_path)
    table.append(
        (
            f"timeline of one customer among {found['events'] / 1e6:.0f} M events",
            f"{found['p50_ms']:.1f} ms, p95 {found['p95_ms']:.1f} ms",
            "p95 20 ms",
        )
    )
    assert found["events"] > 90e6
    assert found["p95_ms"] <= 20
