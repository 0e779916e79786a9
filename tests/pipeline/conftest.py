from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.pipeline.command import call


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> tuple[Path, dict[str, Any]]:
    """A workspace on which the demo ran, and what it said.

    It is made once for all workers: the first makes it, the others wait. No test may harm it.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "shared-demo"
    answer = folder.with_suffix(".json")
    with FileLock(folder.with_suffix(".lock")):
        if not answer.exists():
            folder.mkdir()
            said = call(folder, "demo", "--customers", "900", "--seed", "3", "--no-serve", "--json")
            assert said.code == 0, said.err
            answer.write_text(said.out, encoding="utf-8")
    told: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return folder, told


@pytest.fixture
def workspace(demo: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """A copy of the workspace that a test may harm."""
    shutil.copytree(demo[0] / "data", tmp_path / "data")
    shutil.copytree(demo[0] / "models", tmp_path / "models")
    return tmp_path
