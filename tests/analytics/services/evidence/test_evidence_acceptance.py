from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.runs.acceptance_report import ACCEPTANCE_FOLDER, write_report
from analytics.services.analytics_service import AnalyticsService
from analytics.services.evidence.acceptance import acceptance
from analytics.settings import Settings
from tests.sample_acceptance import CDNOW, PASSED, RETENTION, SAAS
from tests.sample_run import AS_OF, publish_sample_run


def service_over(workspace: Path) -> AnalyticsService:
    settings = Settings.load(workspace=workspace)
    return AnalyticsService(settings, clock=lambda: AS_OF + timedelta(hours=3))


def write_text(data_folder: Path, text: str) -> None:
    folder = data_folder / ACCEPTANCE_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "saas.json").write_text(text, "utf-8")


def test_a_simulator_never_checked_has_a_command_to_check_it(tmp_path: Path) -> None:
    found = acceptance(tmp_path, "saas")
    assert (found.presets, found.problem) == ((), "")
    assert found.command == "silent-churn simulate check --preset saas"


def test_the_preset_of_the_run_comes_first(tmp_path: Path) -> None:
    for report in (CDNOW, SAAS, replace(SAAS, preset="retail")):
        write_report(tmp_path, report)
    found = acceptance(tmp_path, "saas").presets
    assert [one.preset for one in found] == ["saas", "cdnow", "retail"]
    assert [one.of_this_run for one in found] == [True, False, False]


def test_a_report_comes_through_as_it_was_measured(tmp_path: Path) -> None:
    write_report(tmp_path, CDNOW)
    (found,) = acceptance(tmp_path, "saas").presets
    assert (found.customers, found.days, found.seeds) == (2357, 546, 1)
    assert found.measured_at.isoformat() == CDNOW.measured_at
    assert found.real_source == CDNOW.real_source
    assert found.checks[0].measured == PASSED.measured
    assert found.checks[0].spread == PASSED.spread
    assert found.curves[0].real == RETENTION.real


def test_a_number_that_is_none_was_not_measured(tmp_path: Path) -> None:
    curve = replace(RETENTION, simulated=(1.0, float("nan"), 0.4, 0.3))
    row = replace(PASSED, measured=float("nan"), spread=float("inf"))
    write_report(tmp_path, replace(CDNOW, rows=(row,), curves=(curve,)))
    (found,) = acceptance(tmp_path, "saas").presets
    assert (found.checks[0].measured, found.checks[0].spread) == (None, None)
    assert found.checks[0].passed is None
    assert found.curves[0].simulated == (1.0, None, 0.4, 0.3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "3",
        "null",
        "[]",
        "{}",
        '{"format": 2}',
        SAAS.to_json().replace("0.861", '"much"'),
        SAAS.to_json().replace("2026-11-24T", "soon, "),
        SAAS.to_json().replace('"customers": 5000', '"customers": "many"'),
        replace(CDNOW, curves=(replace(RETENTION, real=(1.0,)),)).to_json(),
        SAAS.to_json().replace('"curves": [', '"curves": [7, '),
    ],
)
def test_a_damaged_report_is_one_sentence_and_no_error(tmp_path: Path, text: str) -> None:
    write_text(tmp_path, text)
    found = acceptance(tmp_path, "saas")
    assert found.presets == ()
    assert "silent-churn simulate check" in found.problem
    assert str(tmp_path) not in found.problem


def test_the_evidence_of_simulated_data_notices_a_new_report(tmp_path: Path) -> None:
    publish_sample_run(tmp_path / "data", customers=40)
    service = service_over(tmp_path)
    before = service.evidence()
    write_report(tmp_path / "data", SAAS)
    after = service.evidence()
    write_report(tmp_path / "data", replace(SAAS, seeds=3))
    assert before.acceptance is not None
    assert before.acceptance.presets == ()
    assert after.acceptance is not None
    assert [one.seeds for one in after.acceptance.presets] == [10]
    last = service.evidence().acceptance
    assert last is not None
    assert [one.seeds for one in last.presets] == [3]


def test_the_evidence_of_real_data_says_nothing_about_a_simulator(tmp_path: Path) -> None:
    publish_sample_run(tmp_path / "data", customers=40, simulated=False)
    write_report(tmp_path / "data", SAAS)
    assert service_over(tmp_path).evidence().acceptance is None
