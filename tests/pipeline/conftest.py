from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.command import call


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A workspace on which the demo ran, and what it said."""
    folder = tmp_path_factory.mktemp("demo")
    said = call(folder, "demo", "--customers", "900", "--seed", "3", "--no-serve", "--json")
    assert said.code == 0, said.err
    return folder, said.json


@pytest.fixture
def workspace(demo: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """A copy of the workspace that a test may harm."""
    shutil.copytree(demo[0] / "data", tmp_path / "data")
    shutil.copytree(demo[0] / "models", tmp_path / "models")
    return tmp_path
