"""An ingest lands everything it accepts, keeps what it refuses, and is all or nothing."""

from __future__ import annotations

import csv
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from analytics.domain.event_log.contract import CUSTOMERS, EVENTS, ColumnType
from analytics.errors import BadInput, ContractFailed, EnvironmentFault, Locked
from analytics.etl import ingest as ingesting
from analytics.etl.landing.landed import Landed, LandingReport, current_landing
from analytics.etl.rows.rejects import REJECT_COLUMNS
from tests.analytics.etl.etl_world import (
    HEADER,
    NOW,
    SHOP,
    land,
    land_text,
    mapping_of,
    rejects,
    rows,
    shop,
    write,
)

GOOD = HEADER + "1,a,2024-01-05 10:00,5\n2,b,2024-01-04,7\n3,a,2024-01-01,1.5\n"


def test_accepted_rows_land_sorted_by_customer_and_time(tmp_path: Path) -> None:
    result = land_text(tmp_path, GOOD)
    assert result.landed is not None
    assert rows(result.landed.events, "customer_id, event_id, value, event_type") == [
        ("a", "3", 1.5, "order"), ("a", "1", 5.0, "order"), ("b", "2", 7.0, "order"),
    ]  # fmt: skip
    report = result.report
    assert (report.read, report.accepted, report.rejected, report.duplicates) == (3, 3, 0, 0)
    assert (report.first_event_at, report.last_event_at) == (
        "2024-01-01T00:00:00+00:00", "2024-01-05T10:00:00+00:00",
    )  # fmt: skip
    assert current_landing(tmp_path / "data") == result.landed


@pytest.mark.parametrize("contract", [CUSTOMERS, EVENTS], ids=["customers", "events"])
def test_landed_columns_are_those_of_the_contract(tmp_path: Path, contract: object) -> None:
    assert contract in (CUSTOMERS, EVENTS)
    table = CUSTOMERS if contract is CUSTOMERS else EVENTS
    result = land_text(tmp_path, GOOD)
    assert result.landed is not None
    schema = pq.read_schema(result.landed.folder / f"{table.name}.parquet")
    kinds = {
        ColumnType.TEXT: "string",
        ColumnType.NUMBER: "double",
        ColumnType.TIME: "timestamp[us, tz=UTC]",
    }
    assert [(one.name, str(one.type)) for one in schema] == [
        (one.name, kinds[one.type]) for one in table.columns
    ]


def test_a_purchase_log_is_enough_to_know_the_customers(tmp_path: Path) -> None:
    result = land_text(tmp_path, GOOD)
    assert result.landed is not None
    assert rows(result.landed.customers, "customer_id, signed_up_at") == [
        ("a", datetime(2024, 1, 1, tzinfo=UTC)), ("b", datetime(2024, 1, 4, tzinfo=UTC)),
    ]  # fmt: skip


def test_a_row_without_customer_is_kept_among_the_rejects(tmp_path: Path) -> None:
    result = land_text(tmp_path, HEADER + "1,a,2024-01-05,5\n2, ,2024-01-04,seven\n")
    assert result.rejects is not None
    stored = rows(result.rejects / "rejects.parquet")
    assert stored == [
        (
            "orders/orders.csv",
            3,
            "2, ,2024-01-04,seven",
            "customer_id",
            "customer_id_present",
            "customer_id must be filled. Got nothing. "
            "value must be a number as the mapping declares it. Got 'seven'.",
        )
    ]
    with (result.rejects / "rejects.csv").open(newline="") as file:
        header, row = csv.reader(file)
    assert tuple(header) == REJECT_COLUMNS
    assert row == [str(one) for one in stored[0]]
    assert result.report.rules == {"customer_id_present": 1}


@pytest.mark.parametrize(
    ("at", "rule"),
    [
        ("soon", "time_readable"),
        ("2024-02-30", "time_readable"),
        ("", "occurred_at_present"),
        ("1970-01-01", "time_plausible"),
        ("1989-12-31 23:59:59", "time_plausible"),
        ("1990-01-01", None),
        ("2026-03-02 11:59", None),
        ("2026-03-02 12:01", "time_not_in_future"),
        ("9999-12-31", "time_not_in_future"),
    ],
)
def test_dates_that_cannot_be_are_refused(tmp_path: Path, at: str, rule: str | None) -> None:
    assert NOW + timedelta(days=1) == datetime(2026, 3, 2, 12, tzinfo=UTC)
    result = land_text(tmp_path, f"{GOOD}9,z,{at},1\n")
    assert result.report.rules == ({} if rule is None else {rule: 1})
    assert result.report.accepted == (4 if rule is None else 3)


RECEIVED = SHOP.replace('value = "amount"', 'received_at = "amount"')


@pytest.mark.parametrize(
    ("received", "rule"),
    [
        ("2024-06-01", None),  # late, and kept with the day it came
        ("2024-01-04 12:00", None),
        ("2024-01-03", "received_after_occurred"),
        ("2027-01-01", "time_not_in_future"),
    ],
)
def test_late_events_are_kept_and_impossible_receipts_refused(
    tmp_path: Path, received: str, rule: str | None
) -> None:
    content = HEADER + f"1,a,2024-01-05,2024-01-05\n2,a,2024-01-05,{received}\n"
    result = land_text(tmp_path, content, mapping_of(RECEIVED))
    assert result.report.rules == ({} if rule is None else {rule: 1})


def test_receipt_is_the_event_itself_where_it_is_not_told(tmp_path: Path) -> None:
    result = land_text(tmp_path, GOOD)
    assert result.landed is not None
    same = rows(result.landed.events, "received_at = occurred_at AND event_id IS NOT NULL")
    assert same == [(True,)] * 3


def test_events_of_one_id_are_one_and_counted(tmp_path: Path) -> None:
    result = land_text(tmp_path, GOOD + "1,a,2024-01-05 10:00,5\n1,a,2024-01-05 10:00,6\n")
    report = result.report
    assert (report.read, report.accepted, report.duplicates, report.events) == (5, 5, 2, 3)
    assert report.rejected == 0


WITHOUT_ID = SHOP.replace('event_id = "id"\n', "")
REPEATED = "customer,at,amount,till\na,2024-01-01,5,1\na,2024-01-01,5,1\na,2024-01-01,5,2\n"


def test_without_ids_only_rows_equal_in_everything_are_one(tmp_path: Path) -> None:
    report = land_text(tmp_path, REPEATED, mapping_of(WITHOUT_ID)).report
    assert (report.accepted, report.duplicates, report.events) == (3, 1, 2)


def test_equal_rows_of_a_log_can_be_declared_genuine(tmp_path: Path) -> None:
    kept = WITHOUT_ID.replace('"csv"', '"csv"\nduplicates = "keep"')
    report = land_text(tmp_path, REPEATED, mapping_of(kept)).report
    assert (report.duplicates, report.events) == (0, 3)
    again = land(tmp_path, mapping_of(kept), tmp_path / "in" / "orders.csv", append=True).report
    assert (again.duplicates, again.events) == (3, 3)


def test_lines_of_one_event_can_be_added_up(tmp_path: Path) -> None:
    added = SHOP.replace('"csv"', '"csv"\nduplicates = "add"')
    content = HEADER + "1,a,2024-01-05 11:00,5\n1,a,2024-01-05 10:00,2.5\n2,a,2024-01-06,1\n"
    result = land_text(tmp_path, content, mapping_of(added))
    assert result.landed is not None
    assert rows(result.landed.events, "event_id, hour(occurred_at), value") == [
        ("1", 10, 7.5), ("2", 0, 1.0),
    ]  # fmt: skip
    report = result.report
    assert (report.read, report.accepted, report.merged, report.duplicates) == (3, 2, 1, 0)


def test_the_order_of_rows_and_their_repetition_change_nothing(tmp_path: Path) -> None:
    header, *body = GOOD.splitlines()
    one = land_text(tmp_path / "a", GOOD)
    two = land_text(tmp_path / "b", "\n".join([header, *reversed(body), *body]) + "\n")
    assert one.report.tables == two.report.tables
    assert two.report.duplicates == 3


def test_appending_adds_what_is_new_and_takes_the_later_row(tmp_path: Path) -> None:
    land_text(tmp_path, GOOD)
    result = land_text(tmp_path, HEADER + "3,a,2024-01-01,99\n4,c,2024-02-01,2\n", append=True)
    assert result.landed is not None
    report = result.report
    assert (report.read, report.duplicates, report.events, report.customers) == (2, 1, 4, 3)
    assert rows(result.landed.events, "event_id, value")[0] == ("3", 99.0)
    assert any("says something else" in one for one in report.warnings)
    assert rows(result.landed.customers, "customer_id") == [("a",), ("b",), ("c",)]


def test_without_append_the_new_landing_replaces_the_old(tmp_path: Path) -> None:
    land_text(tmp_path, GOOD)
    result = land_text(tmp_path, HEADER + "4,c,2024-02-01,2\n")
    assert current_landing(tmp_path / "data").report.customers == 1
    assert result.report.events == 1


def test_simulated_and_real_data_are_never_mixed(tmp_path: Path) -> None:
    land_text(tmp_path, GOOD)
    with pytest.raises(ContractFailed, match="must not be mixed"):
        land_text(tmp_path, GOOD, mapping_of("simulated = true\n" + SHOP), append=True)


def files_below(folder: Path) -> dict[str, bytes]:
    kept = (one for one in sorted(folder.rglob("*")) if one.is_file() and one.name != ".lock")
    return {str(one.relative_to(folder)): one.read_bytes() for one in kept}


def test_a_dry_run_tells_everything_and_writes_nothing(tmp_path: Path) -> None:
    result = land_text(tmp_path, GOOD + "9,,2024-01-01,1\n", dry_run=True)
    assert (result.report.read, result.report.rejected, result.landed) == (4, 1, None)
    assert [(place, one.line) for place, one in result.sample] == [("orders/orders.csv", 5)]
    assert not (tmp_path / "data").exists()


def test_too_many_rejects_land_nothing_but_stay_to_be_looked_at(tmp_path: Path) -> None:
    before = land_text(tmp_path, GOOD).landed
    bad = GOOD + "8,,2024-01-01,1\n9,,2024-01-01,1\n"
    with pytest.raises(ContractFailed, match=r"At most 30% .* Got 40\.0% \(2 of 5\)") as caught:
        land_text(tmp_path, bad, max_reject_share=0.3)
    assert caught.value.exit_code == 4
    assert current_landing(tmp_path / "data") == before
    kept = tmp_path / "data" / "rejects" / f"{NOW:%Y%m%dT%H%M%SZ}-refused" / "rejects.parquet"
    assert [row[0] for row in rows(kept, "line")] == [5, 6]


def test_a_failure_at_the_last_moment_leaves_the_former_landing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    land_text(tmp_path, GOOD)
    before = files_below(tmp_path / "data" / "landed")

    def fail(*given: object) -> Landed:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ingesting, "land", fail)
    with pytest.raises(OSError, match="No space"):
        land_text(tmp_path, HEADER + "4,c,2024-02-01,2\n")
    assert files_below(tmp_path / "data" / "landed") == before


def test_what_a_killed_ingest_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    left = write(tmp_path / "data" / "landed" / ".staging-dead" / "events.part.parquet", b"half")
    land_text(tmp_path, GOOD)
    assert not left.parent.exists()


def test_a_second_ingest_at_once_is_refused(tmp_path: Path) -> None:
    land_text(tmp_path, GOOD)
    with (
        FileLock(tmp_path / "data" / "landed" / ".lock"),
        pytest.raises(Locked, match="Only one ingest"),
    ):
        land_text(tmp_path, GOOD)


def test_only_the_newest_landings_are_kept(tmp_path: Path) -> None:
    for day in range(5):
        land_text(tmp_path, GOOD, now=NOW + timedelta(days=day))
    landings = sorted(one.name for one in (tmp_path / "data" / "landed").glob("2*"))
    assert [one[:8] for one in landings] == ["20260303", "20260304", "20260305"]


def test_memory_that_does_not_suffice_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="memory_limit_mb must suffice"):
        land_text(tmp_path, GOOD, memory_limit_mb=1)


@pytest.mark.parametrize(
    ("content", "error", "rule"),
    [
        (b"", BadInput, "file_not_empty"),
        (b"\xef\xbb\xbf", BadInput, "file_not_empty"),
        (HEADER.encode(), BadInput, "rows_present"),
        (b"\n\n\n", BadInput, "header_present"),
        (b"id,client,at,amount\n1,a,2024-01-01,1\n", ContractFailed, "columns_present"),
        (b"id,customer,customer,at,amount\n", ContractFailed, "columns_differ"),
        (HEADER.encode() + b"1,,2024-01-01,1\n", ContractFailed, "events_present"),
        (b"\x00\x01\x02", BadInput, "header_present"),
    ],
)
def test_a_source_that_cannot_land_is_one_sentence(
    tmp_path: Path, content: bytes, error: type[Exception], rule: str
) -> None:
    with pytest.raises(error) as caught:
        land_text(tmp_path, content)
    assert caught.value.rule == rule  # type: ignore[attr-defined]
    assert "\n" not in str(caught.value)
    assert not list((tmp_path / "data" / "landed").glob("2*"))


def test_a_missing_column_is_named_with_those_there_and_the_nearest(tmp_path: Path) -> None:
    content = "id,Custmer,at,amount\n1,a,2024-01-01,1\n"
    with pytest.raises(ContractFailed) as caught:
        land_text(tmp_path, content)
    assert caught.value.message == (
        "orders.csv must have the column 'customer'. Got id, Custmer, at, amount. "
        "The nearest is 'Custmer'."
    )


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"SOURCE must be there\. Got .*nowhere"):
        land(tmp_path, shop(), tmp_path / "nowhere.csv")
    write(tmp_path / "in" / "other.txt", "x")
    with pytest.raises(BadInput, match=r"orders must find orders\*\.csv\. Got other\.txt"):
        land(tmp_path, shop(), tmp_path / "in")


def test_all_files_of_a_pattern_land_together(tmp_path: Path) -> None:
    write(tmp_path / "in" / "orders-1.csv", GOOD)
    write(tmp_path / "in" / "orders-2.csv", HEADER + "7,z,2024-01-01,\n8,,2024-01-01,\n")
    result = land(tmp_path, shop(), tmp_path / "in")
    assert result.report.events == 4
    assert rejects(result) == [(3, "customer_id_present")]
    assert list(result.report.sources) == ["orders/orders-1.csv", "orders/orders-2.csv"]


def test_event_types_outside_the_catalogue_are_kept_and_told(tmp_path: Path) -> None:
    mapping = shop(**{'{ constant = "order" }': '"amount"'}, **{'value = "amount"\n': ""})
    result = land_text(tmp_path, HEADER + "1,a,2024-01-01,order\n2,a,2024-01-01,yodel\n", mapping)
    assert result.report.event_types == {"order": 1, "yodel": 1}
    assert (
        "An event type is not in the catalogue: yodel (1). It is kept, but counts for nothing "
        "until mapped to a known type (`silent-churn events list`)." in result.report.warnings
    )


CUSTOMERS_TOO = (
    SHOP
    + """
[[source]]
name = "people"
to = "customers"
path = "people.csv"
format = "csv"
attributes = "rest"
[source.columns]
customer_id = "who"
plan = "plan"
ended_at = "left"
"""
)


def test_customers_keep_their_last_values_and_further_columns(tmp_path: Path) -> None:
    write(tmp_path / "in" / "orders.csv", GOOD)
    people = 'who,plan,left,shoe size\na,basic,,42\na,pro,,\nz,"x ""y""",2024-05-05,"4,5"\n'
    write(tmp_path / "in" / "people.csv", people)
    result = land(tmp_path, mapping_of(CUSTOMERS_TOO), tmp_path / "in")
    assert result.landed is not None
    found = rows(result.landed.customers, "customer_id, plan, ended_at, attributes")
    assert found == [
        ("a", "pro", None, '{"shoe size":"42"}'),
        ("b", None, None, None),
        ("z", 'x "y"', datetime(2024, 5, 5, tzinfo=UTC), '{"shoe size":"4,5"}'),
    ]
    assert "1 customer has no event." in result.report.warnings


def test_rows_of_events_can_tell_of_their_customers(tmp_path: Path) -> None:
    mapping = mapping_of(SHOP + '[source.customer]\nregion = "land"\n')
    content = (
        "id,customer,at,amount,land\n1,a,2024-01-01,,UK\n2,a,2024-01-02,,FR\n3,b,2024-01-01,,\n"
    )
    result = land_text(tmp_path, content, mapping)
    assert result.landed is not None
    assert rows(result.landed.customers, "customer_id, region") == [("a", "FR"), ("b", None)]
    assert result.report.read == 3


TREATED = (
    SHOP
    + """
[[source]]
name = "campaign"
to = "treatments"
path = "campaign.csv"
format = "csv"
[source.columns]
customer_id = "who"
treated_at = "when"
action = "what"
propensity = "chance"
"""
)


def test_treatments_land_once_each(tmp_path: Path) -> None:
    write(tmp_path / "in" / "orders.csv", GOOD)
    body = "a,2024-01-05,call,0.5\na,2024-01-05,call,0.5\nb,2024-01-05,,0.5\n"
    write(tmp_path / "in" / "campaign.csv", f"who,when,what,chance\n{body}")
    result = land(tmp_path, mapping_of(TREATED), tmp_path / "in")
    assert result.landed is not None
    assert result.landed.treatments is not None
    assert rows(result.landed.treatments, "customer_id, action, propensity") == [("a", "call", 0.5)]
    assert result.report.rules == {"action_present": 1}
    assert result.report.duplicates == 1


def test_nothing_landed_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="must have landed before") as caught:
        current_landing(tmp_path / "data")
    assert caught.value.rule == "landed"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_machines_own_time_zone_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    one = land_text(tmp_path / "a", GOOD).report
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        two = land_text(tmp_path / "b", GOOD).report
    finally:
        monkeypatch.undo()
        time.tzset()
    assert one == two


def test_events_of_different_types_may_share_an_id(tmp_path: Path) -> None:
    visits = SHOP.replace('"orders"', '"visits"').replace('"order"', '"session"')
    report = land_text(tmp_path, GOOD, mapping_of(SHOP + visits)).report
    assert (report.duplicates, report.events, report.warnings) == (0, 6, ())


def test_columns_that_nothing_uses_are_told_unless_left_out_on_purpose(tmp_path: Path) -> None:
    content = "id,customer,at,amount,new,known\n1,a,2024-01-01,1,x,y\n"
    mapping = mapping_of(SHOP.replace('"csv"', '"csv"\nignore = ["known", "not there"]'))
    report = land_text(tmp_path, content, mapping).report
    assert report.warnings == ("orders.csv: column not used: new.",)


def test_a_landing_of_an_older_version_asks_to_ingest_again(tmp_path: Path) -> None:

    folder = tmp_path / "landed" / "old"
    folder.mkdir(parents=True)
    (tmp_path / "landed" / "current").write_text("old\n", "utf-8")
    report = LandingReport(
        "old", "m", "s", False, "2026-01-01T00:00:00+00:00", 1, 1, 0, 0, {}, (), {}, "", "", 1, {}
    )
    (folder / "landing.json").write_text(report.to_json(), "utf-8")
    for name in ("customers", "events"):
        pq.write_table(pa.table({"customer_id": ["a"]}), folder / f"{name}.parquet")
    with pytest.raises(BadInput, match="ingest again"):
        current_landing(tmp_path)
