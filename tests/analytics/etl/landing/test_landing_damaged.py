"""A damaged landing is named before a number is made of it, whichever byte of it is wrong."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from analytics.cli.main import main
from analytics.errors import BadInput
from analytics.etl.landing.landed import LandingReport, current_landing
from tests.analytics.etl.etl_world import HEADER, land, land_text, mapping_of
from tests.analytics.etl.test_etl_ingest import TREATED

ROWS = HEADER + "".join(f"{n},c{n % 7},2024-01-{n % 28 + 1:02d} 10:00,{n}.5\n" for n in range(60))
FLIPS = 200


@pytest.fixture
def landed_files(tmp_path: Path) -> list[Path]:
    """Land events, customers and treatments; return all files that make the landing."""
    campaign = tmp_path / "in" / "campaign.csv"
    campaign.parent.mkdir()
    campaign.write_text("who,when,what,chance\nc1,2024-01-05,call,0.5\n", "utf-8")
    (tmp_path / "in" / "orders.csv").write_text(ROWS, "utf-8")
    result = land(tmp_path, mapping_of(TREATED), tmp_path / "in")
    assert result.landed is not None
    folder = result.landed.folder
    return [*sorted(folder.iterdir()), folder.parent / "current"]


def test_every_flipped_bit_of_every_landed_file_is_found(
    tmp_path: Path, landed_files: list[Path]
) -> None:
    assert {one.name for one in landed_files} == {
        "daily_volume.parquet",
        "customers.parquet", "events.parquet", "treatments.parquet", "landing.json", "current",
    }  # fmt: skip
    dice = random.Random(1)
    whole = {one: one.read_bytes() for one in landed_files}
    for turn in range(FLIPS):
        path = landed_files[turn % len(landed_files)]
        bytes_of_file = bytearray(whole[path])
        bytes_of_file[dice.randrange(len(bytes_of_file))] ^= 1 << dice.randrange(8)
        path.write_bytes(bytes_of_file)
        with pytest.raises(BadInput, match="ingest again") as caught:
            current_landing(tmp_path / "data")
        assert (caught.value.rule, caught.value.got) == ("landing_whole", path.name)
        path.write_bytes(whole[path])
    assert current_landing(tmp_path / "data").report.events == 60


@pytest.mark.parametrize("damage", [b"", b"garbage", b"[]", b"7", b"\xff\xfe", b"{}", b"{" * 9999])
def test_a_file_that_is_something_else_is_found(
    tmp_path: Path, landed_files: list[Path], damage: bytes
) -> None:
    for path in landed_files:
        whole = path.read_bytes()
        path.write_bytes(damage)
        with pytest.raises(BadInput, match="ingest again"):
            current_landing(tmp_path / "data")
        path.write_bytes(whole)


def test_a_table_that_is_cut_short_missing_or_of_another_landing_is_found(
    tmp_path: Path, landed_files: list[Path]
) -> None:
    for path in landed_files[:-1]:
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(BadInput, match="ingest again"):
            current_landing(tmp_path / "data")
        path.unlink()
        with pytest.raises(BadInput, match="ingest again"):
            current_landing(tmp_path / "data")
        path.write_bytes(whole)


def test_a_report_that_was_edited_by_hand_is_not_believed(landed_files: list[Path]) -> None:
    text = next(one for one in landed_files if one.name == "landing.json").read_text("utf-8")
    assert LandingReport.from_json(text).events == 60
    with pytest.raises(ValueError, match="checksum"):
        LandingReport.from_json(text.replace('"events": 60', '"events": 61'))


@pytest.mark.parametrize("command", [["run"], ["backtest"], ["features", "build", "--out", "x"]])
def test_every_command_that_reads_a_landing_says_which_file_is_damaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    result = land_text(tmp_path, ROWS)
    assert result.landed is not None
    with result.landed.events.open("r+b") as file:
        file.seek(40)
        file.write(b"\x00\x01\x02")
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--workspace", str(tmp_path), "--json"])
    error = json.loads(capsys.readouterr().out)["error"]
    assert (stopped.value.code, error["rule"], error["got"]) == (
        3,
        "landing_whole",
        "events.parquet",
    )


def test_a_damaged_landing_does_not_keep_one_from_ingesting_again(
    tmp_path: Path, landed_files: list[Path]
) -> None:
    for path in landed_files:
        path.write_bytes(b"damaged")
    land(tmp_path, mapping_of(TREATED), tmp_path / "in")
    assert current_landing(tmp_path / "data").report.events == 60
