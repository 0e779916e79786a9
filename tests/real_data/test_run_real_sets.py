from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.everyone_advised import check_everyone_is_advised
from tests.pipeline.command import call

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="the public data sets are not beside the project"),
]


@pytest.fixture(scope="session")
def retail(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _landed(tmp_path_factory, "online_retail", "online_retail/online_retail.parquet")


@pytest.fixture(scope="session")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _landed(tmp_path_factory, "cdnow_master", "cdnow/CDNOW_master.txt")


def _landed(factory: pytest.TempPathFactory, mapping: str, source: str) -> Path:
    folder = factory.mktemp(mapping)
    said = call(folder, "ingest", "--mapping", mapping, str(DATA / source), "--json")
    assert said.code == 0, said.out
    return folder


def _split(workspace: Path, *arguments: str) -> dict[str, Any]:
    said = call(workspace, "backtest", *arguments, "--json")
    assert said.code == 0, said.out
    return said.json


def _best(found: dict[str, Any]) -> float:
    return max(one["auc"] for name, one in found["models"].items() if name != "isolation_forest")


def test_online_retail_reaches_the_published_logistic_floor(retail: Path) -> None:
    found = _split(
        retail, "--label", "no_event", "--train-date", "2011-06-10", "--test-date", "2011-09-10",
        "--horizon-days", "90", "--active-within-days", "180",
    )  # fmt: skip
    (origin,) = found["origins"]
    assert origin["positives"] / origin["customers"] == pytest.approx(0.382, abs=0.002)
    assert found["models"]["recency"]["auc"] == pytest.approx(0.655, abs=0.002)
    assert _best(found) >= 0.742


def test_cdnow_reaches_the_published_logistic_floor(cdnow: Path) -> None:
    found = _split(
        cdnow, "--label", "no_event", "--train-date", "1997-07-04", "--test-date", "1998-01-01",
        "--horizon-days", "180", "--active-within-days", "365",
    )  # fmt: skip
    (origin,) = found["origins"]
    assert origin["positives"] / origin["customers"] == pytest.approx(0.772, abs=0.002)
    assert found["models"]["recency"]["auc"] == pytest.approx(0.796, abs=0.002)
    assert _best(found) >= 0.807


def test_online_retail_publishes_a_run_with_calibrated_risks(retail: Path) -> None:
    said = call(retail, "run", "--json")
    assert said.code == 0, said.out
    run = said.json
    assert run["simulated"] is False
    assert run["as_of"].startswith("2011-12-09")
    assert 2000 < run["eligible"] < 4364
    interval = run["revenue_at_risk"]
    assert 0 < interval["low"] < interval["value"] < interval["high"]
    assert check_everyone_is_advised(retail) == run["at_risk"] > 0


@pytest.mark.slow
def test_cdnow_publishes_a_run(cdnow: Path) -> None:
    said = call(cdnow, "run", "--json")
    assert said.code == 0, said.out
    assert said.json["customers"] == 23570
    assert check_everyone_is_advised(cdnow) == said.json["at_risk"] > 0


@pytest.mark.slow
def test_oulad_ranks_withdrawals_above_the_published_floor(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    workspace = _landed(tmp_path_factory, "oulad", "oulad")
    found = _split(
        workspace, "--label", "ended", "--train-date", "2013-04-02", "--train-date", "2013-11-30",
        "--test-date", "2014-04-02", "--test-date", "2014-11-30", "--horizon-days", "60",
        "--active-within-days", "60",
    )  # fmt: skip
    assert _best(found) >= 0.677
