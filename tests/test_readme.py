"""The README says in one screen what there is; its commands run as a newcomer would type them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.docs.newcomer import run_every_command
from tests.docs.written_pages import WRITTEN, blocks, commands

REPO = Path(__file__).parents[1]


def test_the_readme_stays_short() -> None:
    assert len((REPO / "README.md").read_bytes()) <= 8_192


def _orders(example: str) -> str:
    """Go on with the README's example: 300 customers, two years, some of whom stop."""
    rng = np.random.default_rng(5)
    rows = []
    for customer in range(300):
        last = 730 if rng.random() < 0.7 else int(rng.integers(200, 700))
        day = int(rng.integers(0, 60))
        while day < last:
            when = np.datetime64("2023-03-01") + day
            year, month, of_month = str(when).split("-")
            amount = f"{rng.lognormal(3.3, 0.5):.2f}".replace(".", ",")
            rows.append(f"{20000 + len(rows)};C-{customer:04d};{of_month}.{month}.{year};{amount}")
            day += 1 + int(rng.exponential(14))
    return example + "\n".join(rows) + "\n"


@pytest.mark.filterwarnings("ignore")  # users see none; libraries warn of each other here
def test_every_command_of_the_readme_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shop.toml").write_text(blocks("README.md", "toml")[0], encoding="utf-8")
    (tmp_path / "orders.csv").write_text(_orders(blocks("README.md", "csv")[0]), encoding="utf-8")
    assert run_every_command(tmp_path, "README.md", capsys) >= 4
    assert (tmp_path / "report.html").is_file()
    assert (tmp_path / "data/exports/customer_frustration_analysis.csv").is_file()
    assert (tmp_path / "models/customer_frustration_analysis_model.pkl").is_file()


def test_only_known_programs_are_named() -> None:
    named = {words[0] for page in WRITTEN for words in commands(page)}
    assert named == {"make", "source", "silent-churn"}


def test_every_make_target_that_a_page_names_is_there() -> None:
    pages = [(REPO / page).read_text(encoding="utf-8") for page in WRITTEN]
    targets = {target for text in pages for target in re.findall(r"\bmake ([a-z]+[a-z-]*)`", text)}
    targets |= {words[1] for page in WRITTEN for words in commands(page) if words[0] == "make"}
    assert {"demo", "test", "setup", "test-fast", "generated"} <= targets
    if shutil.which("make") is None:
        pytest.skip("make is not on this machine")
    for target in sorted(targets):
        done = subprocess.run(
            ["make", "-n", target], cwd=REPO, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
