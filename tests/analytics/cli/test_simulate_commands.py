"""`silent-churn simulate` from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analytics.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command; return its exit code and what it printed."""
    with pytest.raises(SystemExit) as stopped:
        main(["simulate", *arguments])
    printed = capsys.readouterr()
    code = stopped.value.code
    assert isinstance(code, int)
    return code, printed.out, printed.err


def test_it_writes_files_and_says_what_comes_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sim"
    code, text, _ = run(capsys, "--customers", "60", "--days", "120", "--out", str(out))
    assert code == 0
    assert f"ingest --mapping simulated {out / 'source'}" in text
    assert (out / "source" / "usage.parquet").is_file()


def test_json_names_preset_rows_and_dates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, _ = run(
        capsys, "--customers", "60", "--days", "120", "--end", "2026-03-01", "--json",
        "--out", str(tmp_path / "sim"),
    )  # fmt: skip
    answer = json.loads(text)
    assert code == 0
    assert (answer["simulated"], answer["preset"], answer["end"]) == (True, "saas", "2026-03-01")
    assert answer["rows"]["customers.csv"] == 61


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        (["--customers", "0", "--out", "x"], "customers_in_range"),
        (["--days", "30", "--out", "x"], "days_in_range"),
        (["--preset", "bank", "--out", "x"], "preset_known"),
        (["--end", "tomorrow", "--out", "x"], "end_is_date"),
        ([], "out_given"),
    ],
)
def test_bad_settings_give_one_sentence_and_exit_code_2(
    arguments: list[str], rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, talk = run(capsys, *arguments, "--json")
    assert code == 2
    assert json.loads(text)["error"]["rule"] == rule
    assert "Traceback" not in talk
