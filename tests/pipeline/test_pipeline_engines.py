"""A run counted by PostgreSQL or by Spark says the same of every customer as DuckDB's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.domain.run_tables import RUN_TABLES
from analytics.runs.run_files import read_catalogue
from analytics.runs.run_store import PublishedRun, RunStore
from tests.databases import own_database
from tests.spark_server import spark_connect_server

_COMMAND = (sys.executable, "-m", "analytics", "run")


def run(workspace: Path, engine: str) -> dict[str, Any]:
    """Run in a process of its own; Spark's client would stay in ours."""
    done = subprocess.run(
        [*_COMMAND, "--workspace", workspace, "--json", "--engine", engine],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def check_same(workspace: Path, former: PublishedRun, engine: str, title: str) -> None:
    said = run(workspace, engine)
    now = RunStore(workspace / "data").current()
    assert now.run_id == said["run_id"] != former.run_id
    catalogue = read_catalogue(now.folder)
    assert catalogue is not None
    assert catalogue.counted_by.startswith(title)
    for table in RUN_TABLES:
        ours, theirs = (
            pd.read_parquet(one.folder / table.file).replace(one.run_id, "this run")
            for one in (former, now)
        )
        assert theirs.equals(ours), table.name


def test_postgresql_publishes_the_same_scores(workspace: Path, tmp_path: Path) -> None:
    former = RunStore(workspace / "data").current()
    with own_database("postgresql", tmp_path) as address:
        check_same(workspace, former, address, "PostgreSQL")


@pytest.mark.slow
def test_spark_publishes_the_same_scores(workspace: Path, tmp_path: Path) -> None:
    former = RunStore(workspace / "data").current()
    with spark_connect_server(tmp_path / "spark.log") as address:
        check_same(workspace, former, address, "Spark")
