"""A build is judged by every row but those that it is made to be otherwise in."""

from __future__ import annotations

from datetime import date

import numpy as np

from analytics.evaluation.acceptance.build_targets import NOT_FOR, why_not_judged
from analytics.evaluation.acceptance.business_check import judged_report
from analytics.evaluation.acceptance.business_measures import Measured
from analytics.evaluation.acceptance.business_targets import targets_of
from analytics.runs.acceptance_report import AcceptanceReport, AcceptanceRow
from analytics.simulation.presets.builds import BUILDS
from analytics.simulation.presets.business import Preset
from analytics.simulation.presets.plan import SimulationPlan
from analytics.simulation.presets.preset import SAAS

CURVE = np.array([1.0, 0.9, 0.82, 0.76])
MEASURED = Measured(
    {"oracle_early_auc": 0.6, "silent_share": 0.6},
    dict.fromkeys(("gaps", "retention", "concentration", "weekdays"), CURVE),
)


def report(preset: Preset) -> AcceptanceReport:
    plan = SimulationPlan(preset, 100, 365, 1, date(2026, 6, 28))
    return judged_report(plan, [MEASURED], measured_at="2026-01-01T00:00:00+00:00")


def row(preset: Preset, check: str) -> AcceptanceRow:
    return next(row for row in report(preset).rows if row.check == check)


def test_a_row_that_does_not_apply_shows_its_figure_and_says_why() -> None:
    oracle = row(BUILDS["abrupt"], "oracle_early_auc")
    assert (oracle.measured, oracle.passed, oracle.off_by) == (0.6, None, 0.0)
    assert oracle.target == "0.82 to 0.9"
    assert oracle.note.startswith("Nobody fades in this build")


def test_the_same_row_is_judged_in_the_usual_build() -> None:
    assert row(SAAS, "oracle_early_auc").passed is False


def test_a_build_is_judged_by_the_other_rows() -> None:
    assert row(BUILDS["abrupt"], "silent_share").passed is True


def test_a_report_of_a_build_has_a_name_of_its_own() -> None:
    found = report(BUILDS["two_modes"])
    assert found.preset == "saas-two_modes"
    assert found.title.endswith("quiet and busy months in turn, which mean nothing")


def test_reasons_are_for_builds_and_rows_that_there_are() -> None:
    rows = {target.check for target in targets_of(SAAS.name)}
    assert set(NOT_FOR) <= set(BUILDS)
    assert all(set(reasons) < rows for reasons in NOT_FOR.values())
    assert why_not_judged("", "oracle_early_auc") == ""
