"""Acceptance reports: judged by their bounds, kept whole, refused when damaged."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from analytics.errors import BadInput
from analytics.evaluation.acceptance.acceptance_target import Target
from analytics.runs.acceptance_report import (
    ACCEPTANCE_FOLDER,
    AcceptanceReport,
    AcceptanceRow,
    ComparedCurve,
    read_reports,
    within,
    write_report,
)

ROW = AcceptanceRow("share", "Share", "A share.", "0.5 to 0.7", None, None)
REPORT = AcceptanceReport(
    "saas", "Software", 100, 365, 2, "2026-11-24T09:00:00+00:00",
    (within(ROW, 0.5, 0.7, [0.5, 0.6]), ROW),
    (ComparedCurve("weekdays", "Days", "Day", "Share", ("Mon", "Tue"), (0.4, 0.6)),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("values", "passed", "off_by"),
    [([0.5], True, 0.0), ([0.7], True, 0.0), ([0.4, 0.5], False, 0.05), ([0.9], False, 0.2)],
)
def test_a_mean_is_judged_by_its_bounds(values: list[float], passed: bool, off_by: float) -> None:
    row = within(ROW, 0.5, 0.7, values)
    assert row.passed is passed
    assert row.off_by == pytest.approx(off_by)


def test_a_bound_may_be_open_on_either_side() -> None:
    assert within(ROW, None, 0.7, [-3.0]).passed
    assert within(ROW, 0.5, None, [30.0]).passed
    assert Target("a", "A", "A.", None, 0.95, "").text == "at most 0.95"
    assert Target("a", "A", "A.", 0.02, None, "").text == "at least 0.02"


def test_seeds_that_could_not_be_measured_do_not_count() -> None:
    row = within(ROW, 0.5, 0.7, [0.6, math.nan])
    assert (row.measured, row.passed, row.spread) == (0.6, True, None)
    assert within(ROW, 0.5, 0.7, [math.nan]).passed is None


def test_the_spread_is_that_between_seeds() -> None:
    assert within(ROW, 0.0, 1.0, [0.4, 0.6]).spread == pytest.approx(0.1414, abs=1e-4)


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_report(tmp_path, REPORT)
    assert read_reports(tmp_path) == (REPORT,)
    assert [one.name for one in (tmp_path / ACCEPTANCE_FOLDER).iterdir()] == ["saas.json"]


def test_a_report_fails_with_any_row_and_not_with_an_unmeasured_one() -> None:
    assert REPORT.passed
    failed = within(ROW, 0.5, 0.7, [0.1])
    assert not AcceptanceReport("a", "A", 1, 1, 1, "", (failed,)).passed


def test_a_workspace_without_a_check_has_no_report(tmp_path: Path) -> None:
    assert read_reports(tmp_path) == ()


@pytest.mark.parametrize("text", ["", "3", "null", "{}", '{"format": 2}', '{"format": 1}'])
def test_a_damaged_report_is_one_sentence(tmp_path: Path, text: str) -> None:
    folder = tmp_path / ACCEPTANCE_FOLDER
    folder.mkdir()
    (folder / "saas.json").write_text(text)
    with pytest.raises(BadInput, match=r"saas\.json must be a report of"):
        read_reports(tmp_path)
