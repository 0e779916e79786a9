"""Each import contract is broken once on purpose, and must be named for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
CONTRACTS = {
    one["id"]: one["name"]
    for one in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}
#: One violation a contract: the file, and the import that it may not have.
PLANTED = {
    "floors": ("analytics/domain/event_log/events.py", "import analytics.services.results"),
    "web-floors": ("webapp/theme.py", "import webapp.pages.overview"),
    "wall": (
        "analytics/services/current_run/stamps.py",
        "import analytics.modelling.measuring.verdict",
    ),
    "maker-knows-no-reader": (
        "analytics/scoring/segments/rfm.py",
        "import analytics.services.current_run.stamps",
    ),
    "web-sees-services": ("webapp/delivery.py", "import analytics.runs.run_store"),
    "core-knows-no-web": ("analytics/scoring/customer_value/value.py", "import flask"),
    "truth-is-sealed": (
        "analytics/services/evidence/acceptance.py",
        "import analytics.evaluation.truth",
    ),
    "figures-are-plain": ("webapp/figures/template.py", "import plotly"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the packages and their rules, so that nothing is planted in the real ones."""
    folder = tmp_path_factory.mktemp("house")
    for package in ("analytics", "webapp"):
        for source in (ROOT / package).rglob("*.py"):
            target = folder / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return folder


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter on the copy, as `make check` runs it on the project."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=house,
        env={"PYTHONPATH": str(house), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def broken_in(printed: str) -> set[str]:
    """Return the ids of the contracts that the report calls broken."""
    lines = [line.strip() for line in printed.splitlines()]
    return {
        key
        for key, name in CONTRACTS.items()
        if any(line.startswith(f"{name} BROKEN") for line in lines)
    }


def test_every_contract_has_a_violation_planted_here() -> None:
    assert set(PLANTED) == set(CONTRACTS)


def test_the_house_as_it_stands_keeps_every_contract(house: Path) -> None:
    found = lint(house)
    assert found.returncode == 0, found.stdout
    assert f"{len(CONTRACTS)} kept, 0 broken" in found.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_import_breaks_its_contract_by_name(house: Path, contract: str) -> None:
    name, line = PLANTED[contract]
    file = house / name
    before = file.read_text("utf-8")
    file.write_text(f"{before}\n{line}\n", "utf-8")
    try:
        found = lint(house)
    finally:
        file.write_text(before, "utf-8")
    assert found.returncode != 0
    assert contract in broken_in(found.stdout), found.stdout
    assert name.removesuffix(".py").replace("/", ".") in found.stdout
