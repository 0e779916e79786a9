"""A feature of a user's own goes through a whole run: learned from, explained, listed, verified."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from analytics.runs.run_files import read_catalogue
from analytics.runs.run_store import RunStore
from tests.analytics.features.test_features_custom import GOOD, written
from tests.pipeline.command import call

#: Counting what the simulated source does have.
COUNTABLE = GOOD.replace('"data_export"', '"feature_use"')


def test_a_run_learns_from_a_feature_of_ones_own(workspace: Path, tmp_path: Path) -> None:
    before = RunStore(workspace / "data").current()
    path = written(tmp_path, COUNTABLE)
    said = call(workspace, "run", "--custom-features", str(path), "--json")
    assert said.code == 0, said.err
    run = RunStore(workspace / "data").current()
    assert run.run_id == said.json["run_id"] != before.run_id
    catalogue = read_catalogue(run.folder)
    assert catalogue is not None
    own = next(one for one in catalogue.entries if one.own)
    assert (own.name, own.supported) == ("report_exports_28d", True)
    if said.json["champion"] in ("logistic_regression", "random_forest"):
        assert own.used
        card = json.loads((workspace / "models" / run.run_id / "model_card.json").read_text())
        assert card["features"]["report_exports_28d"] == own.description
    verified = call(workspace, "runs", "verify", run.run_id, "--json")
    assert verified.code == 0, verified.err
    assert len(pd.read_parquet(run.folder / "customers.parquet")) > 0


def test_a_mistake_in_the_file_stops_the_run_in_one_sentence(
    workspace: Path, tmp_path: Path
) -> None:
    before = RunStore(workspace / "data").current_id()
    path = written(tmp_path, GOOD.replace('unit="events"', 'unit="apples"'))
    said = call(workspace, "run", "--custom-features", str(path), "--json")
    assert said.code == 2
    error = said.json["error"]
    assert error["rule"] == "custom_feature"
    assert error["message"].startswith("our_features.py: Feature 'report_exports_28d': unit must")
    assert RunStore(workspace / "data").current_id() == before


def test_features_of_ones_own_are_listed_and_built(workspace: Path, tmp_path: Path) -> None:
    path = written(tmp_path, COUNTABLE)
    listed = call(workspace, "features", "build", "--custom-features", str(path), "--json",
                  "--out", str(tmp_path / "features.parquet"))  # fmt: skip
    assert listed.code == 0, listed.err
    built = pd.read_parquet(tmp_path / "features.parquet")
    assert len(built) == listed.json["rows"]
    assert built["report_exports_28d"].notna().all()
    assert built["customer_id"].is_unique
