"""`silent-churn report` from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import run
from tests.sample_run import publish_sample_run


def test_the_report_of_the_current_run_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = publish_sample_run(tmp_path / "data", customers=80)
    out = tmp_path / "report.html"
    code, text, _ = run(capsys, "report", "--workspace", str(tmp_path), "--out", str(out), "--json")
    said = json.loads(text)
    assert code == 0
    assert said == {"run_id": published.run_id, "out": str(out), "bytes": out.stat().st_size}
    assert out.read_text("utf-8").startswith("<!doctype html>")


def test_without_a_run_it_says_what_to_do_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.html"
    code, _, talk = run(capsys, "report", "--workspace", str(tmp_path), "--out", str(out))
    assert code == 3
    assert "silent-churn run" in talk
    assert "Traceback" not in talk
    assert not out.exists()


def test_a_folder_as_out_is_a_usage_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish_sample_run(tmp_path / "data", customers=80)
    code, text, _ = run(
        capsys, "report", "--workspace", str(tmp_path), "--out", str(tmp_path), "--json"
    )
    assert code == 2
    assert json.loads(text)["error"]["rule"] == "out_file"
