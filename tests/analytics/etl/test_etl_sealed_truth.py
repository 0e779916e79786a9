"""The truth of a simulation cannot be ingested, however it is reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.cli import main
from analytics.errors import BadInput
from tests.analytics.etl.etl_world import HEADER, land, shop, write

ROWS = HEADER + "1,anna,2026-02-01,5\n2,ben,2026-02-02,7\n"
SENTENCE = "The truth of a simulation is for `silent-churn simulate evaluate` only. Got {}."


@pytest.fixture
def simulation(tmp_path: Path) -> Path:
    """A simulation whose source and truth both have a file that the mapping fits."""
    write(tmp_path / "sim" / "simulation.json", "{}")
    write(tmp_path / "sim" / "source" / "orders.csv", ROWS)
    write(tmp_path / "sim" / "truth" / "orders.csv", ROWS)
    write(tmp_path / "sim" / "truth" / "inner" / "orders.csv", ROWS)
    return tmp_path / "sim"


def test_the_source_of_a_simulation_lands(simulation: Path) -> None:
    assert land(simulation.parent, shop(), simulation / "source").report.accepted == 2


@pytest.mark.parametrize("place", ["truth", "truth/orders.csv", "truth/inner", "source/../truth"])
def test_its_truth_is_refused(simulation: Path, place: str) -> None:
    given = simulation / place
    with pytest.raises(BadInput) as refused:
        land(simulation.parent, shop(), given)
    assert refused.value.rule == "truth_sealed"
    assert refused.value.message == SENTENCE.format(given)
    assert not list(simulation.parent.rglob("*.parquet"))


def test_it_is_refused_beside_a_source_that_may_land(simulation: Path) -> None:
    with pytest.raises(BadInput, match="is for `silent-churn simulate evaluate` only"):
        land(simulation.parent, shop(), simulation / "source", simulation / "truth" / "orders.csv")


@pytest.mark.parametrize("pattern", ["**/orders*.csv", "truth/orders*.csv", "*/orders*.csv"])
def test_it_is_refused_when_a_pattern_reaches_it_from_above(simulation: Path, pattern: str) -> None:
    mapping = shop(**{"orders*.csv": pattern})
    with pytest.raises(BadInput) as refused:
        land(simulation.parent, mapping, simulation)
    assert refused.value.rule == "truth_sealed"
    assert str(simulation / "truth") in refused.value.message


def test_it_is_refused_behind_a_link_to_the_folder(simulation: Path, tmp_path: Path) -> None:
    (tmp_path / "innocent").symlink_to(simulation / "truth")
    with pytest.raises(BadInput) as refused:
        land(tmp_path, shop(), tmp_path / "innocent")
    assert refused.value.message == SENTENCE.format(tmp_path / "innocent")


def test_it_is_refused_behind_a_link_to_a_file_in_another_folder(
    simulation: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "orders.csv").symlink_to(simulation / "truth" / "orders.csv")
    with pytest.raises(BadInput) as refused:
        land(tmp_path, shop(), tmp_path / "mine")
    assert refused.value.rule == "truth_sealed"
    assert refused.value.message == SENTENCE.format(tmp_path / "mine" / "orders.csv")


def test_it_is_refused_by_a_relative_path_from_inside(
    simulation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(simulation / "truth")
    with pytest.raises(BadInput) as refused:
        land(tmp_path, shop(), Path("orders.csv"))
    assert refused.value.message == SENTENCE.format("orders.csv")


def test_it_is_refused_when_the_mapping_lies_in_it(
    simulation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.analytics.etl.etl_world import SHOP

    mapping = write(simulation / "truth" / "shop.toml", SHOP)
    with pytest.raises(SystemExit) as stopped:
        main(["ingest", "--mapping", str(mapping), "--workspace", str(simulation.parent)])
    assert stopped.value.code == 3
    said = capsys.readouterr()
    assert SENTENCE.format(mapping.parent) in " ".join((said.out + said.err).split())


def test_a_folder_called_truth_without_a_simulation_beside_it_lands(tmp_path: Path) -> None:
    write(tmp_path / "truth" / "orders.csv", ROWS)
    assert land(tmp_path, shop(), tmp_path / "truth").report.accepted == 2
