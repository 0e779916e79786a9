from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics.runs.run_store import RunStore
from tests.pipeline.command import Said, call


def refused(said: Said, code: int, rule: str) -> dict[str, Any]:
    """Assert one clear sentence with its own exit code, and return the error."""
    assert said.code == code, said.out + said.err
    error: dict[str, Any] = said.json["error"]
    assert error["rule"] == rule
    assert error["message"].endswith(".")
    assert "Got" in error["message"]
    return error


def test_an_unknown_profile_is_named_and_the_current_run_stays(workspace: Path) -> None:
    before = RunStore(workspace / "data").current().fingerprint
    error = refused(call(workspace, "run", "--profile", "bakery", "--json"), 2, "profile_known")
    assert "saas, retail, telecom, learning" in error["message"]
    assert RunStore(workspace / "data").current().fingerprint == before


def test_an_unknown_profile_is_named_even_where_nothing_has_landed(tmp_path: Path) -> None:
    refused(call(tmp_path, "run", "--profile", "bakery", "--json"), 2, "profile_known")


def test_a_workspace_without_data_says_how_to_land_some(tmp_path: Path) -> None:
    error = refused(call(tmp_path, "run", "--json"), 3, "landed")
    assert "silent-churn ingest" in error["message"]


def test_a_date_outside_the_data_is_refused(workspace: Path) -> None:
    refused(call(workspace, "run", "--as-of", "1999-01-01", "--json"), 2, "date_in_data")
    refused(call(workspace, "run", "--as-of", "soon", "--json"), 2, "date_valid")


def test_a_date_too_early_to_learn_from_is_refused_and_the_current_run_stays(
    workspace: Path,
) -> None:
    store = RunStore(workspace / "data")
    before = store.current()
    early = before.summary.as_of_time.replace(year=before.summary.as_of_time.year - 1)
    early_date = early.date().replace(day=min(early.day, 28))
    said = call(workspace, "run", "--as-of", str(early_date.replace(month=12)), "--json")
    refused(said, 4, "enough_history")
    assert store.current().fingerprint == before.fingerprint


@pytest.mark.parametrize(
    ("customers", "event", "rule"),
    [(150, "session", "enough_customers"), (300, "phone_call", "enough_cadence")],
)
def test_too_little_data_is_one_sentence(
    tmp_path: Path, customers: int, event: str, rule: str
) -> None:
    source = tmp_path / "log.csv"
    lines = ["who,when,what"]
    for day in range(1, 29):
        lines += [f"c{one},2026-01-{day:02d}T10:00:00,{event}" for one in range(customers)]
    source.write_text("\n".join(lines) + "\n", "utf-8")
    mapping = tmp_path / "log.toml"
    mapping.write_text(_MAPPING, "utf-8")
    landed = call(tmp_path, "ingest", "--mapping", str(mapping), str(source), "--json")
    assert landed.code == 0, landed.out
    said = call(tmp_path, "run", "--profile", "saas", "--json")
    refused(said, 4, rule)


def test_customers_too_rarely_active_are_refused_as_too_little_cadence(tmp_path: Path) -> None:
    source = tmp_path / "log.csv"
    lines = ["who,when,what"]
    for one in range(300):
        # Two customers on every day, so that the log has no hole, and each once in 150 days.
        days = (date(2025, 1, 1) + timedelta(days=one % 150 + later) for later in (0, 150))
        lines += [f"c{one},{day}T10:00:00,session" for day in days]
    source.write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "log.toml").write_text(_MAPPING, "utf-8")
    landed = call(
        tmp_path, "ingest", "--mapping", str(tmp_path / "log.toml"), str(source), "--json"
    )
    assert landed.code == 0, landed.out
    refused(call(tmp_path, "run", "--profile", "saas", "--json"), 4, "enough_cadence")


def test_features_list_names_unit_window_family_and_meaning() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "analytics", "features", "list", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    features = Said(0, done.stdout, "").json["features"]
    assert len(features) >= 60
    assert {"name", "unit", "window_days", "family", "description", "formula"} <= set(features[0])


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        (("--label", "guess", "--train-date", "2026-01-01", "--test-date", "2026-06-01"),
         "label_known"),
        (("--train-date", "2026-06-01", "--test-date", "2026-06-02"), "split_order"),
        (("--train-date", "2026-06-01"), "split_dates"),
        (("--train-date", "June", "--test-date", "2026-06-02"), "date_valid"),
        (("--train-date", "2026-01-01", "--test-date", "2026-06-01", "--horizon-days", "0"),
         "split_valid"),
    ],
)  # fmt: skip
def test_a_split_that_makes_no_sense_is_refused(
    demo: tuple[Path, dict[str, Any]], arguments: tuple[str, ...], rule: str
) -> None:
    refused(call(demo[0], "backtest", *arguments, "--json"), 2, rule)


def test_a_split_whose_window_reaches_past_the_data_is_refused(
    demo: tuple[Path, dict[str, Any]],
) -> None:
    """The end of the data would look like silence."""
    last = date.fromisoformat(demo[1]["as_of"][:10])
    near, early = last - timedelta(days=10), last - timedelta(days=200)
    said = call(
        demo[0], "backtest", "--label", "no_event", "--train-date", str(early),
        "--test-date", str(near), "--horizon-days", "60", "--json",
    )  # fmt: skip
    refused(said, 2, "split_in_data")


def test_a_label_without_dates_is_refused_and_not_ignored(
    demo: tuple[Path, dict[str, Any]],
) -> None:
    refused(call(demo[0], "backtest", "--label", "no_event", "--json"), 2, "split_dates")


_MAPPING = """
title = "A log"

[[source]]
name = "log"
to = "events"
path = "log.csv"
format = "csv"

[source.columns]
customer_id = "who"
occurred_at = { column = "when", format = "%Y-%m-%dT%H:%M:%S" }
event_type = "what"
"""
