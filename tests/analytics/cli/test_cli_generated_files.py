"""What is generated is what the product would write, and a change by hand is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.cli.generated_files import REPOSITORY, generated_files, main, outdated


@pytest.mark.parametrize("path", generated_files())
def test_a_generated_file_is_what_the_product_would_write(path: str) -> None:
    held = (REPOSITORY / path).read_text(encoding="utf-8")
    assert held == generated_files()[path], "run `make generated`"


def test_a_missing_or_changed_file_is_named_and_written_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check"], tmp_path) == 1
    assert set(outdated(tmp_path)) == set(generated_files())
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    (tmp_path / "docs/settings.md").write_text("by hand", encoding="utf-8")
    capsys.readouterr()
    assert main(["--check"], tmp_path) == 1
    said = capsys.readouterr().err
    assert said == "docs/settings.md must be what the product would write: run `make generated`.\n"
