"""Critical and high hold a part that a team can work with, and meant more than the average."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.domain.customer.tier_cuts import WORKABLE_SHARE
from tests.pipeline.command import call

SHARED = Path(__file__).parents[2].parent / "shared"
CASE = SHARED / "cases" / "no_action_when_bgnbd_wins"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the public data are not beside the project"),
]


@pytest.mark.parametrize(
    ("mapping", "source"),
    [
        ("online_retail", SHARED / "data" / "online_retail" / "online_retail.parquet"),
        ("cdnow_master", SHARED / "data" / "cdnow" / "CDNOW_master.txt"),
        (str(CASE / "mapping.toml"), CASE / "orders.csv"),
    ],
)
def test_a_workable_part_is_at_risk_and_went_silent_more_often_than_all(
    tmp_path: Path, mapping: str, source: Path
) -> None:
    landed = call(tmp_path, "ingest", "--mapping", mapping, str(source), "--json")
    assert landed.code == 0, landed.out
    said = call(tmp_path, "run", "--profile", "retail", "--json")
    assert said.code == 0, said.out
    counts = said.json["tier_counts"]
    share = (counts["critical"] + counts["high"]) / said.json["eligible"]
    assert WORKABLE_SHARE[0] <= share <= WORKABLE_SHARE[1]
    tiers = said.json["tiers"]
    assert tiers["at_risk"]["customers"] >= 100
    assert tiers["at_risk"]["low"] > tiers["base_rate"]


@pytest.mark.parametrize("name", ["none_churned", "enough_history_readme"])
def test_where_outcomes_are_too_few_or_alike_the_average_is_published(
    tmp_path: Path, name: str
) -> None:
    case = SHARED / "cases" / name
    landed = call(
        tmp_path, "ingest", "--mapping", str(case / "mapping.toml"), str(case / "orders.csv"),
        "--json",
    )  # fmt: skip
    assert landed.code == 0, landed.out
    said = call(tmp_path, "run", "--profile", "retail", "--json")
    assert said.code == 0, said.out
    if said.json["champion"] == "base_rate":
        assert said.json["verdict"].startswith("These data do not support a prediction")
        assert said.json["at_risk"] == 0
