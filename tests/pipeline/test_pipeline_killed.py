from __future__ import annotations

import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.domain.customer.filter import CustomerFilter
from analytics.runs.run_store import RunStore
from analytics.services.analytics_service import AnalyticsService
from analytics.services.results import Totals
from analytics.settings import Settings
from tests.patience import PATIENCE_S
from tests.pipeline.command import started

#: What a run says when a stage begins; each is killed a little into that stage.
STAGES = ("Counting ", "Training on", "Champion:")


def test_kill_minus_nine_during_a_run_leaves_the_former_run_served_whole(workspace: Path) -> None:
    store = RunStore(workspace / "data")
    before = store.current()
    as_of = (before.summary.as_of_time - timedelta(days=7)).date().isoformat()
    shown = _totals(workspace)
    for stage in STAGES:
        process = started(workspace, "run", "--as-of", as_of)
        _wait_for_line(process, stage)
        time.sleep(0.15)
        _kill(process)
        _check_served(workspace, before.run_id, shown)
    process = started(workspace, "run", "--as-of", as_of)
    _wait_for_staging(workspace, process)
    _kill(process)
    _check_served(workspace, before.run_id, shown)

    last = started(workspace, "run", "--as-of", as_of)
    _, err = last.communicate(timeout=PATIENCE_S)
    assert last.returncode == 0, err
    assert store.current().summary.as_of.startswith(as_of)
    assert not list((workspace / "data").glob(".scratch-*"))
    assert not list((workspace / "data" / "runs").glob(".staging-*"))


def _check_served(workspace: Path, run_id: str, shown: Totals) -> None:
    store = RunStore(workspace / "data")
    assert store.current_id() == run_id
    store.verify(run_id)
    assert _totals(workspace) == shown


def _totals(workspace: Path) -> Totals:
    return AnalyticsService(Settings.load(workspace=workspace)).overview(CustomerFilter()).totals


def _kill(process: subprocess.Popen[str]) -> None:
    assert process.poll() is None, "the run had ended before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE_S)


def _wait_for_line(process: subprocess.Popen[str], start: str) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(start):
            return
    pytest.fail(f"the run never said {start!r}")


def _wait_for_staging(workspace: Path, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if any((workspace / "data" / "runs").glob(".staging-*/*")):
            return
        assert process.poll() is None, "the run ended before it staged anything"
        time.sleep(0.002)
    pytest.fail("the run never staged anything")
