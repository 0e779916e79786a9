"""Version, changelog and packages say the same of the release."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import analytics
from tests.docs.written_pages import ROOT, text_of

#: Releases of the changelog, newest first: version and day.
RELEASES = re.findall(r"^## (\d+\.\d+\.\d+) - (.+)$", text_of("CHANGELOG.md"), flags=re.MULTILINE)


def test_the_version_is_that_of_the_newest_release() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == analytics.__version__ == RELEASES[0][0]


def test_releases_have_days_newest_first_under_what_is_unreleased() -> None:
    days = [date.fromisoformat(day) for _, day in RELEASES]
    assert days == sorted(days, reverse=True)
    titles = re.findall(r"^## (.+)$", text_of("CHANGELOG.md"), flags=re.MULTILINE)
    assert titles[0] == "Unreleased"
    assert len(titles) == len(RELEASES) + 1


def test_both_packages_tell_type_checkers_that_they_are_typed() -> None:
    for package in ("analytics", "webapp"):
        assert (ROOT / package / "py.typed").is_file()


def test_hosted_ci_runs_the_script_of_the_repository_on_every_python_that_is_supported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    low, high = (int(one) for one in re.findall(r"3\.(\d+)", project["requires-python"]))
    workflow = text_of(".github/workflows/ci.yml")
    named = re.search(r"python: \[(.*)\]", workflow)
    assert named is not None
    assert re.findall(r"3\.(\d+)", named[1]) == [str(minor) for minor in range(low, high)]
    assert "bash .ci/run" in workflow


def test_a_commit_is_checked_by_what_make_check_runs() -> None:
    makefile = text_of("Makefile")
    check = re.search(r"^check:.*\n((?:\t.*\n)+)", makefile, flags=re.MULTILINE)
    assert check is not None
    hooks = text_of(".pre-commit-config.yaml")
    for line in check[1].splitlines():
        program = line.strip().removeprefix("$(BIN)/")
        assert f"entry: .venv/bin/{program.removesuffix(' .')}" in hooks, program
