"""The README says in one screen what there is; its commands run as a newcomer would type them."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from analytics.cli import main
from tests.docs.written_pages import WRITTEN, blocks, commands

REPO = Path(__file__).parents[1]
#: Commands that end only with Ctrl-C: they are read, not run.
SERVING = ("serve", "demo")
#: Read one after the other, in one folder: the later pages go on with what the first one landed.
READ_ON = ("docs/own_data.md", "docs/methods.md", "docs/extending.md")


def test_the_readme_stays_short() -> None:
    assert len((REPO / "README.md").read_bytes()) <= 8_192


def silent_churn(folder: Path, *arguments: str) -> int:
    """Run the command in a folder, as a user would; return its exit code."""
    with contextlib.chdir(folder), pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    code = stopped.value.code
    assert isinstance(code, int)
    return code


def run_every_command(folder: Path, page: str, capsys: pytest.CaptureFixture[str]) -> int:
    """Run the commands of a page in a folder; return how many ran."""
    ran = 0
    for words in commands(page):
        if words[0] != "silent-churn":
            continue
        if words[1] in SERVING:
            assert silent_churn(folder, words[1], "--help") == 0
            _is_understood(words, capsys.readouterr().out)
            continue
        code = silent_churn(folder, *words[1:])
        assert code == 0, f"{' '.join(words)}: {capsys.readouterr().err}"
        ran += 1
    return ran


def _is_understood(words: list[str], help_text: str) -> None:
    """Every option that a page gives a serving command is known to it."""
    for word in words[2:]:
        if word.startswith("--"):
            assert re.search(rf"{word}\b", help_text), words


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


@pytest.mark.filterwarnings("ignore")
def test_every_command_of_the_pages_one_reads_on_with_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = blocks("docs/extending.md", "python")[0]
    (tmp_path / "our_features.py").write_text(own, encoding="utf-8")
    ran = sum(run_every_command(tmp_path, page, capsys) for page in READ_ON)
    assert ran >= 12
    for made in ("report.html", "at-risk.csv", "churn.sqlite", "features.parquet"):
        assert (tmp_path / made).is_file(), made


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
