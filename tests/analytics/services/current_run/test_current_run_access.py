"""Which runs are told as one history."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from analytics.domain.run_tables import CUSTOMERS
from analytics.runs import same_business
from analytics.runs.run_files import write_table
from analytics.runs.run_store import RunStore
from analytics.services.current_run.run_access import RunAccess
from analytics.settings import Settings
from tests.sample_run import AS_OF, publish_sample_run, write_sample_run


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A run, one a month before it, and between them one of another business."""
    publish_sample_run(
        tmp_path / "data", run_id="old", as_of=AS_OF - timedelta(days=28), customers=60
    )
    RunStore(tmp_path / "data").publish("other", another_business)
    publish_sample_run(tmp_path / "data", run_id="new", customers=60)
    return tmp_path


def another_business(folder: Path) -> None:
    as_of = AS_OF - timedelta(days=14)
    write_sample_run(folder, run_id="other", as_of=as_of, customers=60)
    customers = pd.read_parquet(folder / CUSTOMERS.file)
    write_table(folder, CUSTOMERS, customers.assign(customer_id="o" + customers["customer_id"]))


def test_a_run_of_another_business_is_no_part_of_the_history(workspace: Path) -> None:
    access = RunAccess(Settings.load(workspace=workspace))
    run = RunStore(workspace / "data").run("new")
    assert [one.run_id for one in access.like(run)] == ["new", "old"]


def test_the_customers_of_two_runs_are_compared_once(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = RunAccess(Settings.load(workspace=workspace))
    run = RunStore(workspace / "data").run("new")
    first = access.like(run)
    monkeypatch.setattr(same_business.pd, "read_parquet", None)
    assert access.like(run) == first
