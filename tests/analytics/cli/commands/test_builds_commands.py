"""`silent-churn simulate builds` from the outside."""

from __future__ import annotations

import json

import pytest

from tests.command import run


def test_builds_stand_side_by_side_with_the_worst_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, text, _ = run(
        capsys, "simulate", "builds", "--build", "two_modes", "--customers", "900", "--jobs", "1",
        "--json",
    )  # fmt: skip
    said = json.loads(text)
    assert code == 0
    rows = {row["measure"]: row for row in said["measures"]}
    champion = rows["champion_early_auc"]
    assert champion["worst"] == champion["builds"]["two_modes"] > 0.3
    assert champion["worst_build"] == "two_modes"
    assert rows["oracle_early_auc"]["worst"] is None


def test_a_business_without_a_run_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    code, text, _ = run(
        capsys, "simulate", "builds", "--build", "abrupt", "--customers", "40", "--jobs", "1"
    )
    assert code == 0
    assert "Worst" in text
    assert "abrupt, seed 1: " in text


def test_an_unknown_build_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code, text, _ = run(capsys, "simulate", "builds", "--build", "sudden", "--json")
    assert code == 2
    assert json.loads(text)["error"]["rule"] == "build_known"
