"""`features build`: a table that a data team may train on."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analytics.features.outcomes.labels import Outcome
from analytics.features.registry import FEATURE_NAMES
from tests.pipeline.command import call

DATES = ("2026-05-03", "2026-08-02")


def test_features_of_several_dates_come_with_what_became_of_everyone(
    workspace: Path, tmp_path: Path
) -> None:
    out = tmp_path / "observations.parquet"
    dates = [part for one in DATES for part in ("--as-of", one)]
    said = call(workspace, "features", "build", *dates, "--outcomes", "--out", str(out), "--json")
    assert said.code == 0, said.err
    assert said.json["observation_dates"] == list(DATES)
    table = pd.read_parquet(out)
    assert len(table) == said.json["rows"]
    assert not table.duplicated(["customer_id", "observation_date"]).any()
    assert set(FEATURE_NAMES) < set(table.columns)
    counted = table["outcome"].value_counts()
    assert set(counted.index) <= {one.name.lower() for one in Outcome}
    assert {"silent", "vocal", "retained", "not_admissible"} <= set(counted.index)
    sparse = table["outcome"] == "not_admissible"
    assert (table["horizon_days"].isna() == sparse).all()
    assert not table.loc[sparse, "eligible"].any()


def test_features_are_the_same_with_and_without_outcomes(workspace: Path, tmp_path: Path) -> None:
    tables = []
    for name, more in (("with", ["--outcomes"]), ("without", [])):
        out = tmp_path / f"{name}.parquet"
        said = call(workspace, "features", "build", "--as-of", DATES[0], *more, "--out", str(out))
        assert said.code == 0, said.err
        tables.append(pd.read_parquet(out))
    names = ["customer_id", "observation_date", *FEATURE_NAMES]
    assert tables[0][names].equals(tables[1][names])


def test_a_date_outside_the_data_is_refused(workspace: Path, tmp_path: Path) -> None:
    said = call(workspace, "features", "build", "--as-of", "1999-01-01", "--json",
                "--out", str(tmp_path / "x.parquet"))  # fmt: skip
    assert (said.code, said.json["error"]["rule"]) == (2, "date_in_data")
    assert not (tmp_path / "x.parquet").exists()
