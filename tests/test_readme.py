"""The README tells what is there: every command in it runs, every setting and command is in it."""

from __future__ import annotations

import contextlib
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import typer

from analytics.cli import main
from analytics.cli.main import app
from analytics.domain.measures import MEASURES
from analytics.etl.mapping_file import SHIPPED_MAPPINGS
from analytics.settings import Settings

REPO = Path(__file__).parents[1]
README = (REPO / "README.md").read_text(encoding="utf-8")

#: Commands that end only with Ctrl-C: they are read, not run.
SERVING = ("serve", "demo")


def blocks(language: str) -> list[str]:
    """Return the code blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def commands() -> list[list[str]]:
    """Return every command line of the README, in order."""
    return [shlex.split(line) for block in blocks("bash") for line in block.splitlines() if line]


def silent_churn(folder: Path, *arguments: str) -> int:
    """Run the command in a folder, as a user would; return its exit code."""
    with contextlib.chdir(folder), pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    code = stopped.value.code
    assert isinstance(code, int)
    return code


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files that the README says the reader has."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "our_features.py").write_text(blocks("python")[0], encoding="utf-8")
    (folder / "shop.toml").write_text(blocks("toml")[0], encoding="utf-8")
    (folder / "orders.csv").write_text(_orders(blocks("csv")[0]), encoding="utf-8")
    return folder


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
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = 0
    for words in commands():
        if words[0] != "silent-churn":
            continue
        if words[1] in SERVING:
            assert silent_churn(workspace, words[1], "--help") == 0
            _is_understood(words, capsys.readouterr().out)
            continue
        code = silent_churn(workspace, *words[1:])
        assert code == 0, f"{' '.join(words)}: {capsys.readouterr().err}"
        ran += 1
    assert ran >= 10
    assert (workspace / "report.html").is_file()
    assert (workspace / "at-risk.csv").is_file()
    assert (workspace / "churn.sqlite").is_file()
    assert (workspace / "data/exports/customer_frustration_analysis.csv").is_file()
    assert (workspace / "models/customer_frustration_analysis_model.pkl").is_file()


def _is_understood(words: list[str], help_text: str) -> None:
    """Every option that the README gives a serving command is known to it."""
    for word in words[2:]:
        if word.startswith("--"):
            assert re.search(rf"{word}\b", help_text), words


def test_only_known_programs_are_named() -> None:
    assert {words[0] for words in commands()} == {"make", "source", "silent-churn"}


def test_every_make_target_of_the_readme_is_there() -> None:
    targets = {words[1] for words in commands() if words[0] == "make"} | {"help", "check"}
    assert {"demo", "test", "setup"} <= targets
    if shutil.which("make") is None:
        pytest.skip("make is not on this machine")
    for target in sorted(targets):
        done = subprocess.run(
            ["make", "-n", target], cwd=REPO, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_every_setting_is_in_the_readme_with_default_and_meaning() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", README, flags=re.MULTILINE))
    for name, field in Settings.model_fields.items():
        assert name in rows, f"setting {name} is not in the README"
        assert rows[name] == f"{_default(name)} | {field.description}"


def _default(name: str) -> str:
    shown = str(Settings.model_fields[name].default or "")
    return f"`{shown}`" if shown else "empty"


def test_every_command_is_in_the_readme() -> None:
    known = _command_names(app)
    assert len(known) > 8
    table = README.split("## Commands")[1].split("## Settings")[0]
    for name in known:
        assert f"`{name}`" in table, name


def _command_names(group: typer.Typer, before: str = "") -> list[str]:
    names = [
        before + (one.name or getattr(one.callback, "__name__", "")).replace("_", "-")
        for one in group.registered_commands
    ]
    for sub in group.registered_groups:
        inner = sub.typer_instance
        assert inner is not None
        below = _command_names(inner, f"{before}{sub.name} ")
        names += below or [f"{before}{sub.name}"]
        alone = inner.registered_callback
        if below and alone is not None and alone.invoke_without_command:
            names.append(f"{before}{sub.name}")
    return names


def test_every_shipped_mapping_is_in_the_gallery() -> None:
    gallery = README.split("### Mappings")[1].split("## ")[0]
    for name in SHIPPED_MAPPINGS:
        assert f"`{name}`" in gallery


def test_every_floor_is_in_the_readme() -> None:
    for folder in sorted((REPO / "analytics").iterdir()):
        if (folder / "__init__.py").is_file():
            assert f"`analytics/{folder.name}/`" in README


def test_every_number_over_customers_is_in_the_readme_as_it_is_defined() -> None:
    table = README.split("## The numbers")[1].split("## ")[0]
    inner = {"revenue_variance", "revenue_shock"}
    for one in MEASURES:
        if one.name not in inner:
            row = f"| `{one.name}` | {one.unit.value} | {one.window} | "
            assert row in table, one.name
            assert f"| {one.meaning} |" in table, one.name
