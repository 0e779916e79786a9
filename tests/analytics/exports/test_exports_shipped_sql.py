"""The shipped SQL is held to the registry: its columns, its formulas, its words and its numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.qualify import qualify

from analytics.database.mart import METADATA
from analytics.domain.customer.risk_tier import AT_RISK_TIERS, FRUSTRATED_FROM, RiskTier
from analytics.domain.numbers.measures import CUSTOMER_COLUMN, MEASURE
from analytics.domain.profiles.profile import NO_ACTION
from analytics.exports.bi_mart import publish_mart
from analytics.exports.sql_files import shipped_views, sql_folder
from analytics.runs.run_store import RunStore
from analytics.runs.serving_store import ServingStore
from tests.shipped_queries import shipped_queries

STATEMENTS = {**shipped_queries(), **{one.name: one.body for one in shipped_views()}}
COLUMNS = {
    table.name: {column.name: str(column.type) for column in table.columns}
    for table in METADATA.sorted_tables
}
#: Measures under another name, which says more beside the number of all customers.
RENAMED = {"scored_customers": "eligible"}
#: Texts that stand in no list of ours.
OWN_TEXTS = {"", "not known then", "risk", NO_ACTION, *map(str, RiskTier)}


@pytest.fixture(scope="module")
def mart(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    file = tmp_path_factory.mktemp("mart") / "mart.sqlite"
    run = RunStore(workspace / "data").current()
    publish_mart(run, ServingStore(workspace / "data").reader(run), f"sqlite:///{file.as_posix()}")
    connection = sqlite3.connect(file)
    yield connection
    connection.close()


def parsed(name: str) -> exp.Expr:
    return sqlglot.parse_one(STATEMENTS[name].strip().rstrip(";"), read="sqlite")


def counted_columns(tree: exp.Expr) -> list[exp.Alias]:
    """Return the numbers that a statement makes of many rows."""
    return [one for one in tree.find_all(exp.Alias) if one.this.find(exp.AggFunc)]


def by_the_registry(tree: exp.Expr) -> exp.Expr:
    """Return the statement with the registry's formula in place of each of its own."""
    for one in counted_columns(tree):
        measure = MEASURE.get(RENAMED.get(one.alias, one.alias))
        if measure is not None:
            one.set("this", sqlglot.parse_one(measure.sql, read="sqlite"))
    return tree


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_column_that_is_read_is_in_the_schema(name: str) -> None:
    qualify(parsed(name), schema=COLUMNS, dialect="sqlite")


def test_a_column_that_is_not_in_the_schema_is_found() -> None:
    with pytest.raises(sqlglot.errors.OptimizeError):
        qualify(
            sqlglot.parse_one("select churn_odds from churn_customers"),
            schema=COLUMNS,
            dialect="sqlite",
        )


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_number_is_one_that_the_registry_defines(name: str) -> None:
    for one in counted_columns(parsed(name)):
        plain = f"coalesce(sum({one.alias}), 0)"
        is_sum = one.this.sql("sqlite").lower() == plain and one.alias in CUSTOMER_COLUMN
        assert RENAMED.get(one.alias, one.alias) in MEASURE or is_sum, one.alias


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_number_is_that_of_the_registrys_formula(name: str, mart: sqlite3.Connection) -> None:
    ours = mart.execute(parsed(name).sql("sqlite")).fetchall()
    registry = mart.execute(by_the_registry(parsed(name)).sql("sqlite")).fetchall()
    assert ours
    assert len(ours) == len(registry)
    for row, expected in zip(sorted(ours, key=repr), sorted(registry, key=repr), strict=True):
        assert row == pytest.approx(expected)


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_tiers_and_words_are_those_of_the_product(name: str) -> None:
    tree = parsed(name)
    assert {one.this for one in tree.find_all(exp.Literal) if one.is_string} <= OWN_TEXTS
    for one in tree.find_all(exp.In):
        assert [tier.this for tier in one.expressions] == [str(tier) for tier in AT_RISK_TIERS]


def test_the_comments_name_the_numbers_of_the_product() -> None:
    queries = shipped_queries()
    silent = " ".join(queries["frustrated_but_silent"].replace("-- ", "").split())
    contacts = CUSTOMER_COLUMN["contacts_90d"].window
    assert f"a frustration index of {FRUSTRATED_FROM} or more and no ticket" in silent
    assert f"in {contacts}" in silent
    then = CUSTOMER_COLUMN["previous_risk_tier"].window
    assert f"a pair of tiers, {then} and now" in queries["movement_between_tiers"]
    assert f"as tier_{then.replace(' ', '_')}" in queries["movement_between_tiers"]
    watched = queries["watch_list"]
    limit = sqlglot.parse_one(watched.rstrip().rstrip(";"), read="sqlite").args["limit"]
    assert f"the first {limit.expression.this} by expected net" in watched
    tiers = " and ".join(str(tier) for tier in AT_RISK_TIERS)
    for view in ("churn_at_risk_customers", "churn_reasons_of_those_at_risk"):
        header = (sql_folder() / "views" / f"{view}.sql").read_text("utf-8").splitlines()[0]
        assert f"in the tiers {tiers}" in header
