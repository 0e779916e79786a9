from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from analytics.cli import main
from analytics.domain.customer.filter import CustomerFilter
from analytics.runs.run_store import RunStore
from analytics.services.analytics_service import AnalyticsService
from analytics.settings import Settings
from tests.patience import PATIENCE_S
from tests.sample_run import publish_sample_run


class Outcome:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.out)
        return said


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    publish_sample_run(folder / "data", customers=120, run_id="first")
    publish_sample_run(folder / "data", customers=150, run_id="second")
    return folder


@pytest.fixture
def workspace(tmp_path: Path, made: Path) -> Path:
    """A workspace of the test's own with two runs."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], workspace: Path) -> Any:
    def call(*arguments: str) -> Outcome:
        with pytest.raises(SystemExit) as exit_:
            main([*arguments, "--workspace", str(workspace)])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Outcome(int(exit_.value.code or 0), said.out, said.err)

    return call


def test_runs_are_listed_newest_first_with_the_current_one_marked(run: Any) -> None:
    found = run("runs", "list", "--json").json["runs"]
    assert {one["run_id"]: one["current"] for one in found} == {"first": False, "second": True}
    assert "second" in run("runs", "list").out


def test_a_run_says_what_run_json_promises(run: Any, workspace: Path) -> None:
    said = run("runs", "show", "second", "--json").json
    assert said["customers"] == 150
    assert set(said["revenue_at_risk"]) == {"value", "low", "high"}
    assert "random_forest" in run("runs", "show", "second").out


def test_a_whole_run_is_verified_and_a_damaged_one_is_refused(run: Any, workspace: Path) -> None:
    assert run("runs", "verify", "first", "--json").json == {
        "run_id": "first",
        "verified": True,
        "model": None,
    }
    damaged = workspace / "data" / "runs" / "first" / "events.parquet"
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    refused = run("runs", "verify", "first", "--json")
    assert refused.code == 3
    assert refused.json["error"]["rule"] == "run_checksum"
    assert run("runs", "rollback", "first").code == 3
    assert RunStore(workspace / "data").current().run_id == "second"


def test_a_rollback_makes_an_earlier_run_current(run: Any, workspace: Path) -> None:
    assert run("runs", "rollback", "first", "--json").json == {"run_id": "first", "current": True}
    assert RunStore(workspace / "data").current().run_id == "first"


@pytest.mark.parametrize("command", ["show", "verify", "rollback"])
def test_an_unknown_run_is_refused_with_those_that_there_are(run: Any, command: str) -> None:
    refused = run("runs", command, "third")
    assert refused.code == 2
    assert re.search(r"first.*Got 'third'", refused.err)


def test_an_export_has_the_rows_and_totals_of_the_app(run: Any, workspace: Path) -> None:
    out = workspace / "out" / "risk.csv"
    query = "tier=critical,high&region=EU"
    said = run("export", "customers", "--filter", query, "--out", str(out), "--json").json
    service = AnalyticsService(Settings.load(workspace=workspace))
    chosen = CustomerFilter(tier=("critical", "high"), region=("EU",))
    totals = service.overview(chosen).totals
    with out.open(encoding="utf-8", newline="") as file:
        text = file.read()
    assert text == "".join(service.export_rows(chosen))
    lines = list(csv.DictReader(text.splitlines()))
    assert said["rows"] == len(lines) == totals.customers > 0
    assert said["revenue_at_risk"]["value"] == pytest.approx(totals.revenue_at_risk.value)
    assert {one["region"] for one in lines} == {"EU"}
    beside = json.loads((workspace / "out" / "risk.csv.json").read_text())
    assert beside["filter"] == chosen.to_query()
    assert beside["run_id"] == "second"


def test_an_export_of_everyone_has_the_totals_of_the_run(run: Any, workspace: Path) -> None:
    out = workspace / "all.csv"
    assert "150 customers" in run("export", "customers", "--out", str(out)).out
    with out.open(encoding="utf-8", newline="") as file:
        total = sum(float(one["revenue_at_risk"]) for one in csv.DictReader(file))
    summary = RunStore(workspace / "data").current().summary
    assert total == pytest.approx(summary.totals["revenue_at_risk"])


def test_a_filter_that_means_nothing_is_refused(run: Any, workspace: Path) -> None:
    out = str(workspace / "x.csv")
    for query in ("colour=red", "tier=dreadful"):
        refused = run("export", "customers", "--filter", query, "--out", out, "--json")
        assert refused.code == 2
        assert refused.json["error"]["rule"].startswith("filter_")
    assert not Path(out).exists()


def test_an_export_into_a_file_as_folder_is_an_environment_fault(run: Any, workspace: Path) -> None:
    (workspace / "file").write_text("in the way")
    refused = run("export", "customers", "--out", str(workspace / "file" / "x.csv"))
    assert refused.code == 6


def test_without_a_run_an_export_says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["export", "customers", "--out", "x.csv", "--workspace", str(tmp_path)])
    assert exit_.value.code == 3
    assert "silent-churn run" in capsys.readouterr().err


def test_the_mart_is_published_and_reported(run: Any, workspace: Path) -> None:
    address = f"sqlite:///{(workspace / 'mart.sqlite').as_posix()}"
    said = run("bi", "publish", "--to", address, "--json").json
    assert said["tables"]["churn_customers"] == 150
    assert "churn_at_risk_customers" in said["views"]


def test_a_mart_that_cannot_be_reached_or_spoken_to_has_its_own_exit_code(run: Any) -> None:
    away = run("bi", "publish", "--to", "postgresql://me:hunter2@127.0.0.1:1/db", "--json")
    assert away.code == 6
    assert run("bi", "publish", "--to", "oracle://me:hunter2@host/db").code == 2
    assert run("bi", "publish", "--to", "sqlite:///x", "--schema", "s").code == 2
    assert "hunter2" not in away.out + away.err


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.1", "example.com", "::"])
def test_serving_others_is_refused_because_there_is_no_login(run: Any, host: str) -> None:
    refused = run("serve", "--host", host)
    assert refused.code == 2
    assert "login" in refused.err


def test_a_taken_port_is_refused_with_a_sentence(run: Any) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        refused = run("serve", "--port", str(holder.getsockname()[1]))
    assert refused.code == 6
    assert "--port" in refused.err


@pytest.mark.parametrize("command", ["runs", "export", "bi", "serve"])
def test_help_shows_what_there_is(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as exit_:
        main([command, "--help"])
    assert exit_.value.code in (0, None)
    assert "Usage" in capsys.readouterr().out


def test_the_app_is_served_by_warm_workers_until_it_is_told_to_stop(workspace: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "analytics", "serve", "--port", str(port)]
    command += ["--workers", "2", "--workspace", str(workspace)]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ})
    try:
        said = server.stderr.readline() if server.stderr else ""
        assert f"http://127.0.0.1:{port}" in said
        codes = [fetch(f"http://127.0.0.1:{port}/_dash-layout") for _ in range(20)]
        assert codes == [200] * 20
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=PATIENCE_S) == 0
        if server.stderr:
            server.stderr.close()


def fetch(address: str) -> int:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE_S) as answer:
                return int(answer.status)
        except ConnectionError:
            time.sleep(0.1)
    return 0
