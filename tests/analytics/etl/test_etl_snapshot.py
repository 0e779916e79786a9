"""A table that tells no times is refused with the reason, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.errors import BadInput, ContractFailed, UsageError
from analytics.etl.mappings.mapping_file import SHIPPED_MAPPINGS, load_mapping
from analytics.etl.snapshot import is_snapshot, no_mapping_refused
from tests.analytics.etl.etl_world import land, mapping_of, shop, write

SNAPSHOT = "customerID,tenure,MonthlyCharges,Churn\n7590-VHVEG,1,29.85,No\n5575-GNVDE,34,56.95,No\n"


@pytest.mark.parametrize("name", [one for one in SHIPPED_MAPPINGS if one != "simulated"])
def test_a_snapshot_is_refused_whatever_the_mapping(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "telco.csv", SNAPSHOT)
    with pytest.raises(ContractFailed, match="snapshot with one row a customer") as caught:
        land(tmp_path, load_mapping(name), path, max_reject_share=0.2)
    assert (caught.value.rule, caught.value.exit_code) == ("event_times", 4)


def test_a_mapping_of_ones_own_gets_the_same_reason(tmp_path: Path) -> None:
    path = write(tmp_path / "telco.csv", SNAPSHOT)
    with pytest.raises(ContractFailed, match="Events need a time"):
        land(tmp_path, shop(), path)


def test_without_a_mapping_a_snapshot_is_recognised_and_a_log_is_asked_for_one(
    tmp_path: Path,
) -> None:
    telco = write(tmp_path / "telco.csv", SNAPSHOT)
    log = write(tmp_path / "log.csv", "who,when\na,2024-01-01\n")
    assert isinstance(no_mapping_refused([str(telco)]), ContractFailed)
    asked = no_mapping_refused([str(log)])
    assert isinstance(asked, UsageError)
    assert "with the columns who, when" in asked.message
    assert isinstance(no_mapping_refused([]), UsageError)
    assert isinstance(no_mapping_refused([str(tmp_path / "none.csv")]), BadInput)


@pytest.mark.parametrize(
    "time",
    ["2024-01-31", "2024-01-31T10:00:00Z", "31.01.2024", "1/31/24 10:00", "20240131", "1706659200",
     "1706659200000", "31 Jan 2024", "31-Jan-24"],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_with_any_times_is_no_snapshot(tmp_path: Path, time: str, delimiter: str) -> None:
    text = "".join(delimiter.join(row) + "\n" for row in [("who", "at"), ("a", time), ("b", "")])
    assert not is_snapshot(write(tmp_path / "log.csv", text))


@pytest.mark.parametrize("content", [b"", b"one column\nx\n", b"\xff\xfe\x00", b"PK\x03\x04"])
def test_what_cannot_be_looked_into_is_no_snapshot(tmp_path: Path, content: bytes) -> None:
    assert not is_snapshot(write(tmp_path / "a.csv", content))


def test_a_typing_error_in_a_mapping_of_a_log_is_not_taken_for_a_snapshot(tmp_path: Path) -> None:
    path = write(tmp_path / "orders.csv", "id,customer,day,amount\n1,a,2024-01-01,1\n")
    with pytest.raises(ContractFailed, match="must have the column 'at'"):
        land(tmp_path, shop(), path)


def test_a_snapshot_of_customers_beside_a_log_lands(tmp_path: Path) -> None:
    text = """
[[source]]
name = "people"
to = "customers"
path = "telco.csv"
format = "csv"
columns = { customer_id = "customerID" }
[[source]]
name = "log"
to = "events"
path = "log.csv"
format = "csv"
columns = { customer_id = "who", occurred_at = "at", event_type = { constant = "session" } }
"""
    write(tmp_path / "in" / "telco.csv", SNAPSHOT)
    write(tmp_path / "in" / "log.csv", "who,at\n7590-VHVEG,2024-01-01\n")
    report = land(tmp_path, mapping_of(text), tmp_path / "in").report
    assert (report.customers, report.events) == (2, 1)
