"""Snapshot files are read whatever their kind, and joined one customer to one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analytics.errors import BadInput, ContractFailed
from analytics.modelling.one_table.file import read_snapshot, read_snapshots


def csv(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_columns_is_found(tmp_path: Path, mark: str) -> None:
    path = csv(tmp_path / "a.csv", "\ufeffid,name,left\n1,Ann,Yes\n2,Bob,No\n".replace(",", mark))
    assert read_snapshot(path).rows.to_dict("list") == {
        "id": ["1", "2"], "name": ["Ann", "Bob"], "left": ["Yes", "No"],
    }  # fmt: skip


def test_parquet_is_read_with_its_kinds(tmp_path: Path) -> None:
    pd.DataFrame({"id": [1, 2], "left": [True, False]}).to_parquet(tmp_path / "a.parquet")
    assert read_snapshot(tmp_path / "a.parquet").rows["left"].tolist() == [True, False]


def test_unreadable_rows_are_counted_and_a_file_of_them_is_refused(tmp_path: Path) -> None:
    good = "".join(f"{one},x\n" for one in range(20))
    found = read_snapshot(csv(tmp_path / "a.csv", f"id,b\n{good}1,2,3\n"))
    assert len(found.rows) == 20
    assert found.notes == ("a.csv: 1 of 21 rows could not be read and is left out.",)
    with pytest.raises(BadInput, match="Got 1 of 2"):
        read_snapshot(csv(tmp_path / "b.csv", "id,b\n1,2\n1,2,3\n"))


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.csv", b"", "file_not_empty"),
        ("a.csv", b"id,left\n", "rows_present"),
        ("a.csv", b"\x00\x01garbage", "header_present"),
        ("a.xlsx", b"PK\x03\x04none", "format_as_declared"),
        ("a.parquet", b"PAR1none", "format_as_declared"),
        ("a.docx", b"words", "format_known"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_one_sentence(
    tmp_path: Path, name: str, content: bytes, rule: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match="Got") as caught:
        read_snapshot(tmp_path / name)
    assert caught.value.rule == rule


def test_a_missing_file_is_named() -> None:
    with pytest.raises(BadInput, match="must be a file"):
        read_snapshot(Path("no/such.csv"))


def test_two_files_meet_on_the_column_that_names_each_customer_once(tmp_path: Path) -> None:
    left = csv(tmp_path / "a.csv", "id,count,region\n1,1,N\n2,1,S\n3,1,N\n")
    pd.DataFrame(
        {"region": ["S", "N", "E"], "id": [2.0, 1.0, 9.0], "count": ["1", "1", "1"]}
    ).to_parquet(tmp_path / "b.parquet")
    found = read_snapshots([left, tmp_path / "b.parquet"])
    assert found.keys == ("id",)
    assert found.rows["id"].tolist() == ["1", "2"]
    assert "2 customers in both, 1 only in the first and 1 only in the second" in found.notes[0]
    assert [one for one in found.rows if "count" in one] == ["count"]


def test_a_shared_column_that_differs_is_kept_twice(tmp_path: Path) -> None:
    one = csv(tmp_path / "a.csv", "id,score\n1,5\n2,5\n")
    two = csv(tmp_path / "b.csv", "id,score\n1,5\n2,7\n")
    assert list(read_snapshots([one, two]).rows) == ["id", "score", "score (b.csv)"]


def test_files_that_cannot_meet_are_refused(tmp_path: Path) -> None:
    one = csv(tmp_path / "a.csv", "id,x\n1,5\n2,5\n")
    repeated = csv(tmp_path / "b.csv", "id,y\n1,5\n1,7\n")
    strangers = csv(tmp_path / "c.csv", "id,z\n7,5\n8,7\n")
    other = csv(tmp_path / "d.csv", "key,z\n7,5\n8,7\n")
    with pytest.raises(ContractFailed, match="id with 1 repeated or missing") as caught:
        read_snapshots([one, repeated])
    assert caught.value.rule == "key_unique"
    with pytest.raises(ContractFailed, match="no shared column"):
        read_snapshots([one, other])
    with pytest.raises(
        ContractFailed, match=r"about the same customers\. Got 0 of 2 and 2"
    ) as alien:
        read_snapshots([one, strangers])
    assert alien.value.rule == "keys_match"
