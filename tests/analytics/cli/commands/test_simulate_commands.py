"""`silent-churn simulate` from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analytics.cli import main
from analytics.etl.landing.landed import current_landing
from analytics.simulation.presets.builds import BUILDS
from tests.command import run


def test_it_writes_files_and_says_what_comes_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sim"
    code, text, _ = run(capsys, "simulate", "--customers", "60", "--days", "120", "--out", str(out))
    assert code == 0
    assert f"ingest --mapping simulated {out / 'source'}" in text
    assert (out / "source" / "usage.parquet").is_file()


def test_json_names_preset_rows_and_dates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, _ = run(
        capsys,
        "simulate",
        "--customers",
        "60",
        "--days",
        "120",
        "--end",
        "2026-03-01",
        "--json",
        "--out",
        str(tmp_path / "sim"),
    )
    answer = json.loads(text)
    assert code == 0
    assert (answer["simulated"], answer["preset"], answer["end"]) == (True, "saas", "2026-03-01")
    assert answer["rows"]["customers.csv"] == 61
    assert set(answer["rows"]) >= {"usage.parquet", "usage_v2.parquet", "campaigns.csv"}
    assert answer["dirt"]["late"] == 0.02


def test_start_and_end_give_the_length(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, _ = run(
        capsys,
        "simulate",
        "--customers",
        "20",
        "--start",
        "2025-10-01",
        "--end",
        "2026-03-01",
        "--json",
        "--out",
        str(tmp_path / "sim"),
    )
    answer = json.loads(text)
    assert code == 0
    assert (answer["start"], answer["end"], answer["days"]) == ("2025-10-01", "2026-03-01", 152)


def test_dirt_can_be_set_by_name_and_left_out_as_a_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = ("--customers", "60", "--days", "120", "--json")
    _, text, _ = run(
        capsys,
        "simulate",
        *small,
        "--dirt",
        "late=0.1",
        "--dirt",
        "drift_at=0",
        "--out",
        str(tmp_path / "a"),
    )
    given = json.loads(text)
    assert (given["dirt"]["late"], given["dirt"]["drift_at"]) == (0.1, 0.0)
    assert given["dirt"]["duplicates"] == 0.01
    assert "usage_v2.parquet" not in given["rows"]
    _, text, _ = run(
        capsys, "simulate", *small, "--clean", "--dirt", "late=0.1", "--out", str(tmp_path / "b")
    )
    clean = json.loads(text)
    assert {name for name, share in clean["dirt"].items() if share} == {"late"}
    assert clean["rows"]["customers.csv"] == 60


def test_another_build_is_named_in_words_and_in_the_note(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = ("simulate", "--customers", "60", "--days", "120", "--build", "abrupt")
    _, text, _ = run(capsys, *small, "--out", str(tmp_path / "sim"))
    assert "businesses: customers leave from one day to the next, 60 customers" in text
    assert "run --profile saas" in text
    note = json.loads((tmp_path / "sim" / "simulation.json").read_text("utf-8"))
    assert (note["preset"], note["build"]) == ("saas", "abrupt")


def test_the_help_names_every_build(capsys: pytest.CaptureFixture[str]) -> None:
    _, text, _ = run(capsys, "simulate", "--help")
    assert all(name in text for name in BUILDS)


def test_cdnow_says_what_it_leaves_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "sim"
    code, text, _ = run(
        capsys, "simulate", "--preset", "cdnow", "--customers", "80", "--out", str(out)
    )
    assert code == 0
    assert "1997-01-01 to 1998-06-30" in text
    assert "Not in this preset: visits, errors and contacts" in text
    assert f"ingest --mapping simulated_cdnow {out / 'source'}" in text


def test_simulated_cdnow_lands_and_is_marked_as_simulated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text, _ = run(
        capsys,
        "simulate",
        "--preset",
        "cdnow",
        "--customers",
        "80",
        "--json",
        "--out",
        str(tmp_path / "sim"),
    )
    simulated = json.loads(text)
    assert code == 0
    with pytest.raises(SystemExit) as stopped:
        main(
            [
                "ingest",
                "--mapping",
                simulated["mapping"],
                simulated["source"],
                "--workspace",
                str(tmp_path),
                "--json",
            ]
        )
    assert stopped.value.code == 0
    report = current_landing(tmp_path / "data").report
    assert report.simulated
    assert report.customers == 80
    assert report.accepted == report.read == simulated["rows"]["CDNOW_simulated.txt"] > 80
    assert set(report.event_types) == {"order"}


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        (["--customers", "0", "--out", "x"], "customers_in_range"),
        (["--days", "30", "--out", "x"], "days_in_range"),
        (["--preset", "bank", "--out", "x"], "preset_known"),
        (["--build", "sudden", "--out", "x"], "build_known"),
        (["--preset", "cdnow", "--build", "abrupt", "--out", "x"], "build_fits"),
        (["--end", "tomorrow", "--out", "x"], "end_is_date"),
        (["--start", "yesterday", "--out", "x"], "start_is_date"),
        (["--start", "2026-03-01", "--end", "2026-02-01", "--out", "x"], "end_after_start"),
        (["--start", "2025-01-01", "--days", "200", "--out", "x"], "length_once"),
        (["--start", "2025-12-01", "--end", "2026-01-01", "--out", "x"], "days_in_range"),
        (["--end", "0001-01-01", "--out", "x"], "end_in_range"),
        (["--seed", "-1", "--out", "x"], "seed_in_range"),
        (["--dirt", "duplicates=-0.1", "--out", "x"], "share_in_range"),
        (["--dirt", "duplicates=2", "--out", "x"], "share_in_range"),
        (["--dirt", "duplicates=x", "--out", "x"], "share_in_range"),
        (["--dirt", "mud=0.1", "--out", "x"], "dirt_known"),
        (["--preset", "cdnow", "--dirt", "late=0.1", "--out", "x"], "dirt_known"),
        (["--preset", "cdnow", "--customers", "100000", "--out", "x"], "customers_in_range"),
        ([], "out_given"),
    ],
)
def test_bad_settings_give_one_sentence_and_exit_code_2(
    arguments: list[str],
    rule: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    code, text, talk = run(capsys, "simulate", *arguments, "--json")
    assert code == 2
    error = json.loads(text)["error"]
    assert error["rule"] == rule
    assert "\n" not in error["message"]
    assert ". Got " in error["message"]
    assert "Traceback" not in talk
    assert list(tmp_path.iterdir()) == []
