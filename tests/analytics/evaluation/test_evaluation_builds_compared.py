"""The comparison of builds names the worst business, whichever way is better."""

from __future__ import annotations

import math
from datetime import date

import pytest

from analytics.errors import UsageError
from analytics.evaluation.builds_compared import (
    BUILD_MEASURES,
    BuildComparison,
    JudgedBuild,
    compare_builds,
)

MEASURES = {measure.name: measure for measure in BUILD_MEASURES}
NAMES = ("champion_early_auc", "false_alerts", "oracle_early_auc", "policy_value_share")


def judged(build: str, seed: int, *figures: float) -> JudgedBuild:
    return JudgedBuild(build, seed, "hazard", dict(zip(NAMES, figures, strict=True)))


COMPARISON = BuildComparison(
    customers=100,
    days=365,
    judged=(
        judged("usual", 1, 0.8, 0.05, 0.9, math.nan),
        judged("usual", 2, 0.6, 0.01, 0.9, math.nan),
        judged("abrupt", 1, 0.65, 0.02, 0.7, math.nan),
        JudgedBuild("abrupt", 2, "", {}, "Too few went silent."),
    ),
)


def test_the_worst_is_a_single_business_and_not_a_mean() -> None:
    measure = MEASURES["champion_early_auc"]
    assert COMPARISON.mean(measure, "usual") == pytest.approx(0.7)
    worst = COMPARISON.worst(measure)
    assert worst is not None
    assert (worst.build, worst.seed) == ("usual", 2)


def test_of_false_alerts_the_most_are_worst() -> None:
    worst = COMPARISON.worst(MEASURES["false_alerts"])
    assert worst is not None
    assert worst.figures["false_alerts"] == 0.05


def test_what_describes_the_business_or_was_not_measured_has_no_worst() -> None:
    assert COMPARISON.worst(MEASURES["oracle_early_auc"]) is None
    assert COMPARISON.worst(MEASURES["policy_value_share"]) is None
    assert math.isnan(COMPARISON.mean(MEASURES["policy_value_share"], "usual"))


def test_the_answer_lists_every_measure_with_its_builds_and_its_worst() -> None:
    said = COMPARISON.as_dict()
    assert [row["measure"] for row in said["measures"]] == list(MEASURES)
    row = next(row for row in said["measures"] if row["measure"] == "champion_early_auc")
    assert row["builds"] == {"usual": pytest.approx(0.7), "abrupt": pytest.approx(0.65)}
    assert (row["worst"], row["worst_build"], row["worst_seed"]) == (0.6, "usual", 2)
    assert said["runs"][3]["problem"] == "Too few went silent."


def compare(*builds: str, seeds: int = 1, customers: int = 100) -> BuildComparison:
    return compare_builds(
        builds, seeds=seeds, customers=customers, days=365, end=date(2026, 6, 28),
        say=lambda text: None,
    )  # fmt: skip


def test_a_business_too_small_to_run_says_why() -> None:
    (small,) = compare("users_leave", customers=40).judged
    assert (small.build, small.figures) == ("users_leave", {})
    assert "Got" in small.problem


def test_unknown_builds_and_no_seeds_are_refused() -> None:
    with pytest.raises(UsageError, match="A build must be one of"):
        compare("sudden")
    with pytest.raises(UsageError, match="seeds must be 1 or more"):
        compare("usual", seeds=0)
