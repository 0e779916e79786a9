"""Small inputs that people bring: each comes to what its ``expected.txt`` says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from case_records import PROVED_BY_A_RUN, RECORDS

from analytics.errors import SilentChurnError
from analytics.etl.ingest import IngestRequest, IngestResult, ingest
from analytics.etl.mappings.mapping_file import parse_mapping

CASES = Path(__file__).parents[2].parent / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
NO_DATA = {"mapping.toml", "expected.txt"}


def test_every_case_has_a_record_or_a_test_that_runs_it() -> None:
    there = {one.parent.name for one in CASES.glob("*/expected.txt")}
    assert there == RECORDS.keys() | set(PROVED_BY_A_RUN)
    assert not RECORDS.keys() & set(PROVED_BY_A_RUN)


def test_every_case_that_needs_a_run_has_a_test_named_after_it() -> None:
    tests = (Path(__file__).parent / "test_cases_run.py").read_text("utf-8")
    assert [one for one in PROVED_BY_A_RUN if f"def test_{one}" not in tests] == []


@pytest.mark.parametrize("name", [name for name in RECORDS if not RECORDS[name].error])
def test_a_case_lands_as_expected(name: str, tmp_path: Path) -> None:
    record = RECORDS[name]
    result = land(name, tmp_path, max_reject_share=1.0)
    report = result.report
    assert report.accepted + report.rejected + report.merged == report.read
    assert report.merged == record.merged
    assert [words for words in record.says if words not in " ".join(report.warnings)] == []
    refused = [one for one in rejects(result) if one[0] not in record.either]
    assert sorted(refused) == sorted(record.refused)
    landed = events(result)
    open_rows = [one for one in landed if one not in record.landed]
    assert len(open_rows) <= len(record.either)
    assert sorted(record.landed, key=str) == [one for one in landed if one not in open_rows]
    if record.regions:
        assert tuple(customers(result, "region")) == record.regions
    if record.paying:
        assert tuple(customers(result, "plan, monthly_revenue")) == record.paying
    if record.kinds:
        assert tuple(sorted(report.event_types.items())) == record.kinds


@pytest.mark.parametrize("name", [name for name in RECORDS if RECORDS[name].error])
@pytest.mark.parametrize("dry_run", [False, True], ids=["landing", "dry run"])
def test_a_case_that_cannot_land_is_one_sentence_with_the_way_out(
    name: str, dry_run: bool, tmp_path: Path
) -> None:
    record = RECORDS[name]
    with pytest.raises(SilentChurnError) as caught:
        land(name, tmp_path, dry_run=dry_run)
    assert caught.value.rule == record.error
    assert record.exit_code in (0, caught.value.exit_code)
    assert caught.value.message.count("\n") == 0
    missing = [words for words in record.says if words not in caught.value.message]
    assert not missing, caught.value.message


def land(name: str, workspace: Path, **options: Any) -> IngestResult:
    folder = CASES / name
    text = (folder / "mapping.toml").read_text("utf-8")
    for before, after in RECORDS[name].set_to:
        assert before in text
        text = text.replace(before, after)
    files = sorted(str(one) for one in folder.iterdir() if one.name not in NO_DATA)
    mapping = parse_mapping(text, name="mapping")
    request = IngestRequest(mapping, tuple(files), workspace, NOW, memory_limit_mb=512, **options)
    return ingest(request)


def events(result: IngestResult) -> list[tuple[str, str, float | None]]:
    """Return what landed: customer, time in UTC and value."""
    assert result.landed is not None
    columns = "customer_id, strftime(occurred_at, '%Y-%m-%d %H:%M'), value"
    return sorted(query(result.landed.events, columns), key=str)


def customers(result: IngestResult, columns: str) -> list[tuple[Any, ...]]:
    """Return these columns of every customer, after the id."""
    assert result.landed is not None
    return sorted(query(result.landed.customers, f"customer_id, {columns}"))


def rejects(result: IngestResult) -> list[tuple[int, str]]:
    assert result.rejects is not None
    return query(result.rejects / "rejects.parquet", "line, rule")


def query(path: Path, columns: str) -> list[Any]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.sql(f"SELECT {columns} FROM read_parquet('{path}')").fetchall()
