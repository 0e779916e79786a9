"""The longer proof: every preset against the whole acceptance table, over ten seeds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from analytics.cli.commands.check_commands import CHECK_CUSTOMERS, CHECK_END, SEEDS
from analytics.cli.commands.simulate_commands import DEFAULT_DAYS
from analytics.evaluation.acceptance.business_check import business_report
from analytics.evaluation.acceptance.cdnow_check import cdnow_report
from analytics.runs.acceptance_report import AcceptanceReport
from analytics.simulation.presets.builds import BUILDS
from analytics.simulation.presets.preset import PRESETS

REAL = Path(__file__).parents[4].parent / "shared" / "data"
#: Known to fail, and told in the report: days of silence tell of a shop's early leavers a little
#: less (0.547) than the table wants (0.55); gamma-gamma knows no tie of spend and frequency, and
#: real shops have price tags.
KNOWN_TO_FAIL: dict[str, set[str]] = {
    "saas": set(),
    "telecom": set(),
    "retail": {"recency_early_auc"},
    # Days of activity tell of no fading here, so that the label finds a little less (0.596).
    "short_sessions": {"label_kappa"},
    # In uneven steps the hidden state tells a little more (0.902) than the table wants (0.90).
    "users_leave": {"oracle_early_auc"},
    "cdnow": {"spend_frequency_correlation", "real_or_simulated_auc"},
}
#: Of few seeds a small fall of retention is chance: over eight its rise is 0.000 to 0.006.
WITHIN_CHANCE = {"retention_rise"}


def _printed(report: AcceptanceReport) -> AcceptanceReport:
    for row in report.rows:
        sys.stdout.write(
            f"\n{report.preset} {row.check}: {row.target}; measured {row.measured} "
            f"(+- {row.spread}), off by {row.off_by:.4f}"
        )
    return report


@pytest.mark.slow
@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_passes_every_row_but_what_is_known(name: str) -> None:
    report = _printed(
        business_report(
            PRESETS[name], seeds=SEEDS, customers=CHECK_CUSTOMERS, days=DEFAULT_DAYS,
            end=CHECK_END, measured_at="2026-11-24T00:00:00+00:00", say=print, jobs=2,
        )
    )  # fmt: skip
    assert {row.check for row in report.rows if row.passed is not True} == KNOWN_TO_FAIL[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", BUILDS)
def test_a_build_passes_every_row_that_applies_but_what_is_known(name: str) -> None:
    report = _printed(
        business_report(
            BUILDS[name], seeds=4, customers=3000, days=DEFAULT_DAYS, end=CHECK_END,
            measured_at="2026-11-24T00:00:00+00:00", say=print, jobs=2,
        )
    )  # fmt: skip
    failed = {row.check for row in report.rows if row.passed is False}
    assert failed <= KNOWN_TO_FAIL.get(name, set()) | WITHIN_CHANCE


@pytest.mark.slow
def test_the_simulated_cdnow_is_like_the_real_one_but_for_what_is_known() -> None:
    if not REAL.is_dir():
        pytest.skip("the public CDNOW files are not at hand")
    report = _printed(
        cdnow_report(
            real_folder=REAL, seeds=20, customers=None, measured_at="2026-11-24T00:00:00+00:00",
            say=print, jobs=2,
        )
    )  # fmt: skip
    failed = {row.check for row in report.rows if row.passed is not True}
    assert failed == KNOWN_TO_FAIL["cdnow"]
