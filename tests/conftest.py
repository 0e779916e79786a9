from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analytics.runs.run_store import PublishedRun, RunStore
from analytics.services.analytics_service import AnalyticsService
from analytics.settings import Settings
from tests.sample_run import publish_sample_run

#: Folders and files whose tests take long, because they run the whole pipeline.
LONG = (
    "tests/pipeline",
    "tests/faults",
    "tests/real_data",
    "tests/test_readme",
    "tests/docs/test_docs_commands",
    "tests/analytics/cli",
)

#: Left out by `--fast` (`make test-fast`): whole pipelines, browsers, database servers, Spark, real
#: data, simulated worlds, and the files of unit tests that take longest.
NOT_FAST = (
    *LONG,
    "tests/browser",
    "tests/cases",
    "tests/contracts",
    "tests/docs/test_docs_recipes",
    "tests/analytics/database/test_database_many_at_once",
    "tests/analytics/database/test_database_state_store",
    "tests/analytics/etl/raw_clicks/test_raw_clicks",
    "tests/analytics/etl/merging/test_merging_corrections",
    "tests/analytics/etl/landing/test_landing_damaged",
    "tests/analytics/etl/landing/test_landing_faults",
    "tests/analytics/etl/guess/test_guess_first_mapping",
    "tests/analytics/etl/test_etl_law",
    "tests/analytics/etl/merging/test_merging_merge",
    "tests/analytics/etl/landing/test_landing_replacement",
    "tests/analytics/etl/test_etl_scale",
    "tests/analytics/exports/test_exports_bi_mart",
    "tests/analytics/features/test_features_laws",
    "tests/analytics/features/test_features_engines",
    "tests/analytics/features/test_features_families",
    "tests/analytics/features/outcomes/test_outcomes_labels",
    "tests/analytics/features/test_features_landed_law",
    "tests/analytics/features/test_features_law",
    "tests/analytics/features/test_features_reference",
    "tests/analytics/features/test_features_zones",
    "tests/analytics/modelling/explaining",
    "tests/analytics/modelling/one_table",
    "tests/analytics/modelling/test_modelling_artifact",
    "tests/analytics/modelling/test_modelling_average_only",
    "tests/analytics/modelling/test_modelling_belief",
    "tests/analytics/modelling/test_modelling_champion",
    "tests/analytics/modelling/leakage/test_leakage_gates",
    "tests/analytics/modelling/test_modelling_hole_in_log",
    "tests/analytics/modelling/past_dates/test_past_dates_past_revenue",
    "tests/analytics/modelling/test_modelling_training",
    "tests/analytics/pipeline",
    "tests/analytics/runs",
    "tests/analytics/scoring/explanations/test_explanations_every_champion",
    "tests/analytics/services/evidence/test_evidence_acceptance",
    "tests/analytics/services/current_run/test_current_run_access",
    "tests/analytics/services/test_services_zones",
    "tests/analytics/simulation",
    "tests/webapp/security/test_web_attacks",
    "tests/webapp/test_web_awkward_values",
    "tests/webapp/pages/evidence/test_web_features",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="leave out what takes long")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even import what `--fast` leaves out."""
    if not config.getoption("--fast"):
        return None
    path = collection_path.relative_to(config.rootpath).as_posix()
    return any(path in (one, f"{one}.py") for one in NOT_FAST) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end."""
    items.sort(key=lambda one: not one.nodeid.startswith(LONG))


@pytest.fixture(scope="session")
def sample_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a sample run of 400 customers. No test may write into it."""
    folder = tmp_path_factory.mktemp("sample")
    publish_sample_run(folder / "data")
    return folder


@pytest.fixture(scope="module")
def workspace(sample_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample workspace for the tests of a file, which may write into it."""
    return shutil.copytree(sample_workspace, tmp_path_factory.mktemp("workspace") / "sample")


@pytest.fixture(scope="module")
def service(workspace: Path) -> AnalyticsService:
    """What answers about the workspace of a file's tests."""
    return AnalyticsService(Settings.load(workspace=workspace))


@pytest.fixture(scope="module")
def run(workspace: Path) -> PublishedRun:
    """The current run of the workspace of a file's tests."""
    return RunStore(workspace / "data").current()
