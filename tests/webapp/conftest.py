from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from dash import Dash

from analytics.services.analytics_service import AnalyticsService
from analytics.settings import Settings
from tests.sample_run import AS_OF
from webapp.factory import create_app

NOW = AS_OF + timedelta(hours=3)


@pytest.fixture(scope="session")
def web_workspace(sample_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(sample_workspace, tmp_path_factory.mktemp("web") / "sample")


@pytest.fixture(scope="session")
def web_service(web_workspace: Path) -> AnalyticsService:
    return AnalyticsService(Settings.load(workspace=web_workspace), clock=lambda: NOW)


@pytest.fixture(scope="session")
def web_app(web_workspace: Path, web_service: AnalyticsService) -> Dash:
    return create_app(Settings.load(workspace=web_workspace), web_service)


@pytest.fixture
def web_client(web_app: Dash) -> Iterator[Any]:
    with web_app.server.test_client() as client:
        yield client
