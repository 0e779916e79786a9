"""An ingest says what it takes the place of, and does not let much go without being told to."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from analytics.cli.commands.demo_commands import _land_simulated
from analytics.cli.main import main
from analytics.errors import ContractFailed
from analytics.etl.landing.landed import current_landing
from analytics.settings import Settings
from tests.analytics.etl import etl_world
from tests.analytics.etl.etl_world import HEADER, SHOP, mapping_of, shop, write

land = partial(etl_world.land, replace=False)
land_text = partial(etl_world.land_text, replace=False)
PEOPLE = """
[[source]]
name = "people"
to = "customers"
path = "people.csv"
format = "csv"
optional = true
[source.columns]
customer_id = "who"
"""


def log(events: int, customers: int, days: int) -> str:
    return HEADER + "".join(
        f"{n},c{n % customers},{date(2024, 1, 1) + timedelta(n % days)},1\n" for n in range(events)
    )


LARGE = log(100, 20, 40)


@pytest.mark.parametrize(
    ("content", "losses"),
    [
        (log(40, 20, 40), ["40 events for 100"]),
        (log(100, 9, 40), ["9 customers for 20"]),
        (log(100, 20, 19), ["19 days for 40"]),
        (log(3, 3, 3), ["3 events for 100", "3 customers for 20", "3 days for 40"]),
        (log(50, 20, 40), []),
        (log(300, 50, 50), []),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True], ids=["for good", "dry run"])
def test_much_less_than_what_has_landed_stops_unless_told(
    tmp_path: Path, content: str, losses: list[str], dry_run: bool
) -> None:
    land_text(tmp_path, LARGE)
    if losses:
        with pytest.raises(ContractFailed, match="use --replace, or --append") as caught:
            land_text(tmp_path, content, dry_run=dry_run)
        assert (caught.value.rule, caught.value.exit_code) == ("replaces_less", 4)
        assert caught.value.got == ", ".join(losses)
        assert "100 events of 20 customers (2024-01-01 to 2024-02-09" in caught.value.message
        assert current_landing(tmp_path / "data").report.events == 100
    told = land_text(tmp_path, content, replace=True, dry_run=dry_run).replaces
    assert told is not None
    assert (told.former.events, list(told.losses)) == (100, losses)


def test_a_source_that_gives_nothing_any_more_stops(tmp_path: Path) -> None:
    mapping = mapping_of(SHOP + PEOPLE)
    write(tmp_path / "in" / "orders.csv", LARGE)
    people = write(tmp_path / "in" / "people.csv", "who\nz\n")
    land(tmp_path, mapping, tmp_path / "in")
    people.unlink()
    with pytest.raises(ContractFailed, match="no rows of source people"):
        land(tmp_path, mapping, tmp_path / "in")
    assert land(tmp_path, mapping, tmp_path / "in", replace=True).report.events == 100


def test_adding_replaces_nothing_and_so_does_the_first_landing(tmp_path: Path) -> None:
    assert land_text(tmp_path, LARGE).replaces is None
    assert land_text(tmp_path, log(3, 3, 3), append=True).replaces is None


def test_made_up_data_go_without_asking_but_real_ones_do_not_go_for_made_up_ones(
    tmp_path: Path,
) -> None:
    simulated = mapping_of("simulated = true\n" + SHOP)
    land_text(tmp_path, LARGE, simulated)
    assert land_text(tmp_path, log(3, 3, 3)).replaces is not None
    with pytest.raises(ContractFailed, match="simulated data for real ones"):
        land_text(tmp_path, LARGE, simulated)


def test_a_demo_does_not_take_the_place_of_real_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    land_text(tmp_path, LARGE)
    options: dict[str, Any] = {"customers": 20, "seed": 1, "now": datetime(2026, 3, 1, tzinfo=UTC)}
    settings = Settings.load(workspace=tmp_path)
    with pytest.raises(ContractFailed, match="simulated data for real ones"):
        _land_simulated(settings, replace=False, **options)
    _land_simulated(settings, replace=True, **options)
    assert "Replaces 100 events of 20 customers" in capsys.readouterr().err


def test_the_command_says_what_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "shop.toml", SHOP)

    def call(content: str, *more: str) -> tuple[object, str]:
        write(tmp_path / "orders.csv", content)
        with pytest.raises(SystemExit) as stopped:
            main(["ingest", "--mapping", "shop.toml", "orders.csv", *more])
        return stopped.value.code, capsys.readouterr().out

    assert json.loads(call(LARGE, "--json")[1])["replaces"] is None
    code, out = call(log(3, 3, 3), "--json")
    assert (code, json.loads(out)["error"]["rule"]) == (4, "replaces_less")
    code, out = call(log(3, 3, 3), "--replace", "--json")
    assert (code, json.loads(out)["replaces"]["events"]) == (0, 100)
    code, out = call(LARGE)
    assert (code, "Replaces 3 events of 3 customers" in out) == (0, True)


def test_a_damaged_landing_may_be_replaced(tmp_path: Path) -> None:
    result = land_text(tmp_path, LARGE)
    assert result.landed is not None
    (result.landed.folder / "landing.json").write_text("{}", "utf-8")
    assert land_text(tmp_path, log(3, 3, 3), shop()).replaces is None
