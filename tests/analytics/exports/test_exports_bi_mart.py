from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from analytics.connections import make_engine, read_url
from analytics.database.mart import METADATA
from analytics.domain.customer.filter import CustomerFilter
from analytics.domain.run_tables import RUN_TABLES
from analytics.errors import EnvironmentFault, UsageError
from analytics.exports.bi_mart import publish_mart
from analytics.exports.bi_schema import SCHEMA_FILES, schema_text
from analytics.exports.sql_files import shipped_views, sql_folder
from analytics.runs.run_store import RunStore
from analytics.runs.serving_store import ServingStore
from analytics.services.analytics_service import AnalyticsService
from tests.databases import KINDS, POSTGRES, own_database
from tests.sample_run import publish_sample_run
from tests.shipped_queries import shipped_queries

EVERYONE = CustomerFilter()


def publish(workspace: Path, address: str, schema: str | None = None) -> dict[str, int]:
    run = RunStore(workspace / "data").current()
    reader = ServingStore(workspace / "data").reader(run)
    return publish_mart(run, reader, address, schema=schema).tables


@pytest.fixture(scope="module", params=KINDS)
def mart(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, workspace: Path
) -> Iterator[tuple[str, str | None, Engine]]:
    """A database with the sample run published in it: address, schema, engine."""
    with own_database(request.param, tmp_path_factory.mktemp("mart")) as address:
        schema = f"churn_bi_{address[-12:]}" if request.param == "postgresql" else None
        publish(workspace, address, schema)
        engine = make_engine(read_url(address))
        yield address, schema, engine
        if schema is not None:
            with engine.begin() as connection:
                connection.execute(text(f"drop schema {schema} cascade"))
        engine.dispose()


def rows_of(mart: tuple[str, str | None, Engine], query: str) -> list[dict[str, Any]]:
    _, schema, engine = mart
    with engine.connect() as connection:
        if schema is not None:
            connection.execute(text(f"set search_path to {schema}"))
        found = connection.exec_driver_sql(query.strip().rstrip(";"))
        return [dict(one) for one in found.mappings()]


def test_every_table_has_every_row(
    mart: tuple[str, str | None, Engine], workspace: Path, service: AnalyticsService
) -> None:
    for table in METADATA.sorted_tables:
        assert rows_of(mart, f"select count(*) as n from {table.name}")[0]["n"] > 0
    customers = rows_of(mart, "select count(*) as n from churn_customers")[0]["n"]
    assert customers == service.overview(EVERYONE).totals.customers


def test_risk_by_segment_gives_the_numbers_of_the_segments_page(
    mart: tuple[str, str | None, Engine], service: AnalyticsService
) -> None:
    found = rows_of(mart, shipped_queries()["risk_by_segment"])
    groups = service.segments(EVERYONE, "segment").groups
    assert [one["segment"] for one in found] == [one.key for one in groups]
    for row, group in zip(found, groups, strict=True):
        assert row["customers"] == group.totals.customers
        assert row["scored_customers"] == group.totals.eligible
        assert row["at_risk"] == group.totals.at_risk
        assert row["expected_silent"] == pytest.approx(group.totals.expected_silent)
        assert row["revenue_at_risk"] == pytest.approx(group.totals.revenue_at_risk.value)
        assert row["exposure"] == pytest.approx(group.totals.exposure)
        assert row["mean_frustration"] == pytest.approx(group.totals.mean_frustration)


def test_revenue_at_risk_gives_the_totals_of_the_overview(
    mart: tuple[str, str | None, Engine], service: AnalyticsService
) -> None:
    (row,) = rows_of(mart, shipped_queries()["revenue_at_risk"])
    found = service.overview(EVERYONE)
    assert row["run_id"] == found.stamp.run_id
    as_of = found.stamp.as_of.astimezone(UTC).replace(tzinfo=None)
    assert str(row["data_as_of"])[:19] == str(as_of)
    assert row["customers"] == found.totals.customers
    assert row["at_risk"] == found.totals.at_risk
    assert row["expected_silent"] == pytest.approx(found.totals.expected_silent)
    assert row["revenue_at_risk"] == pytest.approx(found.totals.revenue_at_risk.value)
    assert row["revenue_at_risk_low"] == pytest.approx(found.totals.revenue_at_risk.low)
    assert row["revenue_at_risk_high"] == pytest.approx(found.totals.revenue_at_risk.high)
    assert row["exposure"] == pytest.approx(found.totals.exposure)


def test_the_watch_list_begins_as_that_of_the_overview(
    mart: tuple[str, str | None, Engine], service: AnalyticsService
) -> None:
    found = rows_of(mart, shipped_queries()["watch_list"])
    listed = service.overview(EVERYONE).watch_list
    assert [one["customer_id"] for one in found[:10]] == [one.customer_id for one in listed]
    assert [one["expected_net_value"] for one in found[:10]] == pytest.approx(
        [one.expected_net_value for one in listed]
    )


def test_the_frustrated_but_silent_are_those_of_the_filter(
    mart: tuple[str, str | None, Engine], service: AnalyticsService
) -> None:
    found = rows_of(mart, shipped_queries()["frustrated_but_silent"])
    block = service.customer_block(
        CustomerFilter(suppressed=True), start=0, end=500, sort=(("revenue_at_risk", True),)
    )
    assert [one["customer_id"] for one in found] == [one["customer_id"] for one in block.rows]
    assert len(found) == service.overview(EVERYONE).totals.suppressed > 0


def test_movement_between_tiers_adds_up_to_the_tiers_of_now(
    mart: tuple[str, str | None, Engine], service: AnalyticsService
) -> None:
    found = rows_of(mart, shipped_queries()["movement_between_tiers"])
    assert "not known then" in {one["tier_28_days_ago"] for one in found}
    for tier in service.overview(EVERYONE).tiers:
        rows = [one for one in found if one["tier_now"] == tier.key]
        assert sum(one["customers"] for one in rows) == tier.totals.customers
        assert float(sum(one["revenue_at_risk"] for one in rows)) == pytest.approx(
            tier.totals.revenue_at_risk.value
        )


def test_views_show_those_at_risk_with_their_reasons(
    mart: tuple[str, str | None, Engine], service: AnalyticsService
) -> None:
    totals = service.overview(EVERYONE).totals
    at_risk = rows_of(mart, "select * from churn_at_risk_customers")
    assert len(at_risk) == totals.at_risk > 0
    reasons = rows_of(mart, "select * from churn_reasons_of_those_at_risk where reason_rank = 1")
    assert {one["reason"] for one in reasons} == {one["reason_1"] for one in at_risk}
    tiers = rows_of(mart, "select * from churn_tier_summary")
    assert sum(one["customers"] for one in tiers) == totals.customers
    segments = rows_of(mart, "select * from churn_segment_summary")
    assert sum(one["customers"] for one in segments) == totals.customers
    assert sum(one["at_risk"] for one in segments) == totals.at_risk


def test_publishing_again_replaces_the_rows_and_keeps_the_tables(
    mart: tuple[str, str | None, Engine], workspace: Path
) -> None:
    address, schema, _ = mart
    again = publish(workspace, address, schema)
    assert rows_of(mart, "select count(*) as n from churn_customers")[0]["n"] == 400
    assert again["churn_customers"] == 400
    assert again["churn_run"] == 1


def test_tables_of_another_version_are_made_anew(
    mart: tuple[str, str | None, Engine], workspace: Path
) -> None:
    address, schema, engine = mart
    with engine.begin() as connection:
        if schema is not None:
            connection.execute(text(f"set local search_path to {schema}"))
        connection.execute(text("alter table churn_calibration add column old_number integer"))
    publish(workspace, address, schema)
    columns = {one["name"] for one in inspect(engine).get_columns("churn_calibration", schema)}
    assert "old_number" not in columns


def test_a_publication_that_breaks_off_leaves_the_former_rows(
    mart: tuple[str, str | None, Engine], workspace: Path
) -> None:
    address, schema, _ = mart
    run = RunStore(workspace / "data").current()
    reader = ServingStore(workspace / "data").reader(run)

    class Breaking:
        def stream(self, statement: Any) -> Iterator[list[tuple[Any, ...]]]:
            if "churn_customers" in str(statement):
                raise OSError("gone")
            return reader.stream(statement)

    with pytest.raises(OSError, match="gone"):
        publish_mart(run, Breaking(), address, schema=schema)  # type: ignore[arg-type]
    assert rows_of(mart, "select count(*) as n from churn_customers")[0]["n"] == 400
    assert rows_of(mart, "select count(*) as n from churn_calibration")[0]["n"] == 8


def test_a_wrong_address_is_refused_in_one_sentence(workspace: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="one of postgresql"):
        publish(workspace, "oracle://me:hunter2@host/db")
    with pytest.raises(EnvironmentFault, match="reachable") as caught:
        publish(workspace, "postgresql://me:hunter2@127.0.0.1:1/db")
    assert "hunter2" not in caught.value.message
    with pytest.raises(EnvironmentFault, match="reachable"):
        publish(workspace, "mariadb://me:hunter2@127.0.0.1:1/db")
    with pytest.raises(EnvironmentFault, match="reachable"):
        publish(workspace, f"sqlite:///{tmp_path / 'no' / 'folder' / 'x.sqlite'}")


@pytest.mark.parametrize("schema", ['x"; drop schema public; --', "", "a b", "1a"])
def test_a_schema_that_is_no_name_is_refused(workspace: Path, schema: str) -> None:
    with pytest.raises(UsageError, match="schema"):
        publish(workspace, POSTGRES, schema)


def test_a_schema_is_for_postgresql_only(workspace: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="PostgreSQL"):
        publish(workspace, f"sqlite:///{tmp_path / 'x.sqlite'}", "churn")


@pytest.mark.parametrize("file", SCHEMA_FILES)
def test_the_shipped_schema_is_the_one_that_the_code_makes(file: str) -> None:
    shipped = (sql_folder() / "schema" / file).read_text("utf-8")
    assert shipped == schema_text(Path(file).stem)


def test_every_query_and_view_states_its_grain() -> None:
    queries = (sql_folder() / "churn_queries.sql").read_text("utf-8")
    assert len(shipped_queries()) == 5
    assert len(re.findall(r"^-- query: ", queries, re.MULTILINE)) == 5
    assert all("-- Grain: " in one for one in shipped_queries().values())
    for file in (sql_folder() / "views").glob("*.sql"):
        assert file.read_text("utf-8").startswith("-- Grain: ")
        assert file.stem in {one.name for one in shipped_views()}


def test_a_text_that_postgresql_cannot_hold_is_refused_with_a_sentence(
    tmp_path: Path, workspace: Path
) -> None:
    run = RunStore(workspace / "data").current()
    reader = ServingStore(workspace / "data").reader(run)

    class WithNul:
        def stream(self, statement: Any) -> Iterator[list[tuple[Any, ...]]]:
            parts = reader.stream(statement)
            if "churn_reasons" not in str(statement):
                return parts
            numbers = (1.0, 1.0, 0.1, None, 1.0)
            return iter([[("C1", "risk", 1, "recency", False, *numbers, True, "a\x00b")]])

    with own_database("postgresql", tmp_path) as address:
        publish(workspace, address)
        with pytest.raises(EnvironmentFault, match="must be reachable and writable"):
            publish_mart(run, WithNul(), address)  # type: ignore[arg-type]
        engine = make_engine(read_url(address))
        kept = rows_of((address, None, engine), "select count(*) as n from churn_customers")
        engine.dispose()
        assert kept[0]["n"] == 400


def test_a_reader_sees_the_former_run_until_the_next_is_whole(
    mart: tuple[str, str | None, Engine], workspace: Path, tmp_path: Path
) -> None:
    address, schema, _ = mart
    other = publish_sample_run(tmp_path, customers=40, run_id="other")
    reader = ServingStore(tmp_path).reader(other)
    seen: list[tuple[str, int]] = []

    class Looking:
        def stream(self, statement: Any) -> Iterator[list[tuple[Any, ...]]]:
            run_id = rows_of(mart, "select run_id from churn_run")[0]["run_id"]
            count = rows_of(mart, "select count(*) as n from churn_customers")[0]["n"]
            seen.append((run_id, count))
            return reader.stream(statement)

    former = RunStore(workspace / "data").current().run_id
    publish_mart(other, Looking(), address, schema=schema)  # type: ignore[arg-type]
    assert set(seen) == {(former, 400)}
    assert len(seen) == len(RUN_TABLES)
    assert rows_of(mart, "select run_id from churn_run")[0]["run_id"] == "other"
    assert rows_of(mart, "select count(*) as n from churn_customers")[0]["n"] == 40
    publish(workspace, address, schema)
