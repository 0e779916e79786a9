"""The commands of the pages that one reads after the README run, in the order of reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.newcomer import run_every_command
from tests.docs.written_pages import blocks

#: Read one after the other, in one folder: the later pages go on with what the first one landed.
READ_ON = ("docs/own_data.md", "docs/methods.md", "docs/extending.md")


@pytest.mark.filterwarnings("ignore")  # users see none; libraries warn of each other here
def test_every_command_of_a_page_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = blocks("docs/extending.md", "python")[0]
    (tmp_path / "our_features.py").write_text(own, encoding="utf-8")
    ran = sum(run_every_command(tmp_path, page, capsys) for page in READ_ON)
    assert ran >= 12
    for made in ("report.html", "at-risk.csv", "churn.sqlite", "features.parquet"):
        assert (tmp_path / made).is_file(), made
