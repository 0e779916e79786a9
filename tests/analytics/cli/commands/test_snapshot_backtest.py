"""`silent-churn backtest --snapshot` from the outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analytics.cli import main
from analytics.cli.commands.snapshot_backtest import as_answer, as_text
from analytics.modelling.one_table.cross_validation import snapshot_backtest
from analytics.modelling.one_table.file import SnapshotRows
from analytics.modelling.one_table.snapshot_models import SNAPSHOT_LADDER
from tests.analytics.modelling.snapshot_world import customers


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as stopped:
        main(["backtest", *arguments])
    code = stopped.value.code
    assert isinstance(code, int)
    return code, capsys.readouterr().out


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    customers(500).to_csv(path, index=False)
    return path


def test_the_answer_has_the_keys_of_a_backtest_and_says_what_kind_it_is(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = call(capsys, "--snapshot", str(table), "--label", "left", "--json")
    assert code == 0
    said: dict[str, Any] = json.loads(out)
    assert {"origins", "models", "slices", "champion", "verdict"} <= set(said)
    assert said["kind"] == "snapshot"
    assert "weaker evidence" in said["evidence"]
    assert list(said["models"]) == [
        "base_rate", "best_single_column", "logistic_regression", "random_forest",
        "gradient_boosting",
    ]  # fmt: skip
    wanted = {"auc", "auc_low", "auc_high", "brier", "average_precision", "ece", "lift_top_decile"}
    assert all(wanted <= set(one) for one in said["models"].values())
    assert said["champion"] in said["models"]
    assert (said["customers"], said["label"]["positive"]) == (500, "Yes")
    assert {one["column"] for one in said["dropped"]} == {"id", "left"}
    assert {one["gate"] for one in said["gates"]} >= {"single_column_leak", "shuffled_label"}


def test_the_text_shows_models_gates_what_was_left_out_and_how_weak_the_evidence_is() -> None:
    found = snapshot_backtest(
        SnapshotRows("a.csv", customers(500), ("Two files joined.",)),
        "left",
        seed=0,
        ladder=SNAPSHOT_LADDER[1:2],
    )
    text, said = as_text(found), as_answer(found)
    assert said["evidence"] in text
    assert said["verdict"] in text
    assert "Note: Two files joined." in text
    for word in ("logistic_regression", "shuffled_label", "cannot be checked", "the label"):
        assert word in text


def test_a_leak_in_a_second_file_is_refused_by_name(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = customers(500)
    scores = rows[["id"]].assign(score=(rows["left"] == "Yes").map({True: 1, False: 5}))
    scores.to_parquet(tmp_path / "scores.parquet")
    code, out = call(
        capsys, "--snapshot", str(table), "--snapshot", str(tmp_path / "scores.parquet"),
        "--label", "left", "--json",
    )  # fmt: skip
    error = json.loads(out)["error"]
    assert (code, error["rule"], error["got"]) == (4, "single_column_leak", "score")
    assert "--drop score" in error["message"]


@pytest.mark.parametrize(
    ("arguments", "code", "rule"),
    [
        (["--snapshot", "TABLE"], 2, "label_given"),
        (["--snapshot", "TABLE", "--label", "gone"], 2, "column_present"),
        (["--snapshot", "TABLE", "--label", "left", "--drop", "x"], 2, "column_present"),
        (["--snapshot", "TABLE", "--label", "left", "--positive", "x"], 2, "positive_present"),
        (["--snapshot", "TABLE", "--label", "tenure"], 4, "label_two_values"),
        (["--snapshot", "TABLE", "--label", "contract"], 2, "positive_given"),
        (["--snapshot", "no.csv", "--label", "left"], 3, "file_exists"),
        (
            ["--snapshot", "TABLE", "--label", "left", "--test-date", "2020-01-01"],
            2,
            "snapshot_without_dates",
        ),
        (["--drop", "tenure"], 2, "snapshot_given"),
    ],
)
def test_bad_requests_are_one_sentence(
    arguments: list[str],
    code: int,
    rule: str,
    table: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = [str(table) if one == "TABLE" else one for one in arguments]
    got, out = call(capsys, *given, "--json")
    error = json.loads(out)["error"]
    assert (got, error["rule"]) == (code, rule)
    assert "Got" in error["message"]
