"""Ids stay as they are written; those that lost digits on the way are refused or told of."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.analytics.etl.etl_world import (
    HEADER,
    SHOP,
    land,
    land_text,
    mapping_of,
    rejects,
    rows,
    write,
)

LINES = mapping_of(SHOP.replace('"csv"', '"json_lines"').replace("orders*.csv", "orders*.jsonl"))
PARQUET = mapping_of(SHOP.replace('"csv"', '"parquet"').replace("orders*.csv", "orders*.parquet"))


@pytest.mark.parametrize("same", ["1.23457E+16", "1,23457E+16", "1.2345678901234568e+16"])
def test_ids_that_a_spreadsheet_rounded_land_and_are_told(tmp_path: Path, same: str) -> None:
    content = HEADER + "".join(f'{n},"{same}",2024-01-0{n},1\n' for n in (1, 2))
    result = land_text(tmp_path, content)
    assert result.landed is not None
    assert rows(result.landed.customers, "customer_id") == [(same,)]
    assert result.report.warnings == (
        f"Ids such as {same} are long numbers that a spreadsheet has rounded: 1 customer, each of "
        "which may stand for several. Export the ids as text and ingest again.",
    )


def test_long_numbers_that_all_end_in_zeros_are_told(tmp_path: Path) -> None:
    rounded = "".join(f"{n},1234567890123{n}500,2024-01-01,1\n" for n in range(4))
    told = land_text(tmp_path / "a", HEADER + rounded.replace("500,", "5000,")).report.warnings
    assert "end in zeros from the 16th digit on" in told[0]
    whole = "".join(f"{n},1234567890123456{n},2024-01-01,1\n" for n in range(4))
    assert land_text(tmp_path / "b", HEADER + whole).report.warnings == ()


@pytest.mark.parametrize("name", ["1E5", "12E4", "abc-1.5E+3", "E+16", "2E+7", "00042", "42.0"])
def test_ids_that_only_look_a_little_like_it_are_not_told(tmp_path: Path, name: str) -> None:
    result = land_text(tmp_path, HEADER + f"1,{name},2024-01-01,1\n")
    assert result.landed is not None
    assert rows(result.landed.customers, "customer_id") == [(name,)]
    assert result.report.warnings == ()


def test_rounded_event_ids_are_told_too(tmp_path: Path) -> None:
    content = HEADER + "1.23457E+16,a,2024-01-01,1\n1.23457E+16,a,2024-01-02,2\n"
    warnings = land_text(tmp_path, content).report.warnings
    assert any("a spreadsheet has rounded: 1 event," in one for one in warnings)


@pytest.mark.parametrize("digits", [16, 17, 19, 20, 23, 40])
def test_long_numbers_of_json_are_kept_whole(tmp_path: Path, digits: int) -> None:
    first = int("9" * digits) - 1
    body = "".join(
        f'{{"id": {first + n}, "customer": {first + n}, "at": "2024-01-01", "amount": 1.5}}\n'
        for n in (0, 1)
    )
    result = land(tmp_path, LINES, write(tmp_path / "in" / "orders.jsonl", body))
    assert result.landed is not None
    expected = [(str(first),), (str(first + 1),)]
    assert rows(result.landed.customers, "customer_id") == expected
    assert rows(result.landed.events, "event_id") == expected


def test_whole_floats_of_json_keep_their_digits_and_rounded_ones_are_refused(
    tmp_path: Path,
) -> None:
    body = "".join(
        f'{{"id": {n}, "customer": {one}, "at": "2024-01-01", "amount": 1}}\n'
        for n, one in enumerate(
            ["12345678901234567.0", "12345678901234568.0", "1.23457E+16", "7.0"]
        )
    )
    result = land(tmp_path, LINES, write(tmp_path / "in" / "orders.jsonl", body))
    assert result.landed is not None
    assert [one for (one,) in rows(result.landed.customers, "customer_id")] == [
        "12345678901234567", "12345678901234568", "7",
    ]  # fmt: skip
    assert rejects(result) == [(3, "id_whole")]


def test_floating_point_ids_that_lost_digits_are_refused(tmp_path: Path) -> None:
    table = pa.table({
        "id": [1.0, 2.0, 1e17, 4.0],
        "customer": [12345678901234567.0, 7.0, 8.0, None],
        "at": ["2024-01-01"] * 4,
        "amount": [1.0, 2.0, 3.0, 4.0],
    })  # fmt: skip
    (tmp_path / "in").mkdir()
    pq.write_table(table, tmp_path / "in" / "orders.parquet")
    result = land(tmp_path, PARQUET, tmp_path / "in" / "orders.parquet")
    assert rejects(result) == [(1, "id_whole"), (3, "id_whole"), (4, "customer_id_present")]
    assert result.rejects is not None
    reason = rows(result.rejects / "rejects.parquet", "reason")[0][0]
    assert "Store it as text." in reason


def test_whole_numbers_of_parquet_are_kept_whole(tmp_path: Path) -> None:
    given_ids = [12345678901234567, 12345678901234568]
    table = pa.table({
        "id": given_ids, "customer": given_ids, "at": ["2024-01-01"] * 2, "amount": [1.0, 2.0],
    })  # fmt: skip
    (tmp_path / "in").mkdir()
    pq.write_table(table, tmp_path / "in" / "orders.parquet")
    result = land(tmp_path, PARQUET, tmp_path / "in" / "orders.parquet")
    assert result.landed is not None
    assert rows(result.landed.customers, "customer_id") == [(str(one),) for one in given_ids]
