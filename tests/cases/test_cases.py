"""Small inputs that people bring: each comes to what its ``expected.txt`` says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from case_records import PROVED_ELSEWHERE, RECORDS

from analytics.errors import SilentChurnError
from analytics.etl.ingest import IngestRequest, IngestResult, ingest
from analytics.etl.mapping_file import parse_mapping

CASES = Path(__file__).parents[2].parent / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
NO_DATA = {"mapping.toml", "expected.txt"}


def test_every_case_has_a_record_or_is_proved_elsewhere() -> None:
    there = {one.parent.name for one in CASES.glob("*/expected.txt")}
    assert there == RECORDS.keys() | PROVED_ELSEWHERE.keys()
    assert not RECORDS.keys() & PROVED_ELSEWHERE.keys()


@pytest.mark.parametrize("name", [name for name in RECORDS if not RECORDS[name].error])
def test_a_case_lands_as_expected(name: str, tmp_path: Path) -> None:
    record = RECORDS[name]
    result = land(name, tmp_path, max_reject_share=1.0)
    report = result.report
    assert report.accepted + report.rejected == report.read
    refused = [one for one in rejects(result) if one[0] not in record.either]
    assert sorted(refused) == sorted(record.refused)
    if record.landed is None:
        return
    landed = events(result)
    open_rows = [one for one in landed if one not in record.landed]
    assert len(open_rows) <= len(record.either)
    assert sorted(record.landed, key=str) == [one for one in landed if one not in open_rows]
    if record.regions:
        assert tuple(customers(result)) == record.regions


@pytest.mark.parametrize("name", [name for name in RECORDS if RECORDS[name].error])
@pytest.mark.parametrize("dry_run", [False, True], ids=["landing", "dry run"])
def test_a_case_that_cannot_land_is_one_sentence_with_the_way_out(
    name: str, dry_run: bool, tmp_path: Path
) -> None:
    record = RECORDS[name]
    with pytest.raises(SilentChurnError) as caught:
        land(name, tmp_path, dry_run=dry_run)
    assert caught.value.rule == record.error
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


def customers(result: IngestResult) -> list[tuple[str, str | None]]:
    assert result.landed is not None
    return sorted(query(result.landed.customers, "customer_id, region"))


def rejects(result: IngestResult) -> list[tuple[int, str]]:
    assert result.rejects is not None
    return query(result.rejects / "rejects.parquet", "line, rule")


def query(path: Path, columns: str) -> list[Any]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return connection.sql(f"SELECT {columns} FROM read_parquet('{path}')").fetchall()
