"""`silent-churn simulate check` from the outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analytics.cli import main
from analytics.runs.acceptance_report import read_reports


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    """Run the command; return its exit code and the JSON it printed."""
    with pytest.raises(SystemExit) as stopped:
        main(["simulate", "check", *arguments, "--json"])
    code = stopped.value.code
    assert isinstance(code, int)
    return code, json.loads(capsys.readouterr().out)


def test_every_row_says_target_measured_and_whether_it_passed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = check(
        capsys, "--preset", "saas", "--seeds", "1", "--customers", "1500", "--jobs", "1",
        "--workspace", str(tmp_path),
    )  # fmt: skip
    assert code == 0
    assert {"check", "target", "measured", "passed", "preset"} <= set(said["rows"][0])
    names = {row["check"] for row in said["rows"]}
    assert {"oracle_early_auc", "recency_early_auc", "label_kappa", "silent_share"} <= names
    measured = {row["check"]: row["measured"] for row in said["rows"]}
    assert measured["oracle_early_auc"] > measured["recency_early_auc"] + 0.1
    assert said["passed"] is all(row["passed"] is not False for row in said["rows"])
    (kept,) = read_reports(tmp_path / "data")
    assert [row.check for row in kept.rows] == [row["check"] for row in said["rows"]]


def test_a_business_too_small_to_test_says_so_and_does_not_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = check(
        capsys, "--preset", "retail", "--seeds", "1", "--customers", "60", "--jobs", "1",
        "--workspace", str(tmp_path),
    )  # fmt: skip
    assert code == 0
    oracle = next(row for row in said["rows"] if row["check"] == "oracle_early_auc")
    assert (oracle["measured"], oracle["passed"]) == (None, None)
    assert "too few customers" in oracle["note"]


def test_a_build_is_checked_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = check(
        capsys, "--build", "abrupt", "--seeds", "1", "--customers", "60", "--jobs", "1",
        "--workspace", str(tmp_path),
    )  # fmt: skip
    assert code == 0
    assert [preset["preset"] for preset in said["presets"]] == ["saas-abrupt"]


def test_cdnow_is_checked_without_the_real_files_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    code, said = check(
        capsys, "--preset", "cdnow", "--seeds", "1", "--customers", "2357", "--real", str(empty),
        "--workspace", str(tmp_path),
    )  # fmt: skip
    assert code == 0
    rows = {row["check"]: row for row in said["rows"]}
    assert rows["real_sample_r"]["passed"] is None
    assert rows["refit_r"]["measured"] > 0
    assert said["presets"][0]["real_source"] == ""


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        (["--preset", "bank"], "preset_known"),
        (["--build", "sudden"], "build_known"),
        (["--preset", "saas", "--seeds", "0"], "seeds_enough"),
        (["--preset", "cdnow", "--seeds", "0"], "seeds_enough"),
        (["--preset", "saas", "--customers", "0"], "customers_in_range"),
        (["--preset", "cdnow", "--real", "no/such/folder"], "real_is_folder"),
    ],
)
def test_bad_settings_are_one_sentence(
    arguments: list[str], rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = check(capsys, *arguments, "--workspace", str(tmp_path))
    assert code == 2
    assert said["error"]["rule"] == rule
    assert "Got" in said["error"]["message"]
