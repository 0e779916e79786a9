"""Every shipped mapping lands the real set that it is for, with the counts that are known."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analytics.errors import ContractFailed
from analytics.etl.ingest import IngestRequest, IngestResult, ingest
from analytics.etl.mappings.mapping_file import load_mapping

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real data sets are not here")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def land(workspace: Path, name: str, folder: str) -> IngestResult:
    mapping = load_mapping(name)
    share = 0.2 if mapping.max_reject_share is None else mapping.max_reject_share
    request = IngestRequest(mapping, (str(DATA / folder),), workspace, NOW, max_reject_share=share)
    result = ingest(request)
    report = result.report
    assert report.accepted + report.rejected + report.merged == report.read
    assert sum(result.report.rules.values()) == result.report.rejected
    return result


def query(result: IngestResult, sql: str) -> list[Any]:
    assert result.landed is not None
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for table in ("events", "customers"):
            path = result.landed.folder / f"{table}.parquet"
            connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('{path}')")
        return list(connection.execute(sql).fetchone() or ())


def test_cdnow_master_lands_whole(tmp_path: Path) -> None:
    result = land(tmp_path, "cdnow_master", "cdnow")
    report = result.report
    assert (report.read, report.rejected, report.events, report.customers) == (
        69_659, 0, 69_659, 23_570,
    )  # fmt: skip
    assert report.duplicates == 0  # equal rows are genuine purchases
    spent = "SELECT round(sum(value), 2), count(*) FILTER (value = 0) FROM events"
    assert query(result, spent) == [2_500_315.63, 80]


def test_cdnow_sample_lands_under_the_ids_of_the_whole_set(tmp_path: Path) -> None:
    report = land(tmp_path, "cdnow_sample", "cdnow").report
    assert (report.read, report.events, report.customers) == (6_919, 6_919, 2_357)


def test_online_retail_lands_invoices_with_returns_as_friction(tmp_path: Path) -> None:
    result = land(tmp_path, "online_retail", "online_retail")
    report = result.report
    assert (report.read, report.rules["customer_id_present"]) == (541_909, 135_080)
    assert report.rules["price_positive"] == 40
    assert set(report.event_types) == {"order", "return"}
    assert report.event_types["order"] == 18_532
    assert report.events == report.accepted == report.read - report.merged - report.rejected
    spent = "SELECT round(sum(value), 2), min(value) > 0 FROM events WHERE event_type = 'order'"
    assert query(result, spent) == [8_911_407.90, True]
    assert query(result, "SELECT count(*) FILTER (region = '') FROM customers") == [0]


def test_oulad_lands_enrolments_with_dated_withdrawals(tmp_path: Path) -> None:
    result = land(tmp_path, "oulad", "oulad")
    report = result.report
    assert report.customers == 32_593
    assert report.event_types["submission"] == 173_912 - 1_909  # without banked results
    assert report.event_types["low_score"] == 7_516
    assert report.event_types["missed_deadline"] > 50_000
    left = "SELECT count(ended_at), count(*) FILTER (end_reason = 'withdrawn') FROM customers"
    assert query(result, left) == [10_072, 10_072]
    one = "SELECT ended_at::DATE::VARCHAR FROM customers WHERE customer_id = 'AAA-2013J-30268'"
    assert query(result, one) == ["2013-10-13"]  # day 12 of a presentation begun on 1 October
    late = """
        SELECT count(*) FROM events JOIN customers USING (customer_id)
        WHERE event_type = 'missed_deadline' AND occurred_at >= ended_at
    """
    assert query(result, late) == [0]


def test_ravenstack_lands_its_five_tables(tmp_path: Path) -> None:
    result = land(tmp_path, "ravenstack", "ravenstack")
    report = result.report
    assert report.customers == 500
    assert report.event_types["feature_use"] == 25_000  # ids that two accounts share are two uses
    assert report.event_types["error"] == 14_107
    assert report.event_types["complaint"] == 95
    assert report.event_types["ticket_opened"] == 1_905
    assert report.event_types["survey_response"] == 1_175
    known = "SELECT count(monthly_revenue), count(plan), count(name) FROM customers"
    assert query(result, known) == [500, 500, 500]


@pytest.mark.parametrize("name", ["cdnow_master", "online_retail", "ravenstack", "oulad"])
def test_telco_is_refused_as_a_snapshot(tmp_path: Path, name: str) -> None:
    source = str(DATA / "telco" / "telco.csv")
    with pytest.raises(ContractFailed, match="snapshot") as caught:
        ingest(IngestRequest(load_mapping(name), (source,), tmp_path, NOW))
    assert caught.value.rule == "event_times"
