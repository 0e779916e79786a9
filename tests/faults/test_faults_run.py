"""A whole `silent-churn run`, killed at any moment, leaves the former run served whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from analytics.database.mart import CUSTOMERS
from analytics.runs.run_store import RunStore
from analytics.runs.serving_store import ServingStore
from tests.patience import PATIENCE_S

KILLS = 5


@pytest.mark.slow
def test_a_run_killed_at_any_moment_leaves_the_former_run_served_whole(tmp_path: Path) -> None:
    rng = random.Random(7)
    command(tmp_path, "demo", "--no-serve", "--customers", "600", "--seed", "3")
    former = whole_run(tmp_path)
    day = RunStore(tmp_path / "data").current().summary.as_of_time.date()
    earlier = ("run", "--as-of", f"{day.fromordinal(day.toordinal() - 28)}")
    begun = time.perf_counter()
    command(tmp_path, *earlier)
    taken = time.perf_counter() - begun
    finished = whole_run(tmp_path)
    assert finished != former
    left_as_it_was = 0
    for number in range(KILLS):
        day = day.fromordinal(day.toordinal() - 1)
        child = start(tmp_path, "run", "--as-of", f"{day}")
        time.sleep(0.7 * taken * (number + rng.random()) / KILLS)
        child.kill()
        child.wait(PATIENCE_S)
        left_as_it_was += whole_run(tmp_path) == finished
        finished = whole_run(tmp_path)
    assert left_as_it_was >= 2
    command(tmp_path, "run", "--as-of", f"{day}")
    assert whole_run(tmp_path).startswith(f"{day}")
    assert list((tmp_path / "data" / "runs").glob(".staging-*")) == []


def whole_run(workspace: Path) -> str:
    data = workspace / "data"
    run = RunStore(data).current()
    RunStore(data).verify(run.run_id)
    assert run.warnings == ()
    rows = (
        ServingStore(data).reader(run).rows(select(func.count().label("n")).select_from(CUSTOMERS))
    )
    assert rows[0]["n"] == run.summary.totals["customers"]
    return run.run_id


def start(workspace: Path, *arguments: str) -> subprocess.Popen[bytes]:
    asked = [sys.executable, "-m", "analytics", *arguments, "--workspace", str(workspace)]
    return subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def command(workspace: Path, *arguments: str) -> None:
    child = start(workspace, *arguments)
    assert child.wait(PATIENCE_S) == 0
